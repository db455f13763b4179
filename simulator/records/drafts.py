"""Drafts: what instructors are writing. Every save is kept, and nobody writes over anybody unseen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Delete, Row, delete, func, insert, or_, select, update

from simulator.content.reader import MOST_CHARACTERS
from simulator.records.access import Action, Actor, Relation
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import DraftMissing, DraftMoved, Unfit
from simulator.records.kept import KeptText
from simulator.records.schema import attempt, content_text, draft, draft_revision, person, published
from simulator.records.store import Store, keep_text

ONE_STEP = timedelta(seconds=10)
"""Saves at the same place that follow each other within this are one step for whoever undoes."""


class DraftKind(StrEnum):
    """What a draft is of."""

    SCENARIO = "scenario"
    RUBRIC = "rubric"


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft as it is listed. `by` and `at` are of the last save that counts."""

    id: str
    kind: DraftKind
    content_id: str
    origin: str
    head: int
    text_hash: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands: the revision that counts, with its texts."""

    id: str
    kind: DraftKind
    content_id: str
    origin: str
    head: int
    text: str
    plays_text: str | None
    by: str
    at: datetime
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A step of a draft: who saved it, when, and at what they were writing."""

    number: int
    previous: int | None
    by: str
    at: datetime
    about: str


class Drafts:
    """The use cases around drafts, for authors and in their own programme. Elsewhere a draft is as if it were not."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def begin(
        self, actor: Actor, kind: DraftKind, content_id: str, text: str, plays_text: str | None, origin: str
    ) -> Draft:
        """Begin a draft of a text. `origin` says in a word or two where it came from.

        Raises:
            NotAllowed: the actor is no author.
            Unfit: the text is too long to be read.
        """
        must_author(actor)
        _fits(text, plays_text)
        draft_id, now = str(uuid4()), self._clock()
        with self._store.writing() as connection:
            connection.execute(
                insert(draft).values(
                    id=draft_id,
                    programme_id=actor.programme_id,
                    kind=kind.value,
                    content_id=content_id,
                    origin=origin,
                    head=1,
                    last=1,
                    begun_by=actor.person_id,
                    begun_at=now,
                )
            )
            _keep_revision(connection, actor, draft_id, 1, None, (text, plays_text), "", now)
            return _opened(connection, actor, draft_id)

    def of(self, actor: Actor) -> tuple[DraftSummary, ...]:
        """The programme's drafts, the one saved last first.

        Raises:
            NotAllowed: the actor is no author.
        """
        must_author(actor)
        wanted = (
            select(draft, draft_revision.c.text_hash, draft_revision.c.at, person.c.name)
            .join(draft_revision, (draft_revision.c.draft_id == draft.c.id) & (draft_revision.c.number == draft.c.head))
            .join(person, person.c.id == draft_revision.c.by)
            .where(draft.c.programme_id == actor.programme_id, draft.c.discarded_at.is_(None))
            .order_by(draft_revision.c.at.desc(), draft.c.id)
        )
        with self._store.reading() as connection:
            return tuple(
                DraftSummary(
                    row.id, DraftKind(row.kind), row.content_id, row.origin, row.head, row.text_hash, row.name, row.at
                )
                for row in connection.execute(wanted)
            )

    def open(self, actor: Actor, draft_id: str) -> Draft:
        """A draft as it stands.

        Raises:
            NotAllowed: the actor is no author.
            DraftMissing: it is not there, or another programme's.
        """
        must_author(actor)
        with self._store.reading() as connection:
            return _opened(connection, actor, draft_id)

    def save(
        self, actor: Actor, draft_id: str, based_on: int, text: str, plays_text: str | None, *, about: str = ""
    ) -> Draft:
        """Keep the texts as the draft's next revision. The same texts make none.

        `about` names the place that is being written at: saves there that follow each other closely are one step.

        Raises:
            NotAllowed, DraftMissing: as for `open`.
            DraftMoved: somebody has saved it since `based_on`. Nothing is written.
            Unfit: a text is too long to be read.
        """
        must_author(actor)
        _fits(text, plays_text)
        now = self._clock()
        with self._store.writing() as connection:
            row = _locked(connection, actor, draft_id, based_on)
            head = _revision(connection, draft_id, row.head)
            if (head.text_hash, head.plays_hash) == _hashes((text, plays_text)):
                return _opened(connection, actor, draft_id)
            number, previous = row.last + 1, row.head
            if _goes_on(head, actor, about, now) and not _has_next(connection, draft_id, row.head):
                previous = head.previous
                connection.execute(_this_revision(draft_id, row.head))
            _keep_revision(connection, actor, draft_id, number, previous, (text, plays_text), about, now)
            _forget_texts(connection, {head.text_hash, head.plays_hash} - {None})
            connection.execute(update(draft).where(draft.c.id == draft_id).values(head=number, last=number))
            return _opened(connection, actor, draft_id)

    def undo(self, actor: Actor, draft_id: str, based_on: int) -> Draft:
        """Go back a step. The step stays, and can be gone again.

        Raises:
            NotAllowed, DraftMissing, DraftMoved: as for `save`.
            Unfit: there is no step before.
        """
        return self._step(actor, draft_id, based_on, forwards=False)

    def redo(self, actor: Actor, draft_id: str, based_on: int) -> Draft:
        """Go a step that was undone again.

        Raises:
            NotAllowed, DraftMissing, DraftMoved: as for `save`.
            Unfit: no step was undone.
        """
        return self._step(actor, draft_id, based_on, forwards=True)

    def revisions(self, actor: Actor, draft_id: str) -> tuple[Revision, ...]:
        """Every step of a draft that is kept, newest first.

        Raises:
            NotAllowed, DraftMissing: as for `open`.
        """
        must_author(actor)
        wanted = (
            select(draft_revision, person.c.name)
            .join(person, person.c.id == draft_revision.c.by)
            .where(draft_revision.c.draft_id == draft_id)
            .order_by(draft_revision.c.number.desc())
        )
        with self._store.reading() as connection:
            _row_of(connection, actor, draft_id)
            return tuple(
                Revision(row.number, row.previous, row.name, row.at, row.about) for row in connection.execute(wanted)
            )

    def discard(self, actor: Actor, draft_id: str) -> None:
        """Throw a draft away. What was published of it stays; its texts are kept for whoever looks after the records.

        Raises:
            NotAllowed, DraftMissing: as for `open`.
        """
        must_author(actor)
        with self._store.writing() as connection:
            _row_of(connection, actor, draft_id)
            connection.execute(update(draft).where(draft.c.id == draft_id).values(discarded_at=self._clock()))

    def copy(self, actor: Actor, draft_id: str, text: str, plays_text: str | None) -> Draft:
        """Keep texts as a draft of its own beside the one that they were written for.

        Raises:
            NotAllowed, DraftMissing, Unfit: as for `open` and `begin`.
        """
        of = self.open(actor, draft_id)
        return self.begin(actor, of.kind, of.content_id, text, plays_text, "copy")

    def _step(self, actor: Actor, draft_id: str, based_on: int, *, forwards: bool) -> Draft:
        must_author(actor)
        with self._store.writing() as connection:
            row = _locked(connection, actor, draft_id, based_on)
            to = (
                _has_next(connection, draft_id, row.head)
                if forwards
                else _revision(connection, draft_id, row.head).previous
            )
            if to is None:
                raise Unfit("Nothing was undone." if forwards else "There is no step before this one.")
            connection.execute(update(draft).where(draft.c.id == draft_id).values(head=to))
            return _opened(connection, actor, draft_id)


def must_author(actor: Actor) -> None:
    """Refuse whoever is no author of their programme; the person alone at the computer is one.

    Raises:
        NotAllowed: they are not.
    """
    if not actor.alone:
        actor.must(Action.AUTHOR, Relation.PROGRAMME)


def exact_hash(text: str) -> str:
    """SHA-256 of a text with its line ends as they are: a draft keeps every byte."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _fits(text: str, plays_text: str | None) -> None:
    for one in (text, plays_text or ""):
        if len(one) > MOST_CHARACTERS:
            raise Unfit(f"The text is longer than {MOST_CHARACTERS:,} characters; a scenario is never that long.")


