"""One's own attempts: go on with them, or look at them again."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import OpenAttempt
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import expected_faults, told
from simulator.views.moments import day_and_time
from simulator.views.places import ATTEMPT, go, pages
from simulator.views.resources import attempts
from simulator.views.text import as_html
from simulator.views.wording import mode_name, status_name


def page() -> None:
    """Draw the page."""
    st.title(_("My attempts"), anchor=False)
    mine = attempts().all()
    if not mine:
        st.info(_("You have not met anybody yet."))
        st.page_link(pages()["library"], label=_("To the clients"))
    for attempt in mine:
        _row(attempt)
    for unreadable in attempts().unreadable():
        st.warning(told(unreadable))


def _row(attempt: OpenAttempt) -> None:
    scenario = attempt.content.scenario
    with st.container(border=True, key=f"attempt-{attempt.id}"):
        facts = " · ".join(
            (
                _("Drill") if attempt.playthrough.began.lead_in else mode_name(attempt.mode),
                status_name(attempt),
                translate_plural("{n} turn", "{n} turns", len(attempt.playthrough.turns)),
                day_and_time(attempt.started_at),
            )
        )
        st.html(
            f'<h2 style="margin:0">{as_html(scenario.client.name)}</h2>'
            f'<p class="said">{as_html(scenario.title)}</p><p class="facts">{as_html(facts)}</p>'
        )
        if attempt.playthrough.open:
            if st.button(_("Go on"), type="primary", key=f"go-on-{attempt.id}"):
                go("conversation", **{ATTEMPT: attempt.id})
        elif st.button(_("Debrief"), key=f"debrief-{attempt.id}"):
            go("debrief", **{ATTEMPT: attempt.id})


with expected_faults():
    page()
