"""The clients there are: what each asks, and how one's own attempts went."""

from __future__ import annotations

import streamlit as st

from simulator.content.library import Library
from simulator.content.scenario import Scenario
from simulator.records.attempts import OpenAttempt
from simulator.session.debrief import scorecard_of
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.clients import reserved, withheld
from simulator.views.failing import expected_faults
from simulator.views.places import ATTEMPT, SCENARIO, go
from simulator.views.resources import attempts, library
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import difficulty_name, level_name, review_status

_ORDER = {"foundation": 0, "intermediate": 1, "advanced": 2}


def page() -> None:
    """Draw the page."""
    st.title(_("Who would you like to meet?"), anchor=False)
    found = library()
    broken = [file for file in found.scenarios.values() if not file.sound]
    kept = reserved()
    playable = [
        file.model for file in found.scenarios.values() if file.sound and file.model is not None and file.id not in kept
    ]
    hidden = withheld()
    mine = [one for one in attempts().all() if one.id not in hidden]
    for scenario in sorted(playable, key=lambda scenario: (_ORDER[scenario.level], scenario.minutes)):
        _card(
            found,
            scenario,
            [one for one in mine if one.content.scenario.id == scenario.id and not one.playthrough.began.lead_in],
        )
    if not playable:
        st.info(_("There are no clients yet. Scenarios belong in the folder 'scenarios'."))
    if broken:
        n = len(broken)
        st.warning(
            translate_plural("{n} scenario cannot be played.", "{n} scenarios cannot be played.", n)
            + " "
            + _("The page for authors says why.")
        )
    if me().alone:
        st.html(quiet(_("Everything here stays on this computer and belongs to the person at it.")))
        st.html(f'<p class="quiet"><a href="/set-up" target="_self">{as_html(_("Set up a programme"))}</a></p>')


def _card(found: Library, scenario: Scenario, mine: list[OpenAttempt]) -> None:
    with st.container(border=True, key=f"card-{scenario.id}"):
        name = as_html(scenario.client.name)
        st.html(f'<h2 style="margin:0">{name}</h2><p class="said">{as_html(scenario.title)}</p>')
        st.html(f'<p class="facts">{as_html(_facts(found, scenario))}</p>')
        if mine:
            st.html(f'<p class="quiet">{as_html(_own(mine))}</p>')
        left = next((attempt for attempt in mine if attempt.playthrough.open and attempt.playthrough.turns), None)
        with st.container(horizontal=True):
            meet = _("Meet {name}").format(name=as_label(scenario.client.name))
            if st.button(meet, key=f"meet-{scenario.id}", type="secondary" if left else "primary"):
                go("brief", **{SCENARIO: scenario.id})
            if left and st.button(_("Go on where you left off"), key=f"resume-{scenario.id}", type="primary"):
                go("conversation", **{ATTEMPT: left.id})


def _facts(found: Library, scenario: Scenario) -> str:
    criteria = found.behaviours.model.criteria if found.behaviours.model else {}
    named = ", ".join(criteria[name].title for name in scenario.assesses if name in criteria)
    facts = [
        difficulty_name(scenario.level),
        translate_plural("about {n} minute", "about {n} minutes", scenario.minutes),
        _("looks at: {criteria}").format(criteria=named),
    ]
    if scenario.topics:
        facts.append(_("touches on: {topics}").format(topics=", ".join(scenario.topics)))
    facts.append(review_status(scenario))
    return " · ".join(facts)


def _own(mine: list[OpenAttempt]) -> str:
    finished = [attempt for attempt in mine if attempt.playthrough.finished]
    told = translate_plural("{n} attempt of yours", "{n} attempts of yours", len(mine))
    if not finished:
        return told
    last = _levels(finished[0])
    overall = [
        (card.overall, attempt)
        for attempt in finished
        if (card := scorecard_of(attempt.playthrough, attempt.scoring)) and card.overall is not None
    ]
    parts = [told, _("last: {levels}").format(levels=last)]
    if overall:
        best = max(overall, key=lambda pair: pair[0])[1]
        if best is not finished[0]:
            parts.append(_("best: {levels}").format(levels=_levels(best)))
    return " · ".join(parts)


def _levels(attempt: OpenAttempt) -> str:
    card = scorecard_of(attempt.playthrough, attempt.scoring)
    if card is None:
        return _("no score")
    titles = attempt.content.behaviours.criteria
    return ", ".join(
        f"{titles[name].title.lower()} {level_name(card.criteria[name].level).lower()}" for name in card.assesses
    )


with expected_faults():
    page()
