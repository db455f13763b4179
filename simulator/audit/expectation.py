"""What a way of playing scores on average: exact, over every run it can make.

The score is a ratio, so its average needs the joint distribution of what was earned and what it is divided by; that is
carried through the story move by move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.audit.exploration import Story
from simulator.audit.extremes import Gains

Policy = Callable[[int], Sequence[float]]
"""For a configuration, the probability of each of its moves."""

MOST_ENTRIES = 1_000_000
"""How many (configuration, earned, divided by) entries are carried before the exact way is given up."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The average score over complete runs with enough opportunities, and how often a run is such a one."""

    score: float | None
    share: float


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
    return Expected(total / share if share else None, share)


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
