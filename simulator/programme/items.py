"""Decisions that split a cohort, and the behaviours it uses and misses. All conditional on the decision being reached.

What a choice is worth is asked of the content once for each distinct node, offer and choice; people are only counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.programme.figures import COEFFICIENTS_FROM, COUNTS_FROM, Estimate, TooFew, count_or_too_few, shown_from
from simulator.programme.intervals import correlation, correlation_interval
from simulator.programme.played import played_by
from simulator.records.access import Actor
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import ChoiceCount, PlayedVersion, RestSums, Scope
from simulator.session.scoring import Scoring, wilson_interval

NOT_FUNCTIONING = 0.05
"""An option that is picked by fewer of those it was offered to does not do its work."""


@dataclass(frozen=True, slots=True)
class Option:
    """How many took this choice, of those it was offered to?

    `functioning` is False where fewer than one in twenty did; that is said from thirty people on.
    """

    choice: str
    offered: int | TooFew
    picked: int | TooFew
    rate: Estimate | TooFew
    functioning: bool | TooFew


@dataclass(frozen=True, slots=True)
class ItemRest:
    """Do those who are good at the rest also choose well here? `flat`: no telling, as one of the two never varies.

    A correlation of q here with the score on all other opportunities of the same attempt (corrected: without this
    one). Negative means: check the key.
    """

    correlation: Estimate | None

    @property
    def check_key(self) -> bool:
        """Whether those who do better elsewhere do worse here."""
        return self.correlation is not None and self.correlation.value < 0

    @property
    def flat(self) -> bool:
        """Whether there is nothing to correlate."""
        return self.correlation is None


@dataclass(frozen=True, slots=True)
class CriterionItem:
    """How hard is this decision on a criterion, and does it go with the rest?

    `facility` is the mean of q, from 0 to 1, over those who came by the decision and for whom what was on offer gave
    room for the criterion.
    """

    criterion: str
    facility: Estimate | TooFew
    item_rest: ItemRest | TooFew


@dataclass(frozen=True, slots=True)
class Item:
    """What does a cohort do at this decision, the first time somebody comes to it in their first talk that counts?

    `reached` counts people. `options` are in the order of the scenario; none while there are too few people to count.
    """

    node: str
    reached: int | TooFew
    options: tuple[Option, ...] | TooFew
    criteria: Mapping[str, CriterionItem]

    @property
    def split(self) -> float:
        """How evenly the decision splits the cohort: 1 where q is as often at its worst as at its best, 0 at none.

        4 p (1 - p) of the facility that is nearest to one half; 0 where there is none.
        """
        known = [one.facility.value for one in self.criteria.values() if isinstance(one.facility, Estimate)]
        return max((4 * value * (1 - value) for value in known), default=0.0)


@dataclass(frozen=True, slots=True)
class VersionItems:
    """Which decisions of one version of a scenario split the cohort? In the order of the scenario."""

    played: PlayedVersion
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class BehaviourUse:
    """Does the cohort use a behaviour when it is on offer, and does it pass it by where it would have been best?

    Counts of decisions: at `offered` of them some choice showed it, at `shown` it was chosen. At `best` of them a
    best choice on offer showed it, and at `missed` of these another choice, which did not, was taken instead. Hidden
    where no decision with it was reached by five people.
    """

    behaviour: str
    people: int | TooFew
    offered: int | TooFew
    shown: int | TooFew
    best: int | TooFew
    missed: int | TooFew


def cohort_items(
    results: CohortResults, actor: Actor, scope: Scope, *, every: bool = False
) -> tuple[VersionItems, ...]:
    """The decisions of everything a cohort was set, by version, the latest played first.

    They are those of the newest attempts, or of `every` one; of the versions that can be read (see `played_by`).

    Raises:
        NotAllowed: not theirs to see.
    """
    choices, rests = results.choices(actor, scope, every=every), results.rests(actor, scope, every=every)
    return tuple(
        VersionItems(
            played,
            items_of(
                playable.scoring,
                [row for row in choices if row.version == played.version],
                [row for row in rests if row.version == played.version],
            ),
        )
        for played, playable in played_by(results, actor, scope).readable
    )


def items_of(scoring: Scoring, choices: Iterable[ChoiceCount], rests: Iterable[RestSums]) -> tuple[Item, ...]:
    """The decisions of one version, from its rows. `scoring` has to be that of the version."""
    by_node: dict[str, list[ChoiceCount]] = defaultdict(list)
    rest_by_node: dict[str, list[RestSums]] = defaultdict(list)
    for choice in choices:
        by_node[choice.node].append(choice)
    for rest in rests:
        rest_by_node[rest.node].append(rest)
    return tuple(
        _item(scoring, node, by_node[node], rest_by_node[node]) for node in scoring.scenario.nodes if by_node[node]
    )


def _item(scoring: Scoring, node: str, rows: Sequence[ChoiceCount], rests: Sequence[RestSums]) -> Item:
    reached = sum(row.people for row in rows)
    criteria = {}
    for criterion in scoring.rubric.criteria:
        met = [(q, row) for row in rows if (q := _q(scoring, row, criterion)) is not None]
        if met:
            criteria[criterion] = CriterionItem(criterion, _facility(met), _item_rest(scoring, node, criterion, rests))
    return Item(
        node,
        count_or_too_few(reached),
        shown_from(COUNTS_FROM, reached, lambda: _options(scoring, node, rows)),
        criteria,
    )


def _q(scoring: Scoring, row: ChoiceCount | RestSums, criterion: str) -> float | None:
    """q of the choice; None where the decision gives no room for the criterion."""
    if not scoring.scenario.counts_for_score(row.node, row.choice):
        return None
    opportunity = scoring.opportunities(row.node, row.offered).get(criterion)
    return None if opportunity is None else float(opportunity.q[row.choice])


def _facility(met: Sequence[tuple[float, ChoiceCount]]) -> Estimate | TooFew:
    people = sum(row.people for _, row in met)

    def mean() -> Estimate:
        value = min(1.0, sum(q * row.people for q, row in met) / people)
        return Estimate(value, wilson_interval(value, people), people)

    return shown_from(COUNTS_FROM, people, mean)


def _options(scoring: Scoring, node: str, rows: Sequence[ChoiceCount]) -> tuple[Option, ...]:
    offered: dict[str, int] = defaultdict(int)
    picked: dict[str, int] = defaultdict(int)
    for row in rows:
        picked[row.choice] += row.people
        for choice in row.offered:
            offered[choice] += row.people
    return tuple(
        _option(choice, offered[choice], picked[choice])
        for choice in scoring.scenario.nodes[node].choices
        if offered[choice]
    )


def _option(choice: str, offered: int, picked: int) -> Option:
    def rate() -> Estimate:
        return Estimate(picked / offered, wilson_interval(picked / offered, offered), offered)

    return Option(
        choice,
        count_or_too_few(offered),
        shown_from(COUNTS_FROM, offered, lambda: picked),
        shown_from(COUNTS_FROM, offered, rate),
        shown_from(COEFFICIENTS_FROM, offered, lambda: picked / offered >= NOT_FUNCTIONING),
    )


def _item_rest(scoring: Scoring, node: str, criterion: str, rests: Sequence[RestSums]) -> ItemRest | TooFew:
    weight = scoring.scenario.nodes[node].weight
    people, x, y, xx, xy, yy = 0, 0.0, 0.0, 0.0, 0.0, 0.0
    for row in rests:
        q = _q(scoring, row, criterion) if row.criterion == criterion else None
        if q is None or row.weight <= weight:
            continue
        own, others = weight * q, row.weight - weight
        rest = (row.weighted - row.people * own) / others
        squares = (row.weighted_squares - 2 * own * row.weighted + row.people * own * own) / others**2
        people += row.people
        x, xx = x + row.people * q, xx + row.people * q * q
        y, yy, xy = y + rest, yy + squares, xy + q * rest

    def correlated() -> ItemRest:
        value = correlation(people, x, y, xx, xy, yy)
        if value is None:
            return ItemRest(None)
        return ItemRest(Estimate(value, correlation_interval(value, people), people))

    return shown_from(COEFFICIENTS_FROM, people, correlated)


def cohort_behaviours(results: CohortResults, actor: Actor, scope: Scope) -> tuple[BehaviourUse, ...]:
    """The behaviours a cohort uses and misses over everything it was set, those most often missed first.

    They are those of the newest attempts, and of the versions that can be read (see `played_by`).

    Raises:
        NotAllowed: not theirs to see.
    """
    scorings = {played.version: playable.scoring for played, playable in played_by(results, actor, scope).readable}
    rows = results.choices(actor, scope)
    # An attempt may have ended or been erased between the two queries.
    return behaviours_of((scorings[row.version], row) for row in rows if row.version in scorings)


@dataclass(slots=True)
class _Tally:
    offered: int = 0
    shown: int = 0
    best: int = 0
    missed: int = 0


def behaviours_of(rows: Iterable[tuple[Scoring, ChoiceCount]]) -> tuple[BehaviourUse, ...]:
    """The same from rows, each with the scoring of its version."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    came_by: dict[tuple[str, object, str], int] = defaultdict(int)
    for scoring, row in rows:
        choices = scoring.scenario.nodes[row.node].choices
        chosen = set(choices[row.choice].shows)
        best = scoring.best_on_offer(row.node, row.offered)
        in_best = {behaviour for choice in best for behaviour in choices[choice].shows}
        for behaviour in {behaviour for choice in row.offered for behaviour in choices[choice].shows}:
            tally = tallies[behaviour]
            tally.offered += row.times
            tally.shown += row.times * (behaviour in chosen)
            tally.best += row.times * (behaviour in in_best)
            tally.missed += row.times * (behaviour in in_best - chosen and row.choice not in best)
            came_by[behaviour, row.version, row.node] += row.people
    # A person is counted once at each node, so no node was reached by more people than there are in all.
    people: dict[str, int] = defaultdict(int)
    for (behaviour, _, _), reached in came_by.items():
        people[behaviour] = max(people[behaviour], reached)
    uses = [_use(behaviour, people[behaviour], tally) for behaviour, tally in tallies.items()]
    return tuple(sorted(uses, key=lambda use: (-use.missed if isinstance(use.missed, int) else 1, use.behaviour)))


def _use(behaviour: str, people: int, tally: _Tally) -> BehaviourUse:
    def from_five(count: int) -> int | TooFew:
        return shown_from(COUNTS_FROM, people, lambda: count)

    return BehaviourUse(
        behaviour,
        count_or_too_few(people),
        from_five(tally.offered),
        from_five(tally.shown),
        from_five(tally.best),
        from_five(tally.missed),
    )
