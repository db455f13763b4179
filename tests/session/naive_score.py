"""Scores once more, written from measurement.md as plainly as can be, to compare the product's with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario

Picked = tuple[str, Sequence[str], str]
"""A decision: the node, what was on offer, what was chosen."""


@dataclass
class NaiveScore:
    n: int
    score: Fraction | None
    random: Fraction | None
    corrected: Fraction | None
    level: int | None


def points(scenario: Scenario, rubric: Rubric, node: str, choice: str, criterion: str) -> int:
    """Strongest positive + strongest negative behaviour; positives of mistimed ones count 0."""
    best = worst = 0
    tagged = scenario.nodes[node].choices[choice]
    for behaviour in tagged.shows:
        value = rubric.criteria[criterion].scores.get(behaviour, 0)
        best, worst = max(best, value), min(worst, value)
    for behaviour in tagged.mistimed:
        worst = min(worst, rubric.criteria[criterion].scores.get(behaviour, 0))
    return best + worst


def counted(scenario: Scenario, node: str, choice: str) -> bool:
    return scenario.nodes[node].scored and scenario.nodes[node].choices[choice].scored


def opportunity(
    scenario: Scenario, rubric: Rubric, node: str, offered: Sequence[str], criterion: str
) -> dict[str, Fraction] | None:
    """q of every choice on offer that counts, or None where the decision gives no room for the criterion."""
    on_offer = {
        choice: points(scenario, rubric, node, choice, criterion)
        for choice in offered
        if counted(scenario, node, choice)
    }
    unguarded = [choice for choice in on_offer if not scenario.nodes[node].choices[choice].when]
    setting = unguarded if len(unguarded) >= 2 else list(on_offer)
    if not setting:
        return None
    top = max(on_offer[choice] for choice in setting)
    bottom = min(on_offer[choice] for choice in setting)
    if not (top >= 1 and bottom <= 0 and top - bottom >= 2):
        return None
    q = {}
    for choice, value in on_offer.items():
        share = Fraction(value - bottom, top - bottom)
        q[choice] = Fraction(0) if share < 0 else Fraction(1) if share > 1 else share
    by_chance = sum(q[choice] for choice in setting) / Fraction(len(setting))
    return q if by_chance <= Fraction(2, 3) else None


def rounded(value: Fraction | float) -> Decimal:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def harm_on(
    scenario: Scenario, behaviours: Behaviours, rubric: Rubric, picked: Sequence[Picked], criterion: str
) -> bool:
    """Whether a behaviour of kind harmful that bears on the criterion was shown and not made good again."""
    for position, (node, _, choice) in enumerate(picked):
        if not counted(scenario, node, choice):
            continue
        tagged = scenario.nodes[node].choices[choice]
        for behaviour in [*tagged.shows, *tagged.mistimed]:
            known = behaviours.behaviours[behaviour]
            if known.kind != "harmful" or rubric.criteria[criterion].scores.get(behaviour, 0) >= 0:
                continue
            later = {tag for n, _, c in picked[position + 1 :] for tag in scenario.nodes[n].choices[c].shows}
            if not (known.critical == "unless_repaired" and later & set(known.repaired_by)):
                return True
    return False


def naive_scores(
    scenario: Scenario, behaviours: Behaviours, rubric: Rubric, picked: Sequence[Picked], ending: str
) -> dict[str, NaiveScore]:
    """Every criterion's score."""
    found = {}
    for criterion in rubric.criteria:
        top: Fraction = Fraction(0)
        chance: Fraction = Fraction(0)
        weight = n = 0
        for node, offered, choice in picked:
            q = opportunity(scenario, rubric, node, offered, criterion)
            if q is None or not counted(scenario, node, choice):
                continue
            w = scenario.nodes[node].weight
            n += 1
            weight += w
            top += w * q[choice]
            chance += w * sum(q.values()) / Fraction(len(q))
        harm = harm_on(scenario, behaviours, rubric, picked, criterion)
        left_early = scenario.endings[ending].early and criterion in scenario.assesses
        if n < rubric.cuts.enough and not left_early:
            found[criterion] = NaiveScore(n, None, None, None, 1 if harm else None)
            continue
        if left_early and weight < rubric.cuts.enough:
            weight = rubric.cuts.enough
        s, r = top / weight, chance / weight
        level = 2
        if rounded(s) >= rounded(rubric.cuts.competent):
            level = 3
        if rounded(s) >= rounded(rubric.cuts.advanced) and n >= rubric.cuts.advanced_from:
            level = 4
        found[criterion] = NaiveScore(n, s, r, (s - r) / (1 - r), 1 if harm else level)
    return found


def naive_overall(scenario: Scenario, rubric: Rubric, scores: dict[str, NaiveScore]) -> Fraction | None:
    """The weighted mean over what is assessed and judged, or None while one of these has no score."""
    total, weights = Fraction(0), 0
    for criterion in set(scenario.assesses) & set(scores):
        if scores[criterion].score is None:
            return None
        weight: Any = rubric.criteria[criterion].weight
        total += weight * scores[criterion].score
        weights += weight
    return total / weights if weights else None
