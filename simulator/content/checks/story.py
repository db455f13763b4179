"""SIM3xx: stories that cannot be told to their end. Conditions are not weighed here; the audit weighs them."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from math import inf

from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding
from simulator.content.graph import Graph, backwards, first_causes, graph_of, reachable
from simulator.content.scenario import Scenario


def check(subject: Subject) -> Iterator[Finding]:
    """Choices that lead nowhere; parts never reached; dead ends; nodes that run out; circles without end."""
    without = list(_choices_without_goto(subject))
    yield from without
    if without:
        return
    graph = graph_of(subject.scenario)
    yield from _unreachable(subject, graph)
    yield from _dead_ends(subject, graph)
    yield from _running_out(subject, graph)
    yield from _endless(subject)
    yield from _leaving(subject)


def _choices_without_goto(subject: Subject) -> Iterator[Finding]:
    for node_id, choice_id, _ in subject.choices():
        if not subject.scenario.ways_from(node_id, choice_id):
            path = ("nodes", node_id, "choices", choice_id)
            yield subject.finding("no-goto", path, at_key=True, choice=choice_id, node=node_id)


def _unreachable(subject: Subject, graph: Graph) -> Iterator[Finding]:
    scenario = subject.scenario
    reached = reachable(graph, [scenario.start])
    lost = [place for place in (*scenario.nodes, *scenario.endings) if place not in reached]
    for place in first_causes(graph, lost):
        if place in scenario.nodes:
            values = {"node": place, "start": scenario.start}
            yield subject.finding("unreachable-node", ("nodes", place), at_key=True, **values)
        else:
            yield subject.finding("unreachable-ending", ("endings", place), at_key=True, ending=place)


def _dead_ends(subject: Subject, graph: Graph) -> Iterator[Finding]:
    before = backwards(graph)
    hopeful = reachable(before, subject.scenario.endings)
    hopeless = [node for node in subject.scenario.nodes if node not in hopeful]
    for node in first_causes(before, hopeless):
        yield subject.finding("dead-end", ("nodes", node), at_key=True, node=node)


def _running_out(subject: Subject, graph: Graph) -> Iterator[Finding]:
    """A node never runs out if a choice without condition can be repeated or never leads back, nor if it cannot be
    met more often than it has choices without condition.
    """
    scenario = subject.scenario
    leaving = {leaving.to for leaving in scenario.client.leaves}
    for node_id, node in scenario.nodes.items():
        free = {name: choice for name, choice in node.choices.items() if choice.when is None}
        lasting = (
            choice.repeatable
            or node_id not in reachable(graph, {way.to for way in scenario.ways_from(node_id, choice_id)} | leaving)
            for choice_id, choice in free.items()
        )
        if node.otherwise is None and not any(lasting) and _most_meetings(scenario, node_id) > len(free):
            yield subject.finding("can-run-out", ("nodes", node_id), at_key=True, node=node_id)


def _most_meetings(scenario: Scenario, node_id: str) -> float:
    """An upper bound of how often a node can be met: once for each choice that leads there, and for the start."""
    most: float = node_id == scenario.start
    for other_id, other in scenario.nodes.items():
        if any(way.to == node_id for way in other.otherwise or ()):
            return inf
        for choice_id, choice in other.choices.items():
            if any(way.to == node_id for way in scenario.ways_from(other_id, choice_id)):
                most += inf if choice.repeatable else 1
    return most


def _endless(subject: Subject) -> Iterator[Finding]:
    scenario = subject.scenario
    lasting: dict[str, set[str]] = {node_id: set() for node_id in scenario.nodes}
    by: dict[tuple[str, str], tuple[str | int, ...]] = {}
    for node_id, node in scenario.nodes.items():
        for way in node.otherwise or ():
            lasting[node_id].add(way.to)
            by[node_id, way.to] = ("nodes", node_id, "otherwise")
        for choice_id, choice in node.choices.items():
            for way in scenario.ways_from(node_id, choice_id) if choice.repeatable else ():
                lasting[node_id].add(way.to)
                by[node_id, way.to] = ("nodes", node_id, "choices", choice_id, "goto")
    try:
        # The sorter wants what comes before each node, so the circle it finds runs backwards.
        TopologicalSorter(lasting).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        path = by.get((circle[0], circle[1])) or by[circle[1], circle[0]]
        yield subject.finding("endless-cycle", path, at_key=True, cycle=" -> ".join(circle))


def _leaving(subject: Subject) -> Iterator[Finding]:
    for position, leaving in enumerate(subject.scenario.client.leaves):
        ending = subject.scenario.endings.get(leaving.to)
        if ending is None or not ending.early:
            path = ("client", "leaves", position, "to")
            yield subject.finding("leaves-not-ending", path, found=leaving.to)
