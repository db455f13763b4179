"""An event committed by the store against a bare `sqlite3` commit with the same journal and durability."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from benchmarks.made import scenario_text
from benchmarks.ratio import Ratio, measured
from simulator.content.library import content_from_texts
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Chose, Mode, to_json

_EVENTS = 20
_RUBRICS = Path(__file__).resolve().parents[1] / "rubrics"


def commit() -> Ratio:
    """Twenty events, each committed on its own and flushed to the disk (`synchronous=FULL`, WAL)."""
    texts = [scenario_text(5), *((_RUBRICS / name).read_text("utf-8") for name in ("behaviours.yaml", "core.yaml"))]
    content = content_from_texts(*texts)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.db")
        attempts = Attempts(store)
        person = store.local_person()
        bare = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
        bare.execute("pragma journal_mode=wal")
        bare.execute("pragma synchronous=full")
        bare.execute("create table event (attempt_id text, number int, kind text, body text, at text,"
                     " primary key (attempt_id, number))")  # fmt: skip

        def through_the_store() -> None:
            attempt_id = attempts.begin(content, Mode.PRACTICE, person.id)
            for number in range(1, _EVENTS + 1):
                store.append(attempt_id, _event(number), datetime.now(UTC))

        def through_sqlite() -> None:
            attempt_id = str(uuid4())
            for number in range(_EVENTS + 1):  # beginning an attempt is a commit as well
                body = json.dumps(to_json(_event(number)))
                row = (attempt_id, number, "chose", body, datetime.now(UTC).isoformat())
                bare.execute("begin immediate")
                bare.execute("insert into event values (?, ?, ?, ?, ?)", row)
                bare.execute("commit")

        result = measured(
            "an event committed",
            "bare sqlite3 at synchronous=FULL",
            through_the_store,
            through_sqlite,
            per=_EVENTS + 1,
            most=2,
            rounds=20,
        )
        bare.close()
        store.close()
        return result


def _event(number: int) -> Chose:
    return Chose(number, "n0", ("c0", "c1", "c2", "c3"), "c0", {"trust": 4, "distress": 5})
