"""Where a story can still go: decisions that change nothing, and moments after which nothing good can come."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.audit.exploration import Story
from simulator.audit.paths import random_visits
from simulator.content.scenario import Outcome

_GOOD = frozenset({Outcome.ALLIANCE, Outcome.PROGRESS, Outcome.REFERRAL})


@dataclass(frozen=True, slots=True)
class Futures:
    """`inconsequential` are nodes at which, whenever they are met, every choice leads to the same future.

    `lost_at` are nodes at which some runs stand with no good ending left to reach, though one was a turn before;
    `lost_share` is how often random play comes to such a point.
    """

    inconsequential: tuple[str, ...]
    lost_at: dict[str, int]
    lost_share: float


def futures_of(story: Story) -> Futures:
    """Work out what is decided by each node and where hope ends. A good ending is one of alliance, progress or
    referral to which the talk came in full.
    """
    alike: dict[str, bool] = {}
    for place, moves in zip(story.places, story.moves, strict=True):
        if moves:
            alike[place] = alike.get(place, True) and len(set(moves)) == 1 and len(moves) > 1
    hopeful = _can_end_well(story)
    visits = random_visits(story)
    lost_at: dict[str, int] = {}
    share = 0.0
    seen: set[int] = set()
    for index, moves in enumerate(story.moves):
        for target in moves if hopeful[index] else ():
            if hopeful[target] or story.ended(target):
                continue
            share += visits[index] / len(moves)
            if target not in seen:
                seen.add(target)
                lost_at[story.places[target]] = lost_at.get(story.places[target], 0) + 1
    return Futures(tuple(place for place, same in alike.items() if same), lost_at, share)


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
