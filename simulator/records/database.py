"""Where the records are, and connections to them that keep what they were told to keep."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from simulator.records.errors import DatabaseUnusable, StoreUnavailable
from simulator.records.faults import ANOTHER_PLACE, read_only

URL_VARIABLE = "SIMULATOR_DATABASE_URL"
APPLICATION = "counselling-simulator"
FILE_NAME = "records.sqlite3"
BUSY_TIMEOUT_MS = 5000

_WRITES = "simulator_writes"


def database_url(url: str | None = None) -> URL:
    """The address that is meant: the one given, else the environment's, else a file in the user's data folder."""
    given = url or os.environ.get(URL_VARIABLE)
    if not given:
        return _default_url()
    try:
        parsed = make_url(given)
    except ArgumentError as error:
        raise DatabaseUnusable(
            "The address of the database cannot be read. It looks like sqlite:////folder/records.sqlite3 "
            "or postgresql+psycopg://user@host/name."
        ) from error
    backend = parsed.get_backend_name()
    if backend not in {"sqlite", "postgresql"}:
        raise DatabaseUnusable(f"Databases of the kind '{backend}' are not supported; use sqlite or postgresql.")
    if backend == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise DatabaseUnusable(
            "A database in memory keeps nothing; name a file, as in sqlite:////folder/records.sqlite3."
        )
    return parsed


def _default_url() -> URL:
    folder = user_data_path(APPLICATION, appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder '{folder}' for the records cannot be made ({error.strerror}). "
            f"Allow writing there, {ANOTHER_PLACE}."
        ) from error
    return URL.create("sqlite", database=str(folder / FILE_NAME))


def place(url: URL) -> str:
    """How sentences name the database: the path of its file, or its address without the password."""
    if url.get_backend_name() == "sqlite":
        return f"'{Path((url.database or '').removeprefix('file:')).absolute()}'"
    return f"'{url.render_as_string(hide_password=True)}'"


def connect_engine(url: URL, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """An engine whose every connection is set up to keep what it confirms. Nothing is opened yet."""
    options: dict[str, Any] = {"json_serializer": _to_json}
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True, **options)
        engine = create_engine(url, pool_size=16, max_overflow=16, connect_args=_sqlite_arguments(), **options)
    except (ImportError, NoSuchModuleError) as error:
        raise DatabaseUnusable(
            f"The driver for the database at {place(url)} is not installed ({error}). Install it, {ANOTHER_PLACE}."
        ) from error
    event.listen(engine, "connect", _on_connect(busy_timeout_ms))
    event.listen(engine, "begin", _begin)
    return engine


def refuse_read_only(url: URL) -> None:
    """Say that a file or its folder cannot be written before SQLite opens it.

    It would leave files beside it that cannot be written either, also after the permission is given.
    """
    name = url.database or ""
    if url.get_backend_name() != "sqlite" or name.startswith("file:"):
        return
    for path in (Path(name), Path(name).parent):
        if path.exists() and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise read_only(place(url))


def for_writing(engine: Engine) -> Engine:
    """The same connections, for transactions that write.

    On SQLite these take the write lock at once: a transaction that reads first and writes later fails without
    waiting if somebody else wrote in between.
    """
    return engine.execution_options(**{_WRITES: True})


def _sqlite_arguments() -> dict[str, Any]:
    # Transactions are begun by `_begin`, not guessed by the driver from the statement, which leaves SELECT and DDL
    # outside. Where Python knows the newer `autocommit`, say that we do not mean it, whatever its default becomes.
    arguments: dict[str, Any] = {"isolation_level": None}
    if sys.version_info >= (3, 12):
        arguments["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    return arguments


def _on_connect(busy_timeout_ms: int) -> Any:
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (
            f"busy_timeout = {busy_timeout_ms}",  # first: what follows may have to wait
            "foreign_keys = ON",
            "secure_delete = ON",  # what a person asked to erase is overwritten, not only unlinked
        ):
            connection.execute(f"PRAGMA {pragma}")
        _use_write_ahead_log(connection, busy_timeout_ms)
        # An answer shown as given survives a power cut.
        connection.execute("PRAGMA synchronous = FULL")

    return set_up


def _use_write_ahead_log(connection: sqlite3.Connection, busy_timeout_ms: int) -> None:
    """Ask for WAL; where several processes ask for it at once SQLite says "locked" without waiting, so wait here."""
    pause = 0.02
    for _ in range(max(1, int(busy_timeout_ms / 1000 / pause))):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                return  # said where somebody wants to write
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            last = error
        time.sleep(pause)
    raise last


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
