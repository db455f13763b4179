"""The selects behind a cohort's results: which attempts count, which are first meetings, what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Float, Select, and_, case, cast, exists, func, select

from simulator.content.rubric import Rubric
from simulator.content.shape import shaped
from simulator.content.source import read
from simulator.records.assignments import Counts
from simulator.records.cohort_rows import Scope, Version
from simulator.records.schema import (
    assignment,
    attempt,
    content_text,
    criterion_result,
    decision,
    incident,
    override,
    result,
    ruling,
)
from simulator.session.events import Mode


def over(scope: Scope) -> Select[Any]:
    """Every attempt for the scope's assignments that came to an ending, with what it came to."""
    wanted = (
        select(
            attempt.c.id,
            attempt.c.person_id,
            attempt.c.assignment_id,
            attempt.c.slot,
            attempt.c.scenario,
            attempt.c.scenario_hash,
            attempt.c.behaviours_hash,
            attempt.c.rubric,
            attempt.c.rubric_hash,
            (attempt.c.mode == Mode.ASSESSMENT.value).label("assessed"),
            attempt.c.started_at,
            result.c.meaning_hash,
            result.c.ending,
            result.c.overall,
            assignment.c.counts,
        )
        .join(assignment, assignment.c.id == attempt.c.assignment_id)
        .join(result, result.c.attempt_id == attempt.c.id)
        .where(
            assignment.c.cohort_id == scope.cohort_id,
            attempt.c.ended.is_(True),
            result.c.stopped.is_(False),
            result.c.ending.is_not(None),
        )
    )
    if scope.assignment_id is not None:
        wanted = wanted.where(assignment.c.id == scope.assignment_id)
    return wanted


def counted(scope: Scope) -> CTE:
    """Of each person's attempts at each client of an assignment, the one that its rule lets count.

    The same as `results_book.counting` chooses among those that came to an ending.
    """
    every = over(scope).cte("over")
    best, last = every.c.counts == Counts.BEST.value, every.c.counts == Counts.LAST.value
    place = func.row_number().over(
        partition_by=(every.c.assignment_id, every.c.person_id, every.c.slot),
        order_by=(
            case((best, func.coalesce(every.c.overall, -1.0)), else_=0.0).desc(),
            case((last, every.c.started_at)).desc(),
            case((last, every.c.id)).desc(),
            every.c.started_at,
            every.c.id,
        ),
    )
    ranked = select(every, place.label("place")).cte("ranked")
    return select(ranked).where(ranked.c.place == 1).cte("counted")


NEWEST = 2_000
"""Attempts that the figures on single decisions are made of at most, so that they stay quick at any size."""


def newest(of: CTE) -> CTE:
    """Of these attempts the newest."""
    age = func.row_number().over(order_by=(of.c.started_at.desc(), of.c.id.desc()))
    aged = select(of, age.label("age")).cte("aged")
    return select(aged).where(aged.c.age <= NEWEST).cte("newest")


def numbered(of: CTE) -> CTE:
    """The same attempts with `version`, a number for each version, and `nth`: which of their person's at it they are.

    Decisions are many, and hashes long to sort them by.
    """
    version = func.dense_rank().over(order_by=version_columns(of))
    nth = func.row_number().over(
        partition_by=(of.c.person_id, *version_columns(of)), order_by=(of.c.started_at, of.c.id)
    )
    return select(of, version.label("version"), nth.label("nth")).cte("numbered")


def first_meetings(scope: Scope, clients: Mapping[str, str], people: Sequence[str] | None = None) -> CTE:
    """The attempts that are their person's first with a client, whatever was begun with that client elsewhere.

    `clients` names whom a scenario is a meeting with, where several are with the same; the others are one each. Only
    attempts of the scope come out, of these people only if given; that there was another attempt before is all that
    is used of it.
    """
    wanted = over(scope)
    if people is not None:
        wanted = wanted.where(attempt.c.person_id.in_(people))
    every = wanted.cte("over")
    whom = case(dict(clients), value=attempt.c.scenario, else_=attempt.c.scenario) if clients else attempt.c.scenario
    place = func.row_number().over(
        partition_by=(attempt.c.person_id, whom), order_by=(attempt.c.started_at, attempt.c.id)
    )
    whose = select(every.c.person_id) if people is None else people
    met = select(attempt.c.id, place.label("place")).where(attempt.c.person_id.in_(whose)).cte("met")
    return select(every).join(met, met.c.id == every.c.id).where(met.c.place == 1).cte("first_meetings")


