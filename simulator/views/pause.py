"""Pause: at every turn, with somebody to turn to, and nothing lost."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import OpenAttempt
from simulator.translation import translate as _
from simulator.views.places import ATTEMPT, go
from simulator.views.resources import attempts, support
from simulator.views.text import as_html


def pause_dialog(attempt: OpenAttempt) -> None:
    """Open the dialog over the conversation."""

    @st.dialog(_("Pause"))
    def dialog() -> None:
        found = support()
        name = attempt.content.scenario.client.name
        st.html(
            f'<div class="prose"><p>{as_html(_("Take the time you need. Everything up to here is kept."))}</p>'
            f"<p>{as_html(_('{name} is a scripted character. What it touches in you is real.').format(name=name))}</p>"
            f"<p>{as_html(found.emergency)}</p>"
            + (f"<p>{as_html(found.contact)}</p>" if found.contact else "")
            + "".join(
                f"<p>{as_html(line.name)}: {as_html(line.reach)}{as_html(' · ' + line.hours if line.hours else '')}</p>"
                for line in found.helplines
            )
            + "</div>"
        )
        if st.button(_("Go on"), type="primary", key="pause-go-on", width="stretch"):
            st.rerun()
        if st.button(_("Leave, and come back to this turn later"), key="pause-leave", width="stretch"):
            go("library")
        if st.button(_("End this conversation without a score"), key="pause-stop", width="stretch"):
            attempts().stop(attempt.id, attempt.playthrough.next_number)
            go("debrief", **{ATTEMPT: attempt.id})

    dialog()
