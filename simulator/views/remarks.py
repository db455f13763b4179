"""What others said about one's attempt, answering it, asking to look again, and sharing practice."""

from __future__ import annotations

import streamlit as st

from simulator.records.attempts import OpenAttempt
from simulator.records.reviews import MOST_SAID, Remark, Review, Said
from simulator.translation import translate as _
from simulator.views.failing import fault_told_here
from simulator.views.moments import day_and_time
from simulator.views.services import services
from simulator.views.text import as_html, quiet
from simulator.views.visitor import me
from simulator.views.wording import level_name, ruling_name


def remarks(attempt: OpenAttempt) -> None:
    """Draw what was said about the attempt, for its own trainee; nothing where nobody has looked."""
    if attempt.assignment_id is None and not services().own_data.is_shared(me(), attempt.id):
        return
    review = services().reviews.of(me(), attempt.id)
    if review.remarks or review.overrides or review.rulings:
        st.header(_("What your instructor says"), anchor=False)
        st.html(history(attempt, review))
    with st.expander(_("Answer, or ask somebody to look again"), key="answering"):
        st.text_area(_("Your words; your instructor reads them"), key="answer-text", max_chars=MOST_SAID)
        with st.container(horizontal=True):
            st.button(_("Answer"), key="answer-send", on_click=_say, args=(attempt.id, Said.ANSWER))
            st.button(_("Ask to look again"), key="appeal-send", on_click=_say, args=(attempt.id, Said.APPEAL))


def history(attempt: OpenAttempt, review: Review) -> str:
    """Everything that was said about an attempt, the earliest first, as HTML."""
    turns = {turn.number: position for position, turn in enumerate(attempt.playthrough.turns, start=1)}
    criteria, behaviours = attempt.content.behaviours.criteria, attempt.content.behaviours.behaviours
    told = [(one.at, one.author, _remark(one, turns), one.text) for one in review.remarks]
    for over in review.overrides:
        title = criteria[over.criterion].title if over.criterion in criteria else over.criterion
        what = (
            _("{criterion} is {level}").format(criterion=title, level=level_name(over.level))
            if over.level
            else _("{criterion} is as worked out again").format(criterion=title)
        )
        told.append((over.at, over.author, what, over.reason))
    for ruling in review.rulings:
        known = behaviours.get(ruling.behaviour)
        name = known.title if known else ruling.behaviour
        told.append((ruling.at, ruling.author, f"{name}: {ruling_name(ruling.ruling)}", ruling.reason))
    return "".join(
        f'<div class="prose"><p class="label">{as_html(f"{who} · {day_and_time(at)} · {what}")}</p>'
        f"<p>{as_html(words)}</p></div>"
        for at, who, what, words in sorted(told, key=lambda one: one[0])
    )


def _remark(one: Remark, turns: dict[int, int]) -> str:
    kind = {Said.COMMENT: _("comment"), Said.ANSWER: _("answer"), Said.APPEAL: _("asks to look again")}[one.kind]
    if one.number in turns:
        return kind + " · " + _("turn {n}").format(n=turns[one.number])
    return kind


def sharing(attempt: OpenAttempt) -> None:
    """Let instructors see a practice, or no longer."""
    actor = me()
    if actor.alone or actor.guest or attempt.assignment_id is not None:
        return
    st.toggle(
        _("Let my instructors see this practice"),
        value=services().own_data.is_shared(actor, attempt.id),
        key="share",
        on_change=_share,
        args=(attempt.id,),
    )
    st.html(quiet(_("Otherwise it is yours alone. Your notes are never seen, shared or not.")))


def _share(attempt_id: str) -> None:
    with fault_told_here():
        services().own_data.share(me(), attempt_id, bool(st.session_state["share"]))


def _say(attempt_id: str, kind: Said) -> None:
    with fault_told_here():
        reviews, words = services().reviews, st.session_state.get("answer-text", "")
        if kind is Said.APPEAL:
            reviews.appeal(me(), attempt_id, words)
        else:
            reviews.answer(me(), attempt_id, words)
        st.session_state["answer-text"] = ""
        st.toast(_("Sent."))
