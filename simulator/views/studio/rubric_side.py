"""Beside a rubric: which choices of which scenarios it would move, and which results that are kept."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from simulator.audit.comparison import Stand
from simulator.content.in_memory import with_rubric
from simulator.content.library import Library
from simulator.programme.rubric_impact import ChoiceMoves, choices_moving, own_moving, results_moving
from simulator.records.cohort_rows import Scope
from simulator.session.scoring import two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import fault_told_here
from simulator.views.resources import attempts, library
from simulator.views.services import services
from simulator.views.studio.desk import Desk
from simulator.views.studio.names import criteria, shortened
from simulator.views.studio.publishing import standing
from simulator.views.tables import table
from simulator.views.text import as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import level_name


def what_moves(on: Desk) -> None:
    """Draw it."""
    now = on.library.rubrics[on.draft.content_id].model
    before = standing(on)
    if now is None or not on.library.rubrics[on.draft.content_id].sound:
        st.info(_("This needs a rubric without errors; what is to mend stands in the first list."))
        return
    if before is None:
        st.info(_("This rubric is new: no scenario and no result rests on it yet."))
        return
    titles = criteria(on)
    st.header(_("Which choices would stand elsewhere?"), anchor=False)
    st.html(quiet(_("Against {before}.").format(before=before.named)))
    found = list(choices_moving(with_rubric(library(), on.draft.content_id, before.text), on.library, now.id))
    if not found:
        st.html(quiet(_("None: every choice stands where it stood.")))
    for one in found:
        _choices(on.library, one, titles)
    st.header(_("Which results would another level or score?"), anchor=False)
    with fault_told_here():
        _own(on, titles) if me().alone else _cohorts(on, titles)
    st.html(quiet(_("A preview: results that are kept stay as they are, under the text that they were scored by.")))


def _choices(around: Library, found: ChoiceMoves, titles: Mapping[str, str]) -> None:
    scenario = around.scenarios[found.scenario].model
    assert scenario is not None
    count = translate_plural("{n} place", "{n} places", len(found.moves))
    with st.expander(f"{as_label(found.title)}: {count}", key=f"moves-{found.scenario}"):
        rows = [
            (
                shortened(scenario.nodes[node].choices[move.choice].words),
                titles.get(move.criterion, move.criterion),
                _stands(move.old),
                _stands(move.new),
            )
            for node, move in found.moves
        ]
        head = (_("Answer"), _("Criterion"), _("Stood"), _("Would stand"))
        table(_("Answers that would stand elsewhere"), head, rows)
        st.html(quiet(_("Points, and where they stand between the worst on offer there (0) and the best (1).")))


def _stands(stand: Stand | None) -> str:
    if stand is None:
        return "–"
    points = f"{stand.points:+d}" if stand.points else "0"
    return points if stand.q is None else f"{points}, {two_places(stand.q)}"


def _own(on: Desk, titles: Mapping[str, str]) -> None:
    rubric = on.library.rubrics[on.draft.content_id].model
    assert rubric is not None
    judged, moves = own_moving(attempts().all(), rubric)
    told = translate_plural("Of {n} talk of yours:", "Of {n} talks of yours:", judged)
    st.html(quiet(told))
    rows = [
        (
            move.attempt.content.scenario.client.name,
            titles.get(move.criterion, move.criterion),
            f"{_score(move.score)} → {_score(move.new_score)}",
            f"{level_name(move.level)} → {level_name(move.new_level)}",
        )
        for move in moves
    ]
    if rows:
        table(_("Results that would move"), (_("Client"), _("Criterion"), _("Score"), _("Level")), rows)
    else:
        st.html(quiet(_("Nothing would move.")))


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"


def _cohorts(on: Desk, titles: Mapping[str, str]) -> None:
    known, actor, rows = services(), me(), []
    for cohort in known.cohorts.seen(actor):
        found = results_moving(
            known.cohort_results,
            known.cohort_attempts,
            actor,
            Scope(cohort.id),
            on.draft.content_id,
            on.draft.text,
        )
        rows += [
            (
                cohort.name,
                titles.get(one.criterion, one.criterion),
                str(one.attempts),
                str(sum(move.criterion == one.criterion for move in found.moves)),
                str(one.raised),
                str(one.lowered),
            )
            for one in found.criteria
        ]
    head = (
        _("Cohort"),
        _("Criterion"),
        _("Talks"),
        _("Whose score or level would move"),
        _("To a higher level"),
        _("To a lower one"),
    )
    if rows:
        table(_("Results that would move"), head, rows)
    else:
        st.html(quiet(_("No cohort of yours has results under this rubric.")))
