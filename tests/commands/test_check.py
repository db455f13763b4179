"""`simulator check`: exit codes, forms, which files it looks at, and what it does to plays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Ran

Run = Callable[..., Ran]


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_library_has_nothing_to_mend(simulator: Run, library: Path) -> None:
    core = library / "rubrics" / "core.yaml"
    core.write_text(core.read_text("utf-8").replace("enough: 4", "enough: 1"), encoding="utf-8")
    ran = simulator("check", "--strict")
    assert ran.code == 0, ran.out
    assert "nothing to mend" in ran.out


def test_an_error_is_shown_at_its_line_with_the_nearest_name_and_exits_with_1(simulator: Run, library: Path) -> None:
    _edit(library / "scenarios" / "sam.yaml", "        to: later", "        to: latter")
    ran = simulator("check")
    assert ran.code == 1
    first, line, carets, hint = ran.out.splitlines()[:4]
    assert first.startswith("scenarios/sam.yaml:22:13: error[SIM201] ")
    assert line.endswith("to: latter")
    assert carets.index("^") == line.index("latter")
    assert carets.count("^") == len("latter")
    assert hint == "  hint: did you mean 'later' (line 34)?"


def test_warnings_exit_with_0_and_under_strict_with_2(simulator: Run, library: Path) -> None:
    _edit(library / "scenarios" / "sam.yaml", "        why: It follows.\n", "")
    assert simulator("check").code == 0
    assert simulator("check", "--strict").code == 2


def test_json_names_code_place_and_hint_of_every_finding(simulator: Run, library: Path) -> None:
    _edit(library / "scenarios" / "sam.yaml", "shows: [open_question]", "shows: [open_questions]")
    (finding,) = json.loads(simulator("check", "--format", "json").out)
    assert finding["code"] == "SIM202"
    assert finding["severity"] == "error"
    assert finding["path"] == "scenarios/sam.yaml"
    assert (finding["line"], finding["column"]) == (40, 17)
    assert "open_question" in finding["hint"]


def test_the_github_form_is_one_workflow_command_for_each_finding(simulator: Run, library: Path) -> None:
    _edit(library / "scenarios" / "sam.yaml", "shows: [open_question]", "shows: [open_questions]")
    (line,) = simulator("check", "--format", "github").out.splitlines()
    assert line.startswith("::error file=scenarios/sam.yaml,line=40,")
    assert ",title=SIM202::" in line


def test_a_broken_file_fails_alone(simulator: Run, library: Path) -> None:
    (library / "scenarios" / "broken.yaml").write_text("title: [open", encoding="utf-8")
    (library / "scenarios" / "other.yaml").write_bytes(b"\x00\xff\xfe")
    ran = simulator("check")
    assert ran.code == 1
    assert {line.split(":")[0] for line in ran.out.splitlines() if "error[" in line} == {
        "scenarios/broken.yaml",
        "scenarios/other.yaml",
    }


def test_one_named_file_is_checked_with_its_plays_and_nothing_else(simulator: Run, library: Path) -> None:
    (library / "scenarios" / "broken.yaml").write_text("title: [open", encoding="utf-8")
    ran = simulator("check", str(library / "scenarios" / "sam.yaml"))
    assert ran.code == 0
    assert "2 files checked" in ran.out


def test_a_scenario_outside_the_library_is_checked_against_the_librarys_behaviours(
    simulator: Run, library: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("desk") / "sam.yaml"
    elsewhere.write_text((library / "scenarios" / "sam.yaml").read_text().replace("open_question", "open_qestion"))
    ran = simulator("check", str(elsewhere))
    assert ran.code == 1
    assert "did you mean 'open_question'?" in ran.out


def test_scenarios_without_rubrics_beside_them_are_checked_by_the_present_ones_and_that_is_said(
    simulator: Run, library: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("desk") / "scenarios"
    folder.mkdir()
    text = (library / "scenarios" / "sam.yaml").read_text()
    (folder / "sam.yaml").write_text(text.replace("open_question", "open_qestion"))
    for named in (folder / "sam.yaml", folder.parent, folder):
        ran = simulator("check", str(named))
        assert ran.code == 1, named
        assert "did you mean 'open_question'?" in ran.out
        assert "There is no rubrics/" in ran.err


def test_a_path_that_is_not_there_is_said_in_one_sentence(simulator: Run) -> None:
    ran = simulator("check", "nowhere.yaml")
    assert ran.code == 1
    assert ran.err.strip() == "simulator check: there is no file or folder 'nowhere.yaml'"


def test_a_failing_play_names_its_step_and_what_was_on_offer_there(simulator: Run, library: Path) -> None:
    _edit(library / "scenarios" / "sam.plays.yaml", "[arrival.reflect, ask]", "[arrival.reflect, agree]")
    ran = simulator("check")
    assert ran.code == 1
    assert "play 'best', step 2: 'agree' is not on offer at 'later'" in ran.out
    assert "on offer there: ask, hurry" in ran.out


def test_accepting_renews_what_no_longer_holds_keeps_the_rest_and_shows_the_difference(
    simulator: Run, library: Path
) -> None:
    plays = library / "scenarios" / "sam.plays.yaml"
    _edit(plays, 'state: {trust: ">= 4"}', 'state: {trust: ">= 9"}')
    ran = simulator("check", "--accept")
    assert ran.code == 0, ran.out
    assert '-      state: {trust: ">= 9"}' in ran.out
    assert "+        trust: 4" in ran.out
    assert "# the way an instructor would hope for" in plays.read_text()
    assert "There's my brother as well." in plays.read_text()
    again = plays.read_text()
    assert simulator("check", "--accept").code == 0
    assert plays.read_text() == again


def test_accepting_writes_expectations_for_a_play_that_has_none(simulator: Run, library: Path) -> None:
    plays = library / "scenarios" / "sam.plays.yaml"
    text = plays.read_text()
    plays.write_text(text[: text.index("    expect:")] + "  worst:\n    choose: [advise]\n", encoding="utf-8")
    assert simulator("check", "--accept").code == 0
    written = plays.read_text()
    assert written.count("expect:") == 2
    assert written.count("ending: over") == 2
    assert "empathy: none" in written


def test_reading_aloud_joins_every_reply_with_the_lines_that_may_follow(simulator: Run) -> None:
    out = " ".join(simulator("check", "--read").out.split())
    assert "-> later [trust >= 4]: Pretty much. There's my brother as well." in out
    assert "-> over: Pretty much. Right. Same time next week?" in out
