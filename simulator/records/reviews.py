"""Reviewing an attempt: looking at it, commenting, putting another level in place with a reason, ruling, releasing.

Nothing that was said is ever changed: what stands is the latest, and the history stays to be seen by both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select

from simulator.records.access import Action, Actor, Relation
from simulator.records.access_log import Looked, log_look
from simulator.records.actors import LEARNS, relation_to_cohort, relation_to_person
from simulator.records.assignments import Release
from simulator.records.attempts import Attempts, OpenAttempt
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import AttemptMissing, Unfit
from simulator.records.schema import (
    assignment,
    attempt,
    comment,
    criterion_result,
    incident,
    membership,
    override,
    person,
    review_step,
    ruling,
)
from simulator.records.store import Store
from simulator.session.scoring import Level

MOST_SAID = 5_000


class Said(StrEnum):
    """Words on an attempt: a reviewer's comment, the trainee's answer, or their appeal against a level."""

    COMMENT = "comment"
    ANSWER = "answer"
    APPEAL = "appeal"


class Step(StrEnum):
    """Where a review stands. `RELEASED` also opens the feedback, where that is done by hand."""

    REVIEWED = "reviewed"
    RELEASED = "released"
    REOPENED = "reopened"


class Ruled(StrEnum):
    """Whether a critical incident is one."""

    CONFIRMED = "confirmed"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said on an attempt; `number` is that of the turn's event, if it is about one."""

    author: str
    mine: bool
    kind: Said
    number: int | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Override:
    """A level that a person put in place of the one worked out (none: back to that), and why."""

    criterion: str
    level: Level | None
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person found about a critical incident, and why. `number` is that of its event."""

    number: int
    behaviour: str
    ruling: Ruled
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a review."""

    step: Step
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """Everything people said about an attempt, the earliest first."""

    remarks: tuple[Remark, ...]
    overrides: tuple[Override, ...]
    rulings: tuple[Ruling, ...]
    steps: tuple[StepTaken, ...]

    @property
    def levels(self) -> Mapping[str, Override]:
        """The override that stands, by criterion; not there where the level worked out stands."""
        latest = {one.criterion: one for one in self.overrides}
        return {name: one for name, one in latest.items() if one.level is not None}

    @property
    def standing(self) -> Mapping[tuple[int, str], Ruling]:
        """The ruling that stands, by the incident's event and behaviour."""
        return {(one.number, one.behaviour): one for one in self.rulings}

    @property
    def step(self) -> Step | None:
        """Where the review stands."""
        return self.steps[-1].step if self.steps else None


@dataclass(frozen=True, slots=True)
class SharedPractice:
    """A practice that its trainee let others see."""

    attempt_id: str
    trainee: str
    scenario: str
    started_at: datetime


