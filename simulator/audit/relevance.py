"""Which of an interview's history can still matter at each place of the story.

Two runs that stand at the same node with the same client state, and differ only in what no condition and no
once-only choice ahead of them asks about, have the same future. Merging them is what makes an exact proof possible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.content.condition import (
    Chosen,
    Compare,
    Condition,
    Count,
    Every,
    Not,
    Number,
    Quantity,
    Showed,
    Some,
    Test,
    Visited,
    Visits,
)
from simulator.content.graph import Graph, backwards, graph_of
from simulator.content.scenario import Choice, Scenario, Way, Words

Fact = tuple[str, str]
"""A piece of history: ("visits", place), ("chosen", node.choice) or ("shown", behaviour)."""


@dataclass(frozen=True, slots=True)
class Needed:
    """The facts still needed at a place, and up to which count each is told apart."""

    facts: tuple[tuple[str, str, int], ...]


def needed_history(scenario: Scenario, also: Iterable[Condition] = ()) -> dict[str, Needed]:
    """For every node and ending, what history matters from there on. `also` are conditions read at the very end.

    A fact matters at a place if something ahead asks about it and something behind can have made it so.
    """
    graph = graph_of(scenario)
    places = list(graph)
    bits = {place: 1 << number for number, place in enumerate(places)}
    ahead = _closure(graph, bits)
    behind = _closure(backwards(graph), bits)
    makers = _makers(scenario, bits)
    needed: dict[str, list[tuple[str, str, int]]] = {place: [] for place in places}
    for fact, reading in _readers(scenario, bits, also).items():
        asked = (1 << len(places)) - 1 if reading.at_end else 0
        for number in _set_bits(reading.standing):
            asked |= behind[places[number]] | 1 << number
        for number in _set_bits(reading.arriving):
            asked |= behind[places[number]]
        made = 0
        for number in _set_bits(makers.get(fact, 0)):
            made |= ahead[places[number]] | 1 << number
        for number in _set_bits(asked & made):
            needed[places[number]].append((*fact, reading.most))
    return {place: Needed(tuple(sorted(facts))) for place, facts in needed.items()}


def _set_bits(mask: int) -> Iterator[int]:
    """The numbers of the places in a set of them."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _closure(graph: Graph, bits: dict[str, int]) -> dict[str, int]:
    """For every place, the set of all that can follow it, as bits."""
    after = dict.fromkeys(bits, 0)
    changed = True
    while changed:
        changed = False
        for place in reversed(bits):
            found = after[place]
            for target in graph.get(place, ()):
                found |= after[target] | bits[target]
            if found != after[place]:
                after[place] = found
                changed = True
    return after


@dataclass(slots=True)
class _Reading:
    """Where a fact is asked about, as bits of places, and up to which count it makes a difference."""

    standing: int = 0
    arriving: int = 0
    at_end: bool = False
    most: int = 1


def _readers(scenario: Scenario, bits: dict[str, int], also: Iterable[Condition]) -> dict[Fact, _Reading]:
    readers: dict[Fact, _Reading] = defaultdict(_Reading)
    for place, bit in bits.items():
        if place in scenario.nodes:
            for fact, most in _read_standing(scenario, place).items():
                readers[fact].standing |= bit
                readers[fact].most = max(readers[fact].most, most)
        for fact, most in _read_arriving(scenario, place).items():
            readers[fact].arriving |= bit
            readers[fact].most = max(readers[fact].most, most)
    at_end: dict[Fact, int] = {}
    _note(at_end, also)
    for fact, most in at_end.items():
        readers[fact].at_end = True
        readers[fact].most = max(readers[fact].most, most)
    return readers


def _makers(scenario: Scenario, bits: dict[str, int]) -> dict[Fact, int]:
    """The places at which each fact can come to hold, as bits."""
    makers: dict[Fact, int] = defaultdict(int)
    for place, bit in bits.items():
        makers["visits", place] |= bit
    for node_id, node in scenario.nodes.items():
        for choice_id, choice in node.choices.items():
            makers["chosen", f"{node_id}.{choice_id}"] |= bits[node_id]
            for behaviour in choice.behaviours:
                makers["shown", behaviour] |= bits[node_id]
    return makers


def _read_standing(scenario: Scenario, node_id: str) -> dict[Fact, int]:
    """What is asked while the trainee answers at a node, the once-only rule included."""
    found: dict[Fact, int] = {}
    _note(found, (leaving.when for leaving in scenario.client.leaves))
    for choice_id, choice in scenario.nodes[node_id].choices.items():
        _note(found, _conditions_of(choice, scenario.ways_from(node_id, choice_id)))
        if not choice.repeatable:
            found.setdefault(("chosen", f"{node_id}.{choice_id}"), 1)
    return found


def _read_arriving(scenario: Scenario, place: str) -> dict[Fact, int]:
    """What is asked when a node or ending is reached."""
    found: dict[Fact, int] = {}
    if place in scenario.nodes:
        node = scenario.nodes[place]
        _note(found, _guards(node.client))
        _note(found, _guards(node.otherwise or ()))
    else:
        _note(found, _guards(scenario.endings[place].client or ()))
    return found


def _conditions_of(choice: Choice, ways: tuple[Way, ...]) -> Iterator[Condition]:
    if choice.when:
        yield choice.when
    yield from _guards(choice.reply or ())
    yield from _guards(ways)


def _guards(entries: Iterable[Words | Way]) -> Iterator[Condition]:
    return (entry.when for entry in entries if entry.when is not None)


def _note(found: dict[Fact, int], conditions: Iterable[Condition]) -> None:
    for condition in conditions:
        for fact, most in facts_of(condition.test):
            found[fact] = max(found.get(fact, 0), most)


def facts_of(test: Test) -> Iterator[tuple[Fact, int]]:
    """The facts a test reads, each with the count from which on it makes no more difference."""
    if isinstance(test, Visited):
        yield ("visits", test.place), 1
    elif isinstance(test, Chosen):
        yield ("chosen", test.choice), 1
    elif isinstance(test, Not):
        yield from facts_of(test.inner)
    elif isinstance(test, Every | Some):
        for part in test.parts:
            yield from facts_of(part)
    elif isinstance(test, Compare):
        for side, other in ((test.left, test.right), (test.right, test.left)):
            yield from _counted(side, other)


_NO_LIMIT = 1_000_000


def _counted(side: Quantity, other: Quantity) -> Iterator[tuple[Fact, int]]:
    most = max(other.value, 0) + 1 if isinstance(other, Number) else _NO_LIMIT
    if isinstance(side, Visits):
        yield ("visits", side.place), most
    elif isinstance(side, Showed):
        yield ("shown", side.behaviour), most
    elif isinstance(side, Count):
        for thing in side.things:
            yield ("chosen" if "." in thing else "visits", thing), 1
