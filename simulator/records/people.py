"""People as others look after them: who there is, what they are, and the links that let them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from simulator.records.access import Action, Actor, Relation, Role, may_give
from simulator.records.access_log import Looked, log_look
from simulator.records.accounts import add_role
from simulator.records.actors import LEARNS, TEACHES, actor_of, relation_to_cohort, relation_to_person, roles_of
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import NotAllowed, PersonMissing, Unfit
from simulator.records.passwords import new_secret, secret_hash
from simulator.records.schema import identity, invitation, membership, password, person, programme, role, sign_in
from simulator.records.sign_ins import LOCAL_ACCOUNTS
from simulator.records.store import Store

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=48)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A person in the list. `sign_in_name` is none where they sign in otherwise, or have not joined yet."""

    id: str
    name: str
    reference: str | None
    roles: frozenset[Role]
    sign_in_name: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class PendingInvitation:
    """A link that nobody has used yet. What it is made of cannot be shown again."""

    id: str
    purpose: str
    name: str | None
    role: Role | None
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ProgrammeSettings:
    """A programme as its people set it. Practice is erased after `retention_days`; none keeps it."""

    name: str
    zone: str
    guest_practice: bool
    retention_days: int | None


class People:
    """The use cases around people. Each asks first whether the actor may."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def invite(self, actor: Actor, what: Role, cohort_id: str | None = None, person_id: str | None = None) -> str:
        """Make a link with which one person can join, once. Gives its secret, which is not kept.

        With `person_id` it is for somebody of a roster, who then is that person.

        Raises:
            NotAllowed: not theirs to invite, or to make this.
        """
        now = self._clock()
        with self._store.writing() as connection:
            relation = Relation.PROGRAMME
            if cohort_id is not None:
                relation = relation_to_cohort(connection, actor, cohort_id)
                if relation is Relation.ELSEWHERE:
                    raise NotAllowed
            needed = Action.INVITE_TRAINEE if what is Role.TRAINEE else Action.MANAGE_PEOPLE
            if not may_give(actor, what):
                raise NotAllowed
            actor.must(needed, relation)
            if person_id is not None and relation_to_person(connection, actor, person_id) is Relation.ELSEWHERE:
                raise NotAllowed
            return self._link(connection, actor, "join", now + INVITATION_LASTS, person_id, what, cohort_id)

    def reset_link(self, actor: Actor, person_id: str) -> str:
        """Make a link with which a person can choose a new password, once. Gives its secret, which is not kept.

        Nobody but an administrator does that for somebody who is more than a trainee.

        Raises:
            NotAllowed: not theirs to reset.
            Unfit: the person has no password here.
        """
        with self._store.writing() as connection:
            actor.must(Action.RESET_PASSWORD, relation_to_person(connection, actor, person_id))
            if not roles_of(connection, person_id) <= {Role.TRAINEE}:
                actor.must(Action.MANAGE_PEOPLE, Relation.PROGRAMME)
            kept = connection.execute(select(password.c.person_id).where(password.c.person_id == person_id)).first()
            if kept is None:
                raise Unfit("This person has no password here: they sign in otherwise, or have not joined yet.")
            now = self._clock()
            log_look(connection, actor, person_id, Looked.RESET_PASSWORD, now)
            return self._link(connection, actor, "reset", now + RESET_LASTS, person_id, None, None)

    def revoke(self, actor: Actor, invitation_id: str) -> None:
        """Take a link back. Who made it may, and who looks after people."""
        with self._store.writing() as connection:
            made_by = connection.execute(
                select(invitation.c.made_by).where(
                    invitation.c.id == invitation_id, invitation.c.programme_id == actor.programme_id
                )
            ).first()
            if made_by is None:
                raise NotAllowed
            if made_by.made_by != actor.person_id:
                actor.must(Action.MANAGE_PEOPLE, Relation.PROGRAMME)
            connection.execute(
                update(invitation).where(invitation.c.id == invitation_id).values(revoked_at=self._clock())
            )

    def pending(self, actor: Actor) -> tuple[PendingInvitation, ...]:
        """The links that are still good: all for who looks after people, else those one made oneself."""
        now = self._clock()
        wanted = (
            select(invitation, person.c.name)
            .outerjoin(person, person.c.id == invitation.c.person_id)
            .where(
                invitation.c.programme_id == actor.programme_id,
                invitation.c.used_at.is_(None),
                invitation.c.revoked_at.is_(None),
                invitation.c.expires_at > now,
            )
            .order_by(invitation.c.made_at.desc())
        )
        if not actor.may(Action.MANAGE_PEOPLE, Relation.PROGRAMME):
            wanted = wanted.where(invitation.c.made_by == actor.person_id)
        with self._store.reading() as connection:
            return tuple(
                PendingInvitation(
                    row.id, row.purpose, row.name, Role(row.role) if row.role else None, row.made_at, row.expires_at
                )
                for row in connection.execute(wanted)
            )

    def count(self, actor: Actor, search: str = "") -> int:
        """How many people the actor sees, of those that `search` finds."""
        with self._store.reading() as connection:
            told = _seen_by(actor, search).subquery()
            return connection.execute(select(func.count()).select_from(told)).scalar_one()

    def seen(self, actor: Actor, search: str = "", page: int = 0) -> tuple[Listed, ...]:
        """The people the actor sees, by name, one page of them.

        Raises:
            NotAllowed: they look after nobody.
        """
        with self._store.reading() as connection:
            rows = connection.execute(
                _seen_by(actor, search).order_by(person.c.name, person.c.id).limit(PAGE).offset(page * PAGE)
            ).all()
            ids = [row.id for row in rows]
            roles: dict[str, set[Role]] = {one: set() for one in ids}
            for row in connection.execute(select(role.c.person_id, role.c.role).where(role.c.person_id.in_(ids))):
                roles[row.person_id].add(Role(row.role))
        return tuple(
            Listed(
                row.id, row.name, row.reference, frozenset(roles[row.id]), row.subject, row.deactivated_at is not None
            )
            for row in rows
        )

    def give_role(self, actor: Actor, person_id: str, what: Role) -> None:
        """Make somebody something."""
        with self._store.writing() as connection:
            self._must_manage(connection, actor, person_id)
            now = self._clock()
            add_role(connection, actor.programme_id, person_id, what, actor.person_id, now)
            log_look(connection, actor, person_id, Looked.CHANGED_ROLE, now, detail=f"+{what.value}")

    def take_role(self, actor: Actor, person_id: str, what: Role) -> None:
        """No longer let somebody be something. The last administrator stays one.

        Raises:
            Unfit: nobody would be left to look after people.
        """
        with self._store.writing() as connection:
            self._must_manage(connection, actor, person_id)
            if what is Role.ADMINISTRATOR:
                keep_an_administrator(connection, actor, person_id)
            connection.execute(delete(role).where(role.c.person_id == person_id, role.c.role == what.value))
            log_look(connection, actor, person_id, Looked.CHANGED_ROLE, self._clock(), detail=f"-{what.value}")

    def close(self, actor: Actor, person_id: str) -> None:
        """Close somebody's account: they are signed out everywhere and cannot sign in. Nothing is erased."""
        with self._store.writing() as connection:
            self._must_manage(connection, actor, person_id)
            keep_an_administrator(connection, actor, person_id)
            now = self._clock()
            connection.execute(update(person).where(person.c.id == person_id).values(deactivated_at=now))
            connection.execute(
                update(sign_in)
                .where(sign_in.c.person_id == person_id, sign_in.c.ended_at.is_(None))
                .values(ended_at=now)
            )
            log_look(connection, actor, person_id, Looked.CLOSED_ACCOUNT, now)

    def reopen(self, actor: Actor, person_id: str) -> None:
        """Let somebody sign in again."""
        with self._store.writing() as connection:
            self._must_manage(connection, actor, person_id)
            connection.execute(update(person).where(person.c.id == person_id).values(deactivated_at=None))
            log_look(connection, actor, person_id, Looked.OPENED_ACCOUNT, self._clock())

    def set_guest_practice(self, actor: Actor, allowed: bool) -> None:
        """Open or close the programme's door to guests."""
        actor.must(Action.MANAGE_PROGRAMME, Relation.PROGRAMME)
        with self._store.writing() as connection:
            connection.execute(
                update(programme).where(programme.c.id == actor.programme_id).values(guest_practice=allowed)
            )

    def of_this_machine(self) -> Actor:
        """Whoever has the machine, as an administrator of its programme: they could write in the database anyway.

        Raises:
            NotAllowed: there are no accounts yet.
        """
        with self._store.reading() as connection:
            row = connection.execute(
                select(role.c.person_id)
                .join(programme, programme.c.id == role.c.programme_id)
                .join(person, person.c.id == role.c.person_id)
                .where(
                    role.c.role == Role.ADMINISTRATOR.value,
                    programme.c.accounts_since.is_not(None),
                    person.c.deactivated_at.is_(None),
                )
                .order_by(role.c.given_at)
            ).first()
            found = actor_of(connection, row.person_id) if row else None
        if found is None:
            raise NotAllowed
        return found

    def name_of(self, actor: Actor, person_id: str) -> str:
        """What somebody of the actor's own programme is called; empty where there is no such person."""
        with self._store.reading() as connection:
            wanted = select(person.c.name).where(person.c.id == person_id, person.c.programme_id == actor.programme_id)
            return connection.execute(wanted).scalar_one_or_none() or ""

    def programme(self, actor: Actor) -> ProgrammeSettings:
        """The actor's programme as it is set."""
        with self._store.reading() as connection:
            row = connection.execute(
                select(
                    programme.c.name, programme.c.zone, programme.c.guest_practice, programme.c.retention_days
                ).where(programme.c.id == actor.programme_id)
            ).one()
        return ProgrammeSettings(*row)

    def actor(self, person_id: str) -> Actor:
        """A person as one who acts.

        Raises:
            PersonMissing: there is nobody, or they may no longer act.
        """
        with self._store.reading() as connection:
            found = actor_of(connection, person_id)
        if found is None:
            raise PersonMissing
        return found

    def any_accounts(self) -> bool:
        """Whether a programme in these records has accounts, so that nobody is here without signing in."""
        with self._store.reading() as connection:
            found = select(programme.c.id).where(programme.c.accounts_since.is_not(None)).limit(1)
            return connection.execute(found).first() is not None

    def _must_manage(self, connection: Connection, actor: Actor, person_id: str) -> None:
        actor.must(Action.MANAGE_PEOPLE, relation_to_person(connection, actor, person_id))

    def _link(
        self,
        connection: Connection,
        actor: Actor,
        purpose: str,
        expires_at: datetime,
        person_id: str | None,
        what: Role | None,
        cohort_id: str | None,
    ) -> str:
        secret = new_secret()
        connection.execute(
            insert(invitation).values(
                id=str(uuid4()),
                programme_id=actor.programme_id,
                token_hash=secret_hash(secret),
                purpose=purpose,
                person_id=person_id,
                role=what.value if what else None,
                cohort_id=cohort_id,
                made_by=actor.person_id,
                made_at=self._clock(),
                expires_at=expires_at,
            )
        )
        return secret


