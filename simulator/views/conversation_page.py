"""The talk itself."""

from __future__ import annotations

import time

import streamlit as st

from simulator.records.attempts import OpenAttempt
from simulator.records.errors import RecordsError, StaleStep
from simulator.session.debrief import review_turn
from simulator.session.events import Mode
from simulator.session.situation import IllegalMove
from simulator.translation import translate as _
from simulator.views.announcer import announce
from simulator.views.clients import withheld
from simulator.views.failing import NOTICE, expected_faults, told
from simulator.views.feedback import feedback
from simulator.views.pause import pause_dialog
from simulator.views.places import ATTEMPT, go, pages
from simulator.views.resources import DEAD_TIME, attempts
from simulator.views.say_first import said_first
from simulator.views.speech import spoken, thoughts, transcript
from simulator.views.states import meters
from simulator.views.text import as_html, as_label
from simulator.views.wording import mode_name

_OPENED = "conversation_opened"
_SHOWN = "conversation_shown"
_ANSWERED = "conversation_answered"
"""Where the session keeps what an answer led to until it is drawn, so that it need not be read again."""
_PAUSABLE = "conversation_pausable"
"""Whether the head of the page, as it was drawn, offers a pause."""


def page() -> None:
    """Draw the page."""
    attempt_id = st.query_params.get(ATTEMPT)
    if not attempt_id:
        st.info(_("No conversation is open."))
        st.page_link(pages()["library"], label=_("To the clients"))
        return
    with expected_faults():
        attempt = _as_it_stands(attempt_id)
        _head(attempt)
        st.session_state[_ANSWERED] = attempt
        _conversation(attempt_id)


@st.fragment
def _conversation(attempt_id: str) -> None:
    """The talk, which a click draws anew by itself: what is above it stays as it is for as long as the talk is open."""
    with expected_faults():
        attempt = _as_it_stands(attempt_id)
        if st.session_state.get(_PAUSABLE) != attempt.playthrough.open:
            st.session_state[_ANSWERED] = attempt
            st.rerun()
        _talk(attempt)


def _as_it_stands(attempt_id: str) -> OpenAttempt:
    """The attempt: as the answer just given left it, or as the records have it."""
    answered: OpenAttempt | None = st.session_state.pop(_ANSWERED, None)
    return answered if answered is not None and answered.id == attempt_id else attempts().open(attempt_id)


def _talk(attempt: OpenAttempt) -> None:
    _notices(attempt)
    played = attempt.playthrough
    scenario = attempt.content.scenario
    st.html(transcript(scenario, played.opening, played.turns))
    heard = played.turns[-1].heard if played.turns else played.opening
    announce(spoken(scenario.client.name, heard))
    practice = attempt.mode is Mode.PRACTICE
    if practice:
        st.html(meters(scenario, played.situation.state) or "<span></span>")
    if practice and played.turns:
        _last_turn(attempt)
    if played.open and not played.divergences:
        if practice:
            _hint(attempt)
        if said_first(attempt):
            _answers(attempt)
    else:
        _end(attempt)


