"""Which places follow which, and by what: one arrow for each pair of places, with everything that leads along it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.content.scenario import Choice, Scenario, Way
from simulator.drawing.words import clean

ELSE = "else"
NOTHING_LEFT = "otherwise"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way along an arrow: by which choice (None: with nothing left to offer), and on what condition.

    `asks` are conditions that must all hold; `last` is set where earlier ways of the same list come first.
    """

    choice: str | None
    asks: tuple[str, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Join:
    """Everything that leads from one place straight to another. `of` is how many choices the first place has."""

    source: str
    target: str
    reasons: tuple[Reason, ...]
    of: int


def joins_of(scenario: Scenario) -> dict[tuple[str, str], Join]:
    """Every pair of places of which one follows the other, in the order of the script; clients' leaving left aside."""
    joins: dict[tuple[str, str], Join] = {}
    for node_id, node in scenario.nodes.items():
        found: dict[str, list[Reason]] = {}
        for target, reason in _reasons(scenario, node_id):
            found.setdefault(target, []).append(reason)
        for target, reasons in found.items():
            joins[node_id, target] = Join(node_id, target, tuple(reasons), len(node.choices))
    return joins


def _reasons(scenario: Scenario, node_id: str) -> Iterator[tuple[str, Reason]]:
    node = scenario.nodes[node_id]
    for choice_id, choice in node.choices.items():
        yield from _ways(scenario.ways_from(node_id, choice_id), choice_id, choice)
    yield from _ways(node.otherwise or (), None, None)


def _ways(ways: Iterable[Way], choice_id: str | None, choice: Choice | None) -> Iterator[tuple[str, Reason]]:
    offered = (clean(choice.when.text),) if choice and choice.when else ()
    for position, way in enumerate(ways):
        asks = offered if way.when is None else (*offered, clean(way.when.text))
        yield way.to, Reason(choice_id, asks, way.when is None and position > 0)


def leavings_of(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Where the client may leave to, and on which conditions."""
    found: dict[str, list[str]] = {}
    for leaving in scenario.client.leaves:
        found.setdefault(leaving.to, []).append(clean(leaving.when.text))
    return {target: tuple(asks) for target, asks in found.items()}
