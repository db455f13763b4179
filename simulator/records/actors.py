"""From rows to actors: who somebody is, what they are, and how others stand to them. For use inside a transaction."""

from __future__ import annotations

from sqlalchemy import Connection, and_, bindparam, exists, select

from simulator.records.access import Actor, Relation, Role
from simulator.records.schema import cohort, membership, person, programme, role

TEACHES = Role.INSTRUCTOR.value
LEARNS = Role.TRAINEE.value


# Asked at every click, so it is one statement: a row for each role, or one without.
_ACTOR = (
    select(person.c.programme_id, person.c.name, person.c.guest, programme.c.accounts_since, role.c.role)
    .join(programme, programme.c.id == person.c.programme_id)
    .outerjoin(role, role.c.person_id == person.c.id)
    .where(person.c.id == bindparam("id"), person.c.deactivated_at.is_(None), person.c.erased_at.is_(None))
)


def actor_of(connection: Connection, person_id: str) -> Actor | None:
    """A person as one who acts; None where there is nobody, or they may no longer sign in."""
    rows = connection.execute(_ACTOR, {"id": person_id}).all()
    if not rows:
        return None
    first = rows[0]
    roles = frozenset(Role(row.role) for row in rows if row.role is not None)
    return Actor(person_id, first.programme_id, first.name, roles, first.guest, first.accounts_since is None)


def relation_to_person(connection: Connection, actor: Actor, person_id: str) -> Relation:
    """How a person stands to an actor. Somebody who has left a cohort is still of it: their results are."""
    if person_id == actor.person_id:
        return Relation.SELF
    of = connection.execute(select(person.c.programme_id).where(person.c.id == person_id)).scalar_one_or_none()
    if of != actor.programme_id:
        return Relation.ELSEWHERE
    teaching, learning = membership.alias(), membership.alias()
    taught = connection.execute(
        select(
            exists().where(
                and_(
                    teaching.c.person_id == actor.person_id,
                    teaching.c.role == TEACHES,
                    teaching.c.left_at.is_(None),
                    learning.c.cohort_id == teaching.c.cohort_id,
                    learning.c.person_id == person_id,
                    learning.c.role == LEARNS,
                )
            )
        )
    ).scalar_one()
    return Relation.OWN_COHORT if taught else Relation.PROGRAMME


def relation_to_cohort(connection: Connection, actor: Actor, cohort_id: str) -> Relation:
    """How a cohort stands to an actor: one that they teach, another of the programme, or none of theirs."""
    of = connection.execute(select(cohort.c.programme_id).where(cohort.c.id == cohort_id)).scalar_one_or_none()
    if of != actor.programme_id:
        return Relation.ELSEWHERE
    teaches = connection.execute(
        select(
            exists().where(
                membership.c.cohort_id == cohort_id,
                membership.c.person_id == actor.person_id,
                membership.c.role == TEACHES,
                membership.c.left_at.is_(None),
            )
        )
    ).scalar_one()
    return Relation.OWN_COHORT if teaches else Relation.PROGRAMME


def roles_of(connection: Connection, person_id: str) -> frozenset[Role]:
    """What a person is."""
    return frozenset(map(Role, connection.execute(select(role.c.role).where(role.c.person_id == person_id)).scalars()))
