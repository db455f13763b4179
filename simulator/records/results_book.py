"""The results book: who stands where with an assignment, one row for each trainee, one cell for each client.

Only what counts and what is for the programme is read here: practice is nobody's but its person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, select

from simulator.records.access import Action, Actor
from simulator.records.actors import LEARNS, relation_to_cohort
from simulator.records.assignments import Assignment, Assignments, Counts
from simulator.records.reviews import Reviews, Said, Step
from simulator.records.schema import (
    attempt,
    comment,
    criterion_result,
    incident,
    membership,
    override,
    person,
    result,
    review_step,
    ruling,
)
from simulator.records.store import Store
from simulator.session.scoring import Level

PAGE = 50


class Status(StrEnum):
    """Where a trainee stands with one client of an assignment."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    LATE = "late"
    FOR_REVIEW = "for_review"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One trainee with one client: status, the attempt that counts, how many there are, and its standing levels.

    `overridden` are the criteria whose level a person put in place.
    """

    status: Status
    attempt_id: str | None
    attempts: int
    ended_at: datetime | None
    late: bool
    overall: float | None
    levels: Mapping[str, Level | None]
    overridden: frozenset[str]


@dataclass(frozen=True, slots=True)
class BookRow:
    """One trainee's line of the book: a cell for each client, in the order of the assignment."""

    person_id: str
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Book:
    """One page of the results book. `people` is how many lines there are over all pages."""

    assignment: Assignment
    people: int
    rows: tuple[BookRow, ...]


NOBODYS = Cell(Status.NOT_STARTED, None, 0, None, False, None, {}, frozenset())


class ResultsBook:
    """The use cases around the results book."""

    def __init__(self, store: Store, assignments: Assignments, reviews: Reviews) -> None:
        self._store = store
        self._assignments = assignments
        self._reviews = reviews

    def page(self, actor: Actor, assignment_id: str, page: int = 0, size: int = PAGE) -> Book:
        """One page of an assignment's book, by name.

        Raises:
            NotAllowed: not theirs to see.
        """
        found = self._assignments.one(actor, assignment_id)
        with self._store.reading() as connection:
            actor.must(Action.SEE_RESULTS, relation_to_cohort(connection, actor, found.cohort_id))
            people = _people_of(found)
            count = connection.execute(select(func.count()).select_from(people.subquery())).scalar_one()
            shown = connection.execute(
                people.order_by(person.c.name, person.c.id).limit(size).offset(page * size)
            ).all()
            cells = _cells(connection, found, [row.id for row in shown])
        rows = (
            BookRow(
                row.id,
                row.name,
                {slot.scenario: cells.get((row.id, slot.scenario), NOBODYS) for slot in found.setting.slots},
            )
            for row in shown
        )
        return Book(found, count, tuple(rows))

    def mine(self, actor: Actor, assignment_id: str) -> Mapping[str, Cell]:
        """The actor's own cells of an assignment that is set to them, by client; levels once feedback is open."""
        found = self._assignments.one(actor, assignment_id)
        with self._store.reading() as connection:
            cells = _cells(connection, found, [actor.person_id])
        mine = {slot.scenario: cells.get((actor.person_id, slot.scenario), NOBODYS) for slot in found.setting.slots}
        return {scenario: self._as_released(actor, cell) for scenario, cell in mine.items()}

    def _as_released(self, actor: Actor, cell: Cell) -> Cell:
        if cell.attempt_id is None or self._reviews.feedback_open(actor, cell.attempt_id):
            return cell
        return replace(cell, overall=None, levels={}, overridden=frozenset())


def _people_of(found: Assignment) -> Select[Any]:
    """Who is in the cohort, and who has left it but has done something for this assignment."""
    did = exists().where(attempt.c.assignment_id == found.id, attempt.c.person_id == person.c.id)
    return (
        select(person.c.id, person.c.name)
        .join(membership, membership.c.person_id == person.c.id)
        .where(
            membership.c.cohort_id == found.cohort_id,
            membership.c.role == LEARNS,
            membership.c.left_at.is_(None) | did,
        )
    )


def _cells(connection: Connection, found: Assignment, people: Sequence[str]) -> dict[tuple[str, str], Cell]:
    if not people:
        return {}
    by_place: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in connection.execute(_attempts_of(found.id, people)):
        by_place.setdefault((row.person_id, row.slot), []).append(row)
    counted = {place: counting(rows, found.setting.counts) for place, rows in by_place.items()}
    ids = [row.id for row in counted.values() if row is not None]
    levels, overridden = standing_levels(connection, ids)
    return {place: _cell(found, rows, counted[place], levels, overridden) for place, rows in by_place.items()}


