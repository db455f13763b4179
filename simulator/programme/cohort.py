"""How a cohort does: levels and scores by criterion, critical incidents, and how much it practises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.programme.figures import COUNTS_FROM, Estimate, TooFew, count_or_too_few, shown_from
from simulator.programme.intervals import clustered_interval, ratio_variance
from simulator.records.access import Actor
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import CriterionSums, IncidentCount, LevelCount, PracticeCount, Scope
from simulator.session.scoring import Level


@dataclass(frozen=True, slots=True)
class Levels:
    """How many talks stand at which level of a criterion? `overridden` of them were put there by a person.

    The key None is: not enough in that talk to say.
    """

    attempts: Mapping[Level | None, int]
    overridden: int
    people: int

    @property
    def total(self) -> int:
        """All talks that are counted."""
        return sum(self.attempts.values())


@dataclass(frozen=True, slots=True)
class CohortCriterion:
    """How does this cohort do on a criterion, over everything it met?

    `score` is the mean of q over all opportunities of all people, weighted as the scenarios say; its interval allows
    for decisions coming in people, so it says how far another cohort of the same kind could lie. `random` is what
    random picks at the same decisions would score. `opportunities` is how many there were, in `attempts` talks.
    `rubric_versions` above 1 warns that different texts of the rubric are in it.
    """

    rubric: str
    criterion: str
    people: int | TooFew
    attempts: int | TooFew
    opportunities: int | TooFew
    score: Estimate | TooFew
    random: float | TooFew | None
    levels: Levels | TooFew
    rubric_versions: int


@dataclass(frozen=True, slots=True)
class CohortIncidents:
    """Which critical behaviours were shown, how often, and what became of them? Of `people` who took part."""

    people: int | TooFew
    behaviours: tuple[IncidentCount, ...] | TooFew


@dataclass(frozen=True, slots=True)
class CohortPractice:
    """How much does the cohort practise? Counts only: what is practised is nobody's but its person's."""

    members: int
    people: int | TooFew
    talks: int | TooFew
    ended: int | TooFew
    drills: int | TooFew


def cohort_criteria(results: CohortResults, actor: Actor, scope: Scope) -> tuple[CohortCriterion, ...]:
    """How a cohort does on each criterion of each rubric, in the order of their names.

    Raises:
        NotAllowed: not theirs to see.
    """
    return criteria_of(results.criteria(actor, scope), results.levels(actor, scope))


def criteria_of(sums: Sequence[CriterionSums], counts: Sequence[LevelCount]) -> tuple[CohortCriterion, ...]:
    """The same from the rows."""
    levels: dict[tuple[str, str], list[LevelCount]] = defaultdict(list)
    for count in counts:
        levels[count.rubric, count.criterion].append(count)
    return tuple(_criterion(one, levels[one.rubric, one.criterion]) for one in sums)


def _criterion(sums: CriterionSums, counts: Sequence[LevelCount]) -> CohortCriterion:
    def from_five(value: int) -> int | TooFew:
        return shown_from(COUNTS_FROM, sums.people, lambda: value)

    return CohortCriterion(
        sums.rubric,
        sums.criterion,
        count_or_too_few(sums.people),
        from_five(sums.attempts),
        from_five(sums.n),
        shown_from(COUNTS_FROM, sums.people, lambda: pooled_score(sums)),
        shown_from(COUNTS_FROM, sums.people, lambda: sums.random / sums.random_weight if sums.random_weight else None),
        shown_from(COUNTS_FROM, sums.people, lambda: _levels(counts, sums.people)),
        sums.rubric_versions,
    )


def pooled_score(sums: CriterionSums) -> Estimate:
    """The weighted mean over all opportunities, with an interval that knows that they come in people.

    Kish's effective number of opportunities, (sum w)^2 / sum w^2, is the most that the interval supposes.
    """
    score = min(1.0, max(0.0, sums.weighted / sums.weight))
    variance = ratio_variance(sums.people, sums.weight, sums.weighted, sums.xx, sums.xy, sums.yy)
    interval = clustered_interval(score, sums.weight**2 / sums.squares, variance, sums.people)
    return Estimate(score, interval, sums.people)


def _levels(counts: Sequence[LevelCount], people: int) -> Levels:
    attempts = {count.level: count.attempts for count in counts}
    return Levels(attempts, sum(count.overridden for count in counts), people)


def cohort_incidents(results: CohortResults, actor: Actor, scope: Scope) -> CohortIncidents:
    """Which critical behaviours a cohort showed.

    Raises:
        NotAllowed: not theirs to see.
    """
    people, shown = results.taking_part(actor, scope), results.incidents(actor, scope)
    return CohortIncidents(count_or_too_few(people), shown_from(COUNTS_FROM, people, lambda: shown))


def cohort_practice(results: CohortResults, actor: Actor, cohort_id: str) -> CohortPractice:
    """How much a cohort practises, once enough of it do.

    Raises:
        NotAllowed: not theirs to see.
    """
    return practice_of(results.practice(actor, cohort_id))


def practice_of(count: PracticeCount) -> CohortPractice:
    """The same from the row. Fewer than five who practise could be told apart by who says so."""

    def from_five(value: int) -> int | TooFew:
        return shown_from(COUNTS_FROM, count.people, lambda: value)

    return CohortPractice(
        count.members,
        count_or_too_few(count.people),
        from_five(count.talks),
        from_five(count.ended),
        from_five(count.drills),
    )
