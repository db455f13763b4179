"""With a group: a scenario on a projector, a show of hands at each turn, and the facilitator's notes beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from string import ascii_uppercase

import streamlit as st

from simulator.records.attempts import MOST_WRITTEN, OpenAttempt, Writing
from simulator.records.errors import RecordsError, StaleStep
from simulator.session.debrief import review_turn
from simulator.session.events import Mode
from simulator.session.situation import IllegalMove
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.announcer import announce
from simulator.views.failing import NOTICE, expected_faults, told
from simulator.views.feedback import feedback
from simulator.views.places import ATTEMPT, SCENARIO, go
from simulator.views.resources import attempts, library
from simulator.views.speech import client_turn, spoken, thoughts, trainee_turn
from simulator.views.states import meters
from simulator.views.text import as_html, as_label, as_paragraphs, quiet
from simulator.views.visitor import only_for_authors

MOST_HANDS = 500
_FOLLOWS = 2.0
"""Seconds until the projector's window looks again where the group stands."""
_PROJECTOR = "projector"
"""In the address of the window that the group sees: without notes, and larger."""


def page() -> None:
    """Draw the page."""
    only_for_authors()
    attempt_id = st.query_params.get(ATTEMPT)
    if not attempt_id:
        _begin()
        return
    with st.container(key="wide"):
        if st.query_params.get(_PROJECTOR):
            _projected(attempt_id)
            return
        attempt = attempts().open(attempt_id)
        if notice := st.session_state.pop(NOTICE, None):
            st.info(notice)
        left, right = st.columns([3, 2], gap="large")
        with left, st.container(key="projector"):
            _room(attempt, counting=True)
        with right:
            _beside(attempt)


@st.fragment(run_every=_FOLLOWS)
def _projected(attempt_id: str) -> None:
    """The window that the group sees, which follows the facilitator's."""
    with expected_faults(), st.container(key="projector"):
        _room(attempts().open(attempt_id), counting=False)


def _begin() -> None:
    st.title(_("With a group"), anchor=False)
    st.html(
        quiet(
            _(
                "The client speaks on the projector, the group shows hands, and you go on with one of the answers. "
                "What stands beside it is for you alone: what lies behind the words, and your own notes."
            )
        )
    )
    known = {
        name: file.model.title for name, file in library().scenarios.items() if file.sound and file.model is not None
    }
    if not known:
        st.info(_("There are no clients yet. Scenarios belong in the folder 'scenarios'."))
        return
    wanted = st.query_params.get(SCENARIO)
    order = list(known)
    chosen = st.selectbox(
        _("Which client"),
        order,
        index=order.index(wanted) if wanted in known else 0,
        format_func=lambda one: known[one],
        key="group-scenario",
    )
    if st.button(_("Begin with the group"), type="primary", key="group-begin"):
        begun = attempts().begin(library().content(chosen), Mode.PRACTICE)
        go("group", **{ATTEMPT: begun})


def _room(attempt: OpenAttempt, *, counting: bool) -> None:
    """What the group sees: what was just said, and the answers with the hands for each."""
    played, scenario = attempt.playthrough, attempt.content.scenario
    st.header(as_label(scenario.client.name), anchor=False)
    heard = played.turns[-1].heard if played.turns else played.opening
    before = ""
    if played.turns:
        last = played.turns[-1]
        before = trainee_turn(scenario.nodes[last.node].choices[last.choice])
    st.html(f'<div class="talk">{before}{client_turn(scenario.client.name, heard, now=True)}</div>')
    announce(spoken(scenario.client.name, heard))
    if not played.open or played.divergences:
        _end(attempt)
        return
    hands = hands_of(attempt).get(played.next_number, {})
    _answers(attempt, hands)
    if counting:
        _count(attempt, hands)


def _answers(attempt: OpenAttempt, hands: Mapping[str, int]) -> None:
    choices = attempt.content.scenario.nodes[attempt.playthrough.situation.at].choices
    total = sum(hands.values())
    rows = []
    for letter, name in zip(ascii_uppercase, attempt.playthrough.offered, strict=False):
        words = as_html(choices[name].words)
        act = ' class="act"' if choices[name].does else ""
        n = hands.get(name, 0)
        shown = ""
        if total:
            told_hands = translate_plural("{n} hand", "{n} hands", n)
            width = round(100 * n / total)
            shown = (
                f'<span class="hands"><span class="meter" aria-hidden="true"><i style="width:{width}%"></i></span>'
                f"{as_html(told_hands)}</span>"
            )
        rows.append(f"<li><b>{letter}</b><div><p{act}>{words}</p>{shown}</div></li>")
    st.html(f'<ol class="ballot">{"".join(rows)}</ol>')


def _count(attempt: OpenAttempt, hands: Mapping[str, int]) -> None:
    """The facilitator's part: hands for each answer, and the answer to go on with."""
    number = attempt.playthrough.next_number
    offered = attempt.playthrough.offered
    lettered = dict(zip(offered, ascii_uppercase, strict=False))
    st.html(f'<p class="label">{as_html(_("Hands"))}</p>')
    with st.container(horizontal=True):
        for name in offered:
            key = f"hands-{attempt.id}-{number}-{name}"
            st.session_state.setdefault(key, hands.get(name, 0))
            with st.container(width=120):
                st.number_input(
                    _("Hands for {letter}").format(letter=lettered[name]),
                    0,
                    MOST_HANDS,
                    key=key,
                    on_change=_counted,
                    args=(attempt.id, number, tuple(offered)),
                )
    most = max(hands.values(), default=0)
    st.html(f'<p class="label">{as_html(_("Go on with"))}</p>')
    with st.container(horizontal=True):
        for name in offered:
            st.button(
                lettered[name],
                key=f"go-{attempt.id}-{number}-{name}",
                help=as_label(attempt.content.scenario.nodes[attempt.playthrough.situation.at].choices[name].words),
                type="primary" if most and hands.get(name, 0) == most else "secondary",
                on_click=_go_on,
                args=(attempt.id, number, name),
            )


