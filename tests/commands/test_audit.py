"""`simulator audit`: what it prints for people and for programs, and what it finds to mend."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.audit.exploration import explore
from simulator.commands.progress_bar import ProgressBar
from simulator.content.library import load_library
from simulator.session.interview import Interview
from tests.commands.conftest import Ran

Run = Callable[..., Ran]


def _edit(library: Path, old: str, new: str) -> None:
    path = library / "scenarios" / "sam.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _audited(simulator: Run) -> dict[str, Any]:
    ran = simulator("audit", "sam", "--json")
    assert ran.code == 0, ran.err
    audited: dict[str, Any] = json.loads(ran.out)
    return audited


def _says(audited: dict[str, Any]) -> str:
    return "\n".join(finding["says"] for finding in audited["findings"])


def test_the_json_has_the_documented_keys_and_exact_figures(simulator: Run) -> None:
    audited = _audited(simulator)
    assert audited["scenario"] == "sam"
    assert audited["rubric"] == "core"
    assert audited["exact"] is True
    assert audited["paths"] == "3"
    assert (audited["shortest"], audited["longest"]) == (1, 2)
    ending = audited["endings"]["over"]
    assert ending == {
        "reachable": True,
        "random_share": 1.0,
        "random_interval": None,
        "shortest": ["arrival.advise"],
    }
    empathy = audited["criteria"]["empathy"]
    assert (empathy["opportunities_min"], empathy["opportunities_max"]) == (1, 2)
    assert empathy["lowest"] is None
    assert {player["kind"] for player in audited["players"].values()} == {"random", "form", "skill"}


def test_a_criterion_without_room_on_some_complete_path_is_grave(simulator: Run) -> None:
    first = _audited(simulator)["findings"][0]
    assert first["grave"] is True
    assert "On the poorest complete path empathy has 1 opportunities; a figure needs 4." in first["says"]


def test_what_can_never_happen_is_named(simulator: Run, library: Path) -> None:
    _edit(library, "      - when: trust >= 4\n        to: later", "      - when: trust >= 9\n        to: later")
    _edit(library, "    client: There's my brother as well.", "    client: My brother.\n    discloses: the brother")
    says = _says(_audited(simulator))
    assert "The condition 'trust >= 9' of 'goto' of node 'arrival' never holds." in says
    assert "Choice 'later.ask' is never offered." in says
    assert "Possibility 1 of node 'later' is never heard." in says
    assert "What the client would confide at 'later' can never be heard." in says


def test_a_decision_without_consequence_is_named(simulator: Run) -> None:
    assert "At node 'later' every choice leads to the same future." in _says(_audited(simulator))


def test_a_story_larger_than_the_bound_is_cut_off_and_says_so(library: Path) -> None:
    scenario = load_library(library).content("sam").scenario
    story = explore(Interview(scenario), most=2)
    assert story.exact is False
    assert story.order == []


def test_the_first_screen_has_at_most_seven_findings_and_says_how_many_more(simulator: Run) -> None:
    shown = simulator("audit", "sam").out
    to_mend = shown.partition("To mend")[2].partition("Ways through")[0]
    assert to_mend.count("\n- ") <= 7
    assert "# A first minute" in simulator("audit", "sam", "--markdown").out


@pytest.mark.parametrize("wrong", [("audit", "pam"), ("audit", "sam", "--rubric", "cor")])
def test_what_cannot_be_audited_is_said_in_one_sentence(simulator: Run, wrong: tuple[str, ...]) -> None:
    ran = simulator(*wrong)
    assert ran.code == 1
    assert ran.err.startswith("simulator audit: There is no ")


def test_the_library_is_audited_as_a_whole(simulator: Run) -> None:
    ran = simulator("audit", "--library", "--json")
    assert ran.code == 0, ran.err
    audited = json.loads(ran.out)
    assert audited["scenarios"]["sam"]["exact"] is True
    assert audited["left_out"] == 0
    assert set(audited["forms"]["most_length"]) == {"gain", "p", "p_of_all"}
    told = simulator("audit", "--library").out
    assert "sam: " in told
    assert "Form players over" in told


def test_a_scenario_with_errors_is_left_out_of_the_library_and_named(simulator: Run, library: Path) -> None:
    path = library / "scenarios" / "sam.yaml"
    broken = path.read_text("utf-8").replace("id: sam", "id: pam").replace("start: arrival", "start: nowhere")
    (library / "scenarios" / "pam.yaml").write_text(broken, encoding="utf-8")
    ran = simulator("audit", "--library")
    assert ran.code == 0
    assert "The scenario 'pam' has errors; 'simulator check' names them." in ran.err
    assert "sam: " in ran.out


def test_ctrl_c_leaves_a_report_that_says_it_is_partial(simulator: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.audit.report.ways_through", stop)
    ran = simulator("audit", "sam", "--json")
    assert ran.code == 130
    part = json.loads(ran.out)
    assert part["stopped_during"] == "counting paths"
    assert part["paths"] is None
    assert part["findings"][0]["grave"] is True
    assert "The audit was stopped while counting paths" in simulator("audit", "sam").out


def test_long_work_says_on_a_terminal_what_it_is_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = ProgressBar()
    bar.tell("counting paths", 0, 0)
    bar.tell("sampling", 5, 10)
    bar.wipe()
    told = capsys.readouterr().err
    assert "counting paths" in told
    assert "[############............] 5 of 10  sampling" in told
    assert told.endswith("\r\033[K")
