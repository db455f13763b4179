"""Progress over attempts, and the moments worth practising next."""

from __future__ import annotations

import streamlit as st

from simulator.programme.moments import Moment, moments_to_practise
from simulator.programme.progress import CriterionProgress, Point, progress_of
from simulator.records.attempts import OpenAttempt
from simulator.session.events import Mode
from simulator.session.scoring import two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.clients import withheld
from simulator.views.failing import expected_faults
from simulator.views.places import ATTEMPT, go, pages
from simulator.views.resources import attempts
from simulator.views.speech import client_turn
from simulator.views.text import as_html, as_label, quiet


def page() -> None:
    """Draw the page."""
    st.title(_("Progress"), anchor=False)
    hidden = withheld()
    mine = tuple(one for one in attempts().all() if one.id not in hidden)
    progress = progress_of(mine)
    if not progress:
        st.info(_("After your first whole conversation you see here how you are getting on."))
        st.page_link(pages()["library"], label=_("To the clients"))
        return
    _moments(moments_to_practise(mine))
    st.header(_("Over your conversations"), anchor=False)
    scale = _(
        "From 0, always the worst on offer, to 1, always the best. In brackets the range in which the figure would lie "
        "in nine cases out of ten. Two figures whose ranges overlap may differ by chance."
    )
    st.html(quiet(scale))
    titles = _titles(mine)
    for one in progress:
        _criterion(titles.get(one.criterion, one.criterion), one)


def _titles(mine: tuple[OpenAttempt, ...]) -> dict[str, str]:
    return {
        name: criterion.title
        for attempt in reversed(mine)
        for name, criterion in attempt.content.behaviours.criteria.items()
    }


def _moments(moments: list[Moment]) -> None:
    if not moments:
        return
    st.header(_("Moments to practise next"), anchor=False)
    for number, moment in enumerate(moments):
        scenario = moment.attempt.content.scenario
        with st.container(border=True, key=f"moment-{number}"):
            st.html(f'<div class="talk">{client_turn(scenario.client.name, moment.heard)}</div>')
            st.button(_("Practise from here"), key=f"drill-{number}", on_click=_drill, args=(moment,))
    if started := st.session_state.pop("drill", None):
        go("conversation", **{ATTEMPT: started})


def _drill(moment: Moment) -> None:
    """Begin a practice attempt in the middle of the talk, with the content of the attempt it comes from."""
    with expected_faults():
        started = attempts().begin(moment.attempt.content, Mode.PRACTICE, moment.lead_in)
        st.session_state["drill"] = started


def _criterion(title: str, one: CriterionProgress) -> None:
    st.subheader(as_label(title), anchor=False)
    if one.pooled:
        low, high = one.pooled.interval
        told = _("All together: {score} ({low} to {high}), over {n} opportunities.").format(
            score=two_places(one.pooled.score), low=f"{low:.2f}", high=f"{high:.2f}", n=one.pooled.n
        )
        st.html(f'<div class="prose"><p>{as_html(told)} {as_html(_compared(one))}</p></div>')
    head = "".join(f'<th scope="col">{as_html(text)}</th>' for text in (_("When"), _("Client"), _("Score"), _("Range")))
    rows = "".join(_row(point) for point in one.points)
    label = as_html(_("{criterion} over time").format(criterion=title))
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _compared(one: CriterionProgress) -> str:
    first, last = one.first, one.last
    if first is None or last is None or first.score is None or last.score is None:
        return ""
    told = _("First {first}, last {last}: ").format(first=two_places(first.score), last=two_places(last.score))
    return told + (_("that is more than chance.") if one.changed else _("that may be chance."))


def _row(point: Point) -> str:
    when = point.at.strftime("%Y-%m-%d")
    if point.score is None or point.interval is None:
        told = translate_plural("{n} opportunity, not enough to say", "{n} opportunities, not enough to say", point.n)
        return f'<tr><td>{when}</td><td>{as_html(point.client)}</td><td colspan="2">{as_html(told)}</td></tr>'
    low, high = point.interval
    return (
        f"<tr><td>{when}</td><td>{as_html(point.client)}</td><td>{two_places(point.score)}</td>"
        f"<td>{low:.2f} – {high:.2f}</td></tr>"
    )


with expected_faults():
    page()
