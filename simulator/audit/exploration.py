"""Every configuration a scenario can come to, found by playing the real engine, none twice.

A configuration is a place, the client's state, and the history that still matters there (`relevance`). Nothing is
sampled: within the stated bound the result is the whole story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from simulator.audit.relevance import Needed, needed_history
from simulator.content.condition import Condition
from simulator.content.scenario import Scenario
from simulator.session.interview import Interview
from simulator.session.situation import Situation, Step

MOST_CONFIGURATIONS = 1_000_000
"""The bound up to which a scenario is explored in full."""

_TOLD_EVERY = 500

Configuration = tuple[str, tuple[int, ...], tuple[int, ...]]
"""Place, the client's states in the order of the file, counts of the facts needed at the place."""


class Watcher(Protocol):
    """Told of everything explored, so that what never happens can be known."""

    def stands(self, situation: Situation, offered: tuple[str, ...]) -> None:
        """A configuration is met, with what is on offer there."""

    def moves(self, situation: Situation, choice: str, step: Step, target: int) -> None:
        """A choice is taken there, and leads to the configuration of this index."""


@dataclass
class Story:
    """The graph of configurations. Index 0 is the beginning.

    `offered[i]` are the choices on offer and `moves[i]` where each leads; both are empty at endings. `order` lists
    the indices so that every move goes forward, and is empty where the story can go round in a circle. `exact` is
    False where the story is larger than the bound, or the exploration was interrupted.
    """

    scenario: Scenario
    places: list[str] = field(default_factory=list)
    states: list[tuple[int, ...]] = field(default_factory=list)
    offered: list[tuple[str, ...]] = field(default_factory=list)
    moves: list[tuple[int, ...]] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    exact: bool = True
    interrupted: bool = False

    @property
    def size(self) -> int:
        """How many configurations there are."""
        return len(self.places)

    @property
    def endless(self) -> bool:
        """Whether repeatable choices let the talk come back to exactly where it was."""
        return self.exact and not self.order

    def ended(self, index: int) -> bool:
        """Whether the configuration is an ending."""
        return self.places[index] in self.scenario.endings

    def complete(self, index: int) -> bool:
        """Whether it is an ending to which the talk came in full, rather than the client leaving early."""
        ending = self.scenario.endings.get(self.places[index])
        return ending is not None and not ending.early


def explore(
    interview: Interview,
    *,
    at_end: Iterable[Condition] = (),
    watch: Watcher | None = None,
    most: int = MOST_CONFIGURATIONS,
    progress: Callable[[int, int], None] = lambda explored, known: None,
) -> Story:
    """Explore everything that can happen. `at_end` are conditions whose facts are kept to the very end.

    With more configurations than `most`, or interrupted by the keyboard, the story is cut off and `exact` is False.
    `progress` is told from time to time how many are explored and how many are known.
    """
    scenario = interview.scenario
    needed = needed_history(scenario, at_end)
    names = tuple(scenario.client.state)
    story = Story(scenario)
    known: dict[Configuration, int] = {}
    waiting: list[Configuration] = []

    def index_of(situation: Situation) -> int:
        configuration = _configuration(situation, names, needed[situation.at])
        index = known.get(configuration)
        if index is None:
            index = known[configuration] = len(known)
            waiting.append(configuration)
            story.places.append(situation.at)
            story.states.append(configuration[1])
            story.offered.append(())
            story.moves.append(())
        return index

    index_of(interview.begin().situation)
    position = 0
    try:
        while position < len(waiting) <= most:
            situation = _situation(waiting[position], names, needed, scenario)
            if not situation.ended:
                _explore_one(interview, situation, position, story, index_of, watch)
            position += 1
            if not position % _TOLD_EVERY:
                progress(position, len(waiting))
    except KeyboardInterrupt:
        story.interrupted = True
    story.exact = position == len(waiting)
    if story.exact:
        story.order = _forward_order(story)
    return story


def _explore_one(
    interview: Interview,
    situation: Situation,
    position: int,
    story: Story,
    index_of: Callable[[Situation], int],
    watch: Watcher | None,
) -> None:
    """Take every choice on offer in one configuration."""
    offered = interview.on_offer(situation)
    if watch:
        watch.stands(situation, offered)
    moves = []
    for choice in offered:
        step = interview.choose(situation, choice)
        target = index_of(step.situation)
        if watch:
            watch.moves(situation, choice, step, target)
        moves.append(target)
    story.offered[position], story.moves[position] = offered, tuple(moves)


def _configuration(situation: Situation, names: tuple[str, ...], needed: Needed) -> Configuration:
    counts = {"visits": situation.visits, "chosen": situation.chosen, "shown": situation.shown}
    facts = tuple(min(counts[kind].get(name, 0), most) for kind, name, most in needed.facts)
    return situation.at, tuple(situation.state[name] for name in names), facts


def _situation(
    configuration: Configuration, names: tuple[str, ...], needed: dict[str, Needed], scenario: Scenario
) -> Situation:
    """A situation that stands for all runs that came to this configuration."""
    place, state, facts = configuration
    history: dict[str, dict[str, int]] = {"visits": {}, "chosen": {}, "shown": {}}
    for (kind, name, _most), count in zip(needed[place].facts, facts, strict=True):
        if count:
            history[kind][name] = count
    ended = place in scenario.endings
    values = dict(zip(names, state, strict=True))
    return Situation(place, ended, values, history["visits"], history["chosen"], history["shown"])


def _forward_order(story: Story) -> list[int]:
    """Indices so that every move goes forward (Kahn's algorithm); empty where there is a circle."""
    coming = [0] * story.size
    for moves in story.moves:
        for target in moves:
            coming[target] += 1
    order = [index for index in range(story.size) if not coming[index]]
    for index in order:
        for target in story.moves[index]:
            coming[target] -= 1
            if not coming[target]:
                order.append(target)
    return order if len(order) == story.size else []
