"""`simulator coverage`: what the plays touch, and plays that would touch all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from simulator.cli import main
from tests.commands.conftest import Ran

Run = Callable[..., Ran]


def test_what_no_play_touches_is_named_at_its_line(simulator: Run, library: Path) -> None:
    told = simulator("coverage", "sam").out
    assert "choices: 2 of 4" in told
    assert "endings: 1 of 1" in told
    text = (library / "scenarios" / "sam.yaml").read_text("utf-8").splitlines()
    line = text.index("      advise:") + 1
    assert f"scenarios/sam.yaml:{line} choice arrival.advise" in told


def test_the_plays_that_are_written_touch_everything_and_hold(simulator: Run, library: Path, tmp_path: Path) -> None:
    written = tmp_path / "all.plays.yaml"
    assert simulator("coverage", "sam", "--write", str(written)).code == 0
    plays = library / "scenarios" / "sam.plays.yaml"
    plays.write_text(written.read_text("utf-8"), encoding="utf-8")
    assert simulator("check").code == 0
    told = simulator("coverage", "sam").out
    assert "choices: 4 of 4" in told
    assert "Not touched" not in told


def test_the_plays_say_whether_they_are_proved_to_be_fewest(simulator: Run) -> None:
    assert simulator("coverage", "sam", "--write", "-").out.startswith("# 3 plays that touch all of sam")
    found = json.loads(simulator("coverage", "sam", "--json").out)
    assert found["cover"]["smallest"] is (found["cover"]["plays"] == found["cover"]["at_least"])


def test_the_json_has_counts_places_and_ways(simulator: Run) -> None:
    found = json.loads(simulator("coverage", "sam", "--json").out)
    assert found["items"]["choice"] == {"every": 4, "touched": 2}
    assert all(set(one) == {"place", "what"} for one in found["untouched"])
    assert found["never"] == []
    assert all(path[0].startswith("arrival.") for path in found["cover"]["paths"])


def test_what_no_run_can_touch_stands_apart(simulator: Run, library: Path) -> None:
    path = library / "scenarios" / "sam.yaml"
    path.write_text(path.read_text("utf-8").replace("- when: trust >= 4", "- when: trust >= 9"), encoding="utf-8")
    never = json.loads(simulator("coverage", "sam", "--json").out)["never"]
    assert "choice later.ask" in {one["what"] for one in never}


def test_a_file_that_is_there_is_not_written_over(simulator: Run, library: Path) -> None:
    plays = library / "scenarios" / "sam.plays.yaml"
    before = plays.read_bytes()
    ran = simulator("coverage", "sam", "--write", str(plays))
    assert ran.code == 1
    assert "is there already" in ran.err
    assert plays.read_bytes() == before


def test_a_file_that_cannot_be_written_and_a_scenario_that_is_not_there_are_said_in_a_sentence(
    simulator: Run, tmp_path: Path
) -> None:
    assert "cannot be written" in simulator("coverage", "sam", "--write", str(tmp_path / "no" / "such.yaml")).err
    assert "There is no scenario 'pam'" in simulator("coverage", "pam").err


def test_a_play_that_cannot_be_played_is_left_out_and_named(simulator: Run, library: Path) -> None:
    plays = library / "scenarios" / "sam.plays.yaml"
    plays.write_text(plays.read_text("utf-8").replace("arrival.reflect, ask", "arrival.agree"), encoding="utf-8")
    told = simulator("coverage", "sam").out
    assert "not counted, since it cannot be played to an ending: best" in told


def test_without_plays_nothing_is_touched(library: Path) -> None:
    (library / "scenarios" / "sam.plays.yaml").unlink()
    assert main(["coverage", "sam"]) == 0
