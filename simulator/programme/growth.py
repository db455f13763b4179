"""Growth: how scores change from one first meeting to the next, each with another client.

A second talk with the same client shows how well that client is remembered; it is in none of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from simulator.programme.figures import COEFFICIENTS_FROM, COUNTS_FROM, Estimate, TooFew, shown_from
from simulator.programme.intervals import mean_interval, spread_of
from simulator.records.access import Actor
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_rows import ChangeSums, MeetingSums, Scope
from simulator.session.scoring import Z_90


@dataclass(frozen=True, slots=True)
class MeetingPoint:
    """What did people score at their first, second, third ... first meeting? `clients` are those they met there."""

    position: int
    clients: tuple[str, ...]
    score: Estimate | TooFew


@dataclass(frozen=True, slots=True)
class CriterionGrowth:
    """Do people score higher with a client they meet later, at the first meeting, than with the one they met first?

    `change` is the mean, over people with two or more, of their latest first meeting less their earliest, from -1 to
    1, with Student's interval. `effect` is that in standard deviations of the change (corrected for small samples);
    None where all changed alike. `one_order` warns that everybody met the same clients in the same order: then a
    harder or easier client cannot be told from a change in people.
    """

    rubric: str
    criterion: str
    points: tuple[MeetingPoint, ...]
    change: Estimate | TooFew
    effect: Estimate | TooFew | None
    one_order: bool


def cohort_growth(
    attempts: CohortAttempts, actor: Actor, scope: Scope, clients: Mapping[str, str]
) -> tuple[CriterionGrowth, ...]:
    """A cohort's growth by criterion. `clients` names whom scenarios are meetings with (see `client_by_scenario`).

    Raises:
        NotAllowed: not theirs to see.
    """
    return growth_of(*attempts.meetings(actor, scope, clients))


def growth_of(meetings: Sequence[MeetingSums], changes: Sequence[ChangeSums]) -> tuple[CriterionGrowth, ...]:
    """The same from the rows."""
    changed = {(one.rubric, one.criterion): one for one in changes}
    by_criterion: dict[tuple[str, str], list[MeetingSums]] = defaultdict(list)
    for meeting in meetings:
        by_criterion[meeting.rubric, meeting.criterion].append(meeting)
    return tuple(
        _growth(rubric, criterion, rows, changed.get((rubric, criterion), ChangeSums(rubric, criterion, 0, 0.0, 0.0)))
        for (rubric, criterion), rows in by_criterion.items()
    )


def _growth(rubric: str, criterion: str, rows: Sequence[MeetingSums], change: ChangeSums) -> CriterionGrowth:
    positions: dict[int, list[MeetingSums]] = defaultdict(list)
    for row in rows:
        positions[row.position].append(row)
    return CriterionGrowth(
        rubric,
        criterion,
        tuple(_point(position, positions[position]) for position in sorted(positions)),
        shown_from(COUNTS_FROM, change.people, lambda: _mean_change(change)),
        shown_from(COEFFICIENTS_FROM, change.people, lambda: _effect(change)),
        all(len({row.client for row in met}) == 1 for met in positions.values()),
    )


def _point(position: int, rows: Sequence[MeetingSums]) -> MeetingPoint:
    people = sum(row.people for row in rows)
    total, squares = sum(row.total for row in rows), sum(row.squares for row in rows)

    def mean() -> Estimate:
        return Estimate(total / people, mean_interval(people, total, squares, 0.0, 1.0), people)

    return MeetingPoint(position, tuple(sorted({row.client for row in rows})), shown_from(COUNTS_FROM, people, mean))


def _mean_change(change: ChangeSums) -> Estimate:
    interval = mean_interval(change.people, change.total, change.squares, -1.0, 1.0)
    return Estimate(change.total / change.people, interval, change.people)


def _effect(change: ChangeSums) -> Estimate | None:
    """The standardised mean change (Hedges 1981, J. Educ. Stat. 6:107-128), with its large-sample interval."""
    n = change.people
    variance = spread_of(n, change.total, change.squares)
    if variance < 1e-12:
        return None
    value = change.total / n / sqrt(variance) * (1 - 3 / (4 * (n - 1) - 1))
    half = Z_90 * sqrt(1 / n + value * value / (2 * n))
    return Estimate(value, (value - half, value + half), n)
