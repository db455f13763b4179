"""Local accounts: the first administrator, joining by invitation, choosing and changing a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, delete, insert, select, update

from simulator.records.access import Actor, Role
from simulator.records.actors import LEARNS, actor_of
from simulator.records.clock import Clock, utc_now
from simulator.records.consents import Consent, record_consent
from simulator.records.errors import LinkSpent, NotAllowed, SignInRefused, Unfit
from simulator.records.passwords import Passwords, secret_hash
from simulator.records.schema import (
    attempt,
    cohort,
    identity,
    invitation,
    membership,
    password,
    person,
    programme,
    result,
    role,
    sign_in,
)
from simulator.records.sign_ins import LOCAL_ACCOUNTS, SignIns, name_key
from simulator.records.store import LOCAL_ISSUER, LOCAL_SUBJECT, Store

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link is for: to join, or to choose a new password."""

    purpose: str
    programme: str
    name: str
    role: Role | None
    cohort: str | None


class InstitutionsWord(Protocol):
    """What an institution says of who is there."""

    @property
    def issuer(self) -> str:
        """Who says it."""

    @property
    def subject(self) -> str:
        """Whom it means, in its own terms."""

    @property
    def sign_in(self) -> str:
        """What tells this time of signing in from another."""

    @property
    def expires_at(self) -> datetime:
        """Until when it holds."""

    @property
    def name(self) -> str:
        """What the person is called."""

    @property
    def role(self) -> Role | None:
        """What the institution says they are here, if it says so."""


