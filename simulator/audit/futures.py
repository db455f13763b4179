"""Where a story can still go: decisions that change nothing, and moments after which nothing good can come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.audit.exploration import Story
from simulator.audit.paths import random_visits
from simulator.audit.witness import Arrivals
from simulator.content.scenario import Outcome

_GOOD = frozenset({Outcome.ALLIANCE, Outcome.PROGRESS, Outcome.REFERRAL})


@dataclass(frozen=True, slots=True)
class Futures:
    """`inconsequential` are nodes at which, whenever they are met, every choice leads to the same future.

    `lost_at` are nodes at which some runs stand with no good ending left to reach, though one was a turn before;
    `lost_share` is how often random play comes to such a point. `untold` are those of these nodes that the client can
    open with the very reply and line that are also heard while there is still hope, with more than one choice to go:
    hope that ends with the talk itself need not be told.
    """

    inconsequential: tuple[str, ...]
    lost_at: dict[str, int]
    lost_share: float
    untold: tuple[str, ...]


def futures_of(story: Story, heard_at: Mapping[int, Arrivals]) -> Futures:
    """Work out what is decided by each node and where hope ends. A good ending is one of alliance, progress or
    referral to which the talk came in full. `heard_at` is what is heard on coming to each configuration.
    """
    alike: dict[str, bool] = {}
    for place, moves in zip(story.places, story.moves, strict=True):
        if moves:
            alike[place] = alike.get(place, True) and len(set(moves)) == 1 and len(moves) > 1
    hopeful = _can_end_well(story)
    visits = random_visits(story)
    lost_at: dict[str, int] = {}
    share = 0.0
    lost: set[int] = set()
    for index, moves in enumerate(story.moves):
        for target in moves if hopeful[index] else ():
            if hopeful[target] or story.ended(target):
                continue
            share += visits[index] / len(moves)
            if target not in lost:
                lost.add(target)
                lost_at[story.places[target]] = lost_at.get(story.places[target], 0) + 1
    inconsequential = tuple(place for place, same in alike.items() if same)
    return Futures(inconsequential, lost_at, share, _untold(story, lost, hopeful, heard_at))


def _untold(story: Story, lost: set[int], hopeful: list[bool], heard_at: Mapping[int, Arrivals]) -> tuple[str, ...]:
    hopeful_turns = {turn for index in range(story.size) if hopeful[index] for turn in heard_at.get(index, ())}
    going_on = {index for index in lost if not any(story.ended(target) for target in story.moves[index])}
    untold = {story.places[index] for index in going_on if heard_at.get(index, frozenset()) & hopeful_turns}
    return tuple(sorted(untold))


def _can_end_well(story: Story) -> list[bool]:
    before: list[list[int]] = [[] for _ in range(story.size)]
    for index, moves in enumerate(story.moves):
        for target in moves:
            before[target].append(index)
    endings = story.scenario.endings
    good = [story.complete(index) and endings[story.places[index]].outcome in _GOOD for index in range(story.size)]
    waiting = [index for index, well in enumerate(good) if well]
    while waiting:
        for index in before[waiting.pop()]:
            if not good[index]:
                good[index] = True
                waiting.append(index)
    return good
