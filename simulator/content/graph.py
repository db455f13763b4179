"""The story as a graph of nodes and endings, with conditions left aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from simulator.content.scenario import Scenario

Graph = Mapping[str, frozenset[str]]
"""For every node and ending, what may follow it."""


def graph_of(scenario: Scenario) -> Graph:
    """What may follow each node: by its choices, by the client leaving, or with nothing left to offer."""
    leaving = {leaving.to for leaving in scenario.client.leaves}
    graph = {ending: frozenset[str]() for ending in scenario.endings}
    for node_id, node in scenario.nodes.items():
        targets = {way.to for choice in node.choices for way in scenario.ways_from(node_id, choice)}
        targets |= {way.to for way in node.otherwise or ()}
        graph[node_id] = frozenset(targets | leaving)
    return graph


def reachable(graph: Graph, starts: Iterable[str]) -> frozenset[str]:
    """Everything that can follow `starts`, themselves included."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(graph.get(place, ()))
    return frozenset(found)


def backwards(graph: Graph) -> Graph:
    """The graph with every step turned round."""
    before: dict[str, set[str]] = {place: set() for place in graph}
    for place, targets in graph.items():
        for target in targets:
            before.setdefault(target, set()).add(place)
    return {place: frozenset(sources) for place, sources in before.items()}


def first_causes(graph: Graph, places: Collection[str]) -> list[str]:
    """Of `places`, those that explain the rest: none of the others leads to them, or only in a circle.

    In the order of `places`, one for each circle.
    """
    inside = {place: frozenset(target for target in graph[place] if target in places) for place in places}
    after = {place: reachable(inside, inside[place]) for place in places}
    causes: list[str] = []
    for place in places:
        outside = [other for other in places if place in after[other] and other not in after[place]]
        if not outside and not any(place in after[cause] for cause in causes):
            causes.append(place)
    return causes
