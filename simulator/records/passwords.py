"""Passwords of local accounts, kept as Argon2id hashes (RFC 9106), and secrets for links and cookies."""

from __future__ import annotations

import secrets
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from simulator.records.errors import Unfit

SHORTEST, LONGEST = 12, 256
"""Characters of a password: length is what protects (NIST SP 800-63B-4, 3.1.1.2), so nothing else is asked of it."""


class Passwords:
    """Makes and checks hashes. Give it a cheaper hasher only in tests."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def hash(self, password: str, name: str = "") -> str:
        """The hash to keep.

        Raises:
            Unfit: too short, too long, or the sign-in name itself.
        """
        if len(password) < SHORTEST:
            raise Unfit(f"A password needs {SHORTEST} characters or more; three or four odd words are a good one.")
        if len(password) > LONGEST:
            raise Unfit(f"A password can have {LONGEST} characters at most.")
        if name and name.casefold() in password.casefold() and len(password) < len(name) + SHORTEST // 2:
            raise Unfit("The password is nearly the sign-in name; choose another.")
        return self._hasher.hash(password)

    def right(self, kept: str | None, password: str) -> bool:
        """Whether it is the password of this hash. Takes as long where there is none, so nobody learns who is here."""
        try:
            self._hasher.verify(kept or self._nobodys, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)


def new_secret() -> str:
    """256 bits that nobody can guess, for a link or a cookie."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is kept of a secret. It has enough entropy of its own to need neither salt nor stretching."""
    return sha256(secret.encode()).hexdigest()
