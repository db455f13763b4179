"""Versions: drafts that were published. Trainees meet the newest; an attempt stays on the one it began with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, func, insert, select, update

from simulator.records.access import Actor
from simulator.records.clock import Clock, utc_now
from simulator.records.drafts import DraftKind, must_author, text_kept
from simulator.records.errors import DraftMissing, DraftMoved, Unfit
from simulator.records.schema import draft, draft_revision, person, published
from simulator.records.store import Store

LONGEST_REASON = 500
"""Characters of the reason for a version."""

Called = tuple[DraftKind, str]
"""A scenario or rubric: which kind, and its id."""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: who, when, why, and what check and audit said then. `withdrawn`: it no longer counts."""

    id: str
    kind: DraftKind
    content_id: str
    number: int
    text_hash: str
    meaning_hash: str
    reason: str
    proof: Mapping[str, Any]
    by: str
    at: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class VersionTexts:
    """The texts of a version."""

    number: int
    text: str
    plays_text: str | None


class Versions:
    """The use cases around versions, for authors and in their own programme; what trainees meet is for everybody."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def publish(
        self, actor: Actor, draft_id: str, based_on: int, *, reason: str, proof: Mapping[str, Any], meaning_hash: str
    ) -> Version:
        """Publish a draft as it stands at `based_on`. The caller has checked it. Gives the version.

        Raises:
            NotAllowed: the actor is no author.
            DraftMissing: it is not there.
            DraftMoved: somebody has saved it since.
            Unfit: there is no reason, or it says what the version that counts says already.
        """
        must_author(actor)
        why = reason.strip()
        if not why or len(why) > LONGEST_REASON:
            raise Unfit(f"Say in a sentence of up to {LONGEST_REASON} characters why there is a new version.")
        with self._store.writing() as connection:
            row = connection.execute(
                select(draft, draft_revision.c.text_hash, draft_revision.c.plays_hash, draft_revision.c.at)
                .join(
                    draft_revision,
                    (draft_revision.c.draft_id == draft.c.id) & (draft_revision.c.number == draft.c.head),
                )
                .where(
                    draft.c.id == draft_id,
                    draft.c.programme_id == actor.programme_id,
                    draft.c.discarded_at.is_(None),
                )
                .with_for_update(of=draft)
            ).first()
            if row is None:
                raise DraftMissing
            if row.head != based_on:
                raise DraftMoved(at=row.at.isoformat(), head=row.head)
            newest = self._newest(connection, actor.programme_id, row.kind, row.content_id)
            if newest is not None and not newest.withdrawn_at and _texts_of(newest) == _texts_of(row):
                raise Unfit(f"Version {newest.number} says the very same already.")
            version_id = str(uuid4())
            connection.execute(
                insert(published).values(
                    id=version_id,
                    programme_id=actor.programme_id,
                    kind=row.kind,
                    content_id=row.content_id,
                    number=(newest.number if newest is not None else 0) + 1,
                    text_hash=row.text_hash,
                    plays_hash=row.plays_hash,
                    meaning_hash=meaning_hash,
                    reason=why,
                    proof=dict(proof),
                    by=actor.person_id,
                    at=self._clock(),
                )
            )
            return _version(connection.execute(_versions(actor.programme_id).where(published.c.id == version_id)).one())

    def of(self, actor: Actor, kind: DraftKind, content_id: str) -> tuple[Version, ...]:
        """The versions of a scenario or rubric, newest first.

        Raises:
            NotAllowed: the actor is no author.
        """
        must_author(actor)
        wanted = _versions(actor.programme_id).where(
            published.c.kind == kind.value, published.c.content_id == content_id
        )
        with self._store.reading() as connection:
            return tuple(map(_version, connection.execute(wanted.order_by(published.c.number.desc()))))

    def text(self, actor: Actor, version_id: str) -> VersionTexts:
        """The texts of a version.

        Raises:
            NotAllowed: the actor is no author.
            DraftMissing: it is not there, or another programme's.
        """
        must_author(actor)
        with self._store.reading() as connection:
            row = connection.execute(
                select(published).where(published.c.id == version_id, published.c.programme_id == actor.programme_id)
            ).first()
            if row is None:
                raise DraftMissing
            return _with_texts(connection, row)

    def withdraw(self, actor: Actor, kind: DraftKind, content_id: str) -> int:
        """Let none of the versions count any longer: the file on the disk does again. Gives how many counted.

        Raises:
            NotAllowed: the actor is no author.
        """
        must_author(actor)
        standing = (
            (published.c.programme_id == actor.programme_id)
            & (published.c.kind == kind.value)
            & (published.c.content_id == content_id)
            & published.c.withdrawn_at.is_(None)
        )
        with self._store.writing() as connection:
            done = connection.execute(
                update(published).where(standing).values(withdrawn_by=actor.person_id, withdrawn_at=self._clock())
            )
            return int(done.rowcount)

    def stamp(self, programme_id: str) -> tuple[str, ...]:
        """The ids of the versions that count in a programme: the same as long as nothing is published or withdrawn."""
        with self._store.reading() as connection:
            return tuple(connection.execute(_standing(programme_id, published.c.id)).scalars())

    def current(self, programme_id: str) -> dict[Called, VersionTexts]:
        """The texts that count in a programme, by what they are of."""
        with self._store.reading() as connection:
            rows = connection.execute(_standing(programme_id, *published.c)).all()
            return {(DraftKind(row.kind), row.content_id): _with_texts(connection, row) for row in rows}

    def _newest(self, connection: Connection, programme_id: str, kind: str, content_id: str) -> Any:
        return connection.execute(
            select(published)
            .where(
                published.c.programme_id == programme_id,
                published.c.kind == kind,
                published.c.content_id == content_id,
            )
            .order_by(published.c.number.desc())
            .limit(1)
        ).first()


def _standing(programme_id: str, *columns: Any) -> Select[Any]:
    """The newest of the versions of each scenario and rubric that were not withdrawn."""
    of_programme = (published.c.programme_id == programme_id) & published.c.withdrawn_at.is_(None)
    newest = (
        select(published.c.kind, published.c.content_id, func.max(published.c.number).label("number"))
        .where(of_programme)
        .group_by(published.c.kind, published.c.content_id)
        .subquery()
    )
    return (
        select(*columns)
        .join(
            newest,
            (newest.c.kind == published.c.kind)
            & (newest.c.content_id == published.c.content_id)
            & (newest.c.number == published.c.number),
        )
        .where(of_programme)
        .order_by(published.c.kind, published.c.content_id)
    )


def _versions(programme_id: str) -> Select[Any]:
    return (
        select(published, person.c.name)
        .join(person, person.c.id == published.c.by)
        .where(published.c.programme_id == programme_id)
    )


def _version(row: Any) -> Version:
    return Version(
        row.id,
        DraftKind(row.kind),
        row.content_id,
        row.number,
        row.text_hash,
        row.meaning_hash,
        row.reason,
        row.proof,
        row.name,
        row.at,
        row.withdrawn_at is not None,
    )


def _texts_of(row: Any) -> tuple[str, str | None]:
    return row.text_hash, row.plays_hash


def _with_texts(connection: Connection, row: Any) -> VersionTexts:
    plays = None if row.plays_hash is None else text_kept(connection, row.plays_hash)
    return VersionTexts(row.number, text_kept(connection, row.text_hash), plays)
