"""Bring a database to the form this program reads, once, however many processes start together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from simulator.records.database import for_writing, place, refuse_read_only
from simulator.records.errors import DatabaseTooNew, DatabaseUnusable
from simulator.records.faults import ANOTHER_PLACE, faults_in_words
from simulator.records.schema import metadata

VERSION_TABLE = "simulator_schema"
"""Holds the revision. Named for this program, so that its database is told from any other that Alembic looks after."""

_FOLDER = Path(__file__).with_name("migrations")
_ADVISORY_LOCK = 0x636F756E73656C  # any number that all processes agree on
_one_at_a_time = Lock()  # Alembic keeps its environment in a module


def upgrade_to_head(engine: Engine) -> None:
    """Create or migrate the tables, under a lock.

    Raises:
        DatabaseTooNew: a newer version of the program was here.
        DatabaseUnusable: it is not a database, or another program's.
        StoreUnavailable: it cannot be opened or written.
    """
    where = place(engine.url)
    refuse_read_only(engine.url)
    with _one_at_a_time, faults_in_words(where):
        with engine.connect() as connection:  # the usual case is found without locking anybody out
            ready = _at_head(connection, where)
        if ready:
            _try_to_write(engine)
            return
        with _locked(engine) as connection:
            if not _at_head(connection, where):  # whoever waited for the lock may find the work done
                command.upgrade(_config(connection), "head")


def upgrade_to(engine: Engine, revision: str) -> None:
    """Create or migrate the tables up to a form that may be an earlier one: for a backup made in it.

    Raises:
        DatabaseTooNew: this version of the program does not know the form.
    """
    where = place(engine.url)
    script = ScriptDirectory.from_config(_config())
    if revision != "head" and revision not in {known.revision for known in script.walk_revisions()}:
        raise DatabaseTooNew(f"The backup was written by a newer version of this program (its form is '{revision}').")
    with _one_at_a_time, faults_in_words(where), _locked(engine) as connection:
        command.upgrade(_config(connection), revision)


def revision_of(connection: Connection) -> str:
    """The form that a database's tables are in."""
    return str(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    return config


def _at_head(connection: Connection, where: str) -> bool:
    """Whether there is nothing to do. Refuses what is not ours to migrate."""
    script = ScriptDirectory.from_config(_config())
    # Tables before revision: if another process migrates in between, the tables are not taken for a stranger's.
    there = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
    present = set(MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_heads())
    if unknown := present - {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseTooNew(
            f"The records at {where} were written by a newer version of this program "
            f"(their form is '{', '.join(sorted(unknown))}'). Install that version again, {ANOTHER_PLACE}."
        )
    # A PostgreSQL schema may be shared with others under other names; a file is one program's.
    if not present and there and (connection.dialect.name == "sqlite" or there & set(metadata.tables)):
        raise DatabaseUnusable(f"The database at {where} belongs to another program. Move it away, {ANOTHER_PLACE}.")
    return present == set(script.get_heads())


def _try_to_write(engine: Engine) -> None:
    """Meet a read-only database now, rather than at somebody's first answer."""
    with for_writing(engine).connect() as connection, connection.begin() as transaction:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = version_num"))
        transaction.rollback()


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process can enter at the same time."""
    with for_writing(engine).connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
                yield connection
            return
        # SQLite rebuilds a table to change it; with foreign keys on, dropping the old one would touch what points
        # at it. They can only be switched outside a transaction, and are checked before this one ends.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise DatabaseUnusable(f"The records at {place(engine.url)} do not hold together; restore a copy.")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
