"""The database itself: its form, its settings, its way up, and a sentence for everything that can be wrong with it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from simulator.content.library import Content
from simulator.records import schema
from simulator.records.attempts import Attempts
from simulator.records.database import connect_engine, database_url
from simulator.records.errors import AttemptMissing, DatabaseTooNew, DatabaseUnusable, RecordsError, StoreUnavailable
from simulator.records.kept import Person
from simulator.records.store import Store, open_store
from simulator.records.upgrade import VERSION_TABLE, upgrade_to_head
from simulator.session.events import Mode, Stopped

from .conftest import NOON, OpenStore


def url_of(path: Path) -> str:
    """The address of a database file."""
    return f"sqlite:///{path}"


def refused(url: str, error: type[RecordsError], **options: int) -> str:
    """The sentence with which opening is refused."""
    with pytest.raises(error) as caught:
        open_store(url, **options).close()
    assert type(caught.value) is error
    sentence = str(caught.value)
    assert re.fullmatch(r"[A-Z].*[.]", sentence), sentence
    assert "Traceback" not in sentence
    assert "sqlalche.me" not in sentence
    return sentence


# --- form -----------------------------------------------------------------------------------------------------------


def described(database: Path) -> list[tuple[str, str, str]]:
    """Every table and index, with the statement that would make it, its parts in alphabetical order."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name != ?", (VERSION_TABLE,))
        told = [(kind, name, (sql or "").replace('"', "")) for kind, name, sql in rows]  # a rebuilt table is quoted
        return sorted((kind, name, " ".join(sorted(re.split(r",\s+|\s*\n\s*", sql)))) for kind, name, sql in told)


def test_migrating_from_nothing_gives_exactly_the_tables_of_the_program(tmp_path: Path, database: Path) -> None:
    open_store(url_of(database)).close()
    engine = create_engine(url_of(database))
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), schema.metadata) == []
    engine.dispose()
    made = create_engine(url_of(tmp_path / "made.sqlite3"))
    schema.metadata.create_all(made)
    made.dispose()
    assert described(database) == described(tmp_path / "made.sqlite3")


def test_every_constraint_has_a_name() -> None:
    for table in schema.metadata.tables.values():
        for constraint in (*table.constraints, *table.indexes):
            assert constraint.name, (table.name, constraint)


def test_everything_that_is_somebodys_names_its_programme() -> None:
    shared = {"programme", "content_text", "throttle"}
    for name, table in schema.metadata.tables.items():
        assert ("programme_id" in table.c) == (name not in shared), name


def test_upgrading_again_changes_nothing(database: Path) -> None:
    engine = connect_engine(database_url(url_of(database)))
    upgrade_to_head(engine)
    before = described(database)
    upgrade_to_head(engine)
    engine.dispose()
    assert described(database) == before


def test_instants_are_utc_and_aware_when_read_back(store: Store) -> None:
    elsewhere = datetime(2026, 3, 1, 13, 30, tzinfo=timezone(timedelta(hours=1, minutes=30)))
    with store._engine.begin() as connection:
        connection.execute(insert(schema.programme).values(id="p", name="P", created_at=elsewhere))
        kept = connection.execute(select(schema.programme.c.created_at)).scalar_one()
    assert (kept, kept.tzinfo) == (NOON, UTC)
    with pytest.raises(StatementError, match="time zone"), store._engine.begin() as connection:
        connection.execute(insert(schema.programme).values(id="q", name="Q", created_at=datetime(2026, 1, 1)))


def test_foreign_keys_hold_also_across_programmes(store: Store, owner: Person, content: Content) -> None:
    attempt_id = Attempts(store).begin(content, Mode.PRACTICE, owner.id)
    with store._engine.begin() as connection:
        connection.execute(insert(schema.programme).values(id="other", name="Other", created_at=NOON))
    row = {"attempt_id": attempt_id, "number": 1, "kind": "stopped", "body": {}, "at": NOON, "programme_id": "other"}
    with pytest.raises(IntegrityError), store._engine.begin() as connection:
        connection.execute(insert(schema.event).values(row))


def test_every_connection_keeps_what_it_confirms(store: Store) -> None:
    connections = [store._engine.connect() for _ in range(3)]
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
    for connection in connections:
        for pragma, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        connection.close()


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store._writing.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE half (done)")
        connection.execute(insert(schema.programme).values(id="p", name="P", created_at=NOON))
        raise RuntimeError
    with store._engine.connect() as connection:
        assert connection.execute(select(schema.programme)).all() == []
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'half'").all() == []


# --- erasing --------------------------------------------------------------------------------------------------------


def test_erasing_an_attempt_takes_its_events_and_its_persons_words(
    store: Store, owner: Person, content: Content, attempts: Attempts
) -> None:
    kept, erased = (attempts.begin(content, Mode.PRACTICE, owner.id) for _ in range(2))
    with store._engine.begin() as connection:
        for attempt_id in (kept, erased):
            row = {"id": attempt_id, "attempt_id": attempt_id, "programme_id": owner.programme_id, "number": 0}
            connection.execute(insert(schema.free_text).values(**row, kind="reflection", text="Mine.", at=NOON))
    store.erase_attempt(erased)
    with store._engine.connect() as connection:
        for table, column in ((schema.attempt, "id"), (schema.event, "attempt_id"), (schema.free_text, "attempt_id")):
            assert connection.execute(select(table.c[column])).scalars().all() == [kept]
    assert [one.id for one in attempts.of(owner.id)] == [kept]
    with pytest.raises(AttemptMissing):
        store.erase_attempt(erased)
    with pytest.raises(AttemptMissing):
        store.append(erased, Stopped(1), NOON)


