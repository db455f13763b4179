"""A small library of its own for the commands to work on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from simulator.cli import main

PROJECT = Path(__file__).resolve().parents[2]

SCENARIO = """\
format: 1
id: sam
title: A first minute
level: foundation
minutes: 1
assesses: [empathy]
brief: Sam has come in and sat down.
client:
  name: Sam
  state:
    trust: {start: 3, min: 0, max: 10, label: Trust}
  reactions:
    reflects_feeling: {trust: +1}
start: arrival
nodes:
  arrival:
    client:
      says: I'm not sure why I came.
      manner: Sam looks at the door.
    goto:
      - when: trust >= 4
        to: later
      - to: over
    choices:
      reflect:
        say: Part of you would rather be anywhere else.
        shows: [reflects_feeling]
        why: It names what is in the room.
        reply: Pretty much.
      advise:
        say: You could start with a list of what is wrong.
        shows: [unsolicited_advice]
        why: It hands out homework before hello.
  later:
    client: There's my brother as well.
    goto: over
    choices:
      ask:
        say: What about your brother?
        shows: [open_question]
        why: It follows.
      hurry:
        say: Let us stay with today, shall we?
        shows: [avoids_affect]
        why: It keeps to time and loses the brother.
endings:
  over:
    outcome: progress
    client: Right. Same time next week?
    summary: The first minute is over.
"""

PLAYS = """\
format: 1
scenario: sam
plays:
  # the way an instructor would hope for
  best:
    choose: [arrival.reflect, ask]
    expect:
      ending: over
      state: {trust: ">= 4"}
      hears: [There's my brother as well.]
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a library with one scenario, its plays, and the shipped rubrics; commands work on it."""
    copytree(PROJECT / "rubrics", tmp_path / "rubrics")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "sam.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "scenarios" / "sam.plays.yaml").write_text(PLAYS, encoding="utf-8")
    monkeypatch.setenv("SIMULATOR_LIBRARY", str(tmp_path))
    return tmp_path


class Ran:
    """What a command did: its exit code and what it printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def simulator(library: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command as from a shell."""

    def run(*arguments: str) -> Ran:
        code = main(list(arguments))
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run
