"""A run through the story as steps along its arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.content.scenario import Scenario
from simulator.session.interview import Interview
from simulator.session.situation import IllegalMove, StoryStuck

Path = Sequence[str]
"""Choices in order, each as `node.choice`; the place that was come to may follow, but need not."""


class PathNotInStory(ValueError):
    """A path is not one that the scenario allows. The message says where it goes wrong."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One arrow of a run: which turn of it, counted from 1, and by which choice.

    `choice` is None where the talk passed on by itself, through a place with nothing left to offer.
    """

    source: str
    target: str
    turn: int
    choice: str | None
    leaving: bool


def hops_of(scenario: Scenario, path: Path) -> tuple[Hop, ...]:
    """The arrows of a run, in order.

    Raises:
        PathNotInStory: the run is not one that the scenario allows.
    """
    if not path:
        return ()
    interview = Interview(scenario)
    situation = interview.begin().situation
    hops: list[Hop] = []
    for number, step in enumerate(path, start=1):
        node, dot, choice = step.partition(".")
        if node != situation.at:
            raise PathNotInStory(f"Step {number}, '{step}', cannot be drawn: the talk is at '{situation.at}' then.")
        if not dot:
            break
        try:
            situation = interview.choose(situation, choice).situation
        except (IllegalMove, StoryStuck) as error:
            raise PathNotInStory(f"Step {number}, '{step}', cannot be drawn: {error}") from error
        hops += _between(scenario, node, choice, situation.at, number)
    return tuple(hops)


def _between(scenario: Scenario, node: str, choice: str, after: str, turn: int) -> list[Hop]:
    ways = [way.to for way in scenario.ways_from(node, choice)]
    leaving = [leaving.to for leaving in scenario.client.leaves]
    firsts = [Hop(node, target, turn, choice, False) for target in dict.fromkeys(ways)]
    firsts += [Hop(node, target, turn, choice, True) for target in dict.fromkeys(leaving) if target not in ways]
    waiting = [[first] for first in firsts]
    seen: set[str] = set()
    for hops in waiting:
        here = hops[-1].target
        if here == after:
            return hops
        if here in seen or here not in scenario.nodes:
            continue
        seen.add(here)
        for way in scenario.nodes[here].otherwise or ():
            waiting.append([*hops, Hop(here, way.to, turn, None, False)])
    raise PathNotInStory(f"The choice '{node}.{choice}' does not lead to '{after}'.")
