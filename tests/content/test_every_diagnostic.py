"""Every diagnostic is raised by its own example, at the marked place, and by nothing else; nothing is undocumented."""

from __future__ import annotations

import ast
import string
from collections import Counter
from pathlib import Path

import pytest

import simulator
from docs.make_diagnostics import DIAGNOSTICS_PAGE, page
from simulator.content.diagnostics import (
    BY_CODE,
    CATALOGUE,
    Diagnostic,
    Edit,
    Told,
    care,
    craft,
    plays,
    reading,
    references,
    shape,
    story,
    worth,
)
from simulator.content.diagnostics.smallest import PATHS
from tests.content.examples import example, found_in, written

EVERY = [
    diagnostic
    for module in (reading, shape, references, story, craft, care, worth, plays)
    for diagnostic in module.DIAGNOSTICS
]
EDITED = [diagnostic for diagnostic in EVERY if isinstance(diagnostic.example, Edit)]

TESTED_ELSEWHERE = {
    "too-long": "test_bad_input.py",
    "not-utf-8": "test_bad_input.py",
    "unreadable": "test_bad_input.py",
    "more-findings": "test_bad_input.py",
    "file-not-read": "test_bad_input.py",
    "no-plays": "test_checks.py",
}
"""Diagnostics that no edit of a small file can show, and where they are raised instead."""


def test_nothing_is_found_in_the_smallest_files(tmp_path: Path) -> None:
    """No finding of any severity, so that an example's finding is its edit's."""
    assert found_in(written(tmp_path), "plays") == []


@pytest.mark.parametrize("diagnostic", EDITED, ids=lambda diagnostic: diagnostic.code)
def test_the_example_raises_exactly_its_own_finding_at_the_marked_place(diagnostic: Diagnostic, tmp_path: Path) -> None:
    """One cause, one finding; and the place is the one that the page shows."""
    file, text, span = example(diagnostic)
    found = found_in(written(tmp_path, {file: text}), file)
    assert [finding.code for finding in found] == [diagnostic.code], [finding.message for finding in found]
    assert (found[0].path, found[0].span) == (PATHS[file], span)


@pytest.mark.parametrize("diagnostic", EDITED, ids=lambda diagnostic: diagnostic.code)
def test_the_example_fills_every_field_of_message_and_hint(diagnostic: Diagnostic, tmp_path: Path) -> None:
    """A template never asks for what its check does not give, and no Python shows through."""
    file, text, _ = example(diagnostic)
    finding = found_in(written(tmp_path, {file: text}), file)[0]
    for words in (finding.message, finding.hint):
        assert words
        assert not words.endswith(".")
        for trace in ("None", "<class", "dict", "Plain(", "[]'", "{}'"):
            assert trace not in words


@pytest.mark.parametrize("diagnostic", EVERY, ids=lambda diagnostic: diagnostic.code)
def test_a_diagnostic_says_what_it_is(diagnostic: Diagnostic) -> None:
    """It has words, a section, and an example that marks its place or is told and tested elsewhere."""
    assert diagnostic.message
    assert diagnostic.hint
    assert diagnostic.about.endswith((".", ".)"))
    if isinstance(diagnostic.example, Told):
        path = Path(__file__).with_name(TESTED_ELSEWHERE[diagnostic.name])
        assert f'"{diagnostic.name}"' in path.read_text(encoding="utf-8")
    else:
        assert diagnostic.example.new.count("⟦") == diagnostic.example.new.count("⟧") == 1


def test_no_code_and_no_name_is_used_twice() -> None:
    """The catalogues by name and by code hold every diagnostic."""
    for uses in (Counter(diagnostic.code for diagnostic in EVERY), Counter(diagnostic.name for diagnostic in EVERY)):
        assert [name for name, times in uses.items() if times > 1] == []
    assert len(CATALOGUE) == len(BY_CODE) == len(EVERY)


def _raised() -> dict[str, set[str]]:
    """The names of diagnostics that the source mentions, with the modules that do."""
    raised: dict[str, set[str]] = {}
    root = Path(simulator.__file__).parent
    for path in root.rglob("*.py"):
        if path.parent.name == "diagnostics":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"Finding", "finding", "_finding", "stop"} and node.args:
                    for constant in ast.walk(node.args[0]):
                        if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                            raised.setdefault(constant.value, set()).add(path.name)
    return raised


def test_every_finding_that_the_source_raises_is_in_the_catalogue() -> None:
    """A name that is not there would be a traceback in an author's terminal."""
    assert set(_raised()) - set(CATALOGUE) == set()


def test_every_diagnostic_is_raised_somewhere() -> None:
    """A code that nothing raises is a promise not kept."""
    mentioned = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(simulator.__file__).parent.rglob("*.py")
        if path.parent.name != "diagnostics"
    )
    assert [name for name in CATALOGUE if f'"{name}"' not in mentioned] == []


def test_templates_are_plain_fields() -> None:
    """No attribute, index or format is asked of a value."""
    for diagnostic in EVERY:
        for template in (diagnostic.message, diagnostic.hint):
            for _, field, form, conversion in string.Formatter().parse(template):
                assert field is None or field.isidentifier()
                assert not form
                assert not conversion


def test_the_page_about_diagnostics_is_fresh() -> None:
    """After a change: python docs/make_diagnostics.py"""
    assert DIAGNOSTICS_PAGE.read_text(encoding="utf-8") == page()


def test_the_page_has_a_section_for_every_code() -> None:
    """With the code as its heading, so that it can be linked to."""
    headings = [line for line in page().splitlines() if line.startswith("### ")]
    assert [heading.split()[1] for heading in headings] == [diagnostic.code for diagnostic in EVERY]
