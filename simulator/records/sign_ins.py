"""Signing in and out: passwords, guests, an institution's word, and the browsers that are signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from simulator.records.access import Actor
from simulator.records.actors import actor_of
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import NotAllowed, SignInRefused
from simulator.records.passwords import Passwords, new_secret, secret_hash
from simulator.records.schema import identity, password, person, programme, sign_in, throttle
from simulator.records.store import Store

LOCAL_ACCOUNTS = "accounts"
"""The issuer of identities with a sign-in name and a password of our own."""

LONGEST_SIGNED_IN = timedelta(days=14)
LONGEST_IDLE = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=5)
"""How often it is written down that a browser is still there: not at every click."""

FREE_TRIES = {"name": 5, "address": 50}
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SignedInBrowser:
    """One of a person's browsers. `key` names it for `end`, and cannot be used to sign in."""

    key: str
    how: str
    started_at: datetime
    seen_at: datetime


class SignIns:
    """Who is there. One object serves a whole process, from any thread."""

    def __init__(self, store: Store, passwords: Passwords | None = None, clock: Clock = utc_now) -> None:
        self._store = store
        self._passwords = passwords or Passwords()
        self._clock = clock

    def with_password(self, name: str, word: str, address: str = "") -> str:
        """Sign in with a local account. Gives the secret for the browser's cookie.

        Raises:
            SignInRefused: name or password is wrong, the account is closed, or there were too many tries.
        """
        buckets = {"name": secret_hash(f"name {name_key(name)}")}
        if address:
            buckets["address"] = secret_hash(f"address {address}")
        with self._store.writing() as connection:
            self._refuse_if_waiting(connection, buckets)
            found = connection.execute(
                select(identity.c.person_id, password.c.hash)
                .join(password, password.c.person_id == identity.c.person_id)
                .where(identity.c.issuer == LOCAL_ACCOUNTS, identity.c.subject == name_key(name))
            ).first()
            actor = actor_of(connection, found.person_id) if found else None
        # Outside the transaction: checking a password takes long on purpose, and nobody else should wait for it.
        if not self._passwords.right(found.hash if found and actor else None, word) or found is None:
            with self._store.writing() as connection:
                self._count_failure(connection, buckets)
            raise SignInRefused("The name or the password is not right.")
        with self._store.writing() as connection:
            connection.execute(delete(throttle).where(throttle.c.bucket == buckets["name"]))
            if self._passwords.outdated(found.hash):
                connection.execute(
                    update(password)
                    .where(password.c.person_id == found.person_id)
                    .values(hash=self._passwords.hash(word))
                )
            return self._begin(connection, found.person_id, "password")

    def as_guest(self) -> str:
        """Let a guest practise, where the programme allows it. Gives the secret for the browser's cookie.

        Raises:
            NotAllowed: the programme has closed this door.
        """
        with self._store.writing() as connection:
            row = connection.execute(
                select(programme.c.id, programme.c.guest_practice).where(programme.c.accounts_since.is_not(None))
            ).first()
            if row is None or not row.guest_practice:
                raise NotAllowed
            guest = str(uuid4())
            connection.execute(
                insert(person).values(id=guest, programme_id=row.id, name="Guest", guest=True, created_at=self._clock())
            )
            return self._begin(connection, guest, "guest")

    def with_word_of(
        self,
        issuer: str,
        subject: str,
        word: str,
        expires_at: datetime,
        make: Callable[[Connection], str | None] | None = None,
    ) -> Actor | None:
        """Who an institution says is there, if they are known here (or `make` makes them known).

        `word` stands for this one sign-in at the institution: once its row here has ended, it is refused for good,
        whatever the browser's cookie goes on to say.
        """
        key = secret_hash(f"word {issuer} {subject} {word}")
        now = self._clock()
        with self._store.writing() as connection:
            kept = connection.execute(select(sign_in).where(sign_in.c.token_hash == key)).first()
            if kept is None:
                who = connection.execute(
                    select(identity.c.person_id).where(identity.c.issuer == issuer, identity.c.subject == subject)
                ).scalar_one_or_none()
                if who is None and make is not None:
                    who = make(connection)
                if who is None or expires_at <= now:
                    return None
                self._keep(connection, key, who, "institution", min(expires_at, now + LONGEST_SIGNED_IN))
                return actor_of(connection, who)
            if kept.ended_at is not None or min(kept.expires_at, expires_at) <= now:
                return None
            return actor_of(connection, kept.person_id)

    def who(self, secret: str | None) -> Actor | None:
        """Who a browser's cookie stands for, asked at every page run; None where nobody is signed in with it."""
        if not secret:
            return None
        now = self._clock()
        key = secret_hash(secret)
        with self._store.reading() as connection:
            row = connection.execute(
                select(sign_in.c.person_id, sign_in.c.seen_at).where(
                    sign_in.c.token_hash == key,
                    sign_in.c.ended_at.is_(None),
                    sign_in.c.expires_at > now,
                    sign_in.c.seen_at > now - LONGEST_IDLE,
                )
            ).first()
            actor = actor_of(connection, row.person_id) if row else None
        if row is not None and now - row.seen_at > SEEN_EVERY:
            with self._store.writing() as connection:
                connection.execute(update(sign_in).where(sign_in.c.token_hash == key).values(seen_at=now))
        return actor

    def end(self, secret: str) -> None:
        """Sign this browser out."""
        with self._store.writing() as connection:
            self._end(connection, sign_in.c.token_hash == secret_hash(secret))

    def end_everywhere(self, person_id: str) -> None:
        """Sign all of a person's browsers out."""
        with self._store.writing() as connection:
            self._end(connection, sign_in.c.person_id == person_id)

    def end_one(self, person_id: str, key: str) -> None:
        """Sign one of a person's browsers out."""
        with self._store.writing() as connection:
            self._end(connection, (sign_in.c.person_id == person_id) & (sign_in.c.token_hash == key))

    def browsers_of(self, person_id: str) -> tuple[SignedInBrowser, ...]:
        """A person's signed-in browsers, the latest seen first."""
        now = self._clock()
        with self._store.reading() as connection:
            rows = connection.execute(
                select(sign_in.c.token_hash, sign_in.c.how, sign_in.c.started_at, sign_in.c.seen_at)
                .where(
                    sign_in.c.person_id == person_id,
                    sign_in.c.ended_at.is_(None),
                    sign_in.c.expires_at > now,
                    sign_in.c.seen_at > now - LONGEST_IDLE,
                )
                .order_by(sign_in.c.seen_at.desc())
            )
            return tuple(SignedInBrowser(*row) for row in rows)

    def _begin(self, connection: Connection, person_id: str, how: str) -> str:
        secret = new_secret()
        self._keep(connection, secret_hash(secret), person_id, how, self._clock() + LONGEST_SIGNED_IN)
        return secret

    def begin_for(self, connection: Connection, person_id: str, how: str) -> str:
        """A signed-in browser for a person who has just proved themselves otherwise, in the caller's transaction."""
        return self._begin(connection, person_id, how)

    def _keep(self, connection: Connection, key: str, person_id: str, how: str, expires_at: datetime) -> None:
        now = self._clock()
        connection.execute(
            insert(sign_in).values(
                token_hash=key,
                programme_id=select(person.c.programme_id).where(person.c.id == person_id).scalar_subquery(),
                person_id=person_id,
                how=how,
                started_at=now,
                seen_at=now,
                expires_at=expires_at,
            )
        )

    def _end(self, connection: Connection, which: object) -> None:
        connection.execute(
            update(sign_in).where(which, sign_in.c.ended_at.is_(None)).values(ended_at=self._clock())  # type: ignore[arg-type]
        )

    def _refuse_if_waiting(self, connection: Connection, buckets: dict[str, str]) -> None:
        now = self._clock()
        for kind, bucket in buckets.items():
            row = connection.execute(select(throttle).where(throttle.c.bucket == bucket)).first()
            if row is None or now - row.last_at > FORGOTTEN_AFTER:
                continue
            wait = _wait_after(row.failures - FREE_TRIES[kind])
            if now < row.last_at + wait:
                minutes = int((row.last_at + wait - now).total_seconds() // 60) + 1
                told = "a minute" if minutes == 1 else f"{minutes} minutes"
                raise SignInRefused(f"Too many tries. Wait {told}, or ask for a new password.")

    def _count_failure(self, connection: Connection, buckets: dict[str, str]) -> None:
        now = self._clock()
        for bucket in buckets.values():
            row = connection.execute(select(throttle).where(throttle.c.bucket == bucket)).first()
            if row is None:
                connection.execute(insert(throttle).values(bucket=bucket, failures=1, last_at=now))
                continue
            failures = 1 if now - row.last_at > FORGOTTEN_AFTER else row.failures + 1
            connection.execute(
                update(throttle).where(throttle.c.bucket == bucket).values(failures=failures, last_at=now)
            )


def name_key(name: str) -> str:
    """A sign-in name as it is compared: without outer blanks, small."""
    return name.strip().casefold()


def _wait_after(surplus: int) -> timedelta:
    """How long nobody may try after so many failures more than are free: 1, 2, 4 ... seconds, up to a quarter hour."""
    if surplus < 0:
        return timedelta()
    return min(timedelta(seconds=2 ** min(surplus, 20)), LONGEST_WAIT)
