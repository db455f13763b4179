"""What a person agrees to before they take part, and what they may agree to besides."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from simulator.records.access import Actor
from simulator.records.clock import Clock, utc_now
from simulator.records.schema import consent
from simulator.records.store import Store

NOTICE_VERSION = "2026-11"
"""Of the wording of the privacy notice: whoever agreed to another is asked again."""


class Consent(StrEnum):
    """Age and privacy notice are needed for an account; research use is separate, and off until it is given."""

    AGE = "age"
    PRIVACY = "privacy"
    RESEARCH = "research"


NEEDED = (Consent.AGE, Consent.PRIVACY)


class Consents:
    """The use cases around consent."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def of(self, actor: Actor) -> frozenset[Consent]:
        """What somebody agrees to now, in today's wording."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(consent.c.what).where(
                    consent.c.person_id == actor.person_id,
                    consent.c.version == NOTICE_VERSION,
                    consent.c.withdrawn_at.is_(None),
                )
            ).scalars()
            return frozenset(map(Consent, rows))

    def give(self, actor: Actor, *what: Consent) -> None:
        """Agree. Agreeing again changes nothing."""
        with self._store.writing() as connection:
            record_consent(connection, actor.programme_id, actor.person_id, what, self._clock())

    def withdraw(self, actor: Actor, what: Consent) -> None:
        """No longer agree."""
        with self._store.writing() as connection:
            connection.execute(
                update(consent)
                .where(
                    consent.c.person_id == actor.person_id,
                    consent.c.what == what.value,
                    consent.c.withdrawn_at.is_(None),
                )
                .values(withdrawn_at=self._clock())
            )


def record_consent(
    connection: Connection, programme_id: str, person_id: str, what: tuple[Consent, ...], at: datetime
) -> None:
    """Write down what a person agrees to, in the caller's transaction."""
    there = set(
        connection.execute(
            select(consent.c.what).where(
                consent.c.person_id == person_id,
                consent.c.version == NOTICE_VERSION,
                consent.c.withdrawn_at.is_(None),
            )
        ).scalars()
    )
    for one in what:
        if one.value not in there:
            connection.execute(
                insert(consent).values(
                    id=str(uuid4()),
                    programme_id=programme_id,
                    person_id=person_id,
                    what=one.value,
                    version=NOTICE_VERSION,
                    given_at=at,
                )
            )
