"""Scenarios written for one question each, as short as the format allows."""

from __future__ import annotations

from pathlib import Path

from simulator.content.library import Content, load_library
from tests.robin import PROJECT

HEAD = """\
format: 1
id: made
title: Made
level: foundation
minutes: 5
assesses: [empathy]
brief: A brief.
client:
  name: Kim
  state:
    trust: {start: 3, min: 0, max: 10}
start: n1
"""


def content_of(folder: Path, text: str) -> Content:
    """A scenario with the shipped catalogue and rubrics, read from a folder of its own."""
    for name in ("scenarios", "rubrics"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in (PROJECT / "rubrics").glob("*.yaml"):
        (folder / "rubrics" / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    (folder / "scenarios" / "made.yaml").write_text(text, encoding="utf-8")
    return load_library(folder).content("made")


def node(name: str, then: str, good: str, poor: str, more: str = "") -> str:
    """A node with a good and a poor answer in the given words, and what else stands in it."""
    return f"""\
  {name}:
    client: How would you put it, then?
    goto: {then}
{more}    choices:
      good: {{say: "{good}", shows: [reflects_feeling], effects: {{trust: +1}}, why: It meets the feeling.}}
      poor: {{say: "{poor}", shows: [minimises], effects: {{trust: -1}}, why: It makes it small.}}
"""


def chain(answers: list[tuple[str, str]], head: str = HEAD, endings: str = "") -> str:
    """A scenario of decisions in a row, each with a good and a poor answer."""
    nodes = [
        node(f"n{number}", f"n{number + 1}" if number < len(answers) else "over", good, poor)
        for number, (good, poor) in enumerate(answers, start=1)
    ]
    ends = endings or "  over: {outcome: alliance, summary: It ends.}\n"
    return head + "nodes:\n" + "".join(nodes) + "endings:\n" + ends
