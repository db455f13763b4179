"""Taking a cohort's results out: asked for, written down for everybody concerned, and only then read.

The log is committed before the first row is read, and what is read is just what was logged: a long export holds no
lock under which trainees would wait, and nothing leaves without its line in the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, exists, func, select

from simulator.content.library import content_from_texts
from simulator.records.access import Action, Actor, Relation
from simulator.records.access_log import Looked, log_look
from simulator.records.actors import LEARNS, relation_to_cohort
from simulator.records.assignments import Assignments, Counts, Release
from simulator.records.clock import Clock, utc_now
from simulator.records.cohort_attempts import met_attempts
from simulator.records.cohort_queries import first_meetings, version_of
from simulator.records.cohort_rows import MetAttempt, Scope
from simulator.records.consents import NOTICE_VERSION, Consent
from simulator.records.errors import NotAllowed, PersonMissing
from simulator.records.export_queries import (
    attempts_wanted,
    choices_wanted,
    incidents_wanted,
    scores_wanted,
    versions_wanted,
)
from simulator.records.export_rows import (
    AttemptKey,
    AttemptRow,
    ChoiceRow,
    EventRow,
    ExportedPerson,
    IncidentRow,
    PlayedAttempt,
    ScoreRow,
    State,
    TakenOut,
    VersionRow,
)
from simulator.records.playable import Hashes, Playable, PlayableCache
from simulator.records.results_book import counting
from simulator.records.reviews import Ruled, Step
from simulator.records.schema import (
    assignment,
    attempt,
    cohort,
    consent,
    criterion_result,
    decision,
    event,
    identity,
    incident,
    membership,
    person,
    programme,
    result,
)
from simulator.records.sign_ins import LOCAL_ACCOUNTS
from simulator.records.store import Store
from simulator.session.events import Mode, UnreadableEvent, from_json
from simulator.session.scoring import Level

AT_ONCE = 500
"""Attempts that are read with one query: memory does not grow with how many there are."""


class CohortExports:
    """The use cases around exports."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._playables = PlayableCache()

    def take_out(self, actor: Actor, cohort_id: str, what: str, person_id: str | None = None) -> TakenOut:
        """Say what the actor may take out of a cohort, or of one person in it, and write down that they do.

        `what` is told to everybody concerned beside the actor's name: the form of the export.

        Raises:
            NotAllowed: the cohort's results are not theirs to export.
            PersonMissing: the person is not of the cohort.
        """
        with self._store.writing() as connection:
            actor.must(Action.EXPORT, relation_to_cohort(connection, actor, cohort_id))
            named = _named(connection, cohort_id)
            at = self._clock()
            people = _people(connection, cohort_id, person_id)
            if person_id is not None and not people:
                raise PersonMissing
            for one in people:
                log_look(connection, actor, one.id, Looked.EXPORTED, at, subject=cohort_id, detail=what)
            keys = tuple(_keys(connection, cohort_id, person_id))
        set_to_them = Assignments(self._store, self._clock).of_cohort(actor, cohort_id)
        return TakenOut(
            actor.programme_id, named.programme, cohort_id, named.name, named.zone, at, people, set_to_them, keys
        )

    def take_own(self, actor: Actor, cohort_id: str) -> TakenOut:
        """Say what the actor has in a cohort as one of its trainees, in what is set to them: for themselves.

        Nobody else is in it, so nothing is written down. What of it is open to them by now is for `Reviews` to say.

        Raises:
            NotAllowed: they do not learn in this cohort.
        """
        actor.must(Action.TAKE_COPY, Relation.SELF)
        mine = tuple(one for one in Assignments(self._store, self._clock).mine(actor) if one.cohort_id == cohort_id)
        with self._store.reading() as connection:
            people = _people(connection, cohort_id, actor.person_id)
            if not people:
                raise NotAllowed
            named = _named(connection, cohort_id)
            keys = tuple(_keys(connection, cohort_id, actor.person_id))
        return TakenOut(
            actor.programme_id,
            named.programme,
            cohort_id,
            named.name,
            named.zone,
            self._clock(),
            people,
            mine,
            keys,
        )

    @contextmanager
    def reading(self, taken: TakenOut) -> Iterator[ExportReader]:
        """Read what was taken out, all of it as at one moment."""
        with self._store.snapshot() as connection:
            yield ExportReader(connection, taken)

    def playable(self, texts: Hashes) -> Playable:
        """What was played with, ready to be asked.

        Raises:
            ContentMissing: this version of the program cannot read it any more.
        """
        return self._playables.get(texts, lambda: content_from_texts(*self._store.texts(texts)))