def _attempts_of(assignment_id: str, people: Sequence[str]) -> Select[Any]:
    latest_step = (
        select(review_step.c.step)
        .where(review_step.c.attempt_id == attempt.c.id)
        .order_by(review_step.c.at.desc(), review_step.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    unruled = exists().where(
        incident.c.attempt_id == attempt.c.id,
        incident.c.repaired_at.is_(None),
        ~exists().where(
            and_(
                ruling.c.attempt_id == incident.c.attempt_id,
                ruling.c.number == incident.c.number,
                ruling.c.behaviour == incident.c.behaviour,
            )
        ),
    )
    last_reviewed = (
        select(func.max(review_step.c.at))
        .where(review_step.c.attempt_id == attempt.c.id, review_step.c.step != Step.REOPENED.value)
        .scalar_subquery()
    )
    appealed = exists().where(
        comment.c.attempt_id == attempt.c.id,
        comment.c.kind == Said.APPEAL.value,
        comment.c.at > func.coalesce(last_reviewed, attempt.c.started_at),
    )
    return (
        select(
            attempt.c.id,
            attempt.c.person_id,
            attempt.c.slot,
            attempt.c.started_at,
            attempt.c.ended,
            result.c.ended_at,
            result.c.overall,
            result.c.stopped,
            latest_step.label("step"),
            unruled.label("unruled"),
            appealed.label("appealed"),
        )
        .outerjoin(result, result.c.attempt_id == attempt.c.id)
        .where(attempt.c.assignment_id == assignment_id, attempt.c.person_id.in_(people))
        .order_by(attempt.c.started_at, attempt.c.id)
    )


def counting(rows: Sequence[Any], counts: Counts) -> Any | None:
    """Which of somebody's attempts at one client, the earliest first, is the one that counts; None while none is over.

    A stopped one has no score and counts only where there is no other.
    """
    over = [row for row in rows if row.ended and row.ended_at is not None]
    scored = [row for row in over if not row.stopped] or over
    if not scored:
        return None
    if counts is Counts.FIRST:
        return scored[0]
    if counts is Counts.LAST:
        return scored[-1]
    return max(scored, key=lambda row: -1.0 if row.overall is None else row.overall)


def standing_levels(
    connection: Connection, attempts: Sequence[str]
) -> tuple[dict[str, dict[str, Level | None]], dict[str, set[str]]]:
    """The levels that stand, by attempt and criterion, and the criteria where a person put another in place."""
    levels: dict[str, dict[str, Level | None]] = {one: {} for one in attempts}
    overridden: dict[str, set[str]] = {one: set() for one in attempts}
    for row in connection.execute(
        select(criterion_result.c.attempt_id, criterion_result.c.criterion, criterion_result.c.level)
        .where(criterion_result.c.attempt_id.in_(attempts), criterion_result.c.assessed.is_(True))
        .order_by(criterion_result.c.criterion)
    ):
        levels[row.attempt_id][row.criterion] = Level(row.level) if row.level else None
    put_in_place: dict[tuple[str, str], int | None] = {}
    for row in connection.execute(
        select(override.c.attempt_id, override.c.criterion, override.c.level)
        .where(override.c.attempt_id.in_(attempts))
        .order_by(override.c.at, override.c.id)
    ):
        put_in_place[row.attempt_id, row.criterion] = row.level
    for (attempt_id, criterion), level in put_in_place.items():
        if level is not None:
            levels[attempt_id][criterion] = Level(level)
            overridden[attempt_id].add(criterion)
    return levels, overridden


def _cell(
    found: Assignment,
    rows: Sequence[Row[Any]],
    counted: Row[Any] | None,
    levels: Mapping[str, Mapping[str, Level | None]],
    overridden: Mapping[str, set[str]],
) -> Cell:
    if counted is None:
        return Cell(Status.IN_PROGRESS, None, len(rows), None, False, None, {}, frozenset())
    late = counted.ended_at > found.setting.due_at
    return Cell(
        _status(counted, late),
        counted.id,
        len(rows),
        counted.ended_at,
        late,
        counted.overall,
        levels[counted.id],
        frozenset(overridden[counted.id]),
    )


def _status(counted: Row[Any], late: bool) -> Status:
    if counted.unruled or counted.appealed or counted.step == Step.REOPENED.value:
        return Status.FOR_REVIEW
    if counted.step is not None:
        return Status.REVIEWED
    return Status.LATE if late else Status.DONE