class Accounts:
    """The use cases around local accounts."""

    def __init__(
        self, store: Store, sign_ins: SignIns, passwords: Passwords | None = None, clock: Clock = utc_now
    ) -> None:
        self._store = store
        self._sign_ins = sign_ins
        self._passwords = passwords or Passwords()
        self._clock = clock

    def on(self) -> bool:
        """Whether there are accounts: from the first administrator on."""
        with self._store.reading() as connection:
            return (
                connection.execute(select(programme.c.id).where(programme.c.accounts_since.is_not(None))).first()
                is not None
            )

    def set_up(self, programme_name: str, zone: str, name: str, sign_in_name: str, word: str) -> str:
        """Make the person at this computer, who keeps their attempts, the first administrator. Gives a cookie's secret.

        Raises:
            NotAllowed: there is one already.
            Unfit: something entered cannot be taken.
        """
        known_zone(zone)
        called, programme_called = proper_name(name), proper_name(programme_name)
        hashed = self._passwords.hash(word, name_key(sign_in_name))
        self._store.local_person()
        now = self._clock()
        with self._store.writing() as connection:
            owner = connection.execute(
                select(identity.c.person_id, identity.c.programme_id).where(
                    identity.c.issuer == LOCAL_ISSUER, identity.c.subject == LOCAL_SUBJECT
                )
            ).one()
            mine = programme.c.id == owner.programme_id
            if connection.execute(select(programme.c.accounts_since).where(mine)).scalar_one() is not None:
                raise NotAllowed
            connection.execute(
                update(programme).where(mine).values(name=programme_called, zone=zone, accounts_since=now)
            )
            connection.execute(update(person).where(person.c.id == owner.person_id).values(name=called))
            self._open_account(connection, owner.programme_id, owner.person_id, sign_in_name, hashed, now)
            connection.execute(
                insert(role).values(
                    person_id=owner.person_id,
                    role=Role.ADMINISTRATOR.value,
                    programme_id=owner.programme_id,
                    given_at=now,
                )
            )
            record_consent(connection, owner.programme_id, owner.person_id, (Consent.AGE, Consent.PRIVACY), now)
            return self._sign_ins.begin_for(connection, owner.person_id, "password")

    def guests_welcome(self) -> bool:
        """Whether somebody without an account may practise."""
        with self._store.reading() as connection:
            found = connection.execute(
                select(programme.c.guest_practice).where(programme.c.accounts_since.is_not(None))
            ).first()
            return bool(found and found.guest_practice)

    def invited(self, secret: str) -> Invited:
        """What a link is for.

        Raises:
            LinkSpent: it is of no use any more.
        """
        with self._store.reading() as connection:
            row = self._invitation(connection, secret)
            return Invited(row.purpose, row.programme, row.name or "", Role(row.role) if row.role else None, row.cohort)

    def join(self, secret: str, name: str, sign_in_name: str, word: str, guest_secret: str | None = None) -> str:
        """Make an account by invitation, agreeing to age and privacy notice. Gives a cookie's secret.

        `guest_secret` is the cookie of a guest in the same browser: what they practised becomes the account's.

        Raises:
            LinkSpent: the link is of no use any more.
            Unfit: something entered cannot be taken.
        """
        hashed = self._passwords.hash(word, name_key(sign_in_name))
        called = proper_name(name)
        guest = self._sign_ins.who(guest_secret)
        now = self._clock()
        with self._store.writing() as connection:
            invited = self._invitation(connection, secret, "join")
            who = join_programme(connection, invited, called, now)
            self._open_account(connection, invited.programme_id, who, sign_in_name, hashed, now)
            record_consent(connection, invited.programme_id, who, (Consent.AGE, Consent.PRIVACY), now)
            if guest is not None and guest.guest and guest.programme_id == invited.programme_id:
                _take_over(connection, guest.person_id, who, now)
            return self._sign_ins.begin_for(connection, who, "password")

    def by_institution(self, word: InstitutionsWord, invitation_secret: str | None = None) -> Actor | None:
        """Who an institution says is there; None where they are unknown here, or that sign-in has ended.

        Somebody unknown becomes known by an invitation that their browser holds, or by a role that the institution
        vouches for.
        """

        def make(connection: Connection) -> str | None:
            return self._make_known(connection, word, invitation_secret)

        return self._sign_ins.with_word_of(word.issuer, word.subject, word.sign_in, word.expires_at, make)

    def _make_known(self, connection: Connection, word: InstitutionsWord, invitation_secret: str | None) -> str | None:
        now = self._clock()
        try:
            invited = self._invitation(connection, invitation_secret, "join") if invitation_secret else None
        except LinkSpent:
            invited = None
        if invited is not None:
            who, programme_id = join_programme(connection, invited, proper_name(word.name), now), invited.programme_id
        elif word.role is not None:
            programme_id = connection.execute(
                select(programme.c.id).where(programme.c.accounts_since.is_not(None))
            ).scalar_one()
            who = str(uuid4())
            connection.execute(
                insert(person).values(id=who, programme_id=programme_id, name=proper_name(word.name), created_at=now)
            )
            add_role(connection, programme_id, who, word.role, None, now)
        else:
            return None
        connection.execute(
            insert(identity).values(
                issuer=word.issuer, subject=word.subject, programme_id=programme_id, person_id=who, created_at=now
            )
        )
        return who

    def choose_password(self, secret: str, word: str) -> str:
        """Choose a new password by a reset link. All browsers are signed out but this one. Gives a cookie's secret.

        Raises:
            LinkSpent: the link is of no use any more.
            Unfit: the password cannot be taken.
        """
        hashed = self._passwords.hash(word)
        now = self._clock()
        with self._store.writing() as connection:
            link = self._invitation(connection, secret, "reset")
            self._spend(connection, link.id, now)
            connection.execute(
                update(password).where(password.c.person_id == link.person_id).values(hash=hashed, changed_at=now)
            )
            connection.execute(
                update(sign_in)
                .where(sign_in.c.person_id == link.person_id, sign_in.c.ended_at.is_(None))
                .values(ended_at=now)
            )
            if actor_of(connection, link.person_id) is None:
                raise LinkSpent
            return self._sign_ins.begin_for(connection, link.person_id, "password")

    def has_password(self, actor: Actor) -> bool:
        """Whether the actor signs in with a password of ours."""
        with self._store.reading() as connection:
            wanted = select(password.c.person_id).where(password.c.person_id == actor.person_id)
            return connection.execute(wanted).first() is not None

    def change_password(self, actor: Actor, old: str, new: str) -> None:
        """Change one's own password; all other browsers are signed out by the caller's choice, not here.

        Raises:
            SignInRefused: the old one is not right.
            Unfit: the new one cannot be taken.
        """
        with self._store.reading() as connection:
            kept = connection.execute(
                select(password.c.hash).where(password.c.person_id == actor.person_id)
            ).scalar_one_or_none()
        if not self._passwords.right(kept, old):
            raise SignInRefused("The password that you have now is not right.")
        hashed = self._passwords.hash(new)
        with self._store.writing() as connection:
            connection.execute(
                update(password)
                .where(password.c.person_id == actor.person_id)
                .values(hash=hashed, changed_at=self._clock())
            )

    def _open_account(
        self, connection: Connection, programme_id: str, person_id: str, sign_in_name: str, hashed: str, now: datetime
    ) -> None:
        key = name_key(sign_in_name)
        if not key or len(key) > LONGEST_NAME:
            raise Unfit("Choose a name to sign in with; an e-mail address is a good one.")
        taken = select(identity.c.person_id).where(identity.c.issuer == LOCAL_ACCOUNTS, identity.c.subject == key)
        if connection.execute(taken).first():
            raise Unfit(f"'{sign_in_name.strip()}' is taken already; choose another name to sign in with.")
        connection.execute(
            insert(identity).values(
                issuer=LOCAL_ACCOUNTS, subject=key, programme_id=programme_id, person_id=person_id, created_at=now
            )
        )
        connection.execute(
            insert(password).values(person_id=person_id, programme_id=programme_id, hash=hashed, changed_at=now)
        )

    def _invitation(self, connection: Connection, secret: str, purpose: str | None = None) -> Row[tuple[Any, ...]]:
        row = connection.execute(
            select(
                invitation,
                programme.c.name.label("programme"),
                person.c.name.label("name"),
                cohort.c.name.label("cohort"),
            )
            .join(programme, programme.c.id == invitation.c.programme_id)
            .outerjoin(person, person.c.id == invitation.c.person_id)
            .outerjoin(cohort, cohort.c.id == invitation.c.cohort_id)
            .where(invitation.c.token_hash == secret_hash(secret))
        ).first()
        spent = row is None or row.used_at or row.revoked_at or row.expires_at <= self._clock()
        if row is None or spent or (purpose and row.purpose != purpose):
            raise LinkSpent
        return row

    def _spend(self, connection: Connection, invitation_id: str, now: datetime) -> None:
        connection.execute(update(invitation).where(invitation.c.id == invitation_id).values(used_at=now))