def _seen_by(actor: Actor, search: str) -> Select[tuple[str, str, str | None, datetime | None, str | None]]:
    """Everybody of the programme for who sees people there; the trainees of one's own cohorts for an instructor."""
    wanted = (
        select(person.c.id, person.c.name, person.c.reference, person.c.deactivated_at, identity.c.subject)
        .outerjoin(identity, (identity.c.person_id == person.c.id) & (identity.c.issuer == LOCAL_ACCOUNTS))
        .where(person.c.programme_id == actor.programme_id, person.c.erased_at.is_(None), person.c.guest.is_(False))
    )
    if not actor.may(Action.SEE_PEOPLE, Relation.PROGRAMME):
        actor.must(Action.SEE_PEOPLE, Relation.OWN_COHORT)
        teaching, learning = membership.alias(), membership.alias()
        taught = (
            select(learning.c.person_id)
            .join(teaching, teaching.c.cohort_id == learning.c.cohort_id)
            .where(
                teaching.c.person_id == actor.person_id,
                teaching.c.role == TEACHES,
                teaching.c.left_at.is_(None),
                learning.c.role == LEARNS,
            )
        )
        wanted = wanted.where(person.c.id.in_(taught))
    if told := search.strip():
        like = "%" + told.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        wanted = wanted.where(
            or_(
                *(column.ilike(like, escape="\\") for column in (person.c.name, person.c.reference, identity.c.subject))
            )
        )
    return wanted


def keep_an_administrator(connection: Connection, actor: Actor, person_id: str) -> None:
    """Refuse what would leave nobody to look after people: asked before an account is closed or erased.

    Raises:
        Unfit: the person is the last administrator.
    """
    if Role.ADMINISTRATOR not in roles_of(connection, person_id):
        return
    others = connection.execute(
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(
            role.c.programme_id == actor.programme_id,
            role.c.role == Role.ADMINISTRATOR.value,
            role.c.person_id != person_id,
            person.c.deactivated_at.is_(None),
            person.c.erased_at.is_(None),
        )
    ).first()
    if others is None:
        raise Unfit("This is the last administrator; make somebody else one first.")
