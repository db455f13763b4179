"""Every part of a file is pointed at by the characters that the author wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.content.diagnostics.smallest import SCENARIO
from simulator.content.scalars import character_places
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read
from tests.content.examples import at, findings_of

_WORDS = st.text("abc é—漢🙂'\"\\:#-", min_size=1, max_size=12).map(str.strip).filter(bool)
_KEYS = st.text("abcxyz_", min_size=1, max_size=6)
_DATA = st.recursive(
    _WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_KEYS, inner, min_size=1, max_size=3),
    max_leaves=12,
)


class Emitter:
    """Writes data as YAML in styles drawn at random, and remembers what was written for each path."""

    def __init__(self, draw: Any, newline: str) -> None:
        self.draw = draw
        self.newline = newline
        self.scalars: dict[tuple[str | int, ...], str] = {}

    def scalar(self, path: tuple[str | int, ...], words: str) -> str:
        safe = words.isalnum() and words.isascii()
        style = self.draw(st.sampled_from(["plain", "single", "double"] if safe else ["single", "double"]))
        form = {
            "plain": words,
            "single": "'" + words.replace("'", "''") + "'",
            "double": json.dumps(words, ensure_ascii="🙂" not in words),
        }[style]
        self.scalars[path] = form
        return form

    def block(self, path: tuple[str | int, ...], data: Any, indent: int) -> str:
        pad = " " * indent
        if isinstance(data, str):
            return f" {self.scalar(path, data)}{self.newline}"
        if self.draw(st.integers(0, 3)) == 0:
            return f" {self.flow(path, data)}{self.newline}"
        if isinstance(data, list):
            parts = (f"{pad}-{self.block((*path, i), item, indent + 2)}" for i, item in enumerate(data))
        else:
            parts = (f"{pad}{key}:{self.block((*path, key), item, indent + 2)}" for key, item in data.items())
        return self.newline + "".join(parts)

    def flow(self, path: tuple[str | int, ...], data: Any) -> str:
        if isinstance(data, str):
            return self.scalar(path, data)
        if isinstance(data, list):
            return "[" + ", ".join(self.flow((*path, i), item) for i, item in enumerate(data)) + "]"
        return "{" + ", ".join(f"{key}: {self.flow((*path, key), item)}" for key, item in data.items()) + "}"


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(path, data), *(found for key, item in inside for found in _paths(item, (*path, key)))]


@settings(max_examples=200, deadline=None)
@given(data=st.data(), newline=st.sampled_from(["\n", "\r\n"]), bom=st.booleans())
def test_a_span_covers_the_characters_of_its_value_and_its_key(data: Any, newline: str, bom: bool) -> None:
    """For any nesting of lists and blocks, in any style, with any line ends, whatever characters stand before."""
    content = data.draw(st.dictionaries(_KEYS, _DATA, min_size=1, max_size=3))
    emitter = Emitter(data.draw, newline)
    parts = (f"{key}:{emitter.block((key,), item, 2)}" for key, item in content.items())
    source = read(("\ufeff" if bom else "") + "".join(parts), "x")
    assert source.findings == ()
    assert source.data == content
    for path, value in _paths(content)[1:]:
        if isinstance(value, str):
            assert at(source, source.span(path)) == emitter.scalars[path]
        if isinstance(path[-1], str):
            assert at(source, source.span(path, at_key=True)) == path[-1]
        assert source.contains(path)
        assert source.span((*path, "not_there", 7)) == source.span(path)
        assert not source.contains((*path, "not_there"))


@settings(max_examples=200, deadline=None)
@given(
    words=st.text("ab '\"\\\n\té🙂", min_size=1, max_size=20),
    style=st.sampled_from(["'", '"', "|", ">"]),
    width=st.integers(4, 30),
)
def test_every_character_of_a_scalar_is_found_in_the_file(words: str, style: str, width: int) -> None:
    """Through quotes, escapes, folded lines and blocks: the character there is the value's, or begins its escape."""
    written = yaml.dump({"key": words}, default_style=style, width=width, allow_unicode=True)
    event = [e for e in yaml.parse(written, Loader=yaml.CSafeLoader) if isinstance(e, yaml.ScalarEvent)][1]
    scalar = written[event.start_mark.index : event.end_mark.index]
    places = character_places(scalar, event.value)
    assert len(places) == len(event.value) + 1
    assert places == sorted(places)
    for character, place in zip(event.value, places, strict=False):
        if not character.isspace():
            assert scalar[place] in {character, "\\"}


CONDITIONS = {
    "plain": "when: trust >= 3 and truss >= 2",
    "single-quoted": "when: 'trust >= 3 and truss >= 2'",
    "double-quoted": 'when: "trust >= 3 and truss >= 2"',
    "with escapes": 'when: "trust\\x20>=\\t3 \\u0061nd truss >= 2"',
    "plain over two lines": "when: trust >= 3\n          and truss >= 2",
    "quoted over two lines": "when: 'trust >= 3\n          and truss >= 2'",
    "double-quoted over two lines": 'when: "trust >= 3 \\\n          and truss >= 2"',
    "block": "when: |\n          trust >= 3\n            and truss >= 2",
    "folded block": "when: >-\n          trust >= 3\n\n          and truss >= 2",
}