def join_programme(connection: Connection, invited: Row[tuple[Any, ...]], name: str, now: datetime) -> str:
    """Use an invitation up: make its person, or take the one it was made for, with role and cohort. Gives their id."""
    found = invited._mapping
    connection.execute(update(invitation).where(invitation.c.id == found["id"]).values(used_at=now))
    programme_id: str = found["programme_id"]
    who: str | None = found["person_id"]
    if who is None:
        who = str(uuid4())
        connection.execute(insert(person).values(id=who, programme_id=programme_id, name=name, created_at=now))
    else:
        connection.execute(update(person).where(person.c.id == who).values(name=name))
    if found["role"]:
        add_role(connection, programme_id, who, Role(found["role"]), found["made_by"], now)
    if found["cohort_id"]:
        add_member(connection, programme_id, found["cohort_id"], who, found["role"] or LEARNS, now)
    return who


def add_role(
    connection: Connection, programme_id: str, person_id: str, what: Role, by: str | None, now: datetime
) -> None:
    """Make somebody something, if they are not yet."""
    there = select(role.c.role).where(role.c.person_id == person_id, role.c.role == what.value)
    if connection.execute(there).first() is None:
        connection.execute(
            insert(role).values(
                person_id=person_id, role=what.value, programme_id=programme_id, given_by=by, given_at=now
            )
        )


def add_member(
    connection: Connection, programme_id: str, cohort_id: str, person_id: str, as_what: str, now: datetime
) -> None:
    """Put somebody in a cohort, or back in it."""
    place = (
        (membership.c.cohort_id == cohort_id) & (membership.c.person_id == person_id) & (membership.c.role == as_what)
    )
    if connection.execute(select(membership.c.cohort_id).where(place)).first():
        connection.execute(update(membership).where(place).values(left_at=None))
        return
    connection.execute(
        insert(membership).values(
            cohort_id=cohort_id, person_id=person_id, role=as_what, programme_id=programme_id, joined_at=now
        )
    )


def _take_over(connection: Connection, guest_id: str, person_id: str, now: datetime) -> None:
    """What a guest practised becomes somebody's; nobody is left behind."""
    for table in (attempt, result):
        connection.execute(update(table).where(table.c.person_id == guest_id).values(person_id=person_id))
    connection.execute(delete(sign_in).where(sign_in.c.person_id == guest_id))
    connection.execute(delete(person).where(person.c.id == guest_id))


def proper_name(name: str) -> str:
    """A name on one line.

    Raises:
        Unfit: there is none, or it is too long.
    """
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise Unfit(f"A name is needed, of {LONGEST_NAME} characters at most.")
    return told


def known_zone(zone: str) -> None:
    """Refuse what is no IANA time zone.

    Raises:
        Unfit: it is none.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unfit(f"'{zone}' is no time zone that is known here; it looks like Europe/London.") from None
