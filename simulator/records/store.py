"""The store: what is written and read, one short transaction each. SQLAlchemy does not show in its signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Delete, Engine, Row, Select, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from simulator.records.database import BUSY_TIMEOUT_MS, connect_engine, database_url, for_writing, place
from simulator.records.erasing import erase_attempts
from simulator.records.errors import AttemptMissing, PersonMissing, StaleStep, Unfit
from simulator.records.faults import already_taken, faults_in_words
from simulator.records.kept import KeptText, NewAttempt, Person, StoredAttempt, StoredEvent, Words
from simulator.records.results import Standing, keep_standing
from simulator.records.schema import attempt, content_text, event, free_text, identity, person, programme
from simulator.records.turns import Turns
from simulator.records.upgrade import upgrade_to_head
from simulator.session.events import Event, to_json

_AnyRow = Row[*tuple[Any, ...]]

LOCAL_ISSUER = "local"
LOCAL_SUBJECT = "owner"


_ATTEMPT = select(
    attempt.c.id,
    attempt.c.programme_id,
    attempt.c.person_id,
    attempt.c.scenario_hash,
    attempt.c.behaviours_hash,
    attempt.c.rubric_hash,
    attempt.c.started_at,
    attempt.c.assignment_id,
)
_ONE_ATTEMPT = _ATTEMPT.where(attempt.c.id == bindparam("id"))
_OWNER = select(attempt.c.person_id).where(attempt.c.id == bindparam("id"))
_ATTEMPTS_OF = _ATTEMPT.where(attempt.c.person_id == bindparam("person_id")).order_by(
    attempt.c.started_at.desc(), attempt.c.id
)
_EVENT = select(event.c.attempt_id, event.c.body, event.c.at)
_EVENTS_OF_ONE = _EVENT.where(event.c.attempt_id == bindparam("id")).order_by(event.c.number)
_EVENTS_OF_PERSON = (
    _EVENT.join(attempt, attempt.c.id == event.c.attempt_id)
    .where(attempt.c.person_id == bindparam("person_id"))
    .order_by(event.c.attempt_id, event.c.number)
)
# The programme is looked up in the same statement: an event cannot name another than its attempt's.
_APPEND = insert(event).values(
    programme_id=select(attempt.c.programme_id).where(attempt.c.id == bindparam("of")).scalar_subquery(),
    attempt_id=bindparam("of"),
)
# The same, but only behind the event that was the last one known: otherwise there is no programme, and no new event.
_BEFORE = event.alias("before")
_APPEND_AFTER = insert(event).values(
    programme_id=select(_BEFORE.c.programme_id)
    .where(
        _BEFORE.c.attempt_id == bindparam("of"),
        _BEFORE.c.number == bindparam("number_before"),
        _BEFORE.c.at == bindparam("at_before"),
    )
    .scalar_subquery(),
    attempt_id=bindparam("of"),
)
_BY_IDENTITY = (
    select(person.c.id, person.c.programme_id, person.c.name)
    .join(identity, identity.c.person_id == person.c.id)
    .where(identity.c.issuer == bindparam("issuer"), identity.c.subject == bindparam("subject"))
)


class Store:
    """The records in one database. Usable from any thread."""

    def __init__(self, engine: Engine, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        self._engine = engine
        self._writing = for_writing(engine)
        self._turns = Turns(busy_timeout_ms / 1000) if engine.dialect.name == "sqlite" else None
        self._where = place(engine.url)

    @property
    def where(self) -> str:
        """How sentences name the database."""
        return self._where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads, for the other modules of the records; faults in words."""
        with faults_in_words(self._where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees one moment throughout, however long it reads and whatever others write meanwhile."""
        with faults_in_words(self._where):
            engine = self._engine
            if engine.dialect.name != "sqlite":  # there a read transaction is a snapshot already
                engine = engine.execution_options(isolation_level="REPEATABLE READ")
            with engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, all or nothing, for the other modules of the records; faults in words."""
        in_turn = self._turns.one() if self._turns else nullcontext()
        with faults_in_words(self._where), in_turn, self._writing.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def local_person(self) -> Person:
        """The one person at this machine, until accounts exist; made the first time."""
        with faults_in_words(self._where):
            found = self._person_by_identity(LOCAL_ISSUER, LOCAL_SUBJECT)
            if found is None:
                try:
                    self._make_local_person()
                except IntegrityError as error:
                    if not already_taken(error):
                        raise
                found = self._person_by_identity(LOCAL_ISSUER, LOCAL_SUBJECT)
            assert found is not None
            return found

    def _person_by_identity(self, issuer: str, subject: str) -> Person | None:
        with self._engine.connect() as connection:
            row = connection.execute(_BY_IDENTITY, {"issuer": issuer, "subject": subject}).first()
        return Person(row.id, row.programme_id, row.name) if row else None

    def _make_local_person(self) -> None:
        """All or nothing; whoever comes second meets the identity's key."""
        now = datetime.now(UTC)
        programme_id, person_id = str(uuid4()), str(uuid4())
        owner = {"programme_id": programme_id, "created_at": now}
        with self.writing() as connection:
            connection.execute(insert(programme).values(id=programme_id, name="This computer", created_at=now))
            connection.execute(insert(person).values(id=person_id, name="You", **owner))
            connection.execute(
                insert(identity).values(issuer=LOCAL_ISSUER, subject=LOCAL_SUBJECT, person_id=person_id, **owner)
            )

    def begin_attempt(self, new: NewAttempt, texts: Iterable[KeptText], first: Event) -> None:
        """Keep an attempt with its texts and its first event, all or nothing.

        Raises:
            PersonMissing: nobody has this id.
        """
        with self.writing() as connection:
            programme_id = connection.execute(
                select(person.c.programme_id).where(person.c.id == new.person_id).with_for_update()
            ).scalar_one_or_none()
            if programme_id is None:
                raise PersonMissing
            if new.assignment_id is not None:
                _refuse_a_second(connection, new)
            for kept in texts:
                keep_text(connection, kept)
            connection.execute(
                insert(attempt).values(
                    id=new.id,
                    programme_id=programme_id,
                    person_id=new.person_id,
                    scenario=new.scenario,
                    scenario_hash=new.scenario_hash,
                    behaviours_hash=new.behaviours_hash,
                    rubric=new.rubric,
                    rubric_hash=new.rubric_hash,
                    mode=new.mode,
                    started_at=new.started_at,
                    drill=new.drill,
                    assignment_id=new.assignment_id,
                    slot=new.slot,
                    ended=False,
                )
            )
            connection.execute(_APPEND, _event_row(new.id, first, new.started_at))

    def append(
        self,
        attempt_id: str,
        new: Event,
        at: datetime,
        standing: Standing | None = None,
        after: datetime | None = None,
    ) -> None:
        """Keep the next event, and where it leaves the attempt if that has changed. On return it is on the disk.

        `after` is when the event before it was, for one who has not read them just now: if there is no such event
        (a copy of the records was put in their place) nothing is kept.

        Raises:
            StaleStep: an event of this number is there already.
            AttemptMissing: the attempt is not there (any more), or not with that event.
        """
        row = _event_row(attempt_id, new, at)
        if after is not None:
            row |= {"number_before": new.number - 1, "at_before": after}
        try:
            with self.writing() as connection:
                connection.execute(_APPEND if after is None else _APPEND_AFTER, row)
                if standing is not None:
                    keep_standing(connection, attempt_id, standing)
        except IntegrityError as error:
            raise (StaleStep() if already_taken(error) else AttemptMissing()) from error

    def attempt(self, attempt_id: str) -> StoredAttempt:
        """An attempt and its events.

        Raises:
            AttemptMissing: it is not there.
        """
        with faults_in_words(self._where), self._engine.connect() as connection:
            row = connection.execute(_ONE_ATTEMPT, {"id": attempt_id}).first()
            if row is None:
                raise AttemptMissing
            return _stored(row, connection.execute(_EVENTS_OF_ONE, {"id": attempt_id}).all())

    def owner_of(self, attempt_id: str) -> str | None:
        """Whose attempt it is; None where it is not there."""
        with self.reading() as connection:
            return connection.execute(_OWNER, {"id": attempt_id}).scalar_one_or_none()

    def attempts_of(self, person_id: str) -> tuple[StoredAttempt, ...]:
        """A person's attempts with their events, newest first."""
        with faults_in_words(self._where), self._engine.connect() as connection:
            whose = {"person_id": person_id}
            rows = connection.execute(_ATTEMPTS_OF, whose).all()
            events: dict[str, list[_AnyRow]] = {row.id: [] for row in rows}
            for row in connection.execute(_EVENTS_OF_PERSON, whose):
                events[row.attempt_id].append(row)
        return tuple(_stored(row, events[row.id]) for row in rows)

    def texts(self, hashes: Sequence[str]) -> tuple[str, ...]:
        """The content texts of these hashes, in their order. They are there as long as an attempt names them."""
        wanted: Select[tuple[str, str]] = select(content_text.c.hash, content_text.c.text)
        with faults_in_words(self._where), self._engine.connect() as connection:
            found = {row.hash: row.text for row in connection.execute(wanted.where(content_text.c.hash.in_(hashes)))}
        return tuple(found[wanted_hash] for wanted_hash in hashes)

    def erase_attempt(self, attempt_id: str) -> None:
        """Delete an attempt with its events and everything its person wrote in it. There is no way back.

        Raises:
            AttemptMissing: it is not there.
        """
        with self.writing() as connection:
            if not erase_attempts(connection, [attempt_id]):
                raise AttemptMissing

    def write_words(self, attempt_id: str, words: Words, at: datetime) -> None:
        """Keep what a person wrote, in place of what they wrote there before.

        Raises:
            AttemptMissing: the attempt is not there (any more).
        """
        with self.writing() as connection:
            programme_id = connection.execute(
                select(attempt.c.programme_id).where(attempt.c.id == attempt_id)
            ).scalar_one_or_none()
            if programme_id is None:
                raise AttemptMissing
            connection.execute(_erasing(attempt_id, words.kind, words.number))
            connection.execute(
                insert(free_text).values(
                    id=str(uuid4()),
                    programme_id=programme_id,
                    attempt_id=attempt_id,
                    number=words.number,
                    kind=words.kind,
                    text=words.text,
                    at=at,
                )
            )

    def words_of(self, attempt_id: str) -> tuple[Words, ...]:
        """Everything a person wrote in an attempt."""
        wanted = select(free_text.c.kind, free_text.c.number, free_text.c.text).where(
            free_text.c.attempt_id == attempt_id
        )
        with faults_in_words(self._where), self._engine.connect() as connection:
            return tuple(Words(row.kind, row.number, row.text) for row in connection.execute(wanted))

    def erase_words(self, attempt_id: str, kind: str, number: int | None) -> None:
        """Delete what a person wrote at one place. There is no way back."""
        with self.writing() as connection:
            connection.execute(_erasing(attempt_id, kind, number))


def _erasing(attempt_id: str, kind: str, number: int | None) -> Delete:
    place_of = free_text.c.number.is_(None) if number is None else free_text.c.number == number
    return delete(free_text).where(free_text.c.attempt_id == attempt_id, free_text.c.kind == kind, place_of)


def open_store(url: str | None = None, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Store:
    """Open the records at `url`, by default those of this machine's user, and bring them to this program's form.

    Raises:
        StoreUnavailable: they cannot be opened or written now.
        DatabaseUnusable: they are not this program's (DatabaseTooNew: not yet).
    """
    engine = connect_engine(database_url(url), busy_timeout_ms)
    try:
        upgrade_to_head(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, busy_timeout_ms)


def _refuse_a_second(connection: Connection, new: NewAttempt) -> None:
    """One talk at a time for a place in an assignment, also where two tabs asked for leave together."""
    going_on = select(attempt.c.id).where(
        attempt.c.assignment_id == new.assignment_id,
        attempt.c.person_id == new.person_id,
        attempt.c.slot == new.slot,
        attempt.c.ended.is_(False),
    )
    if connection.execute(going_on).first():
        raise Unfit("You have begun this one already; go on where you left off.")


def _event_row(attempt_id: str, new: Event, at: datetime) -> dict[str, Any]:
    return {"of": attempt_id, "number": new.number, "kind": new.kind, "body": to_json(new), "at": at}


def _stored(row: _AnyRow, events: Iterable[_AnyRow]) -> StoredAttempt:
    return StoredAttempt(**row._mapping, events=tuple(StoredEvent(kept.body, kept.at) for kept in events))


def keep_text(connection: Connection, kept: KeptText) -> None:
    """Keep a text under its hash, unless it is there."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"hash": kept.hash, "kind": kept.kind, "text": kept.text}
    connection.execute(dialect.insert(content_text).values(row).on_conflict_do_nothing())
