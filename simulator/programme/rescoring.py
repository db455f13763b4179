"""A cohort's talks scored under another rubric, or another version of one, as a preview: what would move.

Nothing is written. The decisions that are kept and the ending are enough; no talk is played again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator.programme.figures import COUNTS_FROM, Estimate, TooFew, shown_from
from simulator.programme.intervals import mean_interval
from simulator.records.access import Actor
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import MetAttempt, Scope
from simulator.session.scoring import Level, Scoring

AS_GOOD_AS_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Move:
    """How would one talk stand on a criterion? None is: not enough to say, or not judged by that rubric.

    Where a person put a level in place (`overridden`), that stands under either rubric.
    """

    person_id: str
    name: str
    attempt_id: str
    slot: str
    criterion: str
    score: float | None
    new_score: float | None
    level: Level | None
    new_level: Level | None
    overridden: bool

    @property
    def moves(self) -> bool:
        """Whether score or level would be another."""
        if self.level is not self.new_level or (self.score is None) is not (self.new_score is None):
            return True
        return self.score is not None and self.new_score is not None and abs(self.by) > AS_GOOD_AS_EQUAL

    @property
    def by(self) -> float:
        """By how much the score would move; 0 where one of the two is not there."""
        if self.score is None or self.new_score is None:
            return 0.0
        return self.new_score - self.score


@dataclass(frozen=True, slots=True)
class CriterionMoves:
    """What would move on this criterion, over the cohort?

    `shift` is the mean, over people, of how far their own mean score would move, over the talks that have a score
    both times. `levels` counts talks by level before and after (None: not enough to say, or not judged), without
    those where a person put a level in place; these are `overridden`.
    """

    criterion: str
    people: int
    attempts: int
    shift: Estimate | TooFew
    levels: Mapping[tuple[Level | None, Level | None], int]
    overridden: int

    @property
    def raised(self) -> int:
        """Talks that would come to a higher level."""
        return sum(count for (old, new), count in self.levels.items() if old and new and new > old)

    @property
    def lowered(self) -> int:
        """Talks that would come to a lower level."""
        return sum(count for (old, new), count in self.levels.items() if old and new and new < old)


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What would move, for whom, if these talks were scored under another rubric? `moves` are only those that do."""

    people: int
    attempts: int
    criteria: tuple[CriterionMoves, ...]
    moves: tuple[Move, ...]

    def of(self, person_id: str) -> tuple[Move, ...]:
        """What would move for one person."""
        return tuple(move for move in self.moves if move.person_id == person_id)


def rescore_cohort(
    results: CohortResults,
    attempts: CohortAttempts,
    actor: Actor,
    scope: Scope,
    rubric: str,
    behaviours: str | None = None,
) -> Rescoring:
    """What would move under the text of another rubric, and of another catalogue where one is given.

    Raises:
        NotAllowed: not theirs to see.
        ContentMissing: a text cannot be read.
        Unfit: the catalogue does not know what a scenario shows.
    """

    def under(one: MetAttempt) -> Scoring:
        return results.playable_under(one.version, one.scenario_hash, rubric, behaviours).scoring

    return rescored(attempts.counted(actor, scope), under)


def rescored(attempts: Sequence[MetAttempt], scoring_of: Callable[[MetAttempt], Scoring]) -> Rescoring:
    """What would move, from the attempts as they are kept. `scoring_of` gives the new scoring of each."""
    every: dict[str, list[Move]] = defaultdict(list)
    for attempt in attempts:
        scoring = scoring_of(attempt)
        for move in _moves_of(attempt, scoring):
            every[move.criterion].append(move)
    people = len({attempt.person_id for attempt in attempts})
    moving = tuple(move for moves in every.values() for move in moves if move.moves)
    return Rescoring(people, len(attempts), tuple(_criterion(name, every[name]) for name in every), moving)


def _moves_of(attempt: MetAttempt, scoring: Scoring) -> list[Move]:
    card = scoring.scorecard(attempt.decisions, attempt.ending)
    told = {name: judged for name, judged in card.criteria.items() if judged.n or name in card.assesses}
    moves = []
    for criterion in dict.fromkeys((*told, *attempt.scores)):
        judged = told.get(criterion)
        score = None if judged is None or judged.score is None else float(judged.score)
        moves.append(
            Move(
                attempt.person_id,
                attempt.name,
                attempt.attempt_id,
                attempt.slot,
                criterion,
                attempt.scores.get(criterion),
                score,
                attempt.levels.get(criterion),
                judged.level if judged else None,
                criterion in attempt.overridden,
            )
        )
    return moves


def _criterion(criterion: str, moves: Sequence[Move]) -> CriterionMoves:
    own: dict[str, list[float]] = defaultdict(list)
    for move in moves:
        if move.score is not None and move.new_score is not None:
            own[move.person_id].append(move.by)
    means = [sum(shifts) / len(shifts) for shifts in own.values()]

    def shift() -> Estimate:
        total, squares, n = sum(means), sum(mean * mean for mean in means), len(means)
        return Estimate(total / n, mean_interval(n, total, squares, -1.0, 1.0), n)

    levels = Counter((move.level, move.new_level) for move in moves if not move.overridden)
    return CriterionMoves(
        criterion,
        len({move.person_id for move in moves}),
        len(moves),
        shown_from(COUNTS_FROM, len(means), shift),
        dict(levels),
        sum(move.overridden for move in moves),
    )
