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


def circle_of(graph: Graph) -> dict[str, int]:
    """For every place the number of its circle: two places have the same if each can follow the other.

    A place to which nothing leads back has a number of its own. What can follow a circle has a lower number.
    (Tarjan's algorithm, with a list of its own in place of recursion: a talk may be thousands of nodes long.)
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    circles: dict[str, int] = {}
    open_places: list[str] = []
    for root in graph:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        open_places.append(root)
        path = [(root, iter(sorted(graph[root])))]
        while path:
            place, following = path[-1]
            target = next(following, None)
            if target is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[place])
                if lowest[place] == order[place]:
                    _close(place, open_places, circles)
            elif target in graph and target not in order:
                order[target] = lowest[target] = len(order)
                open_places.append(target)
                path.append((target, iter(sorted(graph[target]))))
            elif target in graph and target not in circles:
                lowest[place] = min(lowest[place], order[target])
    return circles


def _close(place: str, open_places: list[str], circles: dict[str, int]) -> None:
    number = len(circles)  # more than any before: each circle has at least one member
    while True:
        member = open_places.pop()
        circles[member] = number
        if member == place:
            return


def first_causes(graph: Graph, places: Collection[str]) -> list[str]:
    """Of `places`, those that explain the rest: none of the others leads to them, or only in a circle.

    In the order of `places`, one for each circle.
    """
    among = frozenset(places)
    inside = {place: graph[place] & among for place in places}
    circles = circle_of(inside)
    led_to = {circles[target] for place in places for target in inside[place] if circles[target] != circles[place]}
    causes: dict[int, str] = {}
    for place in places:
        if circles[place] not in led_to:
            causes.setdefault(circles[place], place)
    return list(causes.values())
