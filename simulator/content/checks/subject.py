"""What the checks look at, and how they point at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


from simulator.content.condition import Condition
from simulator.content.diagnostics import Finding
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Choice, Scenario, Way, Words
from simulator.content.source import Path, Source




@dataclass(frozen=True, slots=True)
class Subject:
    """A scenario with its source and what stands beside it in the library."""

    source: Source
    scenario: Scenario
    behaviours: Behaviours
    rubrics: Mapping[str, Rubric]
    scenario_ids: frozenset[str]

    def finding(self, name: str, path: Path, *, at_key: bool = False, **values: object) -> Finding:
        """A finding at a part of the file."""
        return Finding(name, self.source.path, self.source.span(path, at_key=at_key), values)

    def choices(self) -> Iterator[tuple[str, str, Choice]]:
        """Every choice with its node's id and its own."""
        for node_id, node in self.scenario.nodes.items():
            for choice_id, choice in node.choices.items():
                yield node_id, choice_id, choice

    def lines(self) -> Iterator[tuple[tuple[str | int, ...], tuple[Words, ...]]]:
        """Every line of the client's, with its path."""
        for node_id, node in self.scenario.nodes.items():
            yield ("nodes", node_id, "client"), node.client
            for choice_id, choice in node.choices.items():
                if choice.reply:
                    yield ("nodes", node_id, "choices", choice_id, "reply"), choice.reply
        for ending_id, ending in self.scenario.endings.items():
            if ending.client:
                yield ("endings", ending_id, "client"), ending.client

    def ways(self) -> Iterator[tuple[tuple[str | int, ...], str, tuple[Way, ...]]]:
        """Every goto and otherwise: its path, what an author would call its owner, and its entries."""
        for node_id, node in self.scenario.nodes.items():
            if node.goto:
                yield ("nodes", node_id, "goto"), f"node '{node_id}'", node.goto
            if node.otherwise:
                yield ("nodes", node_id, "otherwise"), f"node '{node_id}'", node.otherwise
            for choice_id, choice in node.choices.items():
                if choice.goto:
                    yield ("nodes", node_id, "choices", choice_id, "goto"), f"choice '{choice_id}'", choice.goto

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Every condition, with the path of its text."""
        for path, line in self.lines():
            for position, words in enumerate(line):
                if words.when:
                    yield (*path, position, "when"), words.when
        for path, _, ways in self.ways():
            for position, way in enumerate(ways):
                if way.when:
                    yield (*path, position, "when"), way.when
        for node_id, choice_id, choice in self.choices():
            if choice.when:
                yield ("nodes", node_id, "choices", choice_id, "when"), choice.when
        for position, leaving in enumerate(self.scenario.client.leaves):
            yield ("client", "leaves", position, "when"), leaving.when
        for position, rule in enumerate(self.scenario.debrief):
            if rule.when:
                yield ("debrief", position, "when"), rule.when

    def line_of(self, path: Path) -> int:
        """The line in which a part of the file stands."""
        return self.source.span(path, at_key=True).line

    def lines_of_places(self) -> dict[str, int]:
        """Every node and ending with the line in which it stands."""
        return {
            place: self.line_of((kind, place))
            for kind, places in (("nodes", self.scenario.nodes), ("endings", self.scenario.endings))
            for place in places
        }
