"""The scorecard: levels in words first, and behind every figure the turns it comes from."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from simulator.content.library import Content
from simulator.session.scoring import CriterionScore, Evidence, Level, Scorecard, two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.text import as_html, as_label
from simulator.views.wording import level_name


def scorecard(content: Content, card: Scorecard, turns: Mapping[int, int]) -> None:
    """Draw the scorecard of a finished run. `turns` gives the turn that an event's number stands for."""
    for name in card.assesses:
        _criterion(content, card.criteria[name], turns)
    others = [judged for name, judged in card.criteria.items() if name not in card.assesses and judged.n]
    if others:
        with st.expander(_("Other qualities that came up")):
            for judged in others:
                _criterion(content, judged, turns)
    _incidents(content, card)
    _overall(card)
    st.html(f'<p class="quiet">{as_html(caveat(content))}</p>')


def caveat(content: Content) -> str:
    """What every scorecard says about itself."""
    key = content.rubric.key
    by = (
        _("by a panel of {n}").format(n=key.n or "?")
        if key.by == "panel"
        else _("by the author, and not yet by a panel")
    )
    return _(
        "This shows what you recognise as helpful, not yet what you do in a room. What is worth how much was set {by}, "
        "and leans on the person-centred tradition. One conversation gives a profile, never a pass. Scores advise; a "
        "person decides."
    ).format(by=by)


def _criterion(content: Content, judged: CriterionScore, turns: Mapping[int, int]) -> None:
    criterion = content.rubric.criteria[judged.criterion]
    title = content.behaviours.criteria[judged.criterion].title
    st.html(
        f'<h3 style="margin-bottom:0">{as_html(title)}: {as_html(level_name(judged.level))}</h3>'
        f'<div class="prose"><p class="quiet">{as_html(criterion.question)}</p>{_anchor(content, judged)}</div>'
    )
    with st.expander(_("How this was worked out: {criterion}").format(criterion=as_label(title))):
        _worked_out(content, judged, turns)


def _anchor(content: Content, judged: CriterionScore) -> str:
    anchors = content.rubric.criteria[judged.criterion].levels
    if judged.level is None:
        enough = content.rubric.cuts.enough
        told = translate_plural(
            "This conversation gave room for it only {n} time",
            "This conversation gave room for it only {n} times",
            judged.n,
        ) + _("; a level needs {enough}. Several conversations together can say more.").format(enough=enough)
        return f"<p>{as_html(told)}</p>"
    text = {
        Level.HARMFUL: anchors.harmful,
        Level.NOT_YET: anchors.not_yet,
        Level.COMPETENT: anchors.competent,
        Level.ADVANCED: anchors.advanced,
    }[judged.level]
    return f"<p>{as_html(text)}</p>"


def _worked_out(content: Content, judged: CriterionScore, turns: Mapping[int, int]) -> None:
    st.html(f'<div class="prose"><p>{as_html(_figures(content, judged))}</p></div>')
    if not judged.evidence:
        return
    head = "".join(
        f'<th scope="col">{as_html(text)}</th>'
        for text in (_("Turn"), _("Your answer"), _("What it shows"), _("Points"), _("On offer"), _("Share"))
    )
    rows = "".join(_evidence_row(content, turns[item.decision.number], item) for item in judged.evidence)
    label = as_html(_("Turns behind this level"))
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _figures(content: Content, judged: CriterionScore) -> str:
    cuts = content.rubric.cuts
    if judged.score is None or judged.interval is None or judged.random is None:
        return _("{n} opportunities; below {enough} no figure is given.").format(n=judged.n, enough=cuts.enough)
    corrected = "-" if judged.corrected is None else two_places(judged.corrected)
    low, high = judged.interval
    return _(
        "Score {score} from 0 (always the worst on offer) to 1 (always the best), over {n} opportunities; "
        "90 % interval {low} to {high}. Clicking at random would score {random} here; with that taken out, "
        "{corrected}. Competent from {competent}, advanced from {advanced} with {from_n} opportunities or more."
    ).format(
        score=two_places(judged.score),
        n=judged.n,
        low=f"{low:.2f}",
        high=f"{high:.2f}",
        random=two_places(judged.random),
        corrected=corrected,
        competent=f"{cuts.competent:.2f}",
        advanced=f"{cuts.advanced:.2f}",
        from_n=cuts.advanced_from,
    )


def _evidence_row(content: Content, turn: int, item: Evidence) -> str:
    decision = item.decision
    words = content.scenario.nodes[decision.node].choices[decision.choice].words
    known = content.behaviours.behaviours
    shows = ", ".join(known[tag].title for tag in item.behaviours)
    scale = item.opportunity
    points = scale.points[decision.choice]
    weight = f" × {item.weight}" if item.weight > 1 else ""
    cells = (words, shows, f"{points:+d}", _("{low:+d} to {high:+d}").format(low=scale.lowest, high=scale.highest))
    told = "".join(f"<td>{as_html(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{turn}</th>{told}<td>{two_places(item.q)}{weight}</td></tr>'


def _incidents(content: Content, card: Scorecard) -> None:
    for incident in card.incidents:
        title = content.behaviours.behaviours[incident.behaviour].title
        if incident.for_review:
            told = _("{behaviour}: somebody should look at this with you. The score stands beside it.")
            st.warning(told.format(behaviour=as_label(title)), icon=":material/flag:")
        else:
            st.info(_("{behaviour}, and you repaired it later on.").format(behaviour=as_label(title)))


def _overall(card: Scorecard) -> None:
    if card.overall is None:
        text = _("Overall: not determined, because not everything this client looks at came up often enough.")
    else:
        text = _("Overall: {score} of 1.").format(score=two_places(card.overall))
    st.html(f'<p class="quiet">{as_html(text)}</p>')
