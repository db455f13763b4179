"""What has to go when something is erased, in one place, and the list that lets a restored backup erase it again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from simulator.records.results import forget_results
from simulator.records.schema import (
    attempt,
    comment,
    consent,
    erasure,
    event,
    free_text,
    identity,
    invitation,
    membership,
    override,
    password,
    person,
    review_step,
    role,
    ruling,
    sign_in,
)

ERASED_NAME = "Erased person"

_OF_ATTEMPTS = (comment, override, ruling, review_step, free_text, event)
_OF_PEOPLE = (identity, password, sign_in, role, consent)


def erase_attempts(connection: Connection, attempts: Iterable[str]) -> int:
    """Delete attempts with everything that hangs on them. Gives how many there were."""
    gone = 0
    for attempt_id in attempts:
        forget_results(connection, [attempt_id])
        for table in _OF_ATTEMPTS:
            connection.execute(delete(table).where(table.c.attempt_id == attempt_id))
        gone += connection.execute(delete(attempt).where(attempt.c.id == attempt_id)).rowcount
    return gone


def erase_person_rows(connection: Connection, person_id: str, now: datetime) -> None:
    """Delete what makes a person known, their practice and all words in and on their attempts.

    Attempts for an assignment stay, with choices and levels, under nobody's name.
    """
    practice = select(attempt.c.id).where(attempt.c.person_id == person_id, attempt.c.assignment_id.is_(None))
    erase_attempts(connection, list(connection.execute(practice).scalars()))
    assessed = select(attempt.c.id).where(attempt.c.person_id == person_id)
    for table in (free_text, comment):
        connection.execute(delete(table).where(table.c.attempt_id.in_(assessed)))
    for table in _OF_PEOPLE:
        connection.execute(delete(table).where(table.c.person_id == person_id))
    connection.execute(delete(invitation).where(invitation.c.person_id == person_id))
    connection.execute(
        update(membership)
        .where(membership.c.person_id == person_id, membership.c.left_at.is_(None))
        .values(left_at=now)
    )
    connection.execute(
        update(person)
        .where(person.c.id == person_id)
        .values(name=ERASED_NAME, email=None, reference=None, erased_at=now)
    )


def remember_erased(connection: Connection, programme_id: str, what: str, subject: str, at: datetime) -> None:
    """Note by its id alone that something was erased."""
    connection.execute(
        insert(erasure).values(id=str(uuid4()), programme_id=programme_id, what=what, subject=subject, at=at)
    )


def erase_again(connection: Connection, erased: Iterable[tuple[str, str, str, datetime]]) -> int:
    """Erase in a restored database what was erased since: programme, what, subject, when. Gives how many were there."""
    again = 0
    for programme_id, what, subject, at in erased:
        known = connection.execute(
            select(erasure.c.id).where(erasure.c.what == what, erasure.c.subject == subject)
        ).first()
        if what == "attempt":
            again += erase_attempts(connection, [subject])
        elif connection.execute(
            select(person.c.id).where(person.c.id == subject, person.c.erased_at.is_(None))
        ).first():
            erase_person_rows(connection, subject, at)
            again += 1
        if known is None:
            remember_erased(connection, programme_id, what, subject, at)
    return again