def hands_of(attempt: OpenAttempt) -> dict[int, dict[str, int]]:
    """The hands that were counted, by the number of the step and the answer."""
    kept = attempts().written(attempt.id, Writing.HANDS)
    return {number: json.loads(words) for number, words in kept.items() if number is not None}


def _counted(attempt_id: str, number: int, offered: tuple[str, ...]) -> None:
    hands = {name: int(st.session_state[f"hands-{attempt_id}-{number}-{name}"]) for name in offered}
    try:
        words = json.dumps(hands) if any(hands.values()) else ""
        attempts().write(attempt_id, Writing.HANDS, words, number)
    except RecordsError as fault:
        st.session_state[NOTICE] = told(fault)


def _go_on(attempt_id: str, number: int, choice: str) -> None:
    try:
        attempts().answer(attempt_id, number, choice)
    except StaleStep:
        st.session_state[NOTICE] = _("That turn was answered already. Here is where you stand.")
    except (RecordsError, IllegalMove) as fault:
        st.session_state[NOTICE] = told(fault)


def _take_back(attempt_id: str, number: int) -> None:
    try:
        attempts().take_back(attempt_id, number)
    except (RecordsError, IllegalMove) as fault:
        st.session_state[NOTICE] = told(fault)


def _beside(attempt: OpenAttempt) -> None:
    """For the facilitator alone: what lies behind the words, what the last answer did, and notes."""
    played, scenario = attempt.playthrough, attempt.content.scenario
    st.html(
        f'<p><a href="?{ATTEMPT}={as_html(attempt.id)}&amp;{_PROJECTOR}=1" target="_blank" rel="noopener">'
        f"{as_html(_('Open the window for the projector'))}</a></p>"
        + quiet(_("It shows no notes, and follows this one by itself."))
    )
    if scenario.facilitator:
        with st.expander(_("For teaching with it in a group"), expanded=not played.turns, key="group-teaching"):
            st.html(f'<div class="prose">{as_paragraphs(scenario.facilitator)}</div>')
    with st.expander(_("What might be going on behind that?"), key="group-thoughts"):
        heard = played.turns[-1].heard if played.turns else played.opening
        st.html(thoughts(heard) or quiet(_("Nothing that the scenario tells.")))
        st.html(meters(scenario, played.situation.state) or "<span></span>")
    if played.turns:
        with st.expander(_("How the last answer landed"), key="group-landed"):
            feedback(attempt.content, review_turn(played.turns[-1], attempt.scoring), hidden_states=True)
        if played.open:
            st.button(
                _("Go back a turn and try another answer"),
                icon=":material/undo:",
                key=f"group-back-{played.next_number}",
                on_click=_take_back,
                args=(attempt.id, played.next_number),
            )
    _notes(attempt)
    _voted(attempt)


def _notes(attempt: OpenAttempt) -> None:
    key = f"group-notes-{attempt.id}"
    st.session_state.setdefault(key, attempts().written(attempt.id, Writing.GROUP_NOTES).get(None, ""))
    st.text_area(
        _("Your notes on this group"),
        key=key,
        max_chars=MOST_WRITTEN,
        height=160,
        help=_("Kept when you leave the field. No names of trainees or clients, please."),
        on_change=_keep_notes,
        args=(attempt.id, key),
    )


def _keep_notes(attempt_id: str, key: str) -> None:
    with expected_faults():
        attempts().write(attempt_id, Writing.GROUP_NOTES, st.session_state[key] or "")


def _voted(attempt: OpenAttempt) -> None:
    """How the group voted so far, turn by turn."""
    counted = hands_of(attempt)
    turns = [turn for turn in attempt.playthrough.turns if counted.get(turn.number)]
    if not turns:
        return
    with st.expander(_("How the group voted"), key="group-voted"):
        for turn in turns:
            choices = attempt.content.scenario.nodes[turn.node].choices
            rows = []
            for name, n in sorted(counted[turn.number].items(), key=lambda one: -one[1]):
                if name in choices:
                    mark = _(" (this was taken)") if name == turn.choice else ""
                    rows.append(f"<li>{n} · {as_html(choices[name].words + mark)}</li>")
            st.html(f'<ul class="prose">{"".join(rows)}</ul>')


def _end(attempt: OpenAttempt) -> None:
    played = attempt.playthrough
    if played.finished and not played.stopped:
        ending = attempt.content.scenario.endings[played.situation.at]
        heading = as_html(_("How it ended"))
        st.html(f'<div class="prose"><p class="label">{heading}</p><p>{as_html(ending.summary)}</p></div>')
    if st.button(_("To the debrief"), type="primary", key="group-debrief"):
        go("debrief", **{ATTEMPT: attempt.id})


with expected_faults():
    page()
