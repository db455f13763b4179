"""How many ways there are through a story, how long they are, and where they end. Exact, any number of digits."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from simulator.audit.exploration import Story

Path = tuple[str, ...]
"""Choices in order, each as `node.choice`."""


@dataclass(frozen=True, slots=True)
class EndingReached:
    """One ending: by which shortest path, and how often a random click comes to it."""

    shortest: Path | None
    random_share: float

    @property
    def reachable(self) -> bool:
        """Whether any run comes to it."""
        return self.shortest is not None


@dataclass(frozen=True, slots=True)
class Ways:
    """The complete paths through a story. Counts and lengths are None where a circle makes them unbounded."""

    complete: int | None
    shortest: int | None
    longest: int | None
    endings: dict[str, EndingReached]


def ways_through(story: Story) -> Ways:
    """Count and measure the complete paths, and find the shortest to every ending."""
    shortest = _shortest_paths(story)
    shares = _random_shares(story)
    endings = {
        ending: EndingReached(shortest.get(ending), shares.get(ending, 0.0)) for ending in story.scenario.endings
    }
    if not story.order:
        complete = [len(path) for ending, path in shortest.items() if not story.scenario.endings[ending].early]
        return Ways(None, min(complete, default=None), None, endings)
    return Ways(_count(story), *_lengths(story), endings)


def _count(story: Story) -> int:
    ways = [0] * story.size
    for index in reversed(story.order):
        ways[index] = 1 if story.complete(index) else sum(ways[target] for target in story.moves[index])
    return ways[0]


def _lengths(story: Story) -> tuple[int | None, int | None]:
    shortest: list[int | None] = [None] * story.size
    longest: list[int | None] = [None] * story.size
    for index in reversed(story.order):
        if story.complete(index):
            shortest[index] = longest[index] = 0
            continue
        nearer = [length for target in story.moves[index] if (length := shortest[target]) is not None]
        farther = [length for target in story.moves[index] if (length := longest[target]) is not None]
        shortest[index] = min(nearer) + 1 if nearer else None
        longest[index] = max(farther) + 1 if farther else None
    return shortest[0], longest[0]


def _shortest_paths(story: Story) -> dict[str, Path]:
    """Breadth first from the beginning: the first time an ending is met is the shortest way there."""
    before: list[tuple[int, str] | None] = [None] * story.size
    seen = [False] * story.size
    seen[0] = True
    found: dict[str, Path] = {}
    waiting = deque([0])
    while waiting:
        index = waiting.popleft()
        if story.ended(index):
            found.setdefault(story.places[index], _back_from(story, before, index))
        for choice, target in zip(story.offered[index], story.moves[index], strict=True):
            if not seen[target]:
                seen[target] = True
                before[target] = index, choice
                waiting.append(target)
    return found


def _back_from(story: Story, before: list[tuple[int, str] | None], index: int) -> Path:
    path: list[str] = []
    while (step := before[index]) is not None:
        index, choice = step
        path.append(f"{story.places[index]}.{choice}")
    return tuple(reversed(path))


def _random_shares(story: Story) -> dict[str, float]:
    """How often a trainee who clicks at random comes to each ending."""
    shares: dict[str, float] = {}
    for index, probability in enumerate(random_visits(story)):
        if story.ended(index) and probability:
            shares[story.places[index]] = shares.get(story.places[index], 0.0) + probability
    return shares


def random_visits(story: Story) -> list[float]:
    """How often random play comes by each configuration: its probability in a story without circles.

    With circles the weight is passed on until next to nothing moves any more.
    """
    weight = [0.0] * story.size
    if story.order:
        weight[0] = 1.0
        for index in story.order:
            targets = story.moves[index]
            for target in targets:
                weight[target] += weight[index] / len(targets)
        return weight
    moving = {0: 1.0}
    while moving and sum(moving.values()) > 1e-12:
        after: dict[int, float] = {}
        for index, amount in moving.items():
            weight[index] += amount
            targets = story.moves[index]
            for target in targets:
                after[target] = after.get(target, 0.0) + amount / len(targets)
        moving = after
    return weight
