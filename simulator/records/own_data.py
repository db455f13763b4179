"""What is a person's own: sharing, a copy of everything, erasing, and how long practice is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, or_, select, update

from simulator.records.access import Action, Actor, Relation
from simulator.records.access_log import Looked, log_look
from simulator.records.actors import relation_to_person
from simulator.records.clock import Clock, utc_now
from simulator.records.erasing import erase_attempts, erase_person_rows, remember_erased
from simulator.records.errors import AttemptMissing, Unfit
from simulator.records.people import keep_an_administrator
from simulator.records.schema import (
    access_log,
    assignment,
    attempt,
    comment,
    consent,
    criterion_result,
    draft,
    draft_revision,
    event,
    free_text,
    identity,
    membership,
    override,
    person,
    programme,
    published,
    result,
    review_step,
    role,
    ruling,
    sign_in,
)
from simulator.records.store import Store

COPY_VERSION = 1
"""Of the form of a copy of one's data."""


class OwnData:
    """The use cases around what is one's own."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def share(self, actor: Actor, attempt_id: str, shared: bool = True) -> None:
        """Let the instructors of one's cohorts see a practice, or no longer.

        Raises:
            AttemptMissing: it is not there, or somebody else's.
        """
        with self._store.writing() as connection:
            mine = (attempt.c.id == attempt_id) & (attempt.c.person_id == actor.person_id)
            at = self._clock() if shared else None
            if not connection.execute(update(attempt).where(mine).values(shared_at=at)).rowcount:
                raise AttemptMissing

    def is_shared(self, actor: Actor, attempt_id: str) -> bool:
        """Whether the actor has let others see this attempt of theirs."""
        with self._store.reading() as connection:
            wanted = select(attempt.c.shared_at).where(
                attempt.c.id == attempt_id, attempt.c.person_id == actor.person_id
            )
            return connection.execute(wanted).scalar_one_or_none() is not None

    def copy(self, actor: Actor) -> dict[str, Any]:
        """Everything kept about a person, ready to be written as JSON. Instants are in UTC, as ISO 8601."""
        who = actor.person_id
        with self._store.reading() as connection:
            mine = select(attempt.c.id).where(attempt.c.person_id == who)
            return {
                "version": COPY_VERSION,
                "made_at": self._clock().isoformat(),
                "person": _rows(connection, person, person.c.id == who)[0],
                "identities": _rows(connection, identity, identity.c.person_id == who),
                "roles": _rows(connection, role, role.c.person_id == who),
                "cohorts": _rows(connection, membership, membership.c.person_id == who),
                "consents": _rows(connection, consent, consent.c.person_id == who),
                "sign_ins": _rows(connection, sign_in, sign_in.c.person_id == who, without=("token_hash",)),
                "attempts": _rows(connection, attempt, attempt.c.person_id == who),
                "events": _rows(connection, event, event.c.attempt_id.in_(mine)),
                "own_words": _rows(connection, free_text, free_text.c.attempt_id.in_(mine)),
                "results": _rows(connection, result, result.c.person_id == who),
                "criteria": _rows(connection, criterion_result, criterion_result.c.attempt_id.in_(mine)),
                "comments": _rows(connection, comment, or_(comment.c.attempt_id.in_(mine), comment.c.author_id == who)),
                "levels_put_in_place": _rows(connection, override, override.c.attempt_id.in_(mine)),
                "rulings": _rows(connection, ruling, ruling.c.attempt_id.in_(mine)),
                "reviews": _rows(connection, review_step, review_step.c.attempt_id.in_(mine)),
                "drafts": _rows(connection, draft, draft.c.begun_by == who),
                "saved_steps": _rows(connection, draft_revision, draft_revision.c.by == who),
                "published_versions": _rows(connection, published, published.c.by == who, without=("proof",)),
                "who_looked": _rows(connection, access_log, access_log.c.person_id == who),
            }

    def erase_attempt(self, actor: Actor, attempt_id: str) -> None:
        """Erase one's own practice, with everything written in it. There is no way back.

        Raises:
            AttemptMissing: it is not there, or somebody else's.
            Unfit: it was done for an assignment, whose results stay.
        """
        with self._store.writing() as connection:
            of = connection.execute(
                select(attempt.c.person_id, attempt.c.assignment_id).where(attempt.c.id == attempt_id)
            ).first()
            if of is None or of.person_id != actor.person_id:
                raise AttemptMissing
            if of.assignment_id is not None:
                raise Unfit("What was done for an assignment stays with its results; your own words in it can go.")
            erase_attempts(connection, [attempt_id])
            remember_erased(connection, actor.programme_id, "attempt", attempt_id, self._clock())

    def erase_person(self, actor: Actor, person_id: str) -> None:
        """Erase a person: name, accounts, practice, all their own words and what was said to them. No way back.

        What was done for an assignment stays without a name, or the cohort's figures would change under everybody;
        so does the log of who looked at what.

        Raises:
            NotAllowed: neither the person nor an administrator asks.
            Unfit: nobody would be left to look after people.
        """
        with self._store.writing() as connection:
            relation = relation_to_person(connection, actor, person_id)
            actor.must(Action.ERASE, relation)
            keep_an_administrator(connection, actor, person_id)
            now = self._clock()
            log_look(connection, actor, person_id, Looked.ERASED, now)
            erase_person_rows(connection, person_id, now)
            remember_erased(connection, actor.programme_id, "person", person_id, now)

    def set_retention(self, actor: Actor, days: int | None) -> None:
        """Say after how many days without an event practice is erased; none keeps it.

        Raises:
            NotAllowed: not theirs to say.
            Unfit: fewer days than a term's break.
        """
        actor.must(Action.MANAGE_PROGRAMME, Relation.PROGRAMME)
        if days is not None and days < 30:
            raise Unfit("Keep practice for 30 days or more: people come back to it after a break.")
        with self._store.writing() as connection:
            connection.execute(
                update(programme).where(programme.c.id == actor.programme_id).values(retention_days=days)
            )

    def apply_retention(self) -> int:
        """Erase the practice that is past its time, in all programmes. Gives how many attempts went."""
        now = self._clock()
        gone = 0
        with self._store.writing() as connection:
            for row in connection.execute(
                select(programme.c.id, programme.c.retention_days).where(programme.c.retention_days.is_not(None))
            ).all():
                old = _untouched_since(connection, row.id, now - timedelta(days=row.retention_days))
                erase_attempts(connection, old)
                for attempt_id in old:
                    remember_erased(connection, row.id, "attempt", attempt_id, now)
                gone += len(old)
        return gone


def _untouched_since(connection: Connection, programme_id: str, then: datetime) -> list[str]:
    """Practice with no event since then. An assignment's attempts are results and stay."""
    latest = select(event.c.attempt_id, func.max(event.c.at).label("at")).group_by(event.c.attempt_id).subquery()
    wanted = (
        select(attempt.c.id)
        .join(latest, latest.c.attempt_id == attempt.c.id)
        .outerjoin(assignment, assignment.c.id == attempt.c.assignment_id)
        .where(attempt.c.programme_id == programme_id, attempt.c.assignment_id.is_(None), latest.c.at < then)
    )
    return list(connection.execute(wanted).scalars())


def _rows(connection: Connection, table: Table, which: Any, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in {"programme_id", *without}]
    found = connection.execute(select(*columns).where(which).order_by(*table.primary_key.columns))
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
