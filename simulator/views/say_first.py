"""Say it first: one's own reply before the choices appear. Kept, shown in the debrief, never analysed."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import MOST_WRITTEN, OpenAttempt, Writing
from simulator.translation import translate as _
from simulator.views.places import SAY_FIRST
from simulator.views.resources import attempts
from simulator.views.text import as_html, quiet

_SKIPPED = "say_first_skipped"


def said_first(attempt: OpenAttempt) -> bool:
    """Whether the choices may be shown: at once, unless the trainee wants to write first and has not yet."""
    if not st.query_params.get(SAY_FIRST):
        return True
    number = attempt.playthrough.next_number
    if st.session_state.get(_SKIPPED) == (attempt.id, number):
        return True
    wrote = attempts().written(attempt.id, Writing.SAID_FIRST).get(number)
    if wrote:
        st.html(f'<p class="label">{as_html(_("You wrote"))}</p><p class="said">{as_html(wrote)}</p>')
        return True
    with st.form(key=f"first-{number}", border=False):
        words = st.text_area(_("What would you say or do?"), key=f"first-words-{number}", max_chars=MOST_WRITTEN)
        st.html(quiet(_("No real clients' details, please. Nobody reads this as it comes in.")))
        with st.container(horizontal=True):
            kept = st.form_submit_button(_("Now show the answers"), type="primary")
            skipped = st.form_submit_button(_("Not this time"))
    if kept and words and words.strip():
        attempts().write(attempt.id, Writing.SAID_FIRST, words, number)
        st.rerun()
    if kept or skipped:
        st.session_state[_SKIPPED] = (attempt.id, number)
        st.rerun()
    return False
