"""What can be learnt from one conversation."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import MOST_WRITTEN, OpenAttempt, Writing
from simulator.session.debrief import Debrief, TurnReview, debrief
from simulator.session.missed import MissedChance, missed_chances
from simulator.translation import translate as _
from simulator.views.failing import expected_faults
from simulator.views.feedback import feedback
from simulator.views.places import ATTEMPT, SCENARIO, TURN, go, pages
from simulator.views.printout import printout
from simulator.views.remarks import remarks, sharing
from simulator.views.resources import attempts
from simulator.views.scorecard import scorecard
from simulator.views.services import services
from simulator.views.speech import behind, client_turn, trainee_turn
from simulator.views.states import chart, label_of, table
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import outcome_name


def page() -> None:
    """Draw the page."""
    attempt_id = st.query_params.get(ATTEMPT)
    if not attempt_id:
        st.info(_("No conversation was named."))
        st.page_link(pages()["attempts"], label=_("To my attempts"))
        return
    attempt = attempts().open(attempt_id)
    if attempt.playthrough.open and not attempt.playthrough.divergences:
        st.info(_("This conversation is still going on. The debrief comes after."))
        if st.button(_("Go on"), type="primary", key="go-on"):
            go("conversation", **{ATTEMPT: attempt.id})
        return
    if not services().reviews.feedback_open(me(), attempt_id):
        st.info(_("You have finished. The debrief opens when your instructor releases it, or when all is closed."))
        st.page_link(pages()["work"], label=_("To my work"))
        return
    looked_at = debrief(attempt.playthrough, attempt.scoring)
    _outcome(attempt, looked_at)
    remarks(attempt)
    if looked_at.scorecard:
        st.header(
            _("How you were with {name}").format(name=as_label(attempt.content.scenario.client.name)), anchor=False
        )
        scorecard(attempt.content, looked_at.scorecard, _numbered(attempt))
    _supervision(attempt, looked_at)
    _missed(attempt)
    _states(attempt, looked_at)
    _turns(attempt, looked_at)
    _reflection(attempt)
    sharing(attempt)
    _onward(attempt, looked_at)


def _outcome(attempt: OpenAttempt, looked_at: Debrief) -> None:
    scenario = attempt.content.scenario
    if attempt.playthrough.divergences:
        st.warning(_("The program has changed since this conversation; it is shown as far as it can be played again."))
    if looked_at.outcome is None or looked_at.summary is None:
        stopped = attempt.playthrough.stopped
        title = _("You ended the conversation with {name}") if stopped else _("The conversation with {name}")
        st.title(title.format(name=as_label(scenario.client.name)), anchor=False)
        st.html(quiet(_("It has no score. Here is what was said.")))
        return
    st.title(outcome_name(looked_at.outcome), anchor=False)
    st.html(f'<div class="prose"><p>{as_html(looked_at.summary)}</p></div>')


def _supervision(attempt: OpenAttempt, looked_at: Debrief) -> None:
    if not looked_at.rules:
        return
    st.header(_("What a supervisor might say"), anchor=False)
    criteria = attempt.content.behaviours.criteria
    for rule in looked_at.rules:
        about = f'<p class="label">{as_html(criteria[rule.about].title)}</p>' if rule.about else ""
        st.html(f'<div class="prose">{about}<p>{as_html(rule.say)}</p></div>')


def _missed(attempt: OpenAttempt) -> None:
    chances = missed_chances(attempt.interview, attempt.playthrough)
    if not chances:
        return
    st.header(_("What was not heard"), anchor=False)
    for chance in chances:
        st.html(f'<div class="prose"><p>{as_html(_chance_told(attempt, chance))}</p></div>')


def _chance_told(attempt: OpenAttempt, chance: MissedChance) -> str:
    scenario = attempt.content.scenario
    lacking = _(" and ").join(
        _("{state} {sign} {needed} (it was {was})").format(
            state=label_of(gap.state, scenario.client.state[gap.state]).lower(),
            sign={">=": _("at"), ">": _("above"), "<=": _("at most"), "<": _("below")}.get(gap.sign, gap.sign),
            needed=gap.needed,
            was=gap.was,
        )
        for gap in chance.shortfalls
    )
    turns = _numbered(attempt)
    at = turns[chance.turn.number]
    told = _("{name} would have spoken of {what} with {lacking}, at turn {turn}.").format(
        name=scenario.client.name, what=chance.discloses, lacking=lacking, turn=at
    )
    if chance.nearest is None:
        return told
    turn = turns[chance.nearest.turn.number]
    words = scenario.nodes[chance.nearest.turn.node].choices[chance.nearest.choice].words
    if turn > at:
        more = _("It could still have come at turn {turn}, with: “{words}”")
    else:
        more = _("The nearest turn that could have changed it was turn {turn}, with: “{words}”")
    return told + " " + more.format(turn=turn, words=words)


def _numbered(attempt: OpenAttempt) -> dict[int, int]:
    """The turn, counted from 1, that each event's number stands for."""
    return {turn.number: position for position, turn in enumerate(attempt.playthrough.turns, start=1)}


