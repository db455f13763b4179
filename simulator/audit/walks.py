"""Many single runs of a way of playing through an explored story, all at once.

A sample: it says how far single runs spread, and what a player scores on average to within its error. The story
itself is known in full, so nothing that a run does is a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from simulator.audit.exploration import Story
from simulator.audit.extremes import Gains

Favours = Callable[[str, Sequence[str]], Sequence[str]]
"""For a place and the choices on offer there, those that the player would take, each equally often."""

Numbers = NDArray[numpy.float64]

_MOST_STEPS = 400_000
"""Steps that all runs of one player take together; long stories get fewer runs."""
_FEWEST_RUNS = 200


@dataclass(frozen=True, slots=True)
class Sampling:
    """How single runs are drawn: how many at most, with which seed, and where chance comes from.

    `draws(n)` gives n numbers from 0 up to 1, evenly spread. `seed` is told with every figure that rests on it.
    """

    runs: int
    seed: int
    draws: Callable[[int], Numbers]


@dataclass(frozen=True, slots=True)
class Sampled:
    """What complete and fully scored runs came to: overall scores, sorted, and the average by criterion."""

    overall: Numbers
    criteria: dict[str, float | None]


class Walks:
    """A story laid out for being walked by many runs side by side."""

    def __init__(self, story: Story, gains: Mapping[str, Gains], weights: Mapping[str, int], enough: int) -> None:
        self.story = story
        self.weights = weights
        self.enough = enough
        self.units = {name: worth.unit for name, worth in gains.items()}
        self._widest = max((len(offered) for offered in story.offered), default=0)
        self._standings: dict[tuple[str, tuple[str, ...]], int] = {}
        standings = zip(story.places, story.offered, strict=True)
        rows = [self._standings.setdefault(standing, len(self._standings)) for standing in standings]
        self._standing = numpy.array(rows, dtype=numpy.int64)
        self._targets = self._table(story.moves)
        self._earned = {name: self._table(worth.earned) for name, worth in gains.items()}
        self._weight = {name: self._table(worth.weight) for name, worth in gains.items()}
        self._open = numpy.fromiter((bool(moves) for moves in story.moves), dtype=bool, count=story.size)
        self._complete = numpy.fromiter(map(story.complete, range(story.size)), dtype=bool, count=story.size)

    def _table(self, rows: Sequence[Sequence[int]]) -> NDArray[numpy.int64]:
        table = numpy.zeros((len(rows), self._widest), dtype=numpy.int64)
        for index, row in enumerate(rows):
            table[index, : len(row)] = row
        return table

    def runs(self, sampling: Sampling, longest: int) -> int:
        """How many runs are made where the longest has so many steps."""
        return max(min(sampling.runs, _MOST_STEPS // max(longest, 1)), _FEWEST_RUNS)

    def sampled(self, favours: Favours, sampling: Sampling, longest: int) -> Sampled:
        """Walk by what a player favours. The story must be explored in full, without circles."""
        chances = self._cumulated(favours)
        runs = self.runs(sampling, longest)
        at = numpy.zeros(runs, dtype=numpy.int64)
        earned = {name: numpy.zeros(runs) for name in self.units}
        weight = {name: numpy.zeros(runs) for name in self.units}
        met = {name: numpy.zeros(runs, dtype=numpy.int64) for name in self.units}
        going = numpy.flatnonzero(self._open[at])
        while going.size:
            here = at[going]
            position = (sampling.draws(going.size)[:, None] >= chances[self._standing[here]]).sum(axis=1)
            for name in self.units:
                here_weight = self._weight[name][here, position]
                earned[name][going] += self._earned[name][here, position]
                weight[name][going] += here_weight
                met[name][going] += here_weight > 0
            at[going] = self._targets[here, position]
            going = going[self._open[at[going]]]
        return self._scored(self._complete[at], earned, weight, met)

    def _cumulated(self, favours: Favours) -> Numbers:
        """For each place and offer, the chances cumulated over its choices; 1 from the last that can be taken."""
        table = numpy.ones((len(self._standings), self._widest))
        for (place, offered), row in self._standings.items():
            if offered:
                wanted = set(favours(place, offered))
                shares = numpy.cumsum([choice in wanted for choice in offered]) / len(wanted)
                table[row, : len(offered)] = shares
        return table

    def _scored(
        self,
        complete: NDArray[numpy.bool_],
        earned: Mapping[str, Numbers],
        weight: Mapping[str, Numbers],
        met: Mapping[str, NDArray[numpy.int64]],
    ) -> Sampled:
        total = sum(self.weights.values())
        overall = numpy.zeros(complete.size)
        scored_on_all = complete.copy()
        criteria: dict[str, float | None] = {}
        for name, unit in self.units.items():
            scored = complete & (met[name] >= self.enough)
            scored_on_all &= scored
            scores = earned[name][scored] / (weight[name][scored] * unit)
            criteria[name] = float(scores.mean()) if scores.size else None
            overall[scored] += self.weights[name] * scores / total
        return Sampled(numpy.sort(overall[scored_on_all]), criteria)
