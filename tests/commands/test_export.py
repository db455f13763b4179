"""`simulator export`: a file in the name of somebody who may take it out, and one sentence to everybody else."""

from __future__ import annotations

import argparse
import json
import stat
import zipfile
from pathlib import Path

import pytest

from simulator.commands import export
from simulator.records.access_log import Looked, looks_at
from tests.people.conftest import Programme, programme_of_two

__all__ = ["programme_of_two"]


@pytest.fixture
def database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where both the tests and the command keep their records."""
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", url)
    return url


def run(*arguments: str) -> int:
    """Run the command as its door does."""
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args(arguments))


@pytest.fixture
def done(programme_of_two: Programme) -> Programme:
    """Tom has done what was set."""
    programme_of_two.does("trainee", programme_of_two.set_tea())
    return programme_of_two


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_tables_come_as_an_archive(
    done: Programme, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.zip"
    assert run("one", "--as", "lea@example.org", "--format", form, "--out", str(out)) == 0
    assert "1 attempt, 2 people" in capsys.readouterr().out
    assert "README.txt" in zipfile.ZipFile(out).namelist()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    (look,) = looks_at(done.store, done.actors["fellow"])
    assert (look.what, look.who, look.detail) == (Looked.EXPORTED, "Lea", f"{form}, at the command line")


def test_statements_come_one_a_line(done: Programme, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    home = "https://college.example"
    assert run("one", "--as", "INES@example.org ", "--format", "xapi", "--out", str(out), "--home-page", home) == 0
    statements = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(statements) == 9
    assert {one["actor"]["account"]["homePage"] for one in statements} == {home}


@pytest.mark.parametrize("form", ["moodle", "canvas"])
def test_gradebooks_come_as_csv_and_never_under_pseudonyms(
    done: Programme, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "marks.csv"
    asked = ("one", "--as", "lea@example.org", "--format", form, "--out", str(out))
    assert run(*asked, "--pseudonymous") == 2
    assert "whose a mark is" in capsys.readouterr().err and not out.exists()
    assert run(*asked) == 0
    assert "Tea with Sam" in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["ada@example.org", "ivo@example.org", "tom@example.org", "nobody", ""])
def test_in_the_name_of_who_may_not_nothing_is_written(
    done: Programme, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.zip"
    assert run("one", "--as", name, "--out", str(out)) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("out")) == []
    assert not looks_at(done.store, done.actors["fellow"])


def test_a_cohort_that_is_not_there_and_a_file_that_is_are_told(
    done: Programme, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.zip"
    assert run("three", "--as", "lea@example.org", "--out", str(out)) == 2
    assert "one, two" in capsys.readouterr().err
    out.write_text("mine")
    assert run("one", "--as", "lea@example.org", "--out", str(out)) == 2
    assert out.read_text() == "mine"
    assert not looks_at(done.store, done.actors["fellow"])


@pytest.mark.parametrize("where", ["nowhere/out.zip", "a-file/out.zip", "n" * 300])
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    done: Programme, tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a-file").write_text("mine")
    assert run("one", "--as", "lea@example.org", "--out", str(tmp_path / where)) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not looks_at(done.store, done.actors["fellow"])


def test_files_beside_it_are_left_alone_and_nothing_else_comes(done: Programme, tmp_path: Path) -> None:
    (tmp_path / "out.zip.part").write_text("mine")
    before = {path.name for path in tmp_path.iterdir()}
    assert run("one", "--as", "lea@example.org", "--out", str(tmp_path / "out.zip")) == 0
    assert (tmp_path / "out.zip.part").read_text() == "mine"
    came = {path.name for path in tmp_path.iterdir()} - before
    assert {name for name in came if not name.startswith("records.")} == {"out.zip"}
