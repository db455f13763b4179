"""`simulator graph`: what it draws, what it draws on it, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from simulator.content.library import load_library
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Mode
from tests.commands.conftest import PROJECT, Ran

Run = Callable[..., Ran]


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of one's own."""
    url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", url)
    return url


def _attempt(library: Path, *choices: str, lead_in: tuple[str, ...] = ()) -> str:
    store = open_store()
    attempts = Attempts(store)
    attempt = attempts.begin(load_library(library).content("sam"), Mode.PRACTICE, store.local_person().id, lead_in)
    for number, choice in enumerate(choices, start=1):
        attempts.answer(attempt, number, choice)
    store.close()
    return attempt


def _text(svg: str) -> str:
    return " ".join(ElementTree.fromstring(svg).itertext())


def test_it_draws_svg_unless_told_otherwise(simulator: Run) -> None:
    ran = simulator("graph", "sam")
    assert (ran.code, ran.err) == (0, "")
    assert ElementTree.fromstring(ran.out).tag.endswith("svg")
    for words in ("A first minute", "arrival", "later", "over", "trust >= 4", "else", "How to read this"):
        assert words in _text(ran.out)


@pytest.mark.parametrize(("form", "begins"), [("mermaid", "flowchart TB"), ("dot", 'digraph "sam" {')])
def test_it_writes_mermaid_and_graphviz(simulator: Run, form: str, begins: str) -> None:
    ran = simulator("graph", "sam", "--format", form)
    assert ran.code == 0
    assert ran.out.startswith(begins)
    assert "trust" in ran.out


def test_it_writes_a_file(simulator: Run, tmp_path: Path) -> None:
    ran = simulator("graph", "sam", "--out", str(tmp_path / "sam.svg"))
    assert (ran.code, ran.out) == (0, "")
    ElementTree.parse(tmp_path / "sam.svg")


def test_a_best_path_is_drawn_on_it(simulator: Run, library: Path) -> None:
    rubric = library / "rubrics" / "core.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("enough: 4", "enough: 2"), encoding="utf-8")
    for asked in (("--best", "empathy"), ("--best",)):
        ran = simulator("graph", "sam", *asked)
        assert ran.code == 0, ran.err
        assert "a best path for Empathy: score 1.00" in _text(ran.out)
        assert "1 reflect" in _text(ran.out)
        assert "2 ask" in _text(ran.out)


def test_a_best_path_overall_is_drawn_where_every_complete_path_has_a_figure(simulator: Run) -> None:
    ran = simulator("graph", str(PROJECT / "scenarios" / "orientation.yaml"), "--best")
    assert ran.code == 0, ran.err
    assert re.search(r"a best path overall: score \d\.\d\d", _text(ran.out))


def test_a_criterion_without_room_has_no_best_path(simulator: Run, library: Path) -> None:
    path = library / "scenarios" / "sam.yaml"
    path.write_text(path.read_text("utf-8").replace("assesses: [empathy]", "assesses: [boundaries]"), encoding="utf-8")
    ran = simulator("graph", "sam", "--best")
    assert ran.code == 1
    assert ran.err == "simulator graph: No complete path gives enough room for 'boundaries' to be scored.\n"


def test_an_attempt_is_drawn_on_it(simulator: Run, library: Path, records: str) -> None:
    ran = simulator("graph", "sam", "--attempt", _attempt(library, "reflect", "ask"))
    assert ran.code == 0, ran.err
    assert "1 reflect" in _text(ran.out)
    assert "2 ask" in _text(ran.out)
    assert re.search(r"an attempt of \d{4}-\d\d-\d\d: 2 turns", _text(ran.out))


def test_an_attempt_that_was_left_is_drawn_as_far_as_it_went(simulator: Run, library: Path, records: str) -> None:
    ran = simulator("graph", "sam", "--attempt", _attempt(library))
    assert (ran.code, ran.err) == (0, "")
    assert "0 turns" in _text(ran.out)


def test_a_drill_is_drawn_with_what_led_to_it(simulator: Run, library: Path, records: str) -> None:
    ran = simulator("graph", "sam", "--attempt", _attempt(library, "ask", lead_in=("arrival.reflect",)))
    assert "2 ask" in _text(ran.out)


def test_an_attempt_is_drawn_on_the_scenario_it_was_made_with(simulator: Run, library: Path, records: str) -> None:
    attempt = _attempt(library, "reflect")
    path = library / "scenarios" / "sam.yaml"
    path.write_text(path.read_text("utf-8").replace("There's my brother as well.", "There is more."), encoding="utf-8")
    ran = simulator("graph", "sam", "--attempt", attempt)
    assert "There's my brother as well." in _text(ran.out)
    assert "the scenario is drawn as it was then" in _text(ran.out)


def test_the_neighbourhood_of_a_place_is_drawn(simulator: Run) -> None:
    ran = simulator("graph", "sam", "--around", "arrival", "--steps", "0")
    assert ran.code == 0
    assert "later, over (not drawn)" in _text(ran.out)
    assert "Only what is within 0 arrows of 'arrival' is drawn: 1 of 3 places." in _text(ran.out)


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        (("pam",), 1, "There is no "),
        (("sam", "--rubric", "cor"), 1, "There is no "),
        (("sam", "--around", "arival"), 1, "There is no node or ending 'arival'. Did you mean arrival?"),
        (("sam", "--steps", "3"), 2, "--steps goes with --around; name a node or an ending there."),
        (
            ("sam", "--best", "charm"),
            1,
            "This scenario does not assess 'charm' under rubric core; it assesses: empathy.",
        ),
        (("sam", "--attempt", "none"), 1, "This attempt does not exist here, or has been deleted."),
        (("sam", "--out", "no/such/folder/sam.svg"), 1, "'no/such/folder/sam.svg' cannot be written ("),
        (("sam", "--out", "nul\0byte"), 1, "'nul\0byte' cannot be written ("),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_sentence(
    simulator: Run, records: str, asked: tuple[str, ...], code: int, says: str
) -> None:
    ran = simulator("graph", *asked)
    assert ran.code == code
    assert ran.out == ""
    assert ran.err.startswith(f"simulator graph: {says}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "asked", [("--format", "png"), ("--around", "arrival", "--steps", "-1"), ("--best", "--attempt", "x")]
)
def test_options_that_make_no_sense_are_refused_by_the_parser(
    simulator: Run, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        simulator("graph", "sam", *asked)
    assert refused.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
