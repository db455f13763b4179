"""Whether anything that a cohort's figures are made of has changed: quick to ask at any size."""

from __future__ import annotations

from sqlalchemy import func, select

from simulator.records.access import Actor
from simulator.records.cohort_queries import over
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import Scope
from simulator.records.schema import assignment, override, result, ruling


def cohort_stamp(results: CohortResults, actor: Actor, scope: Scope) -> tuple[str, ...]:
    """What is another as soon as anything is that the scope's figures are made of.

    Only what was done for the scope's assignments is in it, and not what people begin elsewhere.

    Raises:
        NotAllowed: not theirs to see.
    """
    done = over(scope).cte("over")
    wanted = (
        select(func.count(), func.max(done.c.started_at), func.count(done.c.person_id.distinct())),
        select(func.count(), func.max(override.c.at)).join(done, done.c.id == override.c.attempt_id),
        select(func.count(), func.max(ruling.c.at)).join(done, done.c.id == ruling.c.attempt_id),
        select(func.count(), func.max(result.c.ended_at)).join(done, done.c.id == result.c.attempt_id),
        select(assignment.c.id, assignment.c.counts)
        .where(assignment.c.cohort_id == scope.cohort_id)
        .order_by(assignment.c.id),
    )
    with results.allowed(actor, scope) as connection:
        return tuple(str(value) for one in wanted for row in connection.execute(one).all() for value in row)
