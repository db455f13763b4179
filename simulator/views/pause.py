"""Pause: at every turn, with somebody to turn to, and nothing lost."""

from __future__ import annotations

import streamlit as st

from simulator.content.support import DEFAULT_EMERGENCY, Support
from simulator.records.attempts import OpenAttempt
from simulator.records.errors import RecordsError
from simulator.session.situation import IllegalMove
from simulator.translation import translate as _
from simulator.views.failing import NOTICE, told
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
            f"<p>{as_html(_emergency(found))}</p>"
            + (f"<p>{as_html(found.contact)}</p>" if found.contact else "")
            + "".join(
                f"<p>{as_html(f'{line.name}: {line.reach}' + (f' · {line.hours}' if line.hours else ''))}</p>"
                for line in found.helplines
            )
            + "</div>"
        )
        if st.button(_("Go on"), type="primary", key="pause-go-on", width="stretch"):
            st.rerun()
        if st.button(_("Leave, and come back to this turn later"), key="pause-leave", width="stretch"):
            go("library")
        if st.button(_("End this conversation without a score"), key="pause-stop", width="stretch"):
            _stop(attempt)

    dialog()


def _stop(attempt: OpenAttempt) -> None:
    """End it, unless it has gone on in another tab since the dialog was opened."""
    try:
        attempts().stop(attempt.id, attempt.playthrough.next_number)
    except (RecordsError, IllegalMove) as fault:
        st.session_state[NOTICE] = told(fault)
        st.rerun()
    go("debrief", **{ATTEMPT: attempt.id})


def _emergency(found: Support) -> str:
    """Whom to call in danger: what the support file says, and our own sentence where it says nothing else."""
    if found.emergency == DEFAULT_EMERGENCY:
        return _("If somebody is in danger now, call your local emergency number.")
    return found.emergency
