"""What the checks look at, and how they point at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from simulator.content.condition import Condition
from simulator.content.diagnostics import Finding
from simulator.content.fields import Part
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Choice, DebriefRule, Scenario, Way, Words
from simulator.content.source import Path, Source


@dataclass(frozen=True)
class Subject:
    """A scenario with its source and what stands beside it in the library.

    `broken_rubrics` are there but cannot be read: a scenario that names one is not blamed for it.
    """

    source: Source
    scenario: Scenario
    behaviours: Behaviours
    rubrics: Mapping[str, Rubric]
    scenario_ids: frozenset[str]
    broken_rubrics: frozenset[str] = field(default=frozenset())

    def finding(self, name: str, path: Path, *, at_key: bool = False, **values: object) -> Finding:
        """A finding at a part of the file."""
        return Finding(name, self.source.path, self.source.span(path, at_key=at_key), values)

    @cached_property
    def choices(self) -> tuple[tuple[str, str, Choice], ...]:
        """Every choice with its node's id and its own."""
        return tuple(self._choices())

    def _choices(self) -> Iterator[tuple[str, str, Choice]]:
        for node_id, node in self.scenario.nodes.items():
            for choice_id, choice in node.choices.items():
                yield node_id, choice_id, choice

    @cached_property
    def lines(self) -> tuple[tuple[tuple[str | int, ...], tuple[Words, ...]], ...]:
        """Every line of the client's, with its path."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[tuple[tuple[str | int, ...], tuple[Words, ...]]]:
        for node_id, node in self.scenario.nodes.items():
            yield ("nodes", node_id, "client"), node.client
            for choice_id, choice in node.choices.items():
                if choice.reply:
                    yield ("nodes", node_id, "choices", choice_id, "reply"), choice.reply
        for ending_id, ending in self.scenario.endings.items():
            if ending.client:
                yield ("endings", ending_id, "client"), ending.client

    @cached_property
    def ways(self) -> tuple[tuple[tuple[str | int, ...], str, tuple[Way, ...]], ...]:
        """Every goto and otherwise: its path, what an author would call its owner, and its entries."""
        return tuple(self._ways())

    def _ways(self) -> Iterator[tuple[tuple[str | int, ...], str, tuple[Way, ...]]]:
        for node_id, node in self.scenario.nodes.items():
            if node.goto:
                yield ("nodes", node_id, "goto"), f"node '{node_id}'", node.goto
            if node.otherwise:
                yield ("nodes", node_id, "otherwise"), f"node '{node_id}'", node.otherwise
            for choice_id, choice in node.choices.items():
                if choice.goto:
                    yield ("nodes", node_id, "choices", choice_id, "goto"), f"choice '{choice_id}'", choice.goto

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every text that a trainee reads, with its path."""
        scenario = self.scenario
        yield from _present(scenario, (), "title", "brief", "content_note")
        for position, objective in enumerate(scenario.objectives):
            yield ("objectives", position), objective
        yield from _present(scenario.client, ("client",), "name", "pronouns", "about")
        for name, state in scenario.client.state.items():
            yield from _present(state, ("client", "state", name), "label")
        for path, line in self.lines:
            for position, words in enumerate(line):
                yield from _present(words, (*path, position), "says", "manner", "thought")
        for node_id, node in scenario.nodes.items():
            yield from _present(node, ("nodes", node_id), "discloses")
            for choice_id, choice in node.choices.items():
                yield from _present(choice, ("nodes", node_id, "choices", choice_id), "say", "does", "why")
        for ending_id, ending in scenario.endings.items():
            yield ("endings", ending_id, "summary"), ending.summary
        for position, rule in enumerate(scenario.debrief):
            yield ("debrief", position, "say"), rule.say

    @cached_property
    def conditions(self) -> tuple[tuple[tuple[str | int, ...], Condition], ...]:
        """Every condition, with the path of its text."""
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        for path, line in self.lines:
            yield from _guards(path, line)
        for path, _, ways in self.ways:
            yield from _guards(path, ways)
        for node_id, choice_id, choice in self.choices:
            if choice.when:
                yield ("nodes", node_id, "choices", choice_id, "when"), choice.when
        for position, leaving in enumerate(self.scenario.client.leaves):
            yield ("client", "leaves", position, "when"), leaving.when
        yield from _guards(("debrief",), self.scenario.debrief)

    def line_of(self, path: Path) -> int:
        """The line in which a part of the file stands."""
        return self.source.span(path, at_key=True).line

    @cached_property
    def lines_of_places(self) -> dict[str, int]:
        """Every node and ending with the line in which it stands."""
        return {
            place: self.line_of((kind, place))
            for kind, places in (("nodes", self.scenario.nodes), ("endings", self.scenario.endings))
            for place in places
        }


def _present(part: Part, path: tuple[str | int, ...], *fields: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name in fields:
        text = getattr(part, name)
        if text is not None:
            yield (*path, name), text


def _guards(
    path: tuple[str | int, ...], entries: Sequence[Words | Way | DebriefRule]
) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
    for position, entry in enumerate(entries):
        if entry.when:
            yield (*path, position, "when"), entry.when