@pytest.mark.parametrize("form", CONDITIONS)
def test_a_name_inside_a_condition_is_pointed_at(form: str) -> None:
    """However the condition is written."""
    text = SCENARIO.replace("        reply: Right.\n", f"        {CONDITIONS[form]}\n")
    source = read(text, "x")
    scenario, _ = shaped(source, Scenario, "the scenario")
    assert scenario is not None
    condition = scenario.nodes["arrival"].choices["reflect"].when
    assert condition is not None
    path = ("nodes", "arrival", "choices", "reflect", "when")
    for mention in condition.mentions:
        assert at(source, source.scalar_span(path, mention.offset, len(mention.name))) == mention.name


@pytest.mark.parametrize("form", CONDITIONS)
@pytest.mark.parametrize(("slip", "shown"), [("=>", "=>"), (">= 3 4", "4"), ("is", "truss")])
def test_a_slip_inside_a_condition_is_pointed_at(form: str, slip: str, shown: str) -> None:
    """With the column inside the condition, through quotes and escapes."""
    written = CONDITIONS[form]
    last = written.rindex(">=")
    broken = written[:last] + slip + written[last + 2 :]
    text = SCENARIO.replace("        reply: Right.\n", f"        {broken}\n")
    found = findings_of(text)
    assert [finding.name for finding in found] == ["condition"]
    assert at(read(text, "x"), found[0].span) in {shown, "2" if "4" in slip else shown}


def _found(old: str, new: str) -> tuple[Source, list[Any]]:
    assert SCENARIO.count(old) == 1
    text = SCENARIO.replace(old, new)
    return read(text, "x"), findings_of(text)


@pytest.mark.parametrize(
    ("old", "new", "name", "shown"),
    [
        ("minutes: 1", "minutes: 1\nminuts: 2", "unknown-key", "minuts"),
        ("name: Sam", "name: Sam\n  nme: Sam", "unknown-key", "nme"),
        ("say: You could make a list of reasons.", "says: You could.", "unknown-key", "says"),
        ("min: 0,", "mni: 0,", "unknown-key", "mni"),
        ("  name: Sam\n", "", "missing-key", "client"),
        ("{start: 3, min: 0, max: 10}", "{start: 3, min: 0}", "missing-key", "trust"),
        ("    summary: The minute is over.\n", "", "missing-key", "over"),
        ("minutes: 1", "minutes: '1'", "wrong-type", "'1'"),
        ("minutes: 1", "minutes: 01", "wrong-type", "01"),
        ("minutes: 1", "minutes: 1.5", "wrong-type", "1.5"),
        ("minutes: 1", "minutes: 999", "out-of-range", "999"),
        ("assesses: [empathy]", "assesses: empathy", "wrong-type", "empathy"),
        ("assesses: [empathy]", "assesses: []", "wrong-type", "["),
        ("reply: Right.", "repeatable: yes", "wrong-type", "yes"),
        ("reply: Right.", "weight: 1", "unknown-key", "weight"),
        ("outcome: progress", "outcome: [progress]", "wrong-type", "["),
        ("title: A first minute", "title: [A, B]", "special-first-character", "["),
        ("title: A first minute", "title:\n  a: b", "wrong-type", "a"),
        ("title: A first minute", "title: ''", "empty-text", "title"),
        ("trust: +1", "trust: lots", "wrong-type", "lots"),
        ("shows: [unsolicited_advice]", "shows: [Unsolicited Advice]", "id-form", "Unsolicited Advice"),
        ("goto: over", "goto: {when: trust >= 2}", "wrong-type", "{"),
        ("goto: over", "goto: [{when: trust >= 2}]", "missing-key", "{"),
        ("minutes: 1", "minutes: 1\nlanguage: English please", "wrong-type", "English please"),
        ("minutes: 1", "minutes: 1\nlanguage: en # English", "", ""),
    ],
)  # fmt: skip
def test_a_wrong_part_is_pointed_at(old: str, new: str, name: str, shown: str) -> None:
    """An unknown key at the key, a missing one at its parent, a wrong value at the value; one finding each."""
    source, found = _found(old, new)
    assert [finding.name for finding in found] == ([name] if name else [])
    if name:
        assert at(source, found[0].span) == shown


def test_a_misspelt_key_is_not_also_missing() -> None:
    """One cause, one finding, with the key that was meant as the hint."""
    source, found = _found("title: A first minute", "titel: A first minute")
    assert [(finding.name, finding.hint) for finding in found] == [("unknown-key", "did you mean 'title'?")]
    assert at(source, found[0].span) == "titel"


def test_the_keys_that_a_part_may_have_are_offered() -> None:
    """Those of a node for a node, those of a line for a line."""
    _, found = _found("    goto: over", "    gotto: over")
    assert found[0].hint == "did you mean 'goto'?"
    _, found = _found("client: I'm not sure why I came.", "client: {qqqq: Hello}")
    assert found[0].hint == "there are: when, says, manner, thought"


def test_a_second_key_names_the_line_of_the_first() -> None:
    """And stands at the second."""
    source, found = _found("      advise:", "      reflect:")
    assert [finding.name for finding in found] == ["duplicate-key"]
    assert found[0].span.line > SCENARIO.count("\n", 0, SCENARIO.index("advise"))
    assert f"line {SCENARIO.count(chr(10), 0, SCENARIO.index('reflect:')) + 1}" in found[0].message
    assert at(source, found[0].span) == "reflect"


def test_lines_are_counted_as_editors_count_them() -> None:
    """Old line ends count; a form feed or a Unicode separator inside a text would not, and is refused."""
    text = SCENARIO.replace("\n", "\r").replace("minutes: 1", "minutes: one")
    found = findings_of(text)
    assert [(finding.name, finding.span.line) for finding in found] == [("wrong-type", 5)]
