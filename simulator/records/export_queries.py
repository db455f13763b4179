"""The selects behind an export; which attempts they are asked of is added by `exports`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from simulator.records.cohort_queries import standing_level, standing_ruling
from simulator.records.reviews import Step
from simulator.records.schema import (
    assignment,
    attempt,
    criterion_result,
    decision,
    incident,
    result,
    review_step,
)


def attempts_wanted() -> Select[Any]:
    """Attempts with what they came to, each under `attempt_id`."""
    steps = select(review_step.c.step).where(review_step.c.attempt_id == attempt.c.id)
    latest = steps.order_by(review_step.c.at.desc(), review_step.c.id.desc()).limit(1).scalar_subquery()
    released = exists().where(review_step.c.attempt_id == attempt.c.id, review_step.c.step == Step.RELEASED.value)
    of_attempt = [column for column in attempt.c if column.name not in {"id", "programme_id"}]
    return (
        select(
            attempt.c.id.label("attempt_id"),
            *of_attempt,
            result.c.ended_at,
            result.c.stopped,
            result.c.outcome,
            result.c.overall,
            result.c.scoring,
            assignment.c.due_at,
            assignment.c.closes_at,
            assignment.c.release,
            latest.label("step"),
            released.label("released"),
        )
        .join(assignment, assignment.c.id == attempt.c.assignment_id)
        .outerjoin(result, result.c.attempt_id == attempt.c.id)
    )


def scores_wanted() -> Select[Any]:
    """Criteria of attempts with the level that stands."""
    standing, overridden = standing_level()
    return select(criterion_result, standing.label("standing"), overridden.label("overridden")).order_by(
        criterion_result.c.attempt_id, criterion_result.c.criterion
    )


def choices_wanted() -> Select[Any]:
    """Decisions of attempts at clients as they were set, with where each led."""
    in_turn: dict[str, Any] = {"partition_by": decision.c.attempt_id, "order_by": decision.c.number}
    following: ColumnElement[Any] = func.lead(decision.c.node).over(**in_turn)
    return (
        select(
            decision.c.attempt_id,
            decision.c.number,
            func.row_number().over(**in_turn).label("position"),
            decision.c.node,
            decision.c.offered,
            decision.c.choice,
            func.coalesce(following, result.c.ending).label("leads_to"),
            *_version_columns(),
        )
        .join(attempt, attempt.c.id == decision.c.attempt_id)
        .join(result, result.c.attempt_id == decision.c.attempt_id)
        .where(attempt.c.scenario == attempt.c.slot)
        .order_by(decision.c.attempt_id, decision.c.number)
    )


def incidents_wanted() -> Select[Any]:
    """Critical behaviours with the ruling that stands."""
    return select(
        incident.c.attempt_id,
        incident.c.number,
        incident.c.behaviour,
        incident.c.repaired_at,
        standing_ruling().label("ruling"),
    ).order_by(incident.c.attempt_id, incident.c.number, incident.c.behaviour)


def versions_wanted(cohort_id: str) -> Select[Any]:
    """Every attempt at a client as set, the latest of its version first, with how many there are of it."""
    columns = _version_columns()
    latest = func.row_number().over(partition_by=columns, order_by=(attempt.c.started_at.desc(), attempt.c.id))
    return (
        select(
            *columns,
            attempt.c.scenario_hash,
            latest.label("latest"),
            func.count().over(partition_by=columns).label("attempts"),
        )
        .join(result, result.c.attempt_id == attempt.c.id)
        .join(assignment, assignment.c.id == attempt.c.assignment_id)
        .where(assignment.c.cohort_id == cohort_id, attempt.c.scenario == attempt.c.slot)
    )


def _version_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        attempt.c.scenario,
        result.c.meaning_hash,
        attempt.c.behaviours_hash,
        attempt.c.rubric,
        attempt.c.rubric_hash,
    )