class Reviews:
    """The use cases around reviews. Each asks first whether the actor may, and writes down that they did."""

    def __init__(self, store: Store, attempts: Attempts, clock: Clock = utc_now) -> None:
        self._store = store
        self._attempts = attempts
        self._clock = clock

    def open(self, actor: Actor, attempt_id: str) -> OpenAttempt:
        """Another's attempt as it stands: one for an assignment that the actor sees results of, or one shared.

        Raises:
            AttemptMissing: it is not there, or not theirs to see.
        """
        with self._store.writing() as connection:
            of = self._may(connection, actor, attempt_id, Action.SEE_ATTEMPT)
            log_look(connection, actor, of.person_id, Looked.OPENED_ATTEMPT, self._clock(), subject=attempt_id)
        return self._attempts.open(attempt_id)

    def look_on(self, actor: Actor, attempt_id: str) -> OpenAttempt:
        """The same attempt again, while one goes on looking at it: that was written down when it was opened."""
        with self._store.reading() as connection:
            self._may(connection, actor, attempt_id, Action.SEE_ATTEMPT)
        return self._attempts.open(attempt_id)

    def of(self, actor: Actor, attempt_id: str) -> Review:
        """What was said about an attempt, for who may see it; for its trainee once its feedback is open."""
        with self._store.reading() as connection:
            of = self._may(connection, actor, attempt_id, Action.SEE_ATTEMPT)
            if of.person_id == actor.person_id and not self._feedback_open(connection, of):
                return Review((), (), (), ())
            return _review(connection, attempt_id, actor)

    def feedback_open(self, actor: Actor, attempt_id: str) -> bool:
        """Whether its own trainee may see the debrief of an attempt by now.

        Raises:
            AttemptMissing: it is not there, or not theirs to see.
        """
        with self._store.reading() as connection:
            of = self._may(connection, actor, attempt_id, Action.SEE_ATTEMPT)
            return of.person_id != actor.person_id or self._feedback_open(connection, of)

    def shared_in(self, actor: Actor, cohort_id: str) -> tuple[SharedPractice, ...]:
        """The practice that trainees of a cohort have shared, the latest first.

        Raises:
            NotAllowed: not theirs to see.
        """
        wanted = (
            select(attempt.c.id, person.c.name, attempt.c.scenario, attempt.c.started_at)
            .join(person, person.c.id == attempt.c.person_id)
            .join(membership, (membership.c.person_id == person.c.id) & (membership.c.cohort_id == cohort_id))
            .where(membership.c.role == LEARNS, attempt.c.shared_at.is_not(None), attempt.c.assignment_id.is_(None))
            .order_by(attempt.c.started_at.desc(), attempt.c.id)
        )
        with self._store.reading() as connection:
            actor.must(Action.SEE_RESULTS, relation_to_cohort(connection, actor, cohort_id))
            return tuple(SharedPractice(*row) for row in connection.execute(wanted))

    def withheld(self, actor: Actor) -> frozenset[str]:
        """The actor's own attempts whose feedback is not open yet: nothing that is worked out of them is shown."""
        with self._store.reading() as connection:
            rows = connection.execute(
                _ATTEMPT.where(attempt.c.person_id == actor.person_id, attempt.c.assignment_id.is_not(None))
            ).all()
            return frozenset(row.id for row in rows if not self._feedback_open(connection, row))

    def comment(self, actor: Actor, attempt_id: str, text: str, number: int | None = None) -> None:
        """Say something about an attempt or one of its turns."""
        with self._store.writing() as connection:
            of = self._may(connection, actor, attempt_id, Action.REVIEW)
            self._say(connection, actor, of, Said.COMMENT, text, number)
            log_look(connection, actor, of.person_id, Looked.COMMENTED, self._clock(), subject=attempt_id)

    def answer(self, actor: Actor, attempt_id: str, text: str, number: int | None = None) -> None:
        """Answer as the trainee whose attempt it is."""
        self._say_as_trainee(actor, attempt_id, Said.ANSWER, text, number)

    def appeal(self, actor: Actor, attempt_id: str, text: str) -> None:
        """Ask, as the trainee whose attempt it is, that somebody looks at it again: it stands for review anew."""
        self._say_as_trainee(actor, attempt_id, Said.APPEAL, text, None)

    def override(self, actor: Actor, attempt_id: str, criterion: str, level: Level | None, reason: str) -> None:
        """Put another level in place of the one worked out, with a reason; none goes back to that.

        Raises:
            Unfit: no reason, or the attempt has no result on this criterion.
        """
        with self._store.writing() as connection:
            of = self._may(connection, actor, attempt_id, Action.REVIEW)
            there = select(criterion_result.c.criterion).where(
                criterion_result.c.attempt_id == attempt_id, criterion_result.c.criterion == criterion
            )
            if connection.execute(there).first() is None:
                raise Unfit("This attempt has no result on that criterion.")
            self._add(
                connection,
                override,
                actor,
                of,
                criterion=criterion,
                level=level and level.value,
                reason=_reason(reason),
            )
            log_look(
                connection, actor, of.person_id, Looked.OVERRODE_LEVEL, self._clock(), subject=attempt_id,
                detail=criterion,
            )  # fmt: skip

    def rule(self, actor: Actor, attempt_id: str, number: int, behaviour: str, found: Ruled, reason: str) -> None:
        """Confirm or clear a critical incident, as a named person with a reason.

        Raises:
            Unfit: no reason, or there is no such incident.
        """
        with self._store.writing() as connection:
            of = self._may(connection, actor, attempt_id, Action.REVIEW)
            there = select(incident.c.number).where(
                incident.c.attempt_id == attempt_id, incident.c.number == number, incident.c.behaviour == behaviour
            )
            if connection.execute(there).first() is None:
                raise Unfit("There is no such incident in this attempt.")
            self._add(
                connection, ruling, actor, of, number=number, behaviour=behaviour, ruling=found.value,
                reason=_reason(reason),
            )  # fmt: skip
            log_look(
                connection, actor, of.person_id, Looked.RULED_ON_INCIDENT, self._clock(), subject=attempt_id,
                detail=behaviour,
            )  # fmt: skip

    def take_step(self, actor: Actor, attempt_id: str, step: Step, reason: str = "") -> None:
        """Mark an attempt reviewed, release its feedback, or reopen the review, which takes a reason."""
        with self._store.writing() as connection:
            of = self._may(connection, actor, attempt_id, Action.REVIEW)
            told = _reason(reason) if step is Step.REOPENED else reason.strip()[:MOST_SAID]
            self._add(connection, review_step, actor, of, step=step.value, reason=told)
            log_look(
                connection, actor, of.person_id, Looked.REVIEWED, self._clock(), subject=attempt_id, detail=step.value
            )

    def _say_as_trainee(self, actor: Actor, attempt_id: str, kind: Said, text: str, number: int | None) -> None:
        with self._store.writing() as connection:
            of = self._may(connection, actor, attempt_id, Action.ANSWER_REVIEW)
            if of.assignment_id is None and of.shared_at is None:
                raise Unfit("Nobody but you sees this attempt; share it first.")
            self._say(connection, actor, of, kind, text, number)

    def _say(self, connection: Connection, actor: Actor, of: Any, kind: Said, text: str, number: int | None) -> None:
        words = text.strip()[:MOST_SAID]
        if not words:
            raise Unfit("There is nothing written yet.")
        self._add(connection, comment, actor, of, kind=kind.value, text=words, number=number)

    def _add(self, connection: Connection, table: Any, actor: Actor, of: Any, **values: Any) -> None:
        connection.execute(
            insert(table).values(
                id=str(uuid4()),
                programme_id=of.programme_id,
                attempt_id=of.id,
                author_id=actor.person_id,
                at=self._clock(),
                **values,
            )
        )

    def _may(self, connection: Connection, actor: Actor, attempt_id: str, action: Action) -> Any:
        """The attempt's row, if the actor may do this to it: practice that nobody shared is its person's alone."""
        of = connection.execute(_ATTEMPT.where(attempt.c.id == attempt_id)).first()
        if of is None:
            raise AttemptMissing
        if of.person_id == actor.person_id:
            relation = Relation.SELF
        elif of.assignment_id is not None:
            relation = relation_to_cohort(connection, actor, of.cohort_id)
        elif of.shared_at is not None:
            relation = relation_to_person(connection, actor, of.person_id)
        else:
            raise AttemptMissing
        if not actor.may(action, relation):
            raise AttemptMissing
        return of

    def _feedback_open(self, connection: Connection, of: Any) -> bool:
        if of.assignment_id is None or of.release == Release.AT_ONCE.value:
            return True
        if of.release == Release.AT_CLOSE.value and of.closes_at <= self._clock():
            return True
        steps = select(review_step.c.step).where(
            review_step.c.attempt_id == of.id, review_step.c.step == Step.RELEASED.value
        )
        return connection.execute(steps).first() is not None


