"""What if: another answer at any turn, both worlds side by side. The recorded attempt stays as it is."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import OpenAttempt
from simulator.session.replay import Playthrough, Turn, played
from simulator.session.situation import IllegalMove
from simulator.translation import translate as _
from simulator.views.clients import reserved, withheld
from simulator.views.failing import expected_faults
from simulator.views.places import ATTEMPT, OTHERWISE, TURN, go, pages
from simulator.views.resources import attempts
from simulator.views.speech import client_turn, trainee_turn
from simulator.views.states import meters
from simulator.views.text import as_html, as_label


def page() -> None:
    """Draw the page."""
    attempt_id = st.query_params.get(ATTEMPT)
    if not attempt_id:
        st.info(_("No conversation was named."))
        st.page_link(pages()["attempts"], label=_("To my attempts"))
        return
    attempt = attempts().open(attempt_id)
    if attempt.id in withheld() or attempt.content.scenario.id in reserved():
        st.info(_("This opens when the assignment has closed and the debrief is released."))
        return
    turns = attempt.playthrough.turns
    position = _position(len(turns))
    if attempt.playthrough.open or position is None:
        st.info(_("This comes after the conversation, from its debrief."))
        return
    otherwise = tuple(choice for choice in st.query_params.get(OTHERWISE, "").split(",") if choice)
    try:
        other = played(attempt.interview, attempt.playthrough.began, [*_before(turns, position), *otherwise])
    except IllegalMove:
        other = played(attempt.interview, attempt.playthrough.began, _before(turns, position))
        otherwise = ()
    st.title(_("What if, at turn {n}?").format(n=position), anchor=False)
    st.html(f'<p class="quiet">{as_html(_("Only to try out: nothing here is kept, and your conversation stays."))}</p>')
    heard = turns[position - 2].heard if position > 1 else attempt.playthrough.opening
    st.html(f'<div class="talk">{client_turn(attempt.content.scenario.client.name, heard)}</div>')
    _side_by_side(attempt, position, other)
    _go_on(attempt, position, other, otherwise)
    if st.button(_("Back to the debrief"), key="back"):
        go("debrief", **{ATTEMPT: attempt.id})


def _position(turns: int) -> int | None:
    """The turn that the address names, from 1; None where there is no such turn."""
    named = st.query_params.get(TURN, "")
    return next((position for position in range(1, turns + 1) if named == str(position)), None)


def _before(turns: tuple[Turn, ...], position: int) -> list[str]:
    return [turn.choice for turn in turns[: position - 1]]


def _side_by_side(attempt: OpenAttempt, position: int, other: Playthrough) -> None:
    was, might = st.columns(2, gap="large")
    with was:
        st.header(_("As it was"), anchor=False)
        _world(attempt, attempt.playthrough, position)
    with might:
        st.header(_("What if"), anchor=False)
        _world(attempt, other, position)


def _world(attempt: OpenAttempt, world: Playthrough, position: int) -> None:
    scenario = attempt.content.scenario
    parts = []
    for turn in world.turns[position - 1 :]:
        parts.append(trainee_turn(scenario.nodes[turn.node].choices[turn.choice]))
        parts.append(client_turn(scenario.client.name, turn.heard))
    if parts:
        st.html(f'<div class="talk">{"".join(parts)}</div>')
        st.html(meters(scenario, world.situation.state) or "<span></span>")
    if world.finished:
        summary = scenario.endings[world.situation.at].summary
        st.html(f'<div class="prose"><p class="label">{as_html(_("How it ended"))}</p><p>{as_html(summary)}</p></div>')


def _go_on(attempt: OpenAttempt, position: int, other: Playthrough, otherwise: tuple[str, ...]) -> None:
    if not other.offered:
        return
    scenario = attempt.content.scenario
    at_the_turn = len(other.turns) == position - 1
    st.html(f'<p class="label">{as_html(_("What if you answered"))}</p>')
    taken = attempt.playthrough.turns[position - 1].choice if at_the_turn else None
    with st.container(key=f"answers-what-if-{len(otherwise)}", gap="small"):
        for number, choice_id in enumerate(other.offered, start=1):
            if choice_id == taken:
                continue
            choice = scenario.nodes[other.situation.at].choices[choice_id]
            words = as_label(choice.words)
            label = words if choice.say else f"*{words}*"
            key = f"what-if-{len(otherwise)}-{number}"
            if st.button(label, key=key, width="stretch", shortcut=str(number) if number <= 9 else None):
                path = ",".join((*otherwise, choice_id))
                go("what_if", **{ATTEMPT: attempt.id, TURN: str(position), OTHERWISE: path})
    if otherwise and st.button(_("Try another answer at turn {n}").format(n=position), key="again"):
        go("what_if", **{ATTEMPT: attempt.id, TURN: str(position)})


with expected_faults():
    page()
