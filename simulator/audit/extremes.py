"""The lowest and highest score that a complete path can have, each with a path that attains it. Exact.

A criterion's score is a ratio, sum(w q) / sum(w), whose denominator depends on the path. Its extremes over an acyclic
graph are a fractional program, solved by Dinkelbach's iteration (W. Dinkelbach 1967, Management Science 13:492-498):
for a guess g, find the path with the greatest sum(w q) - g sum(w); while that is above 0 the path has a better ratio,
which is the next guess; when it is 0 the guess is the extreme. In whole numbers throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from simulator.audit.exploration import Story
from simulator.audit.paths import Path
from simulator.session.scoring import Scoring


@dataclass(frozen=True, slots=True)
class Extreme:
    """A score that is attained, and a path that attains it."""

    score: Fraction
    path: Path


@dataclass(frozen=True, slots=True)
class Reach:
    """What complete paths can come to on one criterion.

    `lowest` and `highest` are over the paths with enough opportunities for a figure; None where no path has them.
    `opportunities_min` and `_max` are over all complete paths; None where there is none.
    """

    lowest: Extreme | None
    highest: Extreme | None
    opportunities_min: int | None
    opportunities_max: int | None


@dataclass(frozen=True, slots=True)
class Gains:
    """What each move is worth on a criterion: sum(w q) in units of 1/`unit`, and w; 0 and 0 where no opportunity."""

    unit: int
    earned: list[tuple[int, ...]]
    weight: list[tuple[int, ...]]


def gains_of(story: Story, scoring: Scoring, criterion: str) -> Gains:
    """The worth of every move in a story on one criterion."""
    known: dict[tuple[str, tuple[str, ...]], tuple[tuple[Fraction, ...], tuple[int, ...]]] = {}
    for standing in zip(story.places, story.offered, strict=True):
        if standing not in known:
            known[standing] = _worth(scoring, criterion, *standing)
    unit = lcm(*(amount.denominator for earned, _ in known.values() for amount in earned))
    whole = {standing: tuple(int(amount * unit) for amount in earned) for standing, (earned, _) in known.items()}
    standings = list(zip(story.places, story.offered, strict=True))
    return Gains(unit, [whole[standing] for standing in standings], [known[standing][1] for standing in standings])


def _worth(
    scoring: Scoring, criterion: str, place: str, offered: tuple[str, ...]
) -> tuple[tuple[Fraction, ...], tuple[int, ...]]:
    """What each choice on offer at a place earns and weighs."""
    opportunity = scoring.opportunities(place, offered).get(criterion) if offered else None
    if opportunity is None:
        return (Fraction(0),) * len(offered), (0,) * len(offered)
    weight = scoring.scenario.nodes[place].weight
    return (
        tuple(opportunity.q.get(choice, Fraction(0)) * weight for choice in offered),
        tuple(weight if choice in opportunity.q else 0 for choice in offered),
    )


def reach_of(story: Story, scoring: Scoring, criterion: str, gains: Gains | None = None) -> Reach:
    """The extremes of one criterion over all complete paths. The story must be explored in full, without circles.

    `gains` are those of `gains_of`, if they are known already.
    """
    gains = gains or gains_of(story, scoring, criterion)
    fewest, most = _opportunities(story, gains)
    if fewest is None or most is None:
        return Reach(None, None, fewest, most)
    search = _Search(story, gains, scoring.rubric.cuts.enough, fewest)
    if most < search.enough:
        return Reach(None, None, fewest, most)
    return Reach(search.extreme(-1), search.extreme(+1), fewest, most)


def highest_with(story: Story, gains: Gains, opportunities: int) -> Extreme | None:
    """The highest score over the complete paths with at least so many opportunities; None where there is none."""
    fewest, most = _opportunities(story, gains)
    if fewest is None or most is None or most < opportunities:
        return None
    return _Search(story, gains, opportunities, fewest).extreme(+1)


def _opportunities(story: Story, gains: Gains) -> tuple[int | None, int | None]:
    fewest: list[int | None] = [None] * story.size
    most: list[int | None] = [None] * story.size
    for index in reversed(story.order):
        if story.complete(index):
            fewest[index] = most[index] = 0
            continue
        for target, weight in zip(story.moves[index], gains.weight[index], strict=True):
            met = 1 if weight else 0
            low, high = fewest[target], most[target]
            if low is None or high is None:
                continue
            here_low, here_high = fewest[index], most[index]
            fewest[index] = low + met if here_low is None else min(here_low, low + met)
            most[index] = high + met if here_high is None else max(here_high, high + met)
    return fewest[0], most[0]


class _Search:
    """Dinkelbach's iteration over a story. Paths with too few opportunities are kept out by counting up to enough."""

    def __init__(self, story: Story, gains: Gains, enough: int, fewest: int) -> None:
        self.story = story
        self.gains = gains
        self.enough = enough
        self.counting = enough if fewest < enough else 0  # where every path has enough, nothing need be counted

    def extreme(self, sign: int) -> Extreme | None:
        """The greatest (+1) or least (-1) score with a path that attains it."""
        guess: Fraction | None = None
        path: list[tuple[int, int]] = []
        while True:
            better = self._best_path(sign, guess or Fraction(0))
            if better is None:
                return None
            earned = sum(self.gains.earned[index][position] for index, position in better)
            weight = sum(self.gains.weight[index][position] for index, position in better)
            ratio = Fraction(earned, weight * self.gains.unit)
            if guess is not None and (ratio - guess) * sign <= 0:
                return Extreme(guess, self._named(path))
            guess, path = ratio, better

    def _named(self, path: list[tuple[int, int]]) -> Path:
        story = self.story
        return tuple(f"{story.places[index]}.{story.offered[index][position]}" for index, position in path)

    def _best_path(self, sign: int, guess: Fraction) -> list[tuple[int, int]] | None:
        """The complete path with the greatest sign * (sum(w q) - guess * sum(w)), as moves."""
        layers = self.counting + 1
        above, below = guess.numerator * self.gains.unit, guess.denominator
        worth: list[list[int | None]] = [[None] * layers for _ in range(self.story.size)]
        taken: list[list[int]] = [[-1] * layers for _ in range(self.story.size)]
        for index in reversed(self.story.order):
            here, choice = worth[index], taken[index]
            if self.story.complete(index):
                here[self.counting] = 0
                continue
            for position, target in enumerate(self.story.moves[index]):
                weight = self.gains.weight[index][position]
                gain = sign * (below * self.gains.earned[index][position] - above * weight)
                after = worth[target]
                for met in range(layers):
                    rest = after[min(met + 1, self.counting) if weight else met]
                    best = here[met]
                    if rest is not None and (best is None or rest + gain > best):
                        here[met], choice[met] = rest + gain, position
        return self._backtrack(worth, taken)

    def _backtrack(self, worth: list[list[int | None]], taken: list[list[int]]) -> list[tuple[int, int]] | None:
        if worth[0][0] is None:
            return None
        path = []
        index, met = 0, 0
        while (position := taken[index][met]) >= 0:
            path.append((index, position))
            if self.gains.weight[index][position]:
                met = min(met + 1, self.counting)
            index = self.story.moves[index][position]
        return path
