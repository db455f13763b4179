"""Scenarios to draw: any number of places, as tangled as one likes, with whatever words. They need not be sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from simulator.content.scenario import Scenario
from tests.generated import Tape

ENDINGS = {"together": "alliance", "further": "progress", "stuck": "stalled", "gone": "rupture", "sent_on": "referral"}

HOSTILE = (
    "<script>alert(1)</script>",
    "\"quoted\" and 'single'",
    'a]b --> c["d"] end',
    "line one\nline two",
    "&lt;b&gt; &amp; &#34; \\N \\",
    "- and then `code` **bold** _em_",
    "1. list #quot; #35; ${x} {{y}} %%{init: {}}%%",
    "</svg></title></text><img src=x onerror=alert(1)>",
    "]]> <!-- x --> subgraph",
    "turned \u202e round and a bell \u0007",
    "w" * 200,
    "…",
)
"""Words that SVG, Mermaid or Graphviz would take for something else."""


def story(
    ways: Mapping[str, Sequence[str]],
    *,
    words: str = "Well. There it is.",
    guards: Iterable[str] = (),
    leaves: str | None = None,
    title: str = "A story to draw",
) -> Scenario:
    """A scenario in which each node has one choice for each place that follows it. `guards` go to the first ones."""
    asked = dict(zip(ways, guards, strict=False))
    nodes: dict[str, Any] = {}
    for name, targets in ways.items():
        choices: dict[str, Any] = {}
        for number, target in enumerate(targets):
            first = [{"when": asked[name], "to": target}] if number == 0 and name in asked else []
            choices[f"c{number}"] = {"say": words, "shows": ["open_question"], "goto": [*first, {"to": target}]}
        nodes[name] = {"client": words, "choices": choices}
    client: dict[str, Any] = {"name": "Kim", "state": {"trust": {"start": 4, "min": 0, "max": 10}}}
    if leaves:
        client["leaves"] = [{"when": "trust <= 0", "to": leaves}]
    endings = {
        name: {"outcome": outcome, "summary": words, "early": outcome == "rupture"} for name, outcome in ENDINGS.items()
    }
    return Scenario.model_validate(
        {
            "format": 1, "id": "drawn", "title": title, "level": "advanced", "minutes": 9, "assesses": ["empathy"],
            "brief": "A brief.", "client": client, "start": next(iter(ways)), "nodes": nodes, "endings": endings,
        }
    )  # fmt: skip


def _tangle(data: bytes) -> Scenario:
    tape = Tape(data)
    names = [f"n{number}" for number in range(tape.between(1, 24))]
    most, to_hub = tape.between(1, 6), tape.below(8)
    places = [*names, *names, *ENDINGS]
    ways = {name: [tape.one_of(places) for _ in range(tape.between(1, most))] for name in names}
    for name in names[2:]:
        if tape.chance(to_hub):
            ways[name].append(names[1])
            ways[names[1]].append(name)
    leaves = tape.one_of([None, *ENDINGS])
    return story(ways, words=tape.one_of(HOSTILE), leaves=leaves)


def tangles() -> st.SearchStrategy[Scenario]:
    """Any story of 1 to 24 nodes and five endings: meshes, circles, hubs, places that nothing leads to."""
    return st.binary(min_size=300, max_size=300).map(_tangle)


def hub(spokes: int = 12) -> dict[str, list[str]]:
    """A hub with spokes that lead back to it, to each other's neighbours, and to the same four endings."""
    ways = {"arrival": ["hub"], "hub": [f"s{number}" for number in range(spokes)]}
    for number in range(spokes):
        ways[f"s{number}"] = ["hub", "together", "further", "stuck", f"s{(number + 1) % spokes}"]
    return ways