class ExportReader:
    """Rows of what was taken out, read in portions and given in the order of the keys they are asked for with."""

    def __init__(self, connection: Connection, taken: TakenOut) -> None:
        self._connection = connection
        self._taken = taken

    def attempts(self, keys: Sequence[AttemptKey]) -> Iterator[AttemptRow]:
        """Attempts with what they came to."""
        for ids, portion in _portions(keys):
            rows = self._connection.execute(attempts_wanted().where(attempt.c.id.in_(ids)))
            for key, row in _in_order(portion, rows):
                yield _attempt(key, row, self._taken.at)

    def scores(self, keys: Sequence[AttemptKey]) -> Iterator[ScoreRow]:
        """Criteria of attempts, by name of the criterion."""
        for ids, portion in _portions(keys):
            rows = self._connection.execute(scores_wanted().where(criterion_result.c.attempt_id.in_(ids)))
            for key, row in _in_order(portion, rows):
                yield _score(key, row)

    def choices(self, keys: Sequence[AttemptKey]) -> Iterator[ChoiceRow]:
        """Decisions of attempts, in their order."""
        for ids, portion in _portions(keys):
            rows = self._connection.execute(choices_wanted().where(decision.c.attempt_id.in_(ids)))
            for key, row in _in_order(portion, rows):
                yield ChoiceRow(
                    key, row.number, row.position, version_of(row), row.node, row.offered, row.choice, row.leads_to
                )

    def incidents(self, keys: Sequence[AttemptKey]) -> Iterator[IncidentRow]:
        """Critical behaviours of attempts, in their order."""
        for ids, portion in _portions(keys):
            rows = self._connection.execute(incidents_wanted().where(incident.c.attempt_id.in_(ids)))
            for key, row in _in_order(portion, rows):
                ruled = Ruled(row.ruling) if row.ruling else None
                yield IncidentRow(key, row.number, row.behaviour, row.repaired_at, ruled)

    def played(self, keys: Sequence[AttemptKey]) -> Iterator[PlayedAttempt]:
        """Attempts with their events; of an equal alternative only that it began and ended."""
        for ids, portion in _portions(keys):
            heads = {row.key.id: row for row in self.attempts(portion)}
            wanted = select(event.c.attempt_id, event.c.body, event.c.at).where(event.c.attempt_id.in_(ids))
            kept: dict[str, list[Any]] = defaultdict(list)
            for row in self._connection.execute(wanted.order_by(event.c.attempt_id, event.c.number)):
                kept[row.attempt_id].append(row)
            for key in portion:
                if key.id in heads:
                    yield PlayedAttempt(heads[key.id], _events(kept[key.id]))

    def first_met(self, clients: Mapping[str, str]) -> tuple[MetAttempt, ...]:
        """First meetings of the people who were taken out, as they are scored, by person and time.

        `clients` names whom a scenario is a meeting with, where several are with the same.
        """
        people = [one.id for one in self._taken.people]
        return met_attempts(self._connection, first_meetings(Scope(self._taken.cohort_id), clients, people))

    def versions(self) -> tuple[VersionRow, ...]:
        """The versions that the choices of the whole cohort's attempts are of, by scenario."""
        ranked = versions_wanted(self._taken.cohort_id).cte("ranked")
        wanted = (
            select(
                ranked.c.scenario,
                ranked.c.meaning_hash,
                ranked.c.behaviours_hash,
                ranked.c.rubric,
                ranked.c.rubric_hash,
                ranked.c.scenario_hash,
                ranked.c.attempts,
            )
            .where(ranked.c.latest == 1)
            .order_by(ranked.c.scenario, ranked.c.meaning_hash, ranked.c.behaviours_hash, ranked.c.rubric_hash)
        )
        rows = self._connection.execute(wanted)
        return tuple(VersionRow(version_of(row), row.scenario_hash, row.attempts) for row in rows)


def _named(connection: Connection, cohort_id: str) -> Any:
    """What the cohort and its programme are called, and the cohort's zone."""
    found = connection.execute(
        select(cohort.c.name, cohort.c.zone, programme.c.name.label("programme"))
        .join(programme, programme.c.id == cohort.c.programme_id)
        .where(cohort.c.id == cohort_id)
    ).first()
    if found is None:
        raise NotAllowed
    return found


