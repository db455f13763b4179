"""SIM3xx: stories that cannot be told to their end. Conditions are not weighed here; the audit weighs them."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from math import inf

from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding
from simulator.content.graph import Graph, backwards, circle_of, first_causes, graph_of, reachable
from simulator.content.scenario import Choice, Scenario


def check(subject: Subject) -> Iterator[Finding]:
    """Choices that lead nowhere; parts never reached; dead ends; nodes that run out; circles without end."""
    without = list(_choices_without_goto(subject))
    yield from without
    if without:
        return
    graph = graph_of(subject.scenario)
    hopeless = _hopeless(subject, graph)
    yield from _unreachable(subject, graph, endings=not hopeless)
    for node in first_causes(backwards(graph), hopeless):
        yield subject.finding("dead-end", ("nodes", node), at_key=True, node=node)
    yield from _running_out(subject, graph, frozenset(hopeless))
    yield from _endless(subject)
    yield from _leaving(subject)


def _choices_without_goto(subject: Subject) -> Iterator[Finding]:
    for node_id, node in subject.scenario.nodes.items():
        lost = [choice_id for choice_id in node.choices if not subject.scenario.ways_from(node_id, choice_id)]
        if len(lost) == 1:
            path = ("nodes", node_id, "choices", lost[0])
            yield subject.finding("no-goto", path, at_key=True, who=f"choice '{lost[0]}' leads", node=node_id)
        elif lost:  # one cause: the node's own goto is missing
            names = "', '".join(lost)
            who = f"choices '{names}' lead"
            yield subject.finding("no-goto", ("nodes", node_id), at_key=True, who=who, node=node_id)


def _unreachable(subject: Subject, graph: Graph, *, endings: bool) -> Iterator[Finding]:
    """Lost endings only if `endings`: where a talk is caught in a circle, the circle is what must be mended."""
    scenario = subject.scenario
    reached = reachable(graph, [scenario.start])
    lost = [place for place in (*scenario.nodes, *scenario.endings) if place not in reached]
    for place in first_causes(graph, lost):
        if place in scenario.nodes:
            values = {"node": place, "start": scenario.start}
            yield subject.finding("unreachable-node", ("nodes", place), at_key=True, **values)
        elif endings:
            yield subject.finding("unreachable-ending", ("endings", place), at_key=True, ending=place)


def _hopeless(subject: Subject, graph: Graph) -> list[str]:
    """The nodes from which no ending can be reached."""
    hopeful = reachable(backwards(graph), subject.scenario.endings)
    return [node for node in subject.scenario.nodes if node not in hopeful]


def _running_out(subject: Subject, graph: Graph, hopeless: frozenset[str]) -> Iterator[Finding]:
    """A node never runs out if a choice without condition can be repeated or never leads back, nor if it cannot be
    met more often than it has choices without condition.
    """
    scenario = subject.scenario
    circles = circle_of(graph)
    meetings = _most_meetings(scenario)
    leaving = {leaving.to for leaving in scenario.client.leaves}

    def lasting(node_id: str, choice_id: str, choice: Choice) -> bool:
        after = {way.to for way in scenario.ways_from(node_id, choice_id)} | leaving
        return choice.repeatable or all(circles[place] != circles[node_id] for place in after)

    for node_id, node in scenario.nodes.items():
        free = {name: choice for name, choice in node.choices.items() if choice.when is None}
        if node.otherwise is not None or node_id in hopeless or meetings[node_id] <= len(free):
            continue
        if not any(lasting(node_id, choice_id, choice) for choice_id, choice in free.items()):
            yield subject.finding("can-run-out", ("nodes", node_id), at_key=True, node=node_id)


def _most_meetings(scenario: Scenario) -> dict[str, float]:
    """An upper bound of how often each node can be met: once for each choice that leads there, and for the start."""
    most: dict[str, float] = dict.fromkeys((*scenario.nodes, *scenario.endings), 0)
    most[scenario.start] = 1
    for leaving in scenario.client.leaves:
        most[leaving.to] = inf
    for node_id, node in scenario.nodes.items():
        for place in {way.to for way in node.otherwise or ()}:
            most[place] = inf
        for choice_id, choice in node.choices.items():
            for place in {way.to for way in scenario.ways_from(node_id, choice_id)}:
                most[place] += inf if choice.repeatable else 1
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
