"""What the studio's forms put into a text: a value where there was none, a line or a way in another form."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.content.editing.putting import add_to_line, add_way, put, put_in_line, put_way, remove_form
from simulator.content.source import read

PROJECT = Path(__file__).resolve().parents[3]
SCENARIOS = sorted(path for path in (PROJECT / "scenarios").glob("*.yaml") if not path.name.endswith(".plays.yaml"))
TEXT = """\
# A client
client:
  name: Ann   # as she wants it
nodes:
  one:
    client: Hello.   # plainly
    goto: two
    choices:
      a:
        say: Hello to you.
        why: It is said.
"""


def _at(text: str, *path: str | int) -> object:
    here = read(text, "x").data
    for part in path:
        here = here[part]
    return here


def test_a_key_that_is_missing_comes_behind_what_usually_stands_before_it() -> None:
    found = put(TEXT, ("nodes", "one", "choices", "a", "shows"), ["reflects_feeling"])
    assert list(_at(found, "nodes", "one", "choices", "a")) == ["say", "shows", "why"]
    without = found.splitlines()
    assert [line for line in without if "shows" not in line] == TEXT.splitlines()


def test_what_leads_to_a_place_is_made_where_it_is_missing() -> None:
    found = put(TEXT, ("client", "reactions", "minimises", "trust"), -2)
    assert _at(found, "client", "reactions", "minimises", "trust") == "-2"


def test_an_empty_value_takes_the_place_out_and_nothing_where_nothing_is() -> None:
    assert "why" not in put(TEXT, ("nodes", "one", "choices", "a", "why"), "")
    assert put(TEXT, ("nodes", "one", "discloses"), "") == TEXT


def test_a_plain_line_gets_parts_only_when_something_else_than_words_is_put() -> None:
    plain = put_in_line(TEXT, ("nodes", "one", "client"), 0, "says", "Good day.")
    assert "    client: Good day.   # plainly\n" in plain
    parted = put_in_line(plain, ("nodes", "one", "client"), 0, "manner", "She stands.")
    assert _at(parted, "nodes", "one", "client") == {"says": "Good day.", "manner": "She stands."}
    assert put_in_line(TEXT, ("nodes", "one", "client"), 0, "manner", "") == TEXT


def test_a_line_that_is_said_otherwise_keeps_the_one_that_was_there_as_the_last() -> None:
    path = ("nodes", "one", "client")
    two = add_to_line(TEXT, path, "trust >= 6")
    assert _at(two, *path) == [{"when": "trust >= 6", "says": "Hello."}, {"says": "Hello."}]
    three = add_to_line(two, path, "trust >= 3")
    assert [form.get("when") for form in _at(three, *path)] == ["trust >= 6", "trust >= 3", None]  # type: ignore[attr-defined]


def test_the_last_form_that_is_left_stands_by_itself_without_a_condition() -> None:
    path = ("nodes", "one", "client")
    two = add_to_line(TEXT, path, "trust >= 6")
    assert _at(remove_form(two, path, 0), *path) in ("Hello.", {"says": "Hello."})
    assert _at(remove_form(two, path, 1), *path) in ("Hello.", {"says": "Hello."})


def test_another_way_is_asked_first_and_the_way_that_was_there_is_taken_otherwise() -> None:
    path = ("nodes", "one", "goto")
    two = add_way(TEXT, path, "trust >= 6", "three")
    assert _at(two, *path) == [{"when": "trust >= 6", "to": "three"}, {"to": "two"}]
    assert _at(remove_form(two, path, 0), *path) == "two"
    assert _at(remove_form(two, path, 1), *path) == "three"
    assert put_way(TEXT, path, "three") == TEXT.replace("goto: two", "goto: three")


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_in_every_shipped_scenario_each_moment_takes_another_way_and_gives_it_up_again(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    data = read(text, file.name).data
    for name, node in data["nodes"].items():
        if isinstance(node.get("goto"), str):
            path = ("nodes", name, "goto")
            assert remove_form(add_way(text, path, "visited(x)", name), path, 0) == text
