"""What an answer survives: a killed process, a second one starting beside it, and reading back."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from simulator.content.library import Content, load_library
from simulator.records.attempts import Attempts
from simulator.records.kept import Person
from simulator.records.store import Store, open_store
from simulator.session.events import Began, Chose, Event, Mode, Stopped, TookBack, from_json
from simulator.session.replay import next_choice

from .conftest import NODS, NOON

ROOT = Path(__file__).parents[2]

ANSWERING = """
import sys
from pathlib import Path
from simulator.content.library import load_library
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Mode
store = open_store("sqlite:///" + sys.argv[1])
attempts = Attempts(store)
content = load_library(Path(sys.argv[2])).content("tea")
attempt = attempts.begin(content, Mode.ASSESSMENT, store.local_person().id)
print(attempt, flush=True)
for number in range(1, int(sys.argv[3])):
    attempts.answer(attempt, number, f"nod_{number}" if number > 1 else "greet")
    print(number, flush=True)
"""

STARTING = """
import sys
from simulator.records.store import open_store
print("ready", flush=True)
for line in sys.stdin:
    store = open_store("sqlite:///" + line.strip())
    print(store.local_person().id, flush=True)
    store.close()
"""


def started(script: str, *arguments: str) -> subprocess.Popen[str]:
    """The script in a process of its own, its pipes as text."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_sigkill_after_an_answer_was_acknowledged_loses_nothing(database: Path, library_folder: Path) -> None:
    for acknowledged in (1, 6):
        with started(ANSWERING, str(database), str(library_folder), str(NODS)) as process:
            assert process.stdout is not None
            attempt_id = process.stdout.readline().strip()
            for number in range(1, acknowledged + 1):
                assert int(process.stdout.readline()) == number
            process.send_signal(signal.SIGKILL)  # it is answering on meanwhile
            process.wait()
        store = open_store(f"sqlite:///{database}")
        attempts = Attempts(store)
        found = attempts.open(attempt_id).playthrough
        assert len(found.turns) >= acknowledged
        assert found.divergences == ()
        assert [turn.number for turn in found.turns] == list(range(1, found.next_number))
        assert attempts.answer(attempt_id, found.next_number, "close").playthrough.finished
        store.close()


def test_processes_that_start_together_on_an_empty_folder_all_come_up(tmp_path: Path) -> None:
    processes = [started(STARTING) for _ in range(3)]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for round_number in range(6):
            for process in processes:
                assert process.stdin is not None
                process.stdin.write(f"{tmp_path / f'{round_number}.sqlite3'}\n")
                process.stdin.flush()
            people = {process.stdout.readline().strip() for process in processes if process.stdout}
            assert len(people) == 1
            assert people != {""}
    finally:
        for process in processes:
            process.communicate()
    assert [process.returncode for process in processes] == [0, 0, 0]


def test_there_is_one_person_at_this_machine(store: Store, database: Path) -> None:
    first = store.local_person()
    again = open_store(f"sqlite:///{database}")
    assert store.local_person() == again.local_person() == first
    again.close()
    assert first.name
    assert first.programme_id != first.id


def test_events_come_back_as_they_were_kept(store: Store, content: Content, owner: Person) -> None:
    attempts = Attempts(store)
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    opened = attempts.open(attempt_id)
    chose, _ = next_choice(opened.interview, opened.playthrough, "greet")
    events: list[Event] = [chose, TookBack(2, 1), Chose(3, "door", ("greet", "ärger—“”"), "greet", {}), Stopped(4)]
    for event in events:
        store.append(attempt_id, event, NOON)
    kept = store.attempt(attempt_id).events
    assert isinstance(from_json(kept[0].body), Began)
    assert [from_json(one.body) for one in kept[1:]] == events
    assert {one.at for one in kept[1:]} == {NOON}
    assert all(one.at.utcoffset() == NOON.utcoffset() for one in kept)


def test_content_texts_are_kept_once_for_all_attempts(store: Store, library_folder: Path, owner: Person) -> None:
    attempts = Attempts(store)
    for _ in range(3):
        attempts.begin(load_library(library_folder).content("tea"), Mode.PRACTICE, owner.id)
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT kind FROM content_text ORDER BY kind").scalars().all() == [
            "behaviours",
            "rubric",
            "scenario",
        ]