def _people(connection: Connection, cohort_id: str, person_id: str | None) -> tuple[ExportedPerson, ...]:
    did = exists().where(
        attempt.c.assignment_id == assignment.c.id,
        assignment.c.cohort_id == cohort_id,
        attempt.c.person_id == person.c.id,
    )
    research = exists().where(
        consent.c.person_id == person.c.id,
        consent.c.what == Consent.RESEARCH.value,
        consent.c.version == NOTICE_VERSION,
        consent.c.withdrawn_at.is_(None),
    )
    signs_in = (
        select(func.min(identity.c.subject))
        .where(identity.c.person_id == person.c.id, identity.c.issuer == LOCAL_ACCOUNTS)
        .scalar_subquery()
    )
    wanted = (
        select(
            person.c.id,
            person.c.name,
            person.c.reference,
            person.c.email,
            signs_in.label("sign_in_name"),
            membership.c.left_at.is_not(None).label("has_left"),
            research.label("research"),
        )
        .join(membership, membership.c.person_id == person.c.id)
        .where(
            membership.c.cohort_id == cohort_id,
            membership.c.role == LEARNS,
            membership.c.left_at.is_(None) | did,
        )
        .order_by(person.c.name, person.c.id)
    )
    if person_id is not None:
        wanted = wanted.where(person.c.id == person_id)
    return tuple(
        ExportedPerson(
            row.id, row.name, row.reference, row.email, row.sign_in_name, bool(row.has_left), bool(row.research)
        )
        for row in connection.execute(wanted)
    )


def _keys(connection: Connection, cohort_id: str, person_id: str | None) -> Iterator[AttemptKey]:
    wanted = (
        select(
            attempt.c.id,
            attempt.c.person_id,
            attempt.c.assignment_id,
            attempt.c.slot,
            attempt.c.ended,
            result.c.ended_at,
            result.c.stopped,
            result.c.overall,
            assignment.c.counts,
        )
        .join(assignment, assignment.c.id == attempt.c.assignment_id)
        .join(person, person.c.id == attempt.c.person_id)
        .outerjoin(result, result.c.attempt_id == attempt.c.id)
        .where(assignment.c.cohort_id == cohort_id)
        .order_by(
            person.c.name, person.c.id, attempt.c.assignment_id, attempt.c.slot, attempt.c.started_at, attempt.c.id
        )
    )
    if person_id is not None:
        wanted = wanted.where(attempt.c.person_id == person_id)
    streamed = connection.execute(wanted.execution_options(yield_per=AT_ONCE))
    for _, tries in groupby(streamed, key=lambda row: (row.person_id, row.assignment_id, row.slot)):
        rows = list(tries)
        counted = counting(rows, Counts(rows[0].counts))
        for nth, row in enumerate(rows, start=1):
            yield AttemptKey(row.id, row.person_id, nth, counted is row)


def _attempt(key: AttemptKey, row: Any, now: datetime) -> AttemptRow:
    by_now = row.release == Release.AT_CLOSE.value and row.closes_at <= now
    as_set = row.scenario == row.slot
    return AttemptRow(
        key,
        row.assignment_id,
        row.slot,
        Mode(row.mode),
        State.STOPPED if row.stopped else State.ENDED if row.ended or row.ended_at else State.OPEN,
        row.started_at,
        row.ended_at,
        row.ended_at is not None and row.ended_at > row.due_at,
        row.outcome,
        row.overall,
        row.rubric,
        row.rubric_hash,
        row.scoring,
        Step(row.step) if row.step else None,
        row.release == Release.AT_ONCE.value or by_now or bool(row.released),
        (row.scenario_hash, row.behaviours_hash, row.rubric_hash) if as_set else None,
    )


def _score(key: AttemptKey, row: Any) -> ScoreRow:
    return ScoreRow(
        key,
        row.criterion,
        bool(row.assessed),
        row.n,
        row.weight,
        row.score,
        None if row.low is None else (row.low, row.high),
        row.random,
        Level(row.level) if row.level else None,
        Level(row.standing) if row.standing else None,
        bool(row.overridden),
    )


def _events(rows: Iterable[Any]) -> tuple[EventRow, ...]:
    try:
        return tuple(EventRow(from_json(row.body), row.at) for row in rows)
    except UnreadableEvent:
        return ()


def _portions(keys: Sequence[AttemptKey]) -> Iterator[tuple[list[str], Sequence[AttemptKey]]]:
    for start in range(0, len(keys), AT_ONCE):
        portion = keys[start : start + AT_ONCE]
        yield [key.id for key in portion], portion


def _in_order(keys: Iterable[AttemptKey], rows: Iterable[Any]) -> Iterator[tuple[AttemptKey, Any]]:
    """The rows by attempt in the order of the keys: the database's own order of ids would show through pseudonyms."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.attempt_id].append(row)
    return ((key, row) for key in keys for row in found[key.id])
