"""Scenarios of a few lines, for one rule each."""

from __future__ import annotations

from textwrap import dedent

from simulator.content.scenario import Scenario
from tests.generated import scenario_model

_HEADER = """\
format: 1
id: generated
title: Tiny
level: foundation
minutes: 1
rubric: tiny
assesses: [empathy]
brief: A brief.
"""
_CLIENT = """\
client:
  name: Kim
  state:
    trust: {start: 3, min: 0, max: 10}
"""
_ENDINGS = """\
endings:
  over: {outcome: progress, summary: It is over.}
"""


def tiny(story: str) -> Scenario:
    """A sound scenario: the header, and client, start and endings where the story has none of its own."""
    text = dedent(story)
    keys = {line.partition(":")[0] for line in text.splitlines()}
    return scenario_model(
        _HEADER
        + ("" if "client" in keys else _CLIENT)
        + ("" if "start" in keys else f"start: {_first_node(text)}\n")
        + ("" if "endings" in keys else _ENDINGS)
        + text
    )


def _first_node(text: str) -> str:
    lines = text.splitlines()
    return lines[lines.index("nodes:") + 1].strip().rstrip(":")
