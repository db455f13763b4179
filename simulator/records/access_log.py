"""Who looked at, changed or took out what is somebody's: written with the act itself, read by the person concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from simulator.records.access import Actor
from simulator.records.schema import access_log, person
from simulator.records.store import Store

MOST_SHOWN = 500


class Looked(StrEnum):
    """What was done with what is somebody's."""

    OPENED_ATTEMPT = "opened_attempt"
    COMMENTED = "commented"
    OVERRODE_LEVEL = "overrode_level"
    RULED_ON_INCIDENT = "ruled_on_incident"
    REVIEWED = "reviewed"
    EXPORTED = "exported"
    RESET_PASSWORD = "reset_password"
    CHANGED_ROLE = "changed_role"
    CLOSED_ACCOUNT = "closed_account"
    OPENED_ACCOUNT = "opened_account"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log: who (by name as it is now), did what, on which attempt or other subject, and when."""

    who: str
    what: Looked
    subject: str | None
    detail: str
    at: datetime


def log_look(
    connection: Connection,
    actor: Actor | None,
    person_id: str,
    what: Looked,
    at: datetime,
    *,
    programme_id: str | None = None,
    subject: str | None = None,
    detail: str = "",
) -> None:
    """Write a line in the caller's transaction, so that the act and its record stand or fall together.

    What a person does with their own is not logged. Without an actor it was done at the command line.
    """
    if actor is not None and actor.person_id == person_id:
        return
    of = programme_id or (actor.programme_id if actor else None)
    connection.execute(
        insert(access_log).values(
            id=str(uuid4()),
            programme_id=of or select(person.c.programme_id).where(person.c.id == person_id).scalar_subquery(),
            person_id=person_id,
            actor_id=actor.person_id if actor else None,
            action=what.value,
            subject=subject,
            detail=detail,
            at=at,
        )
    )


def looks_at(store: Store, actor: Actor) -> tuple[Look, ...]:
    """What others did with what is the actor's own, the latest first, at most `MOST_SHOWN`."""
    who = person.alias()
    wanted = (
        select(who.c.name, access_log.c.action, access_log.c.subject, access_log.c.detail, access_log.c.at)
        .outerjoin(who, who.c.id == access_log.c.actor_id)
        .where(access_log.c.person_id == actor.person_id)
        .order_by(access_log.c.at.desc(), access_log.c.id)
        .limit(MOST_SHOWN)
    )
    with store.reading() as connection:
        return tuple(
            Look(row.name or "", Looked(row.action), row.subject, row.detail, row.at)
            for row in connection.execute(wanted)
        )
