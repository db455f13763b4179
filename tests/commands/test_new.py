"""`simulator new`: a scenario to begin from, that nobody need be ashamed of."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from simulator.audit.findings import findings_of
from simulator.audit.report import audit
from simulator.cli import main
from simulator.commands.audit import sampling
from simulator.content.library import load_library
from tests.commands.conftest import PROJECT, Ran

Run = Callable[..., Ran]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with rubrics and no scenarios."""
    copytree(PROJECT / "rubrics", tmp_path / "rubrics")
    (tmp_path / "scenarios").mkdir()
    monkeypatch.setenv("SIMULATOR_LIBRARY", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("scenario_id", ["amina", "amina-first-meeting", "a1_b-2"])
def test_what_is_begun_passes_the_strict_check_under_any_id(empty: Path, scenario_id: str) -> None:
    assert main(["new", scenario_id]) == 0
    assert main(["check", "--strict"]) == 0
    assert set(load_library(empty).scenarios) == {scenario_id}


def test_it_has_nothing_grave_to_mend_and_its_plays_expect_something(empty: Path) -> None:
    main(["new", "amina"])
    library = load_library(empty)
    found = audit(library.content("amina"), sampling(1))
    assert [finding.says for finding in findings_of(found) if finding.grave] == []
    assert not [finding for finding in findings_of(found) if finding.about in {"never", "conditions", "debrief"}]
    plays = library.plays["amina"].model
    assert plays
    assert all(play.expect.ending for play in plays.plays.values())


def test_every_line_of_it_is_for_somebody_who_writes_and_does_not_program(empty: Path) -> None:
    main(["new", "amina"])
    text = (empty / "scenarios" / "amina.yaml").read_text("utf-8")
    assert text.count(" # ") + text.count("\n# ") >= 15
    assert "STARTER" not in text


@pytest.mark.parametrize("title", ['Who\'s "late"?', "One: two # three", "* star", "No", "{curly}"])
def test_a_title_of_any_characters_is_kept(empty: Path, title: str) -> None:
    assert main(["new", "amina", "--title", title]) == 0
    scenario = load_library(empty).scenarios["amina"].model
    assert scenario
    assert scenario.title == title


def test_without_a_title_one_is_made_of_the_id(empty: Path) -> None:
    main(["new", "amina-first_meeting"])
    scenario = load_library(empty).scenarios["amina-first_meeting"].model
    assert scenario
    assert scenario.title == "Amina first meeting"


@pytest.mark.parametrize("wrong", ["Amina", "1st", "a b", "a/b", "../a", "", "émilie", "a" * 81])
def test_an_id_of_another_form_is_refused_with_the_form(simulator: Run, library: Path, wrong: str) -> None:
    ran = simulator("new", wrong)
    assert ran.code == 1
    assert "small letters, digits, underscores and hyphens" in ran.err
    assert sorted(path.name for path in (library / "scenarios").iterdir()) == ["sam.plays.yaml", "sam.yaml"]


def test_nothing_that_is_there_is_written_over(simulator: Run, library: Path) -> None:
    before = (library / "scenarios" / "sam.yaml").read_bytes()
    ran = simulator("new", "sam")
    assert ran.code == 1
    assert "is there already" in ran.err
    assert (library / "scenarios" / "sam.yaml").read_bytes() == before


def test_a_folder_that_is_no_library_becomes_one(simulator: Run, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    ran = simulator("new", "amina", "--into", str(folder))
    assert ran.code == 0
    assert "is a library now" in ran.out
    assert set(load_library(folder).scenarios) == {"amina"}
    assert simulator("check", "--strict", str(folder)).code == 0


def test_outside_any_library_it_begins_one_where_one_stands_and_never_writes_into_the_programs_own(
    simulator: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path_factory.mktemp("desk")
    monkeypatch.delenv("SIMULATOR_LIBRARY")
    monkeypatch.chdir(here)
    assert simulator("new", "amina").code == 0
    assert (here / "scenarios" / "amina.yaml").exists()
    assert not (PROJECT / "scenarios" / "amina.yaml").exists()


def test_a_folder_that_is_not_there_is_said_in_a_sentence(simulator: Run, tmp_path: Path) -> None:
    ran = simulator("new", "amina", "--into", str(tmp_path / "nowhere"))
    assert ran.code == 1
    assert "make it first" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="for the administrator every folder can be written")
def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(simulator: Run, library: Path) -> None:
    (library / "scenarios").chmod(0o500)
    ran = simulator("new", "amina")
    (library / "scenarios").chmod(0o700)
    assert ran.code == 1
    assert "cannot be written" in ran.err


def test_a_disk_that_fails_half_way_leaves_nothing_behind(
    simulator: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "plays.yaml")

    monkeypatch.setattr("simulator.commands.new._expect", full)
    ran = simulator("new", "amina")
    assert ran.code == 1
    assert "No space left on device" in ran.err
    assert not list((library / "scenarios").glob("amina*"))


def test_it_says_how_to_go_on(simulator: Run) -> None:
    told = simulator("new", "amina").out
    for command in ("simulator play amina", "simulator check", "simulator audit amina"):
        assert command in told
