"""What the database holds of an attempt, read past the product's own store and played again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from faults.transcript import CLIENT, TRAINEE, Line
from simulator.content.library import content_from_texts
from simulator.content.scenario import Scenario
from simulator.session.events import Chose, TookBack, from_json
from simulator.session.interview import Interview
from simulator.session.replay import Playthrough, replay
from simulator.session.situation import Heard

TOOK_BACK = "(taken back)"
STOPPED = "(stopped)"

_TEXTS = """
select s.text, b.text, r.text from attempt a
join content_text s on s.hash = a.scenario_hash
join content_text b on b.hash = a.behaviours_hash
join content_text r on r.hash = a.rubric_hash
where a.id = ?
"""


@dataclass(frozen=True, slots=True)
class Record:
    """An attempt as it is kept.

    `acts` are the events after the first in their order: the words of the answer, TOOK_BACK or STOPPED. `talk` is how
    the page must read. `problems` are sentences about what no record may be.
    """

    acts: tuple[str, ...]
    talk: tuple[Line, ...]
    next_number: int
    offered: int
    open: bool
    problems: tuple[str, ...]


def record_of(database: Path, attempt_id: str) -> Record:
    """Read an attempt and play it again."""
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        rows = connection.execute(
            "select number, body from event where attempt_id = ? order by number", (attempt_id,)
        ).fetchall()
        texts = connection.execute(_TEXTS, (attempt_id,)).fetchone()
        sound = connection.execute("pragma quick_check").fetchone()[0]
    problems = [] if sound == "ok" else [f"SQLite finds the database damaged: {sound}."]
    if not rows or texts is None:
        return Record((), (), 0, 0, False, (*problems, f"The attempt {attempt_id} is not in the database."))
    numbers = [number for number, _ in rows]
    if numbers != list(range(len(rows))):
        problems.append(f"The events are numbered {numbers}.")
        return Record((), (), 0, 0, False, tuple(problems))
    events = [from_json(json.loads(body)) for _, body in rows]
    scenario = content_from_texts(*texts).scenario
    played = replay(Interview(scenario), events)
    problems += [f"The replay parts from the record: {divergence}." for divergence in played.divergences]
    acts = []
    for event in events[1:]:
        if isinstance(event, Chose):
            acts.append(_words_of(scenario, event.node, event.choice))
        else:
            acts.append(TOOK_BACK if isinstance(event, TookBack) else STOPPED)
    talk = _talk(scenario, played)
    return Record(tuple(acts), talk, played.next_number, len(played.offered), played.open, tuple(problems))


def attempts_in(database: Path) -> tuple[str, ...]:
    """The ids of all attempts."""
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        return tuple(row[0] for row in connection.execute("select id from attempt order by started_at, id"))


def _talk(scenario: Scenario, played: Playthrough) -> tuple[Line, ...]:
    """The turns as a page that draws this record must show them."""
    lines = _heard(played.opening)
    for turn in played.turns:
        lines.append(Line(TRAINEE, _words_of(scenario, turn.node, turn.choice)))
        lines += _heard(turn.heard)
    return tuple(lines)


def _words_of(scenario: Scenario, node: str, choice: str) -> str:
    """What a choice says or does; its own name where the scenario has no such choice."""
    found = scenario.nodes[node].choices.get(choice) if node in scenario.nodes else None
    return _on_one_line(found.words) if found else f"{node}.{choice}"


def _heard(heard: Iterable[Heard]) -> list[Line]:
    parts = (part for line in heard for part in (line.words.says, line.words.manner) if part)
    words = _on_one_line(" ".join(parts))
    return [Line(CLIENT, words)] if words else []


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
