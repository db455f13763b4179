"""Attempts kept whole: all that happened in them at once, many in one transaction.

For what was not played at a page: made-up programmes and benchmarks. What it writes is byte for byte what `Attempts`
would have written, event by event, at the same moments; only the commits are fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from simulator.content.library import Content
from simulator.records.attempts import PlaceInAssignment
from simulator.records.errors import PersonMissing
from simulator.records.playable import Playable
from simulator.records.results import Standing, keep_standing, result_of
from simulator.records.schema import attempt, content_text, event, person
from simulator.records.store import Store
from simulator.session.events import Event, to_json
from simulator.session.replay import Playthrough

IN_ONE_TRANSACTION = 500


@dataclass(frozen=True, slots=True)
class WholeAttempt:
    """An attempt with everything that happened in it. `moments` are those of the events, the first its beginning.

    The events are those that led to the playthrough, and it is the playable's.
    """

    id: str
    person_id: str
    playable: Playable
    events: tuple[Event, ...]
    moments: tuple[datetime, ...]
    playthrough: Playthrough
    place: PlaceInAssignment | None = None

    def standing(self) -> Standing | None:
        """Where it stands after its last event; none while it goes on, as nothing is worked out then."""
        if self.playthrough.open:
            return None
        return Standing(True, result_of(self.playthrough, self.playable.scoring, self.moments[-1]))


def keep_whole(store: Store, attempts: Iterable[WholeAttempt]) -> Iterator[WholeAttempt]:
    """Keep attempts, and give each once it is kept. Whoever stops listening has all that they were given on the disk.

    An attempt that ended, was taken back from its end, and goes on is not for this: `Attempts` notes that it ended.

    Raises:
        PersonMissing: nobody has the id of one of them.
    """
    waiting = iter(attempts)
    while portion := list(islice(waiting, IN_ONE_TRANSACTION)):
        with store.writing() as connection:
            _keep(connection, portion)
        yield from portion


def _keep(connection: Connection, portion: Sequence[WholeAttempt]) -> None:
    people = {one.person_id for one in portion}
    rows = connection.execute(select(person.c.id, person.c.programme_id).where(person.c.id.in_(people)))
    programmes = {row.id: row.programme_id for row in rows}
    if len(programmes) < len(people):
        raise PersonMissing
    for content in {id(one.playable): one.playable.content for one in portion}.values():
        _keep_texts(connection, content)
    connection.execute(insert(attempt), [_attempt_row(one, programmes[one.person_id]) for one in portion])
    connection.execute(insert(event), [row for one in portion for row in _event_rows(one, programmes[one.person_id])])
    for one in portion:
        standing = one.standing()
        if standing is not None:
            keep_standing(connection, one.id, standing)


def _keep_texts(connection: Connection, content: Content) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    texts = (
        (content.scenario_hash, "scenario", content.scenario_text),
        (content.behaviours_hash, "behaviours", content.behaviours_text),
        (content.rubric_hash, "rubric", content.rubric_text),
    )
    for hashed, kind, text in texts:
        row = {"hash": hashed, "kind": kind, "text": text}
        connection.execute(dialect.insert(content_text).values(row).on_conflict_do_nothing())


def _attempt_row(one: WholeAttempt, programme_id: str) -> dict[str, Any]:
    content, began = one.playable.content, one.playthrough.began
    return {
        "id": one.id,
        "programme_id": programme_id,
        "person_id": one.person_id,
        "scenario": content.scenario.id,
        "scenario_hash": content.scenario_hash,
        "behaviours_hash": content.behaviours_hash,
        "rubric": content.rubric.id,
        "rubric_hash": content.rubric_hash,
        "mode": began.mode.value,
        "started_at": one.moments[0],
        "drill": bool(began.lead_in),
        "assignment_id": one.place.assignment_id if one.place else None,
        "slot": one.place.slot if one.place else None,
        "ended": False,
    }


def _event_rows(one: WholeAttempt, programme_id: str) -> Iterator[dict[str, Any]]:
    for happened, at in zip(one.events, one.moments, strict=True):
        yield {
            "attempt_id": one.id,
            "number": happened.number,
            "programme_id": programme_id,
            "kind": happened.kind,
            "body": to_json(happened),
            "at": at,
        }
