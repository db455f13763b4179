"""Changes to a text touch only the bytes they mean, on the shipped files and on texts as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.content.editing import EditRefused, insert, move, remove, rename_key, set_value
from simulator.content.editing.tree import Tree
from simulator.content.source import read

ROOT = Path(__file__).parents[3]
FILES = sorted([*(ROOT / "scenarios").glob("*.yaml"), *(ROOT / "rubrics").glob("*.yaml")])
SMALL = """\
# a note
id: robin   # for ever
brief: |
  You know that Robin comes.

  And no more.
nodes:

  first:          # where it begins
    client:
      says: >-
        A line that is long enough to have been folded by whoever wrote it, and goes on
        below.
      manner: "Robin: looks up"
    goto: [first, 'last']
    choices:
      # the kind one
      wait: {does: You wait., shows: [stays_with_affect]}
      ask:
        say: What is it?
        effects: {trust: +1}

  last:
    client:
      - when: trust >= 5
        says: Yes.
      - says: No.
debrief: []
"""


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in inside:
        yield from _paths(value, (*path, name))


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def _changed_stretch(before: str, after: str) -> tuple[str, str]:
    """What differs between two texts, without their common beginning and end."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[start : len(before) - end], after[start : len(after) - end]


def _some(paths: list[tuple[str | int, ...]], most: int) -> list[tuple[str | int, ...]]:
    return paths[:: max(1, len(paths) // most)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_another_value_changes_its_own_stretch_of_a_shipped_file_and_the_old_one_brings_back_its_words(
    file: Path,
) -> None:
    text = file.read_text(encoding="utf-8")
    data = read(text, "it").data
    scalars = [path for path in _paths(data) if isinstance(_at(data, path), str)]
    for path in _some(scalars, 8):
        old = str(_at(data, path)).strip()
        new = set_value(text, path, "other words, of which there are some")
        gone, _ = _changed_stretch(text, new)
        tree = Tree(text)
        node = tree.node(path)
        assert text.index(gone, node.start_mark.index - 1) <= tree.end_of(node), path
        assert len(gone) <= tree.end_of(node) - node.start_mark.index, path
        back = set_value(new, path, old)
        assert read(back, "it").data is not None
        assert str(_at(read(back, "it").data, path)).strip() == old
        if "\n" not in text[node.start_mark.index : tree.end_of(node)] and node.style is None:
            assert back == text, path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_put_into_a_shipped_file_and_taken_out_again_leaves_not_a_trace(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    data = read(text, "it").data
    mappings = [path for path in [(), *_paths(data)] if isinstance(_at(data, path), dict) and _at(data, path)]
    for path in _some(mappings, 5):
        for after in (None, *list(_at(data, path))[:1], *list(_at(data, path))[-1:]):
            put = insert(text, path, "brand_new", "Something: that is -- new", after=after)
            assert remove(put, (*path, "brand_new")) == text, (path, after)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_moving_there_and_back_leaves_a_shipped_file_as_it_was(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    data = read(text, "it").data
    several = [
        (*path, next(iter(_at(data, path))) if isinstance(_at(data, path), dict) else 0)
        for path in _paths(data)
        if isinstance(_at(data, path), dict | list) and len(_at(data, path)) > 1
    ]
    for path in _some(several, 5):
        there = move(text, path, 1)
        assert there != text
        back = (*path[:-1], 1) if isinstance(path[-1], int) else path
        assert move(there, back, -1) == text, path


def test_comments_spacing_and_order_elsewhere_stay() -> None:
    new = set_value(SMALL, ("nodes", "first", "client", "manner"), "Robin looks down")
    assert _changed_stretch(SMALL, new) == (": looks up", " looks down")


def test_a_comment_on_the_line_of_a_value_stays_behind_it() -> None:
    assert "id: sam   # for ever\n" in set_value(SMALL, ("id",), "sam")


def test_words_that_yaml_would_read_otherwise_are_put_in_quotes_and_others_are_not() -> None:
    for words in ("No", "12:30", "50", "He left at ten.", "- no", "a: b", "what # ever", "@home", "%", "'quoted'", '"'):
        new = set_value(SMALL, ("nodes", "last", "client", 1, "says"), words)
        assert read(new, "it").data["nodes"]["last"]["client"][1]["says"] == words
    assert "says: He left at ten.\n" in set_value(SMALL, ("nodes", "last", "client", 1, "says"), "He left at ten.")


def test_long_words_are_folded_and_a_folded_block_stays_one() -> None:
    words = "word " * 60
    assert "says: >-\n" in set_value(SMALL, ("nodes", "last", "client", 1, "says"), words)
    assert "says: >-\n        Short.\n" in set_value(SMALL, ("nodes", "first", "client", "says"), "Short.")


def test_paragraphs_stay_a_block_as_it_was_headed() -> None:
    new = set_value(SMALL, ("brief",), "One.\n\nTwo.")
    assert "brief: |\n  One.\n\n  Two.\nnodes:" in new


def test_words_become_a_mapping_and_a_mapping_words() -> None:
    new = set_value(SMALL, ("nodes", "last", "client", 1), {"says": "No.", "manner": "Robin waits."})
    assert "      - says: No.\n        manner: Robin waits.\n" in new
    assert "    client: Just words.\n    goto:" in set_value(SMALL, ("nodes", "first", "client"), "Just words.")


def test_what_stands_in_brackets_stays_in_brackets() -> None:
    path = ("nodes", "first", "choices", "wait")
    assert "shows: [stays_with_affect, reflects_feeling]}" in insert(SMALL, (*path, "shows"), 1, "reflects_feeling")
    assert "wait: {does: You wait.}" in remove(SMALL, (*path, "shows"))
    assert "does: 'You wait, and wait.'" in set_value(SMALL, (*path, "does"), "You wait, and wait.")


def test_an_empty_list_is_filled_and_the_last_entry_takes_what_held_it_away() -> None:
    assert "debrief:\n  - say: Well done.\n" in insert(SMALL, ("debrief",), 0, {"say": "Well done."})
    assert "effects" not in remove(SMALL, ("nodes", "first", "choices", "ask", "effects", "trust"))


def test_what_goes_takes_the_comment_above_it_along() -> None:
    new = remove(SMALL, ("nodes", "first", "choices", "wait"))
    assert "the kind one" not in new
    assert "where it begins" in new


def test_a_moment_stands_apart_from_the_next_as_the_others_do() -> None:
    new = insert(SMALL, ("nodes",), "between", {"client": "Hm.", "choices": {"go": {"say": "Go on."}}}, after="first")
    assert "        effects: {trust: +1}\n\n  between:\n    client: Hm.\n" in new
    assert "          say: Go on.\n\n  last:\n" in new.replace("      go:\n        say", "      go:\n          say")


def test_a_name_changes_in_its_place_and_never_to_one_that_is_taken() -> None:
    assert "  opening:          # where it begins\n" in rename_key(SMALL, ("nodes", "first"), "opening")
    with pytest.raises(EditRefused, match="there already"):
        rename_key(SMALL, ("nodes", "first"), "last")


def test_line_ends_a_mark_at_the_beginning_and_a_missing_last_line_end_stay() -> None:
    dos = "\ufeff" + SMALL.rstrip("\n").replace("\n", "\r\n")
    new = insert(dos, ("nodes", "last"), "discloses", "his name", after="client")
    assert new.startswith("\ufeff# a note\r\n")
    assert "\n" not in new.replace("\r\n", "")
    assert remove(new, ("nodes", "last", "discloses")) == dos


def test_what_cannot_be_done_is_refused_in_a_sentence() -> None:
    for broken in (
        lambda: set_value("a: [", ("a",), "b"),
        lambda: set_value(SMALL, ("nodes", "nobody"), "b"),
        lambda: insert(SMALL, ("id",), "b", "c"),
        lambda: insert(SMALL, (), "id", "c"),
        lambda: remove(SMALL, ()),
        lambda: remove("a: 1\n", ("a",)),
    ):
        with pytest.raises(EditRefused, match=r"\.$"):
            broken()


prose = st.text(
    st.one_of(
        st.sampled_from(list("abc #:-?!'\"@%&*[]{}|>,\n\t`=~…é😀")),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]),
    ),
    max_size=200,
)
PLACES = [
    ("brief",),
    ("id",),
    ("nodes", "first", "client", "says"),
    ("nodes", "first", "client", "manner"),
    ("nodes", "first", "goto", 1),
    ("nodes", "first", "choices", "wait", "does"),
    ("nodes", "last", "client", 0, "says"),
]


@given(words=prose, path=st.sampled_from(PLACES))
def test_any_words_read_back_as_they_were_meant_or_are_refused(words: str, path: tuple[str | int, ...]) -> None:
    try:
        new = set_value(SMALL, path, words)
    except EditRefused:
        assert not read(f'k: "{words}"', "it").data or "\t" in words or not words.strip() or "\ufeff" in words
        return
    data = read(new, "it").data
    assert str(_at(data, path)).strip() == words.strip()
    kept = read(SMALL, "it").data
    for other in PLACES:
        if other != path:
            assert _at(data, other) == _at(kept, other)
