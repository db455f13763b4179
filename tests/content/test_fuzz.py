"""Whatever is done to a file: findings that can be printed, or a scenario; never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzing.oracle import parses_or_is_refused, survives
from fuzzing.pieces import PIECES, TOKENS
from simulator.content.diagnostics.smallest import TEXTS

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(path for path in ROOT.glob("scenarios/*.yaml") if not path.name.endswith(".plays.yaml"))

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


@settings(max_examples=400, deadline=None)
@given(text=st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join) | st.text(max_size=20))
def test_any_condition_is_parsed_or_refused_within_itself(text: str) -> None:
    """The place of a mistake lies in the text, or just behind it."""
    parses_or_is_refused(text)