def _head(attempt: OpenAttempt) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        name, mode = as_label(attempt.content.scenario.client.name), mode_name(attempt.mode)
        st.header(name, anchor=False, width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            st.html(f'<span class="quiet">{as_html(mode)}</span>', width="content")
            st.session_state[_PAUSABLE] = attempt.playthrough.open
            if attempt.playthrough.open and st.button(_("Pause"), icon=":material/pause:", key="pause"):
                pause_dialog(attempt)


def _notices(attempt: OpenAttempt) -> None:
    """Say where one stands when that is not what one would expect."""
    if st.session_state.get(_OPENED) != attempt.id:
        st.session_state[_OPENED] = attempt.id
        if attempt.playthrough.turns and attempt.playthrough.open:
            st.info(_("Resumed where you left off."), icon=":material/history:")
    notice = st.session_state.pop(NOTICE, None)
    if notice:
        st.info(notice)
    if attempt.playthrough.divergences:
        st.warning(_("The program has changed since this conversation began, so it cannot be continued as it was."))


def _last_turn(attempt: OpenAttempt) -> None:
    turn = attempt.playthrough.turns[-1]
    with st.expander(_("How that landed"), expanded=True, key=f"landed-{turn.number}"):
        feedback(attempt.content, review_turn(turn, attempt.scoring))
        number = attempt.playthrough.next_number
        if not attempt.playthrough.stopped and not attempt.playthrough.divergences:
            st.button(
                _("Take this turn back"),
                key=f"back-{number}",
                icon=":material/undo:",
                on_click=_take_back,
                args=(attempt.id, number),
            )


def _hint(attempt: OpenAttempt) -> None:
    played = attempt.playthrough
    thought = thoughts(played.opening)
    if not thought or played.turns:  # after a turn, its feedback has the thought already
        return
    with st.expander(_("What might be going on behind that?"), key=f"hint-{played.next_number}"):
        st.html(thought)


def _answers(attempt: OpenAttempt) -> None:
    """The choices, as whole sentences or acts. Their keys name the step and the position, never the choice."""
    played = attempt.playthrough
    number = played.next_number
    choices = attempt.content.scenario.nodes[played.situation.at].choices
    st.session_state.setdefault(_SHOWN, {})
    if st.session_state[_SHOWN].get("number") != (attempt.id, number):
        st.session_state[_SHOWN] = {"number": (attempt.id, number), "at": time.monotonic()}
    st.html(f'<p class="label">{as_html(_("You"))}</p>')
    with st.container(key=f"answers-{number}", gap="small"):
        for position, choice_id in enumerate(played.offered, start=1):
            choice = choices[choice_id]
            words = as_label(choice.words)
            st.button(
                words if choice.say else f"*{words}*",
                key=f"answer-{number}-{position}",
                shortcut=str(position) if position <= 9 else None,
                width="stretch",
                on_click=_answer,
                args=(attempt.id, number, choice_id),
            )


def _answer(attempt_id: str, number: int, choice: str) -> None:
    if _too_soon(attempt_id, number):
        return
    try:
        st.session_state[_ANSWERED] = attempts().answer(attempt_id, number, choice)
    except StaleStep:
        st.session_state[NOTICE] = _("That turn was answered already. Here is where you stand.")
    except (RecordsError, IllegalMove) as fault:
        st.session_state[NOTICE] = told(fault)


def _too_soon(attempt_id: str, number: int) -> bool:
    """Whether this is the second click of a double click, too late for its own turn and too soon for this one."""
    shown = st.session_state.get(_SHOWN, {})
    return bool(shown.get("number") == (attempt_id, number) and time.monotonic() - shown.get("at", 0.0) < DEAD_TIME)


def _take_back(attempt_id: str, number: int) -> None:
    if _too_soon(attempt_id, number):
        return
    try:
        attempts().take_back(attempt_id, number)
    except (RecordsError, IllegalMove) as fault:
        st.session_state[NOTICE] = told(fault)


def _end(attempt: OpenAttempt) -> None:
    played = attempt.playthrough
    if attempt.id in withheld():
        st.info(_("That was the end of it. The debrief opens when it is released."))
        if st.button(_("To my work"), type="primary", key="to-work"):
            go("work")
        return
    if played.finished and not played.stopped:
        ending = attempt.content.scenario.endings[played.situation.at]
        heading = as_html(_("How it ended"))
        st.html(f'<div class="prose"><p class="label">{heading}</p><p>{as_html(ending.summary)}</p></div>')
    elif played.stopped:
        st.info(_("You ended this conversation. It has no score."))
    if st.button(_("To the debrief"), type="primary", key="to-debrief"):
        go("debrief", **{ATTEMPT: attempt.id})


page()
