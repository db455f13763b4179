"""Another's attempt, as they saw it, to comment on and to judge: scores advise, a person decides."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import OpenAttempt
from simulator.records.reviews import MOST_SAID, Review, Ruled, Step
from simulator.session.debrief import debrief
from simulator.session.scoring import Incident, Level, Scorecard
from simulator.translation import translate as _
from simulator.views.failing import expected_faults, fault_told_here
from simulator.views.feedback import feedback
from simulator.views.moments import day_and_time
from simulator.views.places import ASSIGNMENT, ATTEMPT, go, pages
from simulator.views.remarks import history
from simulator.views.scorecard import scorecard
from simulator.views.services import services
from simulator.views.speech import client_turn, trainee_turn
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import level_name, outcome_name, ruling_name

_OPENED = "review_opened"


def page() -> None:
    """Draw the page."""
    wanted = st.query_params.get(ATTEMPT)
    if not wanted:
        st.info(_("No attempt was named."))
        st.page_link(pages()["cohorts"], label=_("To the cohorts"))
        return
    attempt = _opened(wanted)
    review = services().reviews.of(me(), wanted)
    scenario = attempt.content.scenario
    who = services().people.name_of(me(), attempt.person_id)
    st.title(_("{who} with {client}").format(who=as_label(who), client=as_label(scenario.client.name)), anchor=False)
    st.html(quiet(f"{scenario.title} · {day_and_time(attempt.started_at)}"))
    looked_at = debrief(attempt.playthrough, attempt.scoring)
    if looked_at.outcome and looked_at.summary:
        st.html(
            f'<div class="prose"><p class="label">{as_html(outcome_name(looked_at.outcome))}</p>'
            f"<p>{as_html(looked_at.summary)}</p></div>"
        )
    turns = {turn.number: position for position, turn in enumerate(attempt.playthrough.turns, start=1)}
    if looked_at.scorecard:
        st.header(_("Levels"), anchor=False)
        scorecard(attempt.content, looked_at.scorecard, turns)
        _incidents(attempt, looked_at.scorecard, review)
        _override(attempt, looked_at.scorecard, review)
    st.header(_("The talk"), anchor=False)
    st.html(f'<div class="talk">{client_turn(scenario.client.name, attempt.playthrough.opening)}</div>')
    for position, one in enumerate(looked_at.turns, start=1):
        with st.container(border=True, key=f"turn-{one.turn.number}"):
            st.html(f'<h3 style="margin:0">{as_html(_("Turn {n}").format(n=position))}</h3>')
            said = trainee_turn(scenario.nodes[one.turn.node].choices[one.turn.choice])
            st.html(f'<div class="talk">{said}{client_turn(scenario.client.name, one.turn.heard)}</div>')
            with st.expander(_("What this did"), key=f"did-{one.turn.number}"):
                feedback(attempt.content, one, hidden_states=True)
            _comment(attempt, one.turn.number, _("Say something about this turn"))
    _said(attempt, review)
    _steps(attempt, review)


def _opened(attempt_id: str) -> OpenAttempt:
    """The attempt. That one looked is written down once for each opening of the page, not at each press on it."""
    if st.session_state.get(_OPENED) != attempt_id:
        found = services().reviews.open(me(), attempt_id)
        st.session_state[_OPENED] = attempt_id
        return found
    return services().reviews.look_on(me(), attempt_id)


def _incidents(attempt: OpenAttempt, card: Scorecard, review: Review) -> None:
    for incident in card.incidents:
        if incident.for_review:
            _incident(attempt, incident, review)


def _incident(attempt: OpenAttempt, incident: Incident, review: Review) -> None:
    key = (incident.decision.number, incident.behaviour)
    title = attempt.content.behaviours.behaviours[incident.behaviour].title
    ruled = review.standing.get(key)
    with st.form(f"incident-{key[0]}-{key[1]}", border=True):
        st.html(f'<p class="label">{as_html(_("Incident"))}</p><p class="said">{as_html(title)}</p>')
        if ruled:
            st.html(quiet(f"{ruling_name(ruled.ruling)}: {ruled.author}, {day_and_time(ruled.at)}"))
        found = st.radio(_("Is it one?"), list(Ruled), format_func=ruling_name, horizontal=True)
        reason = st.text_input(_("Why; the trainee reads it"), max_chars=MOST_SAID)
        if st.form_submit_button(_("Put it down with my name")):
            with fault_told_here():
                services().reviews.rule(me(), attempt.id, *key, found or Ruled.CONFIRMED, reason)
                st.rerun()


def _override(attempt: OpenAttempt, card: Scorecard, review: Review) -> None:
    titles = {name: attempt.content.behaviours.criteria[name].title for name in card.assesses}
    for name, over in review.levels.items():
        told = _("{criterion} stands at {level}, put in place by {author}: {reason}")
        st.info(
            told.format(
                criterion=as_label(titles.get(name, name)),
                level=level_name(over.level),
                author=as_label(over.author),
                reason=as_label(over.reason),
            )
        )
    with st.expander(_("Put another level in place"), key="override"), st.form("override-form", border=False):
        criterion = st.selectbox(_("Of"), list(titles), format_func=lambda one: titles[one])
        level = st.selectbox(
            _("Level"), [None, *Level], format_func=lambda one: level_name(one) if one else _("As worked out")
        )
        reason = st.text_area(_("Why; the trainee reads it"), max_chars=MOST_SAID)
        st.html(quiet(_("The level worked out is kept beside yours, and so is everything you change later.")))
        if st.form_submit_button(_("Put it in place")) and criterion:
            with fault_told_here():
                services().reviews.override(me(), attempt.id, criterion, level, reason)
                st.rerun()


def _comment(attempt: OpenAttempt, number: int | None, label: str) -> None:
    with st.popover(label), st.form(f"comment-{number}", border=False, clear_on_submit=True):
        text = st.text_area(_("The trainee reads this"), max_chars=MOST_SAID)
        if st.form_submit_button(_("Say it")):
            with fault_told_here():
                services().reviews.comment(me(), attempt.id, text, number)
                st.rerun()


def _said(attempt: OpenAttempt, review: Review) -> None:
    st.header(_("What was said about it"), anchor=False)
    st.html(history(attempt, review) or quiet(_("Nothing yet.")))
    _comment(attempt, None, _("Say something about the whole of it"))


def _steps(attempt: OpenAttempt, review: Review) -> None:
    st.header(_("Where the review stands"), anchor=False)
    names = {Step.REVIEWED: _("Reviewed"), Step.RELEASED: _("Released"), Step.REOPENED: _("Reopened")}
    for one in review.steps:
        reason = f": {one.reason}" if one.reason else ""
        st.html(quiet(f"{names[one.step]}: {one.author}, {day_and_time(one.at)}{reason}"))
    with st.form("steps", border=False):
        step = st.radio(
            _("The next step"), [Step.REVIEWED, Step.RELEASED, Step.REOPENED], format_func=names.get, horizontal=True
        )
        reason = st.text_input(_("A word with it; reopening needs a reason"), max_chars=MOST_SAID)
        if st.form_submit_button(_("Take it"), type="primary"):
            with fault_told_here():
                services().reviews.take_step(me(), attempt.id, step or Step.REVIEWED, reason)
                st.rerun()
    assignment = st.query_params.get(ASSIGNMENT)
    if assignment and st.button(_("Back to the results book"), key="back", type="tertiary"):
        go("book", **{ASSIGNMENT: assignment})


with expected_faults():
    page()
