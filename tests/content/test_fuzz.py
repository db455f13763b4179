"""Whatever is done to a file: findings that can be printed, or a scenario; never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.content.checks import Subject, check_scenario
from simulator.content.checks.rubrics import check_behaviours, check_rubric
from simulator.content.condition_parser import ConditionError, parse_condition
from simulator.content.diagnostics import Finding, lines_of
from simulator.content.diagnostics.printing import as_github, as_json, as_text
from simulator.content.diagnostics.smallest import TEXTS
from simulator.content.identity import meaning_hash
from simulator.content.play_file import Plays
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(path for path in ROOT.glob("scenarios/*.yaml") if not path.name.endswith(".plays.yaml"))
MODELS = {"scenario": Scenario, "plays": Plays, "behaviours": Behaviours, "rubric": Rubric}
PIECES = [
    *(": ", " #", "# ", "- ", "? ", "!!str ", "  ", "---\n", "...\n", "<<: ", "not "),
    *":'\"[]{},&*!|>%@`\\\t\n\r\x00\u2028\u202e\ufeffé🙂~",
    *("&a", "*a", "\n\n", "null", "true", "-1", "9999999999", "1e9", "visited(", "))", "=>"),
    *("when: trust >= 3", "goto: arrival", "nodes:"),
]


def _known() -> tuple[Behaviours, Rubric]:
    behaviours, _ = shaped(read(TEXTS["behaviours"], "b"), Behaviours, "the behaviour catalogue")
    rubric, _ = shaped(read(TEXTS["rubric"], "r"), Rubric, "the rubric")
    assert behaviours is not None
    assert rubric is not None
    return behaviours, rubric


BEHAVIOURS, RUBRIC = _known()


def everything(text: str, kind: str) -> tuple[Source, list[Finding]]:
    """All that is found in a text that should be of some kind."""
    source = read(text, f"{kind}.yaml")
    model, found = shaped(source, MODELS[kind], f"the {kind}")
    found = [*source.findings, *found]
    if isinstance(model, Scenario):
        meaning_hash(model)
        found += check_scenario(Subject(source, model, BEHAVIOURS, {"core": RUBRIC}, frozenset({model.id})))
    elif isinstance(model, Behaviours):
        found += check_behaviours(source, model)
    elif isinstance(model, Rubric):
        found += check_rubric(source, model, BEHAVIOURS)
    return source, found


def survives(text: str, kind: str) -> None:
    """Check it, print everything, and look at every place."""
    source, found = everything(text, kind)
    assert source.data is not None or found
    lines = lines_of(source.text) or [""]
    for finding in found:
        line, column, end_line, end_column = finding.span
        assert 1 <= line <= end_line <= len(lines) + 1
        assert (line, column) < (end_line, end_column)
        assert column <= len(lines[min(line, len(lines)) - 1]) + 2
        assert finding.message
        as_text(finding, source.text).encode("utf-8")
        assert "\n" not in as_github(finding)
    as_json(found)


_EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(["", *PIECES]) | st.text(max_size=6)),
    min_size=1,
    max_size=4,
)


def edited(text: str, edits: list[tuple[float, int, str]]) -> str:
    """A text with stretches replaced; places are shares of its length."""
    for where, length, piece in edits:
        start = int(where * len(text))
        text = text[:start] + piece + text[start + length :]
    return text


@pytest.mark.parametrize("kind", TEXTS)
@settings(max_examples=150, deadline=None)
@given(edits=_EDITS)
def test_any_mutation_of_the_smallest_files_gives_findings_only(kind: str, edits: list[tuple[float, int, str]]) -> None:
    """Characters taken out, YAML's own marks put in."""
    survives(edited(TEXTS[kind], edits), kind)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_lines_moved_doubled_and_lost_give_findings_only(data: st.DataObject) -> None:
    """What an editor's slip does."""
    lines = TEXTS["scenario"].splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        act = data.draw(st.sampled_from(["lose", "double", "move", "indent", "outdent"]))
        line = lines[at]
        if act in {"lose", "move"} and len(lines) > 1:
            lines.pop(at)
        if act in {"double", "move"}:
            lines.insert(to, line)
        if act == "indent":
            lines[at] = "  " + line
        if act == "outdent":
            lines[at] = line[2:] or "\n"
    survives("".join(lines), "scenario")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=_EDITS)
def test_any_mutation_of_a_shipped_scenario_gives_findings_only(
    path: Path, edits: list[tuple[float, int, str]]
) -> None:
    """The same with real ones."""
    survives(edited(path.read_text(encoding="utf-8"), edits), "scenario")


@settings(max_examples=200, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_gives_findings_only(text: str) -> None:
    """Also where it was never a file of ours."""
    survives(text, "scenario")


_TOKENS = [
    *("trust", "visited(", "chose(", "count(", "showed(", "visits(", "a.b", "a", "and", "or", "not"),
    *(">=", "==", "=>", "-3", "0x1", "99999999999", "&&", *")(,<=3-!é\t\n'."),
]


@settings(max_examples=400, deadline=None)
@given(text=st.lists(st.sampled_from(_TOKENS), max_size=14).map(" ".join) | st.text(max_size=20))
def test_any_condition_is_parsed_or_refused_within_itself(text: str) -> None:
    """The place of a mistake lies in the text, or just behind it."""
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        assert 0 <= error.offset <= len(text)
        assert error.problem
        assert error.remedy
    else:
        for mention in condition.mentions:
            assert text[mention.offset :].startswith(mention.name)