# --- where ----------------------------------------------------------------------------------------------------------


def test_the_records_are_in_the_users_data_folder_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIMULATOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("simulator.records.database.user_data_path", lambda *_a, **_k: tmp_path / "data" / "home")
    open_store().close()
    assert (tmp_path / "data" / "home" / "records.sqlite3").exists()


def test_the_environment_names_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", url_of(tmp_path / "elsewhere.db"))
    open_store().close()
    assert (tmp_path / "elsewhere.db").exists()


def test_an_address_that_cannot_be_meant_gives_one_sentence() -> None:
    assert "cannot be read" in refused("no address", DatabaseUnusable)
    assert "'mysql'" in refused("mysql://someone@host/name", DatabaseUnusable)
    for memory in ("sqlite://", "sqlite:///:memory:"):
        assert "in memory keeps nothing" in refused(memory, DatabaseUnusable)
    said = refused("postgresql+nosuchdriver://me:secret@host/name", DatabaseUnusable)
    assert "not installed" in said
    assert "secret" not in said


# --- faults ---------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_named_with_a_remedy(database: Path) -> None:
    database.write_text("My diary. " * 500)
    said = refused(url_of(database), DatabaseUnusable)
    assert f"'{database}'" in said
    assert "Move it away" in said
    assert database.read_text().startswith("My diary.")


def test_a_database_of_another_program_is_left_alone(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    assert "another program" in refused(url_of(database), DatabaseUnusable)
    assert [name for _, name, _ in described(database)] == ["bookmarks"]


def test_a_database_from_a_newer_program_is_left_alone(database: Path) -> None:
    open_store(url_of(database)).close()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    said = refused(url_of(database), DatabaseTooNew)
    assert f"'{database}'" in said
    assert "newer version" in said
    assert "9999" in said


def test_a_place_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "folder" / "records.sqlite3"
    assert f"'{missing}' cannot be opened" in refused(url_of(missing), StoreUnavailable)
    assert f"'{tmp_path}' cannot be opened" in refused(url_of(tmp_path), StoreUnavailable)


@contextmanager
def held(database: Path, how: str) -> Iterator[None]:
    """The database locked by somebody else."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


def test_a_locked_database_says_so_and_works_afterwards(database: Path, opened: OpenStore, content: Content) -> None:
    store = opened(busy_timeout_ms=30)
    attempts = Attempts(store)
    attempt_id = attempts.begin(content, Mode.PRACTICE, store.local_person().id)
    with held(database, "IMMEDIATE"):
        assert attempts.open(attempt_id).playthrough.next_number == 1  # reading goes on
        with pytest.raises(StoreUnavailable, match="locked by another program"):
            attempts.answer(attempt_id, 1, "greet")
        assert "locked" in refused(url_of(database), StoreUnavailable, busy_timeout_ms=30)
    assert attempts.answer(attempt_id, 1, "greet").playthrough.next_number == 2


def test_an_empty_database_locked_by_somebody_else_says_so(database: Path) -> None:
    database.touch()
    for how in ("IMMEDIATE", "EXCLUSIVE"):
        with held(database, how):
            assert "locked" in refused(url_of(database), StoreUnavailable, busy_timeout_ms=30)
    open_store(url_of(database)).close()


def test_a_database_opened_for_reading_only_is_refused_at_the_start(database: Path) -> None:
    open_store(url_of(database)).close()
    assert "read-only" in refused(f"sqlite:///file:{database}?mode=ro&uri=true", StoreUnavailable)


@contextmanager
def without_privileges() -> Iterator[Path]:
    """A folder of somebody whom file permissions bind, as they do not bind root."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    try:
        if root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="file permissions are those of Unix")
def test_a_file_or_folder_without_write_permission_says_so(content: Content) -> None:
    with without_privileges() as folder:
        database = folder / "records.sqlite3"
        store = open_store(url_of(database))
        attempts = Attempts(store)
        attempt_id = attempts.begin(content, Mode.PRACTICE, store.local_person().id)
        store.close()
        for path, mode in ((database, 0o400), (folder, 0o500), (database, 0o000)):
            before = path.stat().st_mode
            path.chmod(mode)
            assert "read-only. Allow writing" in refused(url_of(database), StoreUnavailable)
            path.chmod(before)
        again = open_store(url_of(database))
        assert Attempts(again).open(attempt_id).playthrough.next_number == 1
        again.close()


def test_a_full_disk_says_so_and_loses_nothing(opened: OpenStore, content: Content) -> None:
    store = opened()
    attempts = Attempts(store)
    attempt_id = attempts.begin(content, Mode.PRACTICE, store.local_person().id)
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    kept = 0
    with pytest.raises(StoreUnavailable, match=r"is full\. Nothing was lost"):
        while True:
            attempts.answer(attempt_id, kept + 1, f"nod_{kept}" if kept else "greet")
            kept += 1
    store.close()
    found = Attempts(opened()).open(attempt_id).playthrough
    assert (len(found.turns), found.divergences) == (kept, ())
