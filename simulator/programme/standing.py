"""Whether it may be said that somebody passes on a criterion: one talk gives a profile, never a pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np

from simulator.records.access import Actor
from simulator.records.assignments import FOR_A_PASS
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import MetAttempt, Scope
from simulator.session.scoring import CriterionScore, Scoring, wilson_interval

OPPORTUNITIES_FOR_A_PASS = 12
"""Opportunities for a criterion, over all these clients, that a pass rests on at least."""

RANDOM_PERCENTILE = Fraction(95, 100)
"""How much of random play has to lie below."""


class Lacks(StrEnum):
    """What is missing before somebody may be said to pass."""

    CLIENTS = "clients"
    OPPORTUNITIES = "opportunities"
    ABOVE_CUT = "above_cut"
    ABOVE_RANDOM = "above_random"
    RULING = "ruling"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, and by how much: `there` has to come to `needed`.

    Clients and opportunities are counts, to be reached. For `ABOVE_CUT` and `ABOVE_RANDOM` they are scores: the lower
    bound of the interval has to lie above. For `RULING`: critical incidents that a person has ruled on, of all.
    """

    what: Lacks
    there: float
    needed: float


@dataclass(frozen=True, slots=True)
class CriterionStanding:
    """May this person be said to pass on this criterion? Otherwise it is not determined yet, and `missing` says why.

    `score` is over all opportunities met with `clients` clients that were first met in assessment, with its 90 %
    interval; `random` is the 95th percentile of random picks at the very same decisions. None where nothing was met.
    """

    rubric: str
    criterion: str
    clients: int
    opportunities: int
    score: float | None
    interval: tuple[float, float] | None
    cut: float
    random: float | None
    missing: tuple[Missing, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing is missing. Where something is, that is not a fail: it is not determined yet."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """On which criteria may this person be said to pass? By rubric and criterion, in the order of the rubric."""

    person_id: str
    name: str
    criteria: tuple[CriterionStanding, ...]


def cohort_standing(
    results: CohortResults,
    attempts: CohortAttempts,
    actor: Actor,
    scope: Scope,
    clients: Mapping[str, str],
    people: Sequence[str] | None = None,
) -> tuple[PersonStanding, ...]:
    """Where people of a cohort stand, by name; of these people only, if given.

    `clients` names whom scenarios are meetings with (see `client_by_scenario`).

    Raises:
        NotAllowed: not theirs to see.
        ContentMissing: this version of the program cannot read what was played.
    """
    met = attempts.first_met(actor, scope, clients, people)
    return standing_of(met, lambda one: results.playable(one.version, one.scenario_hash).scoring)


def standing_of(
    attempts: Sequence[MetAttempt], scoring_of: Callable[[MetAttempt], Scoring]
) -> tuple[PersonStanding, ...]:
    """Where people stand, from their first meetings. Those that were practice are passed over."""
    by_person: dict[tuple[str, str], list[MetAttempt]] = defaultdict(list)
    for attempt in attempts:
        by_person[attempt.person_id, attempt.name].append(attempt)
    return tuple(
        PersonStanding(person, name, _criteria([one for one in met if one.assessed], scoring_of))
        for (person, name), met in by_person.items()
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """What one meeting adds for a criterion: the score of it, the weight it is measured against, what was on offer."""

    judged: CriterionScore
    base: int
    cut: float
    waiting: int


def _criteria(
    attempts: Sequence[MetAttempt], scoring_of: Callable[[MetAttempt], Scoring]
) -> tuple[CriterionStanding, ...]:
    shares: dict[tuple[str, str], list[_Share]] = {}
    for attempt in attempts:
        scoring = scoring_of(attempt)
        card = scoring.scorecard(attempt.decisions, attempt.ending)
        for criterion, judged in card.criteria.items():
            weight = sum(item.weight for item in judged.evidence)
            early = scoring.scenario.endings[attempt.ending].early and criterion in card.assesses
            base = max(weight, scoring.rubric.cuts.enough) if early else weight
            if base:
                share = _Share(judged, base, scoring.rubric.cuts.competent, attempt.waiting)
                shares.setdefault((card.rubric, criterion), []).append(share)
    return tuple(_standing(rubric, criterion, met) for (rubric, criterion), met in shares.items())


def _standing(rubric: str, criterion: str, met: Sequence[_Share]) -> CriterionStanding:
    evidence = [item for share in met for item in share.judged.evidence]
    base = sum(share.base for share in met)
    lost = base - sum(item.weight for item in evidence)
    score = float(sum((item.weight * item.q for item in evidence), Fraction(0)) / base)
    squares = sum(item.weight**2 for item in evidence) + lost
    interval = wilson_interval(score, base**2 / squares)
    picks = [(item.weight, tuple(sorted(item.opportunity.q.values()))) for item in evidence]
    random = random_percentile(tuple(sorted(picks)), base)
    cut = max(share.cut for share in met)
    missing = _missing(met, len(evidence), interval[0], cut, random)
    return CriterionStanding(rubric, criterion, len(met), len(evidence), score, interval, cut, random, missing)


def _missing(met: Sequence[_Share], n: int, low: float, cut: float, random: float) -> tuple[Missing, ...]:
    waiting = sum(share.waiting for share in met)
    lacking = (
        (len(met) < FOR_A_PASS, Missing(Lacks.CLIENTS, len(met), FOR_A_PASS)),
        (n < OPPORTUNITIES_FOR_A_PASS, Missing(Lacks.OPPORTUNITIES, n, OPPORTUNITIES_FOR_A_PASS)),
        (low <= cut, Missing(Lacks.ABOVE_CUT, low, cut)),
        (low <= random, Missing(Lacks.ABOVE_RANDOM, low, random)),
        (waiting > 0, Missing(Lacks.RULING, 0, waiting)),
    )
    return tuple(missing for is_missing, missing in lacking if is_missing)


@lru_cache(maxsize=4096)
def random_percentile(picks: tuple[tuple[int, tuple[Fraction, ...]], ...], base: int) -> float:
    """The 95th percentile of what random picks score at decisions: the least score that 95 % of them do not exceed.

    Each pick is the decision's weight and the q of every choice on offer, all equally likely; `base` is the sum of
    weights that scores are measured against. Not simulated: the whole distribution is worked out, one decision added
    to it at a time, on the grid of all scores that there can be.
    """
    grid = lcm(*(q.denominator for _, on_offer in picks for q in on_offer)) if picks else 1
    likely = np.ones(1)
    for weight, on_offer in picks:
        steps = [int(weight * q * grid) for q in on_offer]
        further = np.zeros(len(likely) + max(steps))
        for step in steps:
            further[step : step + len(likely)] += likely / len(steps)
        likely = further
    # Rounding of the sums must not push the percentile one step on.
    place = int(np.searchsorted(np.cumsum(likely), float(RANDOM_PERCENTILE) - 1e-12))
    return place / (grid * base)
