"""Who somebody is called in an export: themselves, or a pseudonym that nobody can undo and no other export shares."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from datetime import datetime, time
from hashlib import sha256
from typing import Protocol
from uuid import UUID

LETTERS = 16
"""Of a pseudonym: 80 bits, so that two people of a programme get the same one about never."""


class Naming(Protocol):
    """How an export names people and attempts, and how exactly it says when."""

    @property
    def pseudonymous(self) -> bool:
        """Whether nobody can tell who is meant."""

    def person(self, person_id: str) -> str:
        """What a person is called."""

    def attempt(self, attempt_id: str) -> str:
        """What an attempt is called."""

    def moment(self, at: datetime) -> datetime:
        """When something was."""


class AsTheyAre:
    """Everybody by their own id, everything when it was, to the second."""

    pseudonymous = False

    def person(self, person_id: str) -> str:
        """The id itself."""
        return person_id

    def attempt(self, attempt_id: str) -> str:
        """The id itself."""
        return attempt_id

    def moment(self, at: datetime) -> datetime:
        """To the second."""
        return at.replace(microsecond=0)


class Pseudonyms:
    """Pseudonyms under a key that is made for one export and kept nowhere.

    A pseudonym is HMAC-SHA256 (RFC 2104) of what is named, shortened. Without the key nobody can work out whose it is
    or compare it with another export's, also who has the ids. A moment is told as its day: to the second it would
    give away which attempt it was.
    """

    pseudonymous = True

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)

    def person(self, person_id: str) -> str:
        """A person's pseudonym."""
        return "p-" + self._short("person", person_id)

    def attempt(self, attempt_id: str) -> str:
        """An attempt's pseudonym."""
        return "a-" + self._short("attempt", attempt_id)

    def uuid(self, attempt_id: str) -> UUID:
        """An attempt's pseudonym where a UUID is asked for."""
        return UUID(bytes=self._digest("uuid", attempt_id)[:16], version=4)

    def moment(self, at: datetime) -> datetime:
        """The beginning of the day."""
        return datetime.combine(at.date(), time(), at.tzinfo)

    def _short(self, kind: str, name: str) -> str:
        return b32encode(self._digest(kind, name)).decode()[:LETTERS].lower()

    def _digest(self, kind: str, name: str) -> bytes:
        return hmac.new(self._key, f"{kind}:{name}".encode(), sha256).digest()
