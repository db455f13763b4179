"""A cohort's attempts one by one where a figure needs them so, and people's first meetings with clients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, Connection, Row, and_, case, func, select

from simulator.records.access import Actor
from simulator.records.cohort_queries import (
    counted,
    first_meetings,
    standing_level,
    standing_ruling,
    version_of,
)
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import ChangeSums, MeetingSums, MetAttempt, Scope
from simulator.records.schema import criterion_result, decision, incident, person
from simulator.session.scoring import Decision, Level

AT_ONCE = 500
"""Attempts whose decisions are asked for in one query."""


class CohortAttempts:
    """The queries on attempts one by one. Each asks first whether the actor may see the cohort's results.

    Every one raises `NotAllowed` where they are not, or the assignment is none of the cohort's. What has left the
    database here is scored again, or shown beside a name: nothing of practice is in it.
    """

    def __init__(self, results: CohortResults) -> None:
        self._results = results

    def counted(self, actor: Actor, scope: Scope) -> tuple[MetAttempt, ...]:
        """The attempts that count, by person and time."""
        with self._results.allowed(actor, scope) as connection:
            return met_attempts(connection, counted(scope))

    def first_met(
        self, actor: Actor, scope: Scope, clients: Mapping[str, str], people: Sequence[str] | None = None
    ) -> tuple[MetAttempt, ...]:
        """The attempts that are first meetings with a client, by person and time; of these people only, if given.

        `clients` names whom a scenario is a meeting with, where several are with the same.
        """
        with self._results.allowed(actor, scope) as connection:
            return met_attempts(connection, first_meetings(scope, clients, people))

    def meetings(
        self, actor: Actor, scope: Scope, clients: Mapping[str, str]
    ) -> tuple[tuple[MeetingSums, ...], tuple[ChangeSums, ...]]:
        """Scores at first meetings with different clients, by their order; and the change from the first to the latest.

        `clients` names whom a scenario is a meeting with, where several are with the same.
        """
        scored = _scored_meetings(first_meetings(scope, clients))
        at = (scored.c.rubric, scored.c.criterion, scored.c.position, scored.c.slot)
        by_position = select(*at, *_moments_of(scored.c.score)).group_by(*at).order_by(*at)
        per_person = (
            select(
                scored.c.rubric,
                scored.c.criterion,
                (
                    func.max(case((scored.c.from_last == 1, scored.c.score)))
                    - func.max(case((scored.c.position == 1, scored.c.score)))
                ).label("change"),
            )
            .group_by(scored.c.rubric, scored.c.criterion, scored.c.person_id)
            .having(func.count() > 1)
            .cte("per_person")
        )
        of = (per_person.c.rubric, per_person.c.criterion)
        changes = select(*of, *_moments_of(per_person.c.change)).group_by(*of).order_by(*of)
        with self._results.allowed(actor, scope) as connection:
            positions = connection.execute(by_position).all()
            changed = connection.execute(changes).all()
        return (
            tuple(
                MeetingSums(
                    row.rubric,
                    row.criterion,
                    row.position,
                    clients.get(row.slot, row.slot),
                    row.people,
                    float(row.total),
                    float(row.squares),
                )
                for row in positions
            ),
            tuple(
                ChangeSums(row.rubric, row.criterion, row.people, float(row.total), float(row.squares))
                for row in changed
            ),
        )


def met_attempts(connection: Connection, of: CTE) -> tuple[MetAttempt, ...]:
    """These attempts as they are scored, by person and time. For the modules of the records."""
    wanted = select(of, person.c.name).join(person, person.c.id == of.c.person_id)
    heads = connection.execute(wanted.order_by(person.c.name, of.c.person_id, of.c.started_at, of.c.id)).all()
    found: list[MetAttempt] = []
    for start in range(0, len(heads), AT_ONCE):
        found.extend(_with_details(connection, heads[start : start + AT_ONCE]))
    return tuple(found)


def _with_details(connection: Connection, heads: Sequence[Row[Any]]) -> Iterator[MetAttempt]:
    ids = [row.id for row in heads]
    decisions = _decisions(connection, ids)
    scores, levels, overridden = _judged(connection, ids)
    waiting = _waiting(connection, ids)
    for row in heads:
        yield MetAttempt(
            row.id,
            row.person_id,
            row.name,
            row.slot,
            row.scenario,
            version_of(row),
            row.scenario_hash,
            row.ending,
            row.started_at,
            bool(row.assessed),
            tuple(decisions.get(row.id, ())),
            scores.get(row.id, {}),
            levels.get(row.id, {}),
            frozenset(overridden.get(row.id, ())),
            waiting.get(row.id, 0),
        )


def _decisions(connection: Connection, ids: Sequence[str]) -> dict[str, list[Decision]]:
    rows = connection.execute(
        select(decision.c.attempt_id, decision.c.number, decision.c.node, decision.c.offered, decision.c.choice)
        .where(decision.c.attempt_id.in_(ids))
        .order_by(decision.c.attempt_id, decision.c.number)
    )
    found: dict[str, list[Decision]] = {}
    for row in rows:
        one = Decision(row.number, row.node, tuple(row.offered.split()), row.choice)
        found.setdefault(row.attempt_id, []).append(one)
    return found


def _judged(
    connection: Connection, ids: Sequence[str]
) -> tuple[dict[str, dict[str, float | None]], dict[str, dict[str, Level | None]], dict[str, set[str]]]:
    """Scores and levels worked out, and the criteria where a person put another level in place."""
    _, by_hand = standing_level()
    scores: dict[str, dict[str, float | None]] = {}
    levels: dict[str, dict[str, Level | None]] = {}
    overridden: dict[str, set[str]] = {}
    for row in connection.execute(
        select(
            criterion_result.c.attempt_id,
            criterion_result.c.criterion,
            criterion_result.c.score,
            criterion_result.c.level,
            by_hand.label("by_hand"),
        )
        .where(criterion_result.c.attempt_id.in_(ids))
        .order_by(criterion_result.c.criterion)
    ):
        scores.setdefault(row.attempt_id, {})[row.criterion] = row.score
        levels.setdefault(row.attempt_id, {})[row.criterion] = Level(row.level) if row.level else None
        if row.by_hand:
            overridden.setdefault(row.attempt_id, set()).add(row.criterion)
    return scores, levels, overridden


def _waiting(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """How many critical incidents of each attempt wait for a person to rule on them."""
    unruled = and_(incident.c.repaired_at.is_(None), standing_ruling().is_(None))
    rows = connection.execute(
        select(incident.c.attempt_id, func.count().label("waiting"))
        .where(incident.c.attempt_id.in_(ids), unruled)
        .group_by(incident.c.attempt_id)
    )
    return {row.attempt_id: row.waiting for row in rows}


def _moments_of(value: Any) -> tuple[Any, Any, Any]:
    return func.count().label("people"), func.sum(value).label("total"), func.sum(value * value).label("squares")


def _scored_meetings(of: CTE) -> CTE:
    """First meetings with a score, by criterion, counted from the first and from the latest."""
    whose = (of.c.person_id, of.c.rubric, criterion_result.c.criterion)
    forth = func.row_number().over(partition_by=whose, order_by=(of.c.started_at, of.c.id))
    back = func.row_number().over(partition_by=whose, order_by=(of.c.started_at.desc(), of.c.id.desc()))
    return (
        select(
            of.c.person_id,
            of.c.rubric,
            of.c.slot,
            criterion_result.c.criterion,
            criterion_result.c.score,
            forth.label("position"),
            back.label("from_last"),
        )
        .join(criterion_result, criterion_result.c.attempt_id == of.c.id)
        .where(criterion_result.c.score.is_not(None))
        .cte("scored_meetings")
    )