_ATTEMPT = select(
    attempt.c.id,
    attempt.c.programme_id,
    attempt.c.person_id,
    attempt.c.assignment_id,
    attempt.c.shared_at,
    assignment.c.cohort_id,
    assignment.c.release,
    assignment.c.closes_at,
).outerjoin(assignment, assignment.c.id == attempt.c.assignment_id)


def _review(connection: Connection, attempt_id: str, actor: Actor) -> Review:
    def rows(table: Any) -> list[Row[Any]]:
        wanted = (
            select(table, person.c.name.label("author"))
            .join(person, person.c.id == table.c.author_id)
            .where(table.c.attempt_id == attempt_id)
            .order_by(table.c.at, table.c.id)
        )
        return list(connection.execute(wanted))

    return Review(
        tuple(
            Remark(row.author, row.author_id == actor.person_id, Said(row.kind), row.number, row.text, row.at)
            for row in rows(comment)
        ),
        tuple(
            Override(row.criterion, Level(row.level) if row.level else None, row.reason, row.author, row.at)
            for row in rows(override)
        ),
        tuple(
            Ruling(row.number, row.behaviour, Ruled(row.ruling), row.reason, row.author, row.at) for row in rows(ruling)
        ),
        tuple(StepTaken(Step(row.step), row.reason, row.author, row.at) for row in rows(review_step)),
    )


def _reason(text: str) -> str:
    told = text.strip()[:MOST_SAID]
    if not told:
        raise Unfit("A reason is needed: the trainee reads it.")
    return told