def enough_by_rubric(connection: Connection, of: CTE) -> dict[str, int]:
    """From how many opportunities each rubric's text gives a score; a text that cannot be read any more is left out."""
    texts = select(content_text.c.hash, content_text.c.text).where(content_text.c.hash.in_(select(of.c.rubric_hash)))
    found = {}
    for row in connection.execute(texts):
        rubric, _ = shaped(read(row.text, "rubric"), Rubric, "the rubric")
        if rubric is not None:
            found[row.hash] = rubric.cuts.enough
    return found


def base(enough: Mapping[str, int], of: CTE) -> ColumnElement[float]:
    """What a criterion's score is measured against: its weights; at least enough where the client left early.

    There is a score below enough only then (see `Scoring`). `enough` is by the hash of the rubric.
    """
    least = case(dict(enough), value=of.c.rubric_hash, else_=0) if enough else case((of.c.id.is_not(None), 0))
    lost = and_(criterion_result.c.score.is_not(None), criterion_result.c.weight < least)
    return cast(case((lost, least), else_=criterion_result.c.weight), Float)


def standing_level() -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """The level that stands for a row of `criterion_result`, and whether a person put it in place."""
    latest = (
        select(override.c.level)
        .where(
            override.c.attempt_id == criterion_result.c.attempt_id, override.c.criterion == criterion_result.c.criterion
        )
        .order_by(override.c.at.desc(), override.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(latest, criterion_result.c.level), latest.is_not(None)


def standing_ruling() -> ColumnElement[Any]:
    """The ruling that stands on a row of `incident`; none where nobody has ruled on it."""
    return (
        select(ruling.c.ruling)
        .where(
            ruling.c.attempt_id == incident.c.attempt_id,
            ruling.c.number == incident.c.number,
            ruling.c.behaviour == incident.c.behaviour,
        )
        .order_by(ruling.c.at.desc(), ruling.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def decisions_made(of: CTE, *more: ColumnElement[Any]) -> Select[Any]:
    """The decisions of numbered attempts at clients that were set, with `more` beside them.

    An equal alternative is met in the place of what was set; that anybody chose one is nobody's to see, so what
    happened in it is in no picture of one scenario.
    """
    kept = (decision.c.node, decision.c.offered, decision.c.choice)
    return (
        select(of.c.version, of.c.id.label("attempt_id"), of.c.person_id, *kept, *more)
        .join(decision, decision.c.attempt_id == of.c.id)
        .where(of.c.scenario == of.c.slot)
    )


def is_first(of: CTE) -> ColumnElement[bool]:
    """Whether a decision is the first at its node in its person's first attempt at the version."""
    earlier = decision.alias("earlier")
    came_by = exists().where(
        earlier.c.attempt_id == decision.c.attempt_id,
        earlier.c.number < decision.c.number,
        earlier.c.node == decision.c.node,
    )
    return and_(of.c.nth == 1, ~came_by)


def leads_to(of: CTE) -> ColumnElement[str]:
    """The node of the attempt's next decision, or its ending."""
    later = decision.alias("later")
    following = (
        select(later.c.node)
        .where(later.c.attempt_id == decision.c.attempt_id, later.c.number > decision.c.number)
        .order_by(later.c.number)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(following, of.c.ending)


def with_versions(of: CTE, counts: CTE) -> Select[Any]:
    """Counts by the number of a version, with what the version is."""
    named = select(of.c.version, *version_columns(of)).distinct().cte("named")
    return select(counts, *version_columns(named)).join(named, named.c.version == counts.c.version)


def version_columns(of: CTE) -> tuple[ColumnElement[Any], ...]:
    """What makes a version, of attempts or decisions."""
    return of.c.scenario, of.c.meaning_hash, of.c.behaviours_hash, of.c.rubric, of.c.rubric_hash


def version_of(row: Any) -> Version:
    """The version that a row is of."""
    return Version(row.scenario, row.meaning_hash, row.behaviours_hash, row.rubric, row.rubric_hash)
