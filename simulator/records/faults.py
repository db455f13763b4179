"""From what a database driver raises to a sentence that says what is wrong and what helps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from simulator.records.errors import DatabaseUnusable, RecordsError, StoreUnavailable

ANOTHER_PLACE = "or name another place in SIMULATOR_DATABASE_URL"
"""The remedy that always exists."""

_NOT_A_DATABASE = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_SENTENCES = {
    sqlite3.SQLITE_BUSY: "The records at {where} are locked by another program. Close it and try again.",
    sqlite3.SQLITE_LOCKED: "The records at {where} are locked by another program. Close it and try again.",
    sqlite3.SQLITE_PERM: "The records at {where} may not be opened. Allow access to the file and its folder, {other}.",
    sqlite3.SQLITE_CANTOPEN: "The records at {where} cannot be opened. "
    "See that the folder exists and that you may write in it, {other}.",
    sqlite3.SQLITE_FULL: "The disk with the records at {where} is full. Nothing was lost; make room and try again.",
    sqlite3.SQLITE_IOERR: "The disk with the records at {where} does not answer as it should ({reason}). "
    "Nothing that was shown as kept is lost; check the disk and try again.",
}
_READ_ONLY_TRANSACTION = "25006"
_TAKEN = frozenset({sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE})
_UNIQUE_VIOLATION = "23505"


def read_only(where: str) -> StoreUnavailable:
    """The error for a database that cannot be written."""
    return StoreUnavailable(
        f"The records at {where} are read-only. Allow writing to the file, to those named like it beside it, "
        f"and to the folder, {ANOTHER_PLACE}."
    )


def already_taken(error: IntegrityError) -> bool:
    """Whether a row was refused because its key is in use, rather than because something it names is missing."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return original.sqlite_errorcode in _TAKEN
    return getattr(original, "sqlstate", None) == _UNIQUE_VIOLATION


@contextmanager
def faults_in_words(where: str) -> Iterator[None]:
    """Turn what is expected to go wrong with the database at `where` into errors for people; let the rest through."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(f"The records at {where} are too busy at the moment. Try again shortly.") from error
    except (DBAPIError, sqlite3.Error) as error:
        said = _in_words(error.orig if isinstance(error, DBAPIError) else error, where, error)
        if said is None:
            raise
        raise said from error


def _in_words(original: BaseException | None, where: str, error: Exception) -> RecordsError | None:
    if isinstance(original, sqlite3.Error):
        return _sqlite_in_words(original, where)
    reason = _reason(original)
    if getattr(original, "sqlstate", None) == _READ_ONLY_TRANSACTION:
        return StoreUnavailable(f"The database at {where} is read-only. Let its owner allow writing, {ANOTHER_PLACE}.")
    if isinstance(error, OperationalError | InterfaceError):
        return StoreUnavailable(
            f"The database at {where} does not answer ({reason}). Check that it runs and try again."
        )
    return None


def _sqlite_in_words(original: sqlite3.Error, where: str) -> RecordsError | None:
    code = getattr(original, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in _NOT_A_DATABASE:
        return DatabaseUnusable(
            f"The file at {where} is not a database, or is damaged. Move it away or restore a copy, {ANOTHER_PLACE}."
        )
    if primary == sqlite3.SQLITE_READONLY:
        return read_only(where)
    reason = _reason(original)
    if primary in _SENTENCES:
        return StoreUnavailable(_SENTENCES[primary].format(where=where, other=ANOTHER_PLACE, reason=reason))
    if isinstance(original, sqlite3.OperationalError):
        return StoreUnavailable(f"The records at {where} cannot be used ({reason}). Start the program again.")
    return None


def _reason(original: BaseException | None) -> str:
    lines = str(original).strip().splitlines()
    return lines[0].rstrip(".") if lines else "no reason given"