def _states(attempt: OpenAttempt, looked_at: Debrief) -> None:
    if not looked_at.states or not looked_at.turns:
        return
    st.header(_("What moved in {name}").format(name=as_label(attempt.content.scenario.client.name)), anchor=False)
    st.vega_lite_chart(spec=chart(attempt.content.scenario, looked_at.states), width="stretch")
    st.html(table(attempt.content.scenario, looked_at.states))


def _turns(attempt: OpenAttempt, looked_at: Debrief) -> None:
    st.header(_("Turn by turn"), anchor=False)
    opening = attempt.playthrough.opening
    st.html(f'<div class="talk">{client_turn(attempt.content.scenario.client.name, opening)}</div>{behind(opening)}')
    wrote = attempts().written(attempt.id, Writing.SAID_FIRST)
    for position, review in enumerate(looked_at.turns, start=1):
        _turn(attempt, position, review, wrote.get(review.turn.number, ""))


def _turn(attempt: OpenAttempt, position: int, review: TurnReview, wrote: str) -> None:
    scenario = attempt.content.scenario
    turn = review.turn
    with st.container(border=True, key=f"turn-{turn.number}"):
        st.html(f'<h3 style="margin:0">{as_html(_("Turn {n}").format(n=position))}</h3>')
        said = trainee_turn(scenario.nodes[turn.node].choices[turn.choice])
        st.html(f'<div class="talk">{said}{client_turn(scenario.client.name, turn.heard)}</div>')
        if turn.counted != turn.choice:
            told = _("Your first answer here, which counts for the score, was: “{words}”")
            st.html(f'<p class="quiet">{as_html(told.format(words=review.counted_words))}</p>')
        feedback(attempt.content, review, hidden_states=True, said_first=wrote)
        whole = not attempt.playthrough.open and not attempt.playthrough.divergences
        if whole and st.button(_("What if you had answered otherwise?"), key=f"what-if-{turn.number}", type="tertiary"):
            go("what_if", **{ATTEMPT: attempt.id, TURN: str(position)})


def _reflection(attempt: OpenAttempt) -> None:
    st.header(_("Your own notes"), anchor=False)
    st.html(quiet(_("No real clients' details, please. Nobody reads this as it comes in.")))
    kept = attempts().written(attempt.id, Writing.REFLECTION).get(None, "")
    st.text_area(
        _("What do you take to supervision?"), value=kept, key="reflection", max_chars=MOST_WRITTEN, height=140
    )
    with st.container(horizontal=True):
        st.button(_("Keep my notes"), key="keep-reflection", on_click=_keep, args=(attempt.id,))
        if kept:
            st.button(_("Erase my notes"), key="erase-reflection", on_click=_erase, args=(attempt.id,))


def _keep(attempt_id: str) -> None:
    """Before the page is drawn again, so that what can be done with the notes stands there at once."""
    with expected_faults():
        attempts().write(attempt_id, Writing.REFLECTION, st.session_state.get("reflection") or "")
        st.toast(_("Kept."))


def _erase(attempt_id: str) -> None:
    with expected_faults():
        attempts().write(attempt_id, Writing.REFLECTION, "")
        st.session_state["reflection"] = ""
        st.toast(_("Erased."))


def _onward(attempt: OpenAttempt, looked_at: Debrief) -> None:
    name = as_label(attempt.content.scenario.client.name)
    with st.container(horizontal=True):
        if st.button(_("Meet {name} again").format(name=name), type="primary", key="again"):
            go("brief", **{SCENARIO: attempt.content.scenario.id})
        st.download_button(
            _("Take it with you, to print"),
            data=printout(attempt, looked_at),
            file_name=f"{attempt.content.scenario.id}.html",
            mime="text/html",
            key="print",
        )
        if st.button(_("To the clients"), key="to-library"):
            go("library")


with expected_faults():
    page()
