"""What complete paths can come to over all assessed criteria together: a path that attains it, and a bound.

Overall is a weighted mean of ratios with different denominators; no simple algorithm gives its extremes. No path can
be better than the best on every criterion by itself, which is the bound. From each criterion's own extreme path the
search goes uphill: with the ratios of the present path as guesses, the path with the greatest weighted sum of
(earned - guess * weight) / weight_of_the_present_path is taken, until none is better (the Newton step for a sum of
ratios). Where the path attains the bound, it is proved to be the extreme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from simulator.audit.exploration import Story
from simulator.audit.extremes import Extreme, Gains, Reach
from simulator.audit.paths import Path

_MOST_STEPS_UPHILL = 12


@dataclass(frozen=True, slots=True)
class Overall:
    """`attained` is a score with a path that has it; no complete path goes beyond `bound`."""

    attained: Extreme
    bound: Fraction

    @property
    def proved(self) -> bool:
        """Whether the path attained is proved to be the extreme."""
        return self.attained.score == self.bound


@dataclass(frozen=True, slots=True)
class OverallReach:
    """The lowest and the highest overall score."""

    lowest: Overall
    highest: Overall


def overall_reach(
    story: Story, gains: Mapping[str, Gains], weights: Mapping[str, int], reach: Mapping[str, Reach], enough: int
) -> OverallReach | None:
    """The extremes over all criteria; None where a complete path can be without a figure on one of them.

    `gains` and `reach` are by criterion; a figure needs `enough` opportunities. The story is explored in full, without
    circles.
    """
    if not gains or any((found.opportunities_min or 0) < max(enough, 1) for found in reach.values()):
        return None
    search = _Uphill(story, gains, weights)
    return OverallReach(search.extreme(-1, reach), search.extreme(+1, reach))


def moves_of(story: Story, path: Path) -> list[tuple[int, int]]:
    """A path as configurations and the position of the choice taken at each."""
    index, moves = 0, []
    for step in path:
        position = story.offered[index].index(step.partition(".")[2])
        moves.append((index, position))
        index = story.moves[index][position]
    return moves


class _Uphill:
    def __init__(self, story: Story, gains: Mapping[str, Gains], weights: Mapping[str, int]) -> None:
        self.story = story
        self.gains = gains
        total = sum(weights[name] for name in gains)
        self.shares = {name: Fraction(weights[name], total) for name in gains}

    def extreme(self, sign: int, reach: Mapping[str, Reach]) -> Overall:
        own = [found.highest if sign > 0 else found.lowest for found in reach.values()]
        extremes = dict(zip(reach, (one for one in own if one is not None), strict=True))
        bound = sum((self.shares[name] * one.score for name, one in extremes.items()), Fraction(0))
        best: tuple[Fraction, list[tuple[int, int]]] | None = None
        for one in extremes.values():
            found = self._from(sign, moves_of(self.story, one.path))
            if found and (best is None or (found[0] - best[0]) * sign > 0):
                best = found
            if best and best[0] == bound:
                break
        assert best is not None  # every criterion's own extreme path is scored on all, or there were no extremes
        return Overall(Extreme(best[0], self._named(best[1])), bound)

    def _from(self, sign: int, path: list[tuple[int, int]]) -> tuple[Fraction, list[tuple[int, int]]] | None:
        present = self._score(path)
        for _ in range(_MOST_STEPS_UPHILL):
            if present is None:
                return None
            better = self._best_for(sign, path)
            score = self._score(better)
            if score is None or (score - present) * sign <= 0:
                break
            present, path = score, better
        return None if present is None else (present, path)

    def _sums(self, name: str, path: list[tuple[int, int]]) -> tuple[int, int]:
        worth = self.gains[name]
        return (
            sum(worth.earned[index][position] for index, position in path),
            sum(worth.weight[index][position] for index, position in path) * worth.unit,
        )

    def _score(self, path: list[tuple[int, int]]) -> Fraction | None:
        total = Fraction(0)
        for name, share in self.shares.items():
            earned, weight = self._sums(name, path)
            if not weight:
                return None
            total += share * Fraction(earned, weight)
        return total

    def _best_for(self, sign: int, path: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The complete path with the greatest weighted gain over the present path's ratios, in whole numbers."""
        terms = []
        for name, share in self.shares.items():
            earned, weight = self._sums(name, path)
            worth = self.gains[name]
            slope = share / weight
            terms.append((worth, slope, slope * Fraction(earned, weight) * worth.unit))
        unit = lcm(*(part.denominator for _, slope, guess in terms for part in (slope, guess)))
        whole = [(worth, int(slope * unit) * sign, int(guess * unit) * sign) for worth, slope, guess in terms]
        return self._heaviest(whole)

    def _heaviest(self, terms: list[tuple[Gains, int, int]]) -> list[tuple[int, int]]:
        story = self.story
        worth: list[int | None] = [None] * story.size
        taken = [-1] * story.size
        for index in reversed(story.order):
            if story.complete(index):
                worth[index] = 0
                continue
            best: int | None = None
            for position, target in enumerate(story.moves[index]):
                rest = worth[target]
                if rest is None:
                    continue
                for gains, slope, guess in terms:
                    rest += slope * gains.earned[index][position] - guess * gains.weight[index][position]
                if best is None or rest > best:
                    best, taken[index] = rest, position
            worth[index] = best
        return self._followed(taken)

    def _followed(self, taken: list[int]) -> list[tuple[int, int]]:
        path, index = [], 0
        while taken[index] >= 0:
            path.append((index, taken[index]))
            index = self.story.moves[index][taken[index]]
        return path

    def _named(self, path: list[tuple[int, int]]) -> Path:
        story = self.story
        return tuple(f"{story.places[index]}.{story.offered[index][position]}" for index, position in path)
