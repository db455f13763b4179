"""A backup that needs no particular database: every table as lines of JSON in one zip file, with its own checksums.

It is read in one transaction while others go on writing, and can be restored into SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, MetaData, Table, insert, inspect, select

from simulator.records.clock import utc_now
from simulator.records.erasing import erase_again
from simulator.records.errors import Unfit
from simulator.records.schema import erasure, metadata
from simulator.records.store import Store
from simulator.records.upgrade import VERSION_TABLE, revision_of, upgrade_to

FORMAT = 1
_MANIFEST = "manifest.json"
_BATCH = 500

Erased = tuple[str, str, str, datetime]
"""Programme, what, which, when: what a restored backup has to erase again."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What is in a backup file: the form of its tables, when it was made, and rows by table."""

    revision: str
    made_at: str
    rows: dict[str, int]


def write_backup(store: Store, path: Path, clock: Callable[[], datetime] = utc_now) -> Backup:
    """Write everything into a new file. It appears under its name only when it is whole.

    Raises:
        Unfit: there is such a file already, or it cannot be written.
    """
    if path.exists():
        raise Unfit(f"'{path}' is there already; name another file.")
    half = path.with_name(path.name + ".part")
    try:
        with store.snapshot() as connection, zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as file:
            told: dict[str, dict[str, Any]] = {}
            for table in metadata.sorted_tables:
                told[table.name] = _write_table(connection, table, file)
            manifest = {
                "format": FORMAT,
                "revision": revision_of(connection),
                "made_at": clock().isoformat(),
                "tables": told,
            }
            file.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        half.rename(path)
    except OSError as error:
        raise Unfit(f"'{path}' cannot be written ({error.strerror}). Name a place with room that is yours.") from error
    finally:
        half.unlink(missing_ok=True)
    return _told(manifest)


def _write_table(connection: Connection, table: Table, file: zipfile.ZipFile) -> dict[str, Any]:
    digest, rows = sha256(), 0
    with file.open(f"{table.name}.ndjson", "w", force_zip64=True) as out:
        for row in connection.execution_options(yield_per=_BATCH).execute(
            select(table).order_by(*table.primary_key.columns)
        ):
            line = json.dumps({name: _plain(value) for name, value in row._mapping.items()}, ensure_ascii=False)
            data = line.encode() + b"\n"
            digest.update(data)
            out.write(data)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def read_manifest(path: Path) -> Backup:
    """What a backup file says of itself.

    Raises:
        Unfit: it is no backup of this program.
    """
    with _opened(path) as (_, manifest):
        return _told(manifest)


def restore_into(engine: Engine, path: Path, erased: list[Erased]) -> Backup:
    """Fill an empty database from a backup, bring it to today's form, and erase again what was erased since.

    Raises:
        Unfit: the file is damaged or no backup, or the database is not empty.
        DatabaseTooNew: a newer version of the program wrote it.
    """
    with _opened(path) as (file, manifest):
        with engine.connect() as connection:
            if set(inspect(connection).get_table_names()) - {VERSION_TABLE}:
                raise Unfit("The database to restore into is not empty; name another, or move it away first.")
        upgrade_to(engine, manifest["revision"])
        there = MetaData()
        with engine.begin() as connection:
            there.reflect(connection)
            for name in (table.name for table in there.sorted_tables if table.name in manifest["tables"]):
                _read_table(connection, there.tables[name], file, manifest["tables"][name])
        upgrade_to(engine, "head")
        with engine.begin() as connection:
            erase_again(connection, erased)
        return _told(manifest)


def _read_table(connection: Connection, table: Table, file: zipfile.ZipFile, told: dict[str, Any]) -> None:
    moments = [column.name for column in table.c if isinstance(column.type, DateTime)]
    digest, rows = sha256(), 0
    batch: list[dict[str, Any]] = []
    with file.open(f"{table.name}.ndjson") as lines:
        for line in lines:
            digest.update(line)
            rows += 1
            row = json.loads(line)
            for name in moments:
                row[name] = _moment(connection, row[name])
            batch.append(row)
            if len(batch) >= _BATCH:
                connection.execute(insert(table), batch)
                batch = []
    if batch:
        connection.execute(insert(table), batch)
    if (rows, digest.hexdigest()) != (told["rows"], told["sha256"]):
        raise Unfit(f"The backup is damaged: its table '{table.name}' is not what was written. Nothing was restored.")


def _moment(connection: Connection, value: str | None) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    return moment.astimezone(UTC).replace(tzinfo=None) if connection.dialect.name == "sqlite" else moment


def erased_in(store: Store) -> list[Erased]:
    """What was erased in a database, for a backup that is restored in its place."""
    wanted = select(erasure.c.programme_id, erasure.c.what, erasure.c.subject, erasure.c.at)
    with store.reading() as connection:
        return [(row.programme_id, row.what, row.subject, row.at) for row in connection.execute(wanted)]


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        with zipfile.ZipFile(path) as file:
            manifest = json.loads(file.read(_MANIFEST))
            if manifest.get("format") != FORMAT:
                raise Unfit(f"'{path}' is a backup in a form that this version does not read.")
            yield file, manifest
    except FileNotFoundError:
        raise Unfit(f"There is no file '{path}'.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unfit(f"'{path}' is not a backup of this program, or is damaged.") from error


def _told(manifest: dict[str, Any]) -> Backup:
    rows = {name: told["rows"] for name, told in manifest["tables"].items()}
    return Backup(manifest["revision"], manifest["made_at"], rows)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
