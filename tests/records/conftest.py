"""A tiny library on the disk, a database beside it, and attempts on them: nothing here needs the shipped content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator.content.library import Content, load_library
from simulator.records.attempts import Attempts
from simulator.records.kept import Person
from simulator.records.store import Store, open_store

SCENARIO = """\
format: 1
id: tea
title: A cup of tea
level: foundation
minutes: 3
assesses: [empathy]
brief: Sam has come in from the rain.
client:
  name: Sam
  state:
    trust: {start: 3, min: 0, max: 10}
  reactions:
    reflects_feeling: {trust: +1}
    judges: {trust: -2}
start: door
nodes:
  door:
    client: It is cold out — “really” cold.
    choices:
      greet: {say: You look frozen., shows: [reflects_feeling], goto: table}
      scold: {say: You are late., shows: [judges], goto: table}
  table:
    client: Hm.
    goto: table
    choices:
      listen: {does: Listen., shows: [reflects_feeling]}
NODS      press: {say: Out with it., shows: [judges], when: trust > 4}
      close: {say: Shall we leave it there?, shows: [judges], goto: done}
endings:
  done: {outcome: progress, client: Thanks for the tea., summary: Sam went home warm.}
"""
NODS = 40
"""So many more choices, `nod_0` and so on, make long runs possible."""
SCENARIO = SCENARIO.replace(
    "NODS", "".join(f"      nod_{n}: {{does: Nod {n} times., shows: [reflects_feeling]}}\n" for n in range(NODS))
)

BEHAVIOURS = """\
format: 1
criteria:
  empathy: {title: Empathy, about: Feeling with somebody.}
behaviours:
  reflects_feeling: {title: Reflects feeling, means: Says back what is felt., example: You are sad., kind: helpful}
  judges: {title: Judges, means: Says what is wrong with them., example: You are late., kind: harmful}
"""

RUBRIC = """\
format: 1
id: core
title: Core
criteria:
  empathy:
    question: Do they feel with the client?
    levels: {harmful: It hurts., not_yet: It misses., competent: It meets., advanced: It carries.}
    scores: {reflects_feeling: 2, judges: -2}
"""

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class TickingClock:
    """A clock that goes on by a minute whenever it is read."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """The present moment, and a minute passes."""
        self.now += timedelta(minutes=1)
        return self.now


def write_library(root: Path, scenario: str = SCENARIO) -> Path:
    """A library of one scenario, one rubric and the catalogue."""
    (root / "scenarios").mkdir(parents=True)
    (root / "rubrics").mkdir()
    (root / "scenarios" / "tea.yaml").write_text(scenario, "utf-8")
    (root / "rubrics" / "behaviours.yaml").write_text(BEHAVIOURS, "utf-8")
    (root / "rubrics" / "core.yaml").write_text(RUBRIC, "utf-8")
    return root


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """The tiny library's folder."""
    return write_library(tmp_path / "library")


@pytest.fixture
def content(library_folder: Path) -> Content:
    """What the tiny scenario is played with."""
    return load_library(library_folder).content("tea")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database is going to be."""
    return tmp_path / "records.sqlite3"


OpenStore = Callable[..., Store]


@pytest.fixture
def opened(database: Path) -> Iterator[OpenStore]:
    """Opens the store, as often as asked; all are closed in the end."""
    stores: list[Store] = []

    def open_again(url: str | None = None, **options: int) -> Store:
        stores.append(open_store(url or f"sqlite:///{database}", **options))
        return stores[-1]

    yield open_again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: OpenStore) -> Store:
    """A store on an empty database."""
    return opened()


@pytest.fixture
def owner(store: Store) -> Person:
    """The person at this machine."""
    return store.local_person()


@pytest.fixture
def attempts(store: Store) -> Attempts:
    """The use cases, with a clock that goes on by a minute whenever it is read."""
    return Attempts(store, TickingClock())
