"""Assignments: what a cohort is to do, who may begin what when, and which attempt counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select, update

from simulator.records.access import Action, Actor, Role
from simulator.records.accounts import proper_name
from simulator.records.actors import LEARNS, relation_to_cohort
from simulator.records.attempts import PlaceInAssignment
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import NotAllowed, Unfit
from simulator.records.schema import assignment, assignment_slot, attempt, cohort, membership
from simulator.records.store import Store
from simulator.session.events import Mode

FOR_A_PASS = 3
"""Clients that make a pass possible: one attempt is a profile (see `programme.standing`)."""


class Counts(StrEnum):
    """Which of several attempts counts."""

    FIRST = "first"
    LAST = "last"
    BEST = "best"


class Release(StrEnum):
    """When a trainee sees the debrief: with the end of each talk, when all is closed, or when it is released."""

    AT_ONCE = "at_once"
    AT_CLOSE = "at_close"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Slot:
    """A client to meet. An equal alternative may be met in its place. `reserved`: nowhere else before the close."""

    scenario: str
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is set. `attempts_allowed` is for each client; none is as many as one likes."""

    title: str
    slots: tuple[Slot, ...]
    mode: Mode
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    rubric: str | None = None
    attempts_allowed: int | None = 1
    counts: Counts = Counts.FIRST
    release: Release = Release.AT_ONCE


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment as it is kept. `zone` is its cohort's, in which its dates are meant."""

    id: str
    cohort_id: str
    cohort: str
    zone: str
    setting: Setting
    archived: bool

    def is_open(self, now: datetime) -> bool:
        """Whether a talk may be begun now."""
        return not self.archived and self.setting.opens_at <= now < self.setting.closes_at

    @property
    def can_pass(self) -> bool:
        """Whether there are enough clients in it for more than a profile."""
        return self.setting.mode is Mode.ASSESSMENT and len(self.setting.slots) >= FOR_A_PASS


