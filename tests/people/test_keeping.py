"""Keeping the records: backup while in use, restoring into either database, and whether they hold together."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from simulator.cli import main
from simulator.records.attempts import Attempts, Writing
from simulator.records.backup import erased_in, read_manifest, restore_into, write_backup
from simulator.records.database import connect_engine
from simulator.records.database import database_url as parsed
from simulator.records.errors import DatabaseTooNew, Unfit
from simulator.records.health import catch_up, examine
from simulator.records.schema import attempt, event, metadata, result
from simulator.records.store import Store, open_store

from .conftest import Programme


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a database, by table."""
    with store.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }


def lived_in(here: Programme) -> str:
    """A programme in which something has happened. Gives an attempt."""
    done = here.does("trainee", here.set_tea())
    here.own("trainee").write(done, Writing.REFLECTION, "Sam looked cold — “really”.")
    here.reviews.comment(here.actors["instructor"], done, "Warmly met.")
    here.does("fellow")
    here.people.reset_link(here.actors["instructor"], here.actors["trainee"].person_id)
    return done


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind, to restore into."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/restored.sqlite3"
    url: str = request.getfixturevalue("postgresql_url_2")
    return url


def test_a_backup_restores_everything_into_either_kind_of_database(
    programme_of_two: Programme, elsewhere: str, tmp_path: Path
) -> None:
    here = programme_of_two
    lived_in(here)
    made = write_backup(here.store, tmp_path / "b.zip")
    assert made == read_manifest(tmp_path / "b.zip")
    engine = connect_engine(parsed(elsewhere))
    restore_into(engine, tmp_path / "b.zip", [])
    engine.dispose()
    restored = open_store(elsewhere)
    assert rows(restored) == rows(here.store)
    assert list(examine(restored, Attempts(restored))) == []
    restored.close()


def test_what_is_written_meanwhile_does_not_tear_a_backup(programme_of_two: Programme, tmp_path: Path) -> None:
    here = programme_of_two
    lived_in(here)
    before = rows(here.store)
    original = zipfile.ZipFile.open

    def busy(self: zipfile.ZipFile, name: str, mode: str = "r", **otherwise: object):  # type: ignore[no-untyped-def]
        if mode == "w" and name == "event.ndjson":
            here.does("other trainee")
        return original(self, name, mode, **otherwise)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(zipfile.ZipFile, "open", busy)
        write_backup(here.store, tmp_path / "b.zip")
    store = _restored(tmp_path)
    assert rows(store) == before
    store.close()


def test_what_was_erased_since_the_backup_is_erased_again(programme_of_two: Programme, tmp_path: Path) -> None:
    here = programme_of_two
    practised = here.does("fellow")
    write_backup(here.store, tmp_path / "b.zip")
    here.own_data.erase_attempt(here.actors["fellow"], practised)
    here.own_data.erase_person(here.actors["trainee"], here.actors["trainee"].person_id)
    store = _restored(tmp_path, erased_in(here.store))
    with store.reading() as connection:
        told = str([connection.execute(table.select()).all() for table in metadata.sorted_tables])
        assert connection.execute(select(attempt.c.id).where(attempt.c.id == practised)).all() == []
    assert "Tom" not in told
    assert "tom@example.org" not in told
    store.close()


def test_a_damaged_file_is_refused_and_nothing_is_overwritten(programme_of_two: Programme, tmp_path: Path) -> None:
    here = programme_of_two
    good = tmp_path / "b.zip"
    write_backup(here.store, good)
    with pytest.raises(Unfit, match="there already"):
        write_backup(here.store, good)
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"Northern", b"Southern") if name == "programme.ndjson" else data)
    for file, told in ((bad, "damaged"), (tmp_path / "none.zip", "no file"), (Path(__file__), "not a backup")):
        with pytest.raises(Unfit, match=told):
            restore_into(connect_engine(parsed(f"sqlite:///{tmp_path}/{file.stem}.db")), file, [])
    with pytest.raises(Unfit, match="not empty"):
        restore_into(here.store._engine, good, [])


def test_a_backup_of_a_newer_program_is_refused(programme_of_two: Programme, tmp_path: Path) -> None:
    write_backup(programme_of_two.store, tmp_path / "b.zip")
    newer = tmp_path / "n.zip"
    with zipfile.ZipFile(tmp_path / "b.zip") as source, zipfile.ZipFile(newer, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'"revision": "0', b'"revision": "9'))
    with pytest.raises(DatabaseTooNew):
        restore_into(connect_engine(parsed(f"sqlite:///{tmp_path}/n.db")), newer, [])


def test_the_doctor_finds_a_result_that_events_do_not_come_to_and_mends_it(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = lived_in(here)
    assert list(examine(here.store, here.attempts)) == []
    with here.store.writing() as connection:
        connection.execute(update(result).where(result.c.attempt_id == done).values(ending="elsewhere"))
    complaints = list(examine(here.store, here.attempts))
    assert [(one.attempt_id, one.mended) for one in complaints] == [(done, False)]
    assert [one.mended for one in examine(here.store, here.attempts, mend=True)] == [True]
    assert list(examine(here.store, here.attempts)) == []


def test_the_doctor_names_an_attempt_whose_events_have_a_gap(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = lived_in(here)
    with here.store.writing() as connection:
        connection.execute(delete(event).where(event.c.attempt_id == done, event.c.number == 2))
    complaints = list(examine(here.store, Attempts(here.store)))
    assert [one.attempt_id for one in complaints] == [done]
    assert "missing" in complaints[0].told


def test_attempts_from_before_results_were_kept_get_theirs(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = here.does("trainee")
    with here.store.writing() as connection:
        connection.execute(delete(result).where(result.c.attempt_id == done))
        connection.execute(update(attempt).where(attempt.c.id == done).values(ended=None))
    catch_up(here.store, here.attempts)
    assert list(examine(here.store, here.attempts)) == []


def test_the_commands_back_up_prove_restore_and_examine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", f"sqlite:///{tmp_path}/used.db")
    monkeypatch.setattr("sys.stdin", __import__("io").StringIO("a fine long word\n"))
    assert main(["people", "add", "--name", "Ada", "--sign-in-name", "ada", "--password-from-stdin"]) == 0
    assert main(["people", "list"]) == 0
    assert "Ada\tada\tadministrator" in capsys.readouterr().out
    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert "Proved" in capsys.readouterr().out
    into = f"sqlite:///{tmp_path}/new.db"
    used = f"sqlite:///{tmp_path}/used.db"
    assert main(["restore", str(tmp_path / "b.zip"), "--into", into, "--erased-in", used]) == 0
    assert "Restored" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "b.zip"), "--into", into]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["doctor"]) == 0
    assert "All is well." in capsys.readouterr().out
    assert main(["people", "add", "--role", "trainee"]) == 0
    assert "/join/" in capsys.readouterr().out


def _restored(folder: Path, erased: list[object] | None = None) -> Store:
    url = f"sqlite:///{folder}/restored.sqlite3"
    engine = connect_engine(parsed(url))
    restore_into(engine, folder / "b.zip", erased or [])  # type: ignore[arg-type]
    engine.dispose()
    return open_store(url)