def _hashes(texts: tuple[str, str | None]) -> tuple[str, str | None]:
    text, plays = texts
    return exact_hash(text), None if plays is None else exact_hash(plays)


def _row_of(connection: Connection, actor: Actor, draft_id: str, *, lock: bool = False) -> Row[Any]:
    wanted = select(draft).where(
        draft.c.id == draft_id, draft.c.programme_id == actor.programme_id, draft.c.discarded_at.is_(None)
    )
    row = connection.execute(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise DraftMissing
    return row


def _locked(connection: Connection, actor: Actor, draft_id: str, based_on: int) -> Row[Any]:
    """The draft's row, held until the transaction ends, if it still stands at `based_on`."""
    row = _row_of(connection, actor, draft_id, lock=True)
    if row.head != based_on:
        now = _opened(connection, actor, draft_id)
        raise DraftMoved(now.by, now.at.isoformat(), now.head)
    return row


def _revision(connection: Connection, draft_id: str, number: int) -> Row[Any]:
    return connection.execute(
        select(draft_revision).where(draft_revision.c.draft_id == draft_id, draft_revision.c.number == number)
    ).one()


def _this_revision(draft_id: str, number: int) -> Delete:
    return delete(draft_revision).where(draft_revision.c.draft_id == draft_id, draft_revision.c.number == number)


def _has_next(connection: Connection, draft_id: str, number: int) -> int | None:
    """The step last taken from a revision, if it was undone; None where there is none."""
    found: int | None = connection.execute(
        select(func.max(draft_revision.c.number)).where(
            draft_revision.c.draft_id == draft_id, draft_revision.c.previous == number
        )
    ).scalar_one()
    return found


def _goes_on(head: Row[Any], actor: Actor, about: str, now: datetime) -> bool:
    """Whether a save goes on with the one before: the same person, at the same place, without a pause."""
    return bool(
        about
        and head.about == about
        and head.by == actor.person_id
        and head.previous is not None
        and now - head.at <= ONE_STEP
    )


def _keep_revision(
    connection: Connection,
    actor: Actor,
    draft_id: str,
    number: int,
    previous: int | None,
    texts: tuple[str, str | None],
    about: str,
    now: datetime,
) -> None:
    text_hash, plays_hash = _hashes(texts)
    text, plays = texts
    keep_text(connection, KeptText(text_hash, "draft", text))
    if plays is not None and plays_hash is not None:
        keep_text(connection, KeptText(plays_hash, "plays", plays))
    connection.execute(
        insert(draft_revision).values(
            draft_id=draft_id,
            number=number,
            programme_id=actor.programme_id,
            previous=previous,
            text_hash=text_hash,
            plays_hash=plays_hash,
            about=about,
            by=actor.person_id,
            at=now,
        )
    )


def _forget_texts(connection: Connection, hashes: set[str]) -> None:
    """Delete texts that nothing names any more: those between two steps of the same typing."""
    for one in hashes:
        named = (
            select(draft_revision.c.number).where(
                or_(draft_revision.c.text_hash == one, draft_revision.c.plays_hash == one)
            ),
            select(published.c.number).where(or_(published.c.text_hash == one, published.c.plays_hash == one)),
            select(attempt.c.id).where(
                or_(attempt.c.scenario_hash == one, attempt.c.rubric_hash == one, attempt.c.behaviours_hash == one)
            ),
        )
        if not any(connection.execute(query.limit(1)).first() for query in named):
            connection.execute(delete(content_text).where(content_text.c.hash == one))


def _opened(connection: Connection, actor: Actor, draft_id: str) -> Draft:
    row = _row_of(connection, actor, draft_id)
    head = _revision(connection, draft_id, row.head)
    name = connection.execute(select(person.c.name).where(person.c.id == head.by)).scalar_one()
    return Draft(
        row.id,
        DraftKind(row.kind),
        row.content_id,
        row.origin,
        row.head,
        text_kept(connection, head.text_hash),
        None if head.plays_hash is None else text_kept(connection, head.plays_hash),
        name,
        head.at,
        head.previous is not None,
        _has_next(connection, draft_id, row.head) is not None,
    )


def text_kept(connection: Connection, wanted: str) -> str:
    """The text kept under a hash, which something names."""
    return str(connection.execute(select(content_text.c.text).where(content_text.c.hash == wanted)).scalar_one())
