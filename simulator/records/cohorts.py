"""Cohorts: who learns together, who teaches them, and rosters brought in from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select, update

from simulator.records.access import Action, Actor, Relation, Role
from simulator.records.accounts import add_member, add_role, known_zone, proper_name
from simulator.records.actors import LEARNS, TEACHES, relation_to_cohort, relation_to_person, roles_of
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import NotAllowed, Unfit
from simulator.records.roster import Roster, RosterLine
from simulator.records.schema import cohort, membership, person
from simulator.records.store import Store


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as it is listed."""

    id: str
    name: str
    zone: str
    trainees: int
    archived: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a cohort. `left`: no longer in it, their results are."""

    person_id: str
    name: str
    reference: str | None
    role: Role
    left: bool


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What bringing a roster in would do, by line: who is new, who only joins, who is there already."""

    new: tuple[RosterLine, ...]
    joining: tuple[RosterLine, ...]
    there: tuple[RosterLine, ...]


class Cohorts:
    """The use cases around cohorts. Each asks first whether the actor may."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def create(self, actor: Actor, name: str, zone: str) -> str:
        """Make a cohort. Gives its id; whoever makes it as an instructor teaches it.

        Raises:
            NotAllowed: not theirs to make.
            Unfit: the name is taken, or the zone unknown.
        """
        called = proper_name(name)
        known_zone(zone)
        actor.must(Action.CREATE_COHORT, Relation.PROGRAMME)
        now = self._clock()
        with self._store.writing() as connection:
            taken = select(cohort.c.id).where(cohort.c.programme_id == actor.programme_id, cohort.c.name == called)
            if connection.execute(taken).first():
                raise Unfit(f"There is a cohort '{called}' already; choose another name.")
            new = str(uuid4())
            connection.execute(
                insert(cohort).values(id=new, programme_id=actor.programme_id, name=called, zone=zone, created_at=now)
            )
            if Role.INSTRUCTOR in actor.roles:
                add_member(connection, actor.programme_id, new, actor.person_id, TEACHES, now)
            return new

    def seen(self, actor: Actor) -> tuple[Cohort, ...]:
        """The cohorts that the actor may look after or look at the results of, by name."""
        learning = membership.alias()
        trainees = (
            select(func.count())
            .where(learning.c.cohort_id == cohort.c.id, learning.c.role == LEARNS, learning.c.left_at.is_(None))
            .scalar_subquery()
        )
        wanted = select(
            cohort.c.id, cohort.c.name, cohort.c.zone, trainees.label("trainees"), cohort.c.archived_at
        ).where(cohort.c.programme_id == actor.programme_id)
        if not any(actor.may(action, Relation.PROGRAMME) for action in (Action.MANAGE_COHORT, Action.SEE_RESULTS)):
            wanted = wanted.join(membership, membership.c.cohort_id == cohort.c.id).where(
                membership.c.person_id == actor.person_id,
                membership.c.role == TEACHES,
                membership.c.left_at.is_(None),
            )
        with self._store.reading() as connection:
            rows = connection.execute(wanted.order_by(cohort.c.name))
            return tuple(Cohort(row.id, row.name, row.zone, row.trainees, row.archived_at is not None) for row in rows)

    def members(self, actor: Actor, cohort_id: str) -> tuple[Member, ...]:
        """Everybody of a cohort, instructors first, then by name."""
        wanted = (
            select(person.c.id, person.c.name, person.c.reference, membership.c.role, membership.c.left_at)
            .join(membership, membership.c.person_id == person.c.id)
            .where(membership.c.cohort_id == cohort_id)
            .order_by(membership.c.role, person.c.name, person.c.id)
        )
        with self._store.reading() as connection:
            relation = relation_to_cohort(connection, actor, cohort_id)
            if not actor.may(Action.SEE_RESULTS, relation):
                actor.must(Action.MANAGE_COHORT, relation)
            return tuple(
                Member(row.id, row.name, row.reference, Role(row.role), row.left_at is not None)
                for row in connection.execute(wanted)
            )

    def add_instructor(self, actor: Actor, cohort_id: str, person_id: str) -> None:
        """Have an instructor teach a cohort. Somebody who is none yet becomes one, if the actor may give roles.

        Raises:
            NotAllowed: not theirs to look after, or to make this of somebody.
        """
        with self._store.writing() as connection:
            if relation_to_cohort(connection, actor, cohort_id) is Relation.ELSEWHERE:
                raise NotAllowed
            actor.must(Action.MANAGE_COHORT, Relation.PROGRAMME)
            if relation_to_person(connection, actor, person_id) is Relation.ELSEWHERE:
                raise NotAllowed
            if Role.INSTRUCTOR not in roles_of(connection, person_id):
                actor.must(Action.MANAGE_PEOPLE, Relation.PROGRAMME)
            now = self._clock()
            add_role(connection, actor.programme_id, person_id, Role.INSTRUCTOR, actor.person_id, now)
            add_member(connection, actor.programme_id, cohort_id, person_id, TEACHES, now)

    def take_out(self, actor: Actor, cohort_id: str, person_id: str, role: Role) -> None:
        """Take somebody out of a cohort. What they did in it stays."""
        with self._store.writing() as connection:
            self._must_manage(connection, actor, cohort_id)
            connection.execute(
                update(membership)
                .where(
                    membership.c.cohort_id == cohort_id,
                    membership.c.person_id == person_id,
                    membership.c.role == role.value,
                )
                .values(left_at=self._clock())
            )

    def archive(self, actor: Actor, cohort_id: str, archived: bool = True) -> None:
        """Put a cohort away, or take it out again."""
        with self._store.writing() as connection:
            self._must_manage(connection, actor, cohort_id)
            connection.execute(
                update(cohort).where(cohort.c.id == cohort_id).values(archived_at=self._clock() if archived else None)
            )

    def preview_roster(self, actor: Actor, cohort_id: str, roster: Roster) -> RosterPreview:
        """What bringing these people in would do. Nothing is written."""
        with self._store.reading() as connection:
            self._must_manage(connection, actor, cohort_id)
            return self._sorted_out(connection, actor, cohort_id, roster)

    def bring_in(self, actor: Actor, cohort_id: str, roster: Roster) -> RosterPreview:
        """Bring a roster in, all or nothing; a second time changes nothing. Gives what it did.

        Somebody is known by the roster's `reference`; a name that has changed there changes here.

        Raises:
            NotAllowed: not theirs to look after.
            Unfit: the roster has errors.
        """
        if roster.errors:
            raise Unfit("The roster has errors; nothing was brought in. Mend the lines named and bring it in again.")
        now = self._clock()
        with self._store.writing() as connection:
            self._must_manage(connection, actor, cohort_id)
            done = self._sorted_out(connection, actor, cohort_id, roster)
            for line in done.new:
                connection.execute(
                    insert(person).values(
                        id=str(uuid4()),
                        programme_id=actor.programme_id,
                        name=line.name,
                        reference=line.reference,
                        email=line.email,
                        created_at=now,
                    )
                )
            for line in roster.lines:
                who = connection.execute(
                    select(person.c.id).where(
                        person.c.programme_id == actor.programme_id, person.c.reference == line.reference
                    )
                ).scalar_one()
                changed = {"name": line.name, **({"email": line.email} if line.email else {})}
                connection.execute(update(person).where(person.c.id == who).values(**changed))
                add_role(connection, actor.programme_id, who, Role.TRAINEE, actor.person_id, now)
                add_member(connection, actor.programme_id, cohort_id, who, LEARNS, now)
            return done

    def _sorted_out(self, connection: Connection, actor: Actor, cohort_id: str, roster: Roster) -> RosterPreview:
        known = set(
            connection.execute(
                select(person.c.reference).where(
                    person.c.programme_id == actor.programme_id,
                    person.c.reference.in_([line.reference for line in roster.lines]),
                )
            ).scalars()
        )
        here = set(
            connection.execute(
                select(person.c.reference)
                .join(membership, membership.c.person_id == person.c.id)
                .where(
                    membership.c.cohort_id == cohort_id,
                    membership.c.role == LEARNS,
                    membership.c.left_at.is_(None),
                    person.c.reference.is_not(None),
                )
            ).scalars()
        )
        return RosterPreview(
            new=tuple(line for line in roster.lines if line.reference not in known),
            joining=tuple(line for line in roster.lines if line.reference in known - here),
            there=tuple(line for line in roster.lines if line.reference in here),
        )

    def _must_manage(self, connection: Connection, actor: Actor, cohort_id: str) -> None:
        actor.must(Action.MANAGE_COHORT, relation_to_cohort(connection, actor, cohort_id))