class Assignments:
    """The use cases around assignments. Each asks first whether the actor may."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def set(self, actor: Actor, cohort_id: str, setting: Setting) -> str:
        """Set an assignment. Gives its id.

        Raises:
            NotAllowed: not theirs to set.
            Unfit: the window, the clients or the number of attempts make no sense.
        """
        title = proper_name(setting.title)
        _refuse_nonsense(setting)
        new = str(uuid4())
        with self._store.writing() as connection:
            actor.must(Action.ASSIGN, relation_to_cohort(connection, actor, cohort_id))
            connection.execute(
                insert(assignment).values(
                    id=new,
                    programme_id=actor.programme_id,
                    cohort_id=cohort_id,
                    title=title,
                    made_by=actor.person_id,
                    made_at=self._clock(),
                    **_columns(setting),
                )
            )
            connection.execute(
                insert(assignment_slot),
                [
                    {
                        "assignment_id": new,
                        "slot": slot.scenario,
                        "programme_id": actor.programme_id,
                        "position": position,
                        "reserved": slot.reserved,
                    }
                    for position, slot in enumerate(setting.slots)
                ],
            )
        return new

    def change(self, actor: Actor, assignment_id: str, setting: Setting) -> None:
        """Change when it is open, how often, what counts and when feedback opens. Its clients and mode stay.

        Raises:
            NotAllowed: not theirs to change.
            Unfit: as for `set`, or the clients or the mode differ.
        """
        _refuse_nonsense(setting)
        with self._store.writing() as connection:
            kept = self._found(connection, assignment_id)
            actor.must(Action.ASSIGN, relation_to_cohort(connection, actor, kept.cohort_id))
            if (kept.setting.mode, kept.setting.slots) != (setting.mode, setting.slots):
                raise Unfit("The clients and the mode of an assignment stay as they are; set a new one instead.")
            values = {"title": proper_name(setting.title), **_columns(setting)}
            connection.execute(update(assignment).where(assignment.c.id == assignment_id).values(**values))

    def archive(self, actor: Actor, assignment_id: str, archived: bool = True) -> None:
        """Put an assignment away, or take it out again. What was done for it stays."""
        with self._store.writing() as connection:
            kept = self._found(connection, assignment_id)
            actor.must(Action.ASSIGN, relation_to_cohort(connection, actor, kept.cohort_id))
            put_away = self._clock() if archived else None
            connection.execute(update(assignment).where(assignment.c.id == assignment_id).values(archived_at=put_away))

    def of_cohort(self, actor: Actor, cohort_id: str) -> tuple[Assignment, ...]:
        """A cohort's assignments, the latest due first, for who teaches it or sees results."""
        with self._store.reading() as connection:
            actor.must(Action.SEE_RESULTS, relation_to_cohort(connection, actor, cohort_id))
            return self._many(connection, assignment.c.cohort_id == cohort_id)

    def one(self, actor: Actor, assignment_id: str) -> Assignment:
        """An assignment, for its cohort's trainees and for who sees its results.

        Raises:
            NotAllowed: it is not there, or not theirs to see.
        """
        with self._store.reading() as connection:
            found = self._found(connection, assignment_id)
            if not _learns_in(connection, actor, found.cohort_id):
                actor.must(Action.SEE_RESULTS, relation_to_cohort(connection, actor, found.cohort_id))
            return found

    def mine(self, actor: Actor) -> tuple[Assignment, ...]:
        """What the actor has been set as a trainee, the next due first; not what is put away."""
        cohorts = select(membership.c.cohort_id).where(
            membership.c.person_id == actor.person_id, membership.c.role == LEARNS, membership.c.left_at.is_(None)
        )
        with self._store.reading() as connection:
            every = self._many(connection, assignment.c.cohort_id.in_(cohorts) & assignment.c.archived_at.is_(None))
        return tuple(sorted(every, key=lambda one: one.setting.due_at))

    def place_for(self, actor: Actor, assignment_id: str, slot: str) -> PlaceInAssignment:
        """Leave to begin a talk for an assignment now.

        Raises:
            NotAllowed: it is not set to the actor.
            Unfit: it is not open now, or all attempts are used up, or one is still going on.
        """
        now = self._clock()
        with self._store.reading() as connection:
            found = self._found(connection, assignment_id)
            if not _learns_in(connection, actor, found.cohort_id) or actor.guest:
                raise NotAllowed
            if slot not in {one.scenario for one in found.setting.slots}:
                raise NotAllowed
            if not found.is_open(now):
                raise Unfit("This assignment is not open now.")
            done = connection.execute(
                select(func.count(), func.count().filter(attempt.c.ended.is_(False))).where(
                    attempt.c.assignment_id == assignment_id,
                    attempt.c.person_id == actor.person_id,
                    attempt.c.slot == slot,
                )
            ).one()
        if done[1]:
            raise Unfit("You have begun this one already; go on where you left off.")
        allowed = found.setting.attempts_allowed
        if allowed is not None and done[0] >= allowed:
            raise Unfit("All attempts at this one are used up.")
        return PlaceInAssignment(assignment_id, slot)

    def reserved_now(self, programme_id: str) -> frozenset[str]:
        """The scenarios that are met nowhere but in an assignment, until the last one that reserves them closes."""
        wanted = (
            select(assignment_slot.c.slot)
            .join(assignment, assignment.c.id == assignment_slot.c.assignment_id)
            .where(
                assignment.c.programme_id == programme_id,
                assignment.c.archived_at.is_(None),
                assignment.c.closes_at > self._clock(),
                assignment_slot.c.reserved.is_(True),
            )
        )
        with self._store.reading() as connection:
            return frozenset(connection.execute(wanted).scalars())

    def _found(self, connection: Connection, assignment_id: str) -> Assignment:
        found = self._many(connection, assignment.c.id == assignment_id)
        if not found:
            raise NotAllowed
        return found[0]

    def _many(self, connection: Connection, which: Any) -> tuple[Assignment, ...]:
        rows = connection.execute(
            select(assignment, cohort.c.name.label("cohort"), cohort.c.zone)
            .join(cohort, cohort.c.id == assignment.c.cohort_id)
            .where(which)
            .order_by(assignment.c.due_at.desc(), assignment.c.id)
        ).all()
        slots: dict[str, list[Slot]] = {row.id: [] for row in rows}
        for row in connection.execute(
            select(assignment_slot)
            .where(assignment_slot.c.assignment_id.in_(slots))
            .order_by(assignment_slot.c.position)
        ):
            slots[row.assignment_id].append(Slot(row.slot, row.reserved))
        return tuple(_assignment(row, slots[row.id]) for row in rows)


def _learns_in(connection: Connection, actor: Actor, cohort_id: str) -> bool:
    return (
        Role.TRAINEE in actor.roles
        and connection.execute(
            select(membership.c.cohort_id).where(
                membership.c.cohort_id == cohort_id,
                membership.c.person_id == actor.person_id,
                membership.c.role == LEARNS,
                membership.c.left_at.is_(None),
            )
        ).first()
        is not None
    )


def _columns(setting: Setting) -> dict[str, Any]:
    return {
        "rubric": setting.rubric,
        "mode": setting.mode.value,
        "opens_at": setting.opens_at,
        "due_at": setting.due_at,
        "closes_at": setting.closes_at,
        "attempts_allowed": setting.attempts_allowed,
        "counts": setting.counts.value,
        "release": setting.release.value,
    }


def _assignment(row: Row[Any], slots: Sequence[Slot]) -> Assignment:
    setting = Setting(
        row.title,
        tuple(slots),
        Mode(row.mode),
        row.opens_at,
        row.due_at,
        row.closes_at,
        row.rubric,
        row.attempts_allowed,
        Counts(row.counts),
        Release(row.release),
    )
    return Assignment(row.id, row.cohort_id, row.cohort, row.zone, setting, row.archived_at is not None)


def _refuse_nonsense(setting: Setting) -> None:
    if not setting.slots:
        raise Unfit("Choose one client or more.")
    if len({slot.scenario for slot in setting.slots}) < len(setting.slots):
        raise Unfit("A client is in the list twice; name each once and allow more attempts instead.")
    if not setting.opens_at < setting.due_at <= setting.closes_at:
        raise Unfit("It has to open before it is due, and cannot close before it is due.")
    if setting.attempts_allowed is not None and setting.attempts_allowed < 1:
        raise Unfit("At least one attempt has to be allowed.")
