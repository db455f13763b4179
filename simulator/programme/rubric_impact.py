"""What another text of a rubric would move: choices of the scenarios that it judges, and results that are kept.

Everything here is a preview. Results that are kept stay scored under the text that they were scored under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.audit.comparison import Comparison, ScoreMove, Version
from simulator.content.library import ContentMissing, Library
from simulator.content.rubric import Rubric
from simulator.programme.rescoring import Rescoring, rescored
from simulator.records.access import Actor
from simulator.records.attempts import OpenAttempt
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import MetAttempt, Scope
from simulator.session.debrief import scorecard_of
from simulator.session.scoring import Level, Scoring


@dataclass(frozen=True, slots=True)
class ChoiceMoves:
    """The choices of one scenario that would stand elsewhere, each with its node."""

    scenario: str
    title: str
    moves: tuple[tuple[str, ScoreMove], ...]


@dataclass(frozen=True, slots=True)
class OwnMove:
    """How a talk of one's own would stand on a criterion."""

    attempt: OpenAttempt
    criterion: str
    level: Level | None
    new_level: Level | None
    score: float | None
    new_score: float | None


def choices_moving(before: Library, after: Library, rubric_id: str) -> Iterator[ChoiceMoves]:
    """Every scenario judged by the rubric in which a choice would stand elsewhere on a criterion that is assessed."""
    for name, file in after.scenarios.items():
        if file.model is None or file.model.rubric != rubric_id:
            continue
        try:
            was, now = (Version(one.content(name), file.source.data) for one in (before, after))
        except ContentMissing:  # it has errors of its own, or would have: the check says so
            continue
        moves = tuple(
            (node.node, move)
            for node in Comparison(was, now).moves
            for move in node.choices
            if move.old is not None and move.new is not None
        )
        if moves:
            yield ChoiceMoves(name, file.model.title, moves)


def results_moving(
    results: CohortResults, attempts: CohortAttempts, actor: Actor, scope: Scope, rubric_id: str, text: str
) -> Rescoring:
    """What would move in a cohort's results that were scored by the rubric, under this text of it.

    Raises:
        NotAllowed: not theirs to see.
        ContentMissing: a text cannot be read.
    """
    under_it = [one for one in attempts.counted(actor, scope) if one.version.rubric == rubric_id]

    def scoring_of(one: MetAttempt) -> Scoring:
        return results.playable_under(one.version, one.scenario_hash, text).scoring

    return rescored(under_it, scoring_of)


def own_moving(attempts: Iterable[OpenAttempt], rubric: Rubric) -> tuple[int, tuple[OwnMove, ...]]:
    """What would move in one's own talks that were scored by the rubric: how many there are, and what moves."""
    judged, moves = 0, list[OwnMove]()
    for attempt in attempts:
        card = scorecard_of(attempt.playthrough, attempt.scoring)
        if card is None or attempt.content.rubric.id != rubric.id:
            continue
        judged += 1
        under = scorecard_of(attempt.playthrough, Scoring(attempt.content.scenario, attempt.content.behaviours, rubric))
        assert under is not None
        for name in dict.fromkeys((*card.assesses, *under.assesses)):
            was, now = card.criteria.get(name), under.criteria.get(name)
            old, new = (None if one is None or one.score is None else float(one.score) for one in (was, now))
            levels = (was.level if was else None, now.level if now else None)
            if old != new or levels[0] is not levels[1]:
                moves.append(OwnMove(attempt, name, *levels, old, new))
    return judged, tuple(moves)
