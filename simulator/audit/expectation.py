"""What a way of playing scores on average: exact, over every run it can make.

The score is a ratio, so its average needs the joint distribution of what was earned and what it is divided by; that is
carried through the story move by move.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from simulator.audit.exploration import Story
from simulator.audit.extremes import Gains

Policy = Callable[[int], Sequence[float]]
"""For a configuration, the probability of each of its moves."""

MOST_ENTRIES = 2_000_000
"""How many (configuration, earned, divided by) entries are carried before the exact way is given up."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The average score over complete runs with enough opportunities, and how often a run is such a one.

    `exact` is False where it was sampled.
    """

    score: float | None
    share: float
    exact: bool


def at_random(story: Story) -> Policy:
    """Every choice on offer equally often."""
    return lambda index: [1 / len(story.moves[index])] * len(story.moves[index])


def expected_score(story: Story, gains: Gains, policy: Policy, enough: int) -> Expected | None:
    """The exact average score of a policy; None where carrying it through would take more than the bound."""
    arriving: list[_Joint] = [defaultdict(float) for _ in range(story.size)]
    arriving[0][0, 0, 0] = 1.0
    total = share = 0.0
    entries = 0
    for index in story.order:
        here, arriving[index] = arriving[index], {}
        entries += len(here)
        if entries > MOST_ENTRIES:
            return None
        if here and story.complete(index):
            scored = {key: probability for key, probability in here.items() if key[2] >= enough}
            total += sum(chance * earned / (weight * gains.unit) for (earned, weight, _), chance in scored.items())
            share += sum(scored.values())
        elif here and story.moves[index]:
            _pass_on(story, gains, index, here, policy(index), arriving, enough)
    return Expected(total / share if share else None, share, exact=True)


_Joint = dict[tuple[int, int, int], float]
"""Probability by what was earned, what it is divided by, and how many opportunities were met, up to enough."""


def _pass_on(
    story: Story, gains: Gains, index: int, here: _Joint, chances: Sequence[float], arriving: list[_Joint], enough: int
) -> None:
    for position, chance in enumerate(chances):
        if not chance:
            continue
        target = arriving[story.moves[index][position]]
        earned_here, weight_here = gains.earned[index][position], gains.weight[index][position]
        for (earned, weight, met), probability in here.items():
            key = (earned + earned_here, weight + weight_here, min(met + (weight_here > 0), enough))
            target[key] += probability * chance


@dataclass(frozen=True, slots=True)
class Sampling:
    """How single runs are drawn: how many, and where chance comes from (a number from 0 up to 1 at each call)."""

    runs: int
    chance: Callable[[], float]


def sampled_overall(
    story: Story,
    gains: Mapping[str, Gains],
    weights: Mapping[str, int],
    policy: Policy,
    enough: int,
    sampling: Sampling,
) -> list[float]:
    """The overall scores of single runs of a policy that are complete and scored on every criterion, sorted.

    A sample, to say how far single runs spread.
    """
    table = _Table(story, policy)
    total = sum(weights.values())
    scores = []
    for _ in range(sampling.runs):
        path, last = table.run(sampling.chance)
        if not story.complete(last):
            continue
        overall = 0.0
        for name, worth in gains.items():
            weight = [worth.weight[index][position] for index, position in path]
            if sum(map(bool, weight)) < enough:
                break
            earned = sum(worth.earned[index][position] for index, position in path)
            overall += weights[name] * earned / (sum(weight) * worth.unit)
        else:
            scores.append(overall / total)
    return sorted(scores)


class _Table:
    """A policy's cumulated chances, worked out once for each configuration it comes to."""

    def __init__(self, story: Story, policy: Policy) -> None:
        self.story = story
        self.policy = policy
        self.cumulated: dict[int, list[float]] = {}

    def run(self, chance: Callable[[], float]) -> tuple[list[tuple[int, int]], int]:
        index, path = 0, []
        while moves := self.story.moves[index]:
            if index not in self.cumulated:
                self.cumulated[index] = list(accumulate(self.policy(index)))
            position = min(bisect_right(self.cumulated[index], chance()), len(moves) - 1)
            path.append((index, position))
            index = moves[position]
        return path, index
