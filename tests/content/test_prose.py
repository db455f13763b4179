"""What prose does to YAML: it works, or its own finding gives the line, rightly quoted, as the hint."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from simulator.content.diagnostics import Finding
from simulator.content.diagnostics.smallest import SCENARIO
from simulator.content.prose import quoted
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import read
from tests.content.examples import at, findings_of

SPEECH = "I'm not sure why I came."
SUMMARY = "    summary: The minute is over."
PLACES = {
    "after a key": ("    client: I'm not sure why I came.", "    client: ", ""),
    "in a block": ("    client: I'm not sure why I came.", "    client:\n      says: ", "\n      manner: Sam waits."),
    "in a list": ("minutes: 1\n", "minutes: 1\nobjectives:\n  - ", "\n  - Another.\n"),
    "in a list of lines": (
        "    client: I'm not sure why I came.",
        "    client:\n      - when: trust >= 5\n        says: ",
        "\n      - says: No.",
    ),
    "at the end of the file": (SUMMARY, "    summary: ", ""),
}


def with_words(words: str, place: str = "after a key") -> str:
    """The smallest scenario with other words at a place."""
    old, before, after = PLACES[place]
    assert SCENARIO.count(old) == 1
    return SCENARIO.replace(old, before + words + after)


def heard(text: str, place: str = "after a key") -> str | None:
    """What the scenario says there, as the models have it."""
    scenario, findings = shaped(read(text, "x"), Scenario, "the scenario")
    assert scenario is not None, [finding.message for finding in findings]
    if place == "in a list":
        return scenario.objectives[0]
    if place == "at the end of the file":
        return scenario.endings["over"].summary
    return scenario.nodes["arrival"].client[0].says


def followed(finding: Finding, place: str, words: str) -> str:
    """The scenario after an author did what the hint says."""
    _, colon, text = finding.hint.partition("quotes: ")
    assert colon, finding
    assert text == finding.values["quoted"]
    return with_words(text, place)


WORKS = [
    *("50", "12:30", "No", "yes", "~", "null", "true", "0x1F", "2026-01-01", "1_000", "-5", ".inf", "...", "="),
    *("a:b", "a#b", "I'm fine", "well - no", "5 > 3", "so, well", "it's [quiet]", "<<", "-well", "?why", "“Look”:no"),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", WORKS)
def test_words_that_look_like_something_else_are_words(words: str, place: str) -> None:
    """Fields of speech are text whatever they look like."""
    text = with_words(words, place)
    assert findings_of(text) == []
    assert heard(text, place) == words


FORMS = [
    ("Look: I'm fine", "colon-in-text"),
    ("Look:", "colon-in-text"),
    (": so", "special-first-character"),
    ("*shrugs*", "special-first-character"),
    ("*shrugs", "anchor"),
    ("*shrugs and looks away", "anchor"),
    ("&so on", "anchor"),
    ("[long pause] okay", "special-first-character"),
    ("[long pause]", "special-first-character"),
    ("{shrugs} okay", "special-first-character"),
    ("{shrugs}", "special-first-character"),
    ("@home", "special-first-character"),
    ("`so`", "special-first-character"),
    ("% of them", "special-first-character"),
    (", well", "special-first-character"),
    ("] well", "special-first-character"),
    ("} well", "special-first-character"),
    ("> he goes", "special-first-character"),
    ("| so", "special-first-character"),
    ("! no", "tag"),
    ("!no way", "tag"),
    ("!!!", "tag"),
    ('"Why?" she asks', "text-after-quote"),
    ('"Why?" she asks, "why now?"', "text-after-quote"),
    ("'Why?' she asks", "text-after-quote"),
    ("I paid 20 # for that", "lost-after-hash"),
    ("#metoo", "lost-after-hash"),
    ("So #1 it is", "lost-after-hash"),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("words", "name"), FORMS)
def test_following_the_hint_mends_each_form(words: str, name: str, place: str) -> None:
    """One finding, whose hint gives the author's exact text in quotes."""
    found = findings_of(with_words(words, place))
    assert [finding.name for finding in found] == [name]
    mended = followed(found[0], place, words)
    assert findings_of(mended) == []
    assert heard(mended, place) == words


ONLY_AFTER_A_KEY = [("- well", "special-first-character"), ("-", "special-first-character")]


@pytest.mark.parametrize(("words", "name"), [*ONLY_AFTER_A_KEY, ("? why", "special-first-character")])
def test_a_dash_or_question_mark_with_a_space_needs_quotes(words: str, name: str) -> None:
    """`says: - well` is a list to YAML, and `? why` a key."""
    found = findings_of(with_words(words))
    assert [finding.name for finding in found] == [name]
    assert heard(followed(found[0], "after a key", words)) == words


def test_a_question_mark_in_a_list_needs_quotes() -> None:
    """There YAML reads it without complaint, as a key with nothing in it."""
    found = findings_of(with_words("? why", "in a list"))
    assert [finding.name for finding in found] == ["special-first-character"]
    assert heard(followed(found[0], "in a list", "? why"), "in a list") == "? why"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("words", "meant", "name"),
    [
        ("'I'm fine'", "I'm fine", "text-after-quote"),
        ("'It's what Sam's mum said'", "It's what Sam's mum said", "text-after-quote"),
        ('"He said "no" to me"', 'He said "no" to me', "text-after-quote"),
        ("'Tis a pity", "'Tis a pity", "unclosed-quote"),
        ('"unclosed', "unclosed", "unclosed-quote"),
        ('"The form said yes\\maybe"', "The form said yes\\maybe", "backslash-in-quotes"),
    ],
)
def test_quotes_that_went_wrong_are_put_right(words: str, meant: str, name: str, place: str) -> None:
    """Where the quotes were meant as YAML's, the text in them is what the author meant."""
    found = findings_of(with_words(words, place))
    assert [finding.name for finding in found] == [name]
    mended = followed(found[0], place, words)
    assert findings_of(mended) == []
    assert heard(mended, place) == meant


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_quote_left_open_is_pointed_at_where_it_opens(mark: str) -> None:
    """Not at the end of the file, nor at the next innocent quotation, where YAML stumbles."""
    text = (
        with_words(f"{mark}Never closed")
        .replace("say: You could", f"say: {mark}You could")
        .replace("list of reasons.", f"list of reasons.{mark}")
    )
    found = findings_of(text)
    assert [finding.name for finding in found] == ["unclosed-quote"]
    assert at(read(text, "x"), found[0].span) == mark
    assert found[0].span.line == text.split("Never closed")[0].count("\n") + 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{says: Well, I went.}", "Well, I went."),
        ("{says: Well, I went, and came back}", "Well, I went, and came back"),
        ("{says: Well, I went, manner: Sam nods.}", "Well, I went"),
        ("{manner: Sam nods., says: Well, I went: twice}", "Well, I went: twice"),
    ],
)
def test_a_comma_between_braces_splits_a_text(written: str, meant: str) -> None:
    """The rest would be a key of its own; it is one finding, and the text as it was meant is the hint."""
    found = findings_of(with_words(written))
    assert [finding.name for finding in found] == ["comma-in-text"]
    mended = with_words(written.replace(meant, str(found[0].values["quoted"])))
    assert findings_of(mended) == []
    assert heard(mended) == meant


@pytest.mark.parametrize(
    ("written", "meant", "name"),
    [
        ("{says: Look: I'm fine}", "Look: I'm fine", "colon-in-text"),
        ('{says: "Why?" she asks}', '"Why?" she asks', "text-after-quote"),
        ("{says: I paid 20 # for that}", "I paid 20 # for that", "lost-after-hash"),
        ("{says: @home}", "@home", "special-first-character"),
        ("{says: *shrugs, manner: Sam nods.}", "*shrugs", "anchor"),
    ],
)
def test_the_same_forms_between_braces(written: str, meant: str, name: str) -> None:
    """An item between braces gets a hint of its own, not one for the whole line."""
    found = findings_of(with_words(written))
    assert [(finding.name, finding.values["quoted"]) for finding in found] == [(name, quoted(meant))]


def test_a_number_without_its_colon_is_not_taken_for_prose() -> None:
    """`{trust: +1, distress}` lacks a number, not quotes."""
    found = findings_of(SCENARIO.replace("{trust: +1}", "{trust: +1, distress}"))
    assert [finding.name for finding in found] == ["wrong-type"]


@pytest.mark.parametrize(
    "line",
    ["minutes: 1 # about", "level: foundation # for now", "id: smallest # stays", "start: arrival # first",
     "assesses: [empathy] # more later", "    goto: over # done", "  - empathy # first"],
)  # fmt: skip
def test_comments_after_numbers_ids_and_lists_are_comments(line: str) -> None:
    """No words are lost there."""
    bare = line.partition(" #")[0]
    if bare.startswith("  -"):
        text = SCENARIO.replace("assesses: [empathy]", f"assesses:\n{line}")
    else:
        assert SCENARIO.count(f"{bare}\n") == 1
        text = SCENARIO.replace(f"{bare}\n", f"{line}\n")
    assert findings_of(text) == []


@pytest.mark.parametrize("comment", ["  # what can be seen", "          # aside"])
def test_a_comment_set_off_by_two_spaces_is_a_comment(comment: str) -> None:
    """As style guides for YAML ask, and as the examples in the manual are written."""
    text = with_words(SPEECH + comment)
    assert findings_of(text) == []
    assert heard(text) == SPEECH


@pytest.mark.parametrize("words", ['"Right."', "'Right.'", "|\n      Right.", ">-\n      Right."])
def test_a_comment_after_quoted_words_is_a_comment(words: str) -> None:
    """Quotes say where the text ends; a block keeps its hashes."""
    first, _, rest = words.partition("\n")
    assert findings_of(with_words(f"{first} # aside" + (f"\n{rest}" if rest else ""))) == []


def test_words_lost_on_a_line_that_goes_on_are_found() -> None:
    """A hash in the middle of a text of two lines: YAML stops at the second and does not say why."""
    text = with_words("I paid 20 # for that\n      and went home.")
    found = findings_of(text)
    assert [finding.name for finding in found] == ["lost-after-hash"]
    assert heard(with_words(str(found[0].values["quoted"]))) == "I paid 20 # for that and went home."


def test_a_tail_lost_at_the_end_of_a_longer_text_is_found() -> None:
    """The hint has the whole text on one line."""
    found = findings_of(with_words("I went\n      and paid 20 # for that"))
    assert [finding.name for finding in found] == ["lost-after-hash"]
    assert found[0].values["quoted"] == quoted("I went and paid 20 # for that")


def test_a_no_break_space_from_a_word_processor_is_named() -> None:
    """It looks like any other space."""
    found = findings_of(SCENARIO.replace("    goto: over", "\u00a0   goto: over"))
    assert [(finding.name, finding.span.column) for finding in found] == [("no-break-space", 1)]


_ALPHABET = "aZ é.,:;!?#@%&*|>-_'\"`[]{}()/\\0~=+$^<—“”"


def _is_yaml_of_its_own(words: str) -> bool:
    """Quotations, lists and blocks that are complete, and comments set off by two spaces."""
    return words[:1] in {"'", '"', "[", "{", "|", ">"} or "  #" in words


@settings(max_examples=400, deadline=None)
@given(
    words=st.text(_ALPHABET, min_size=1, max_size=24).map(str.strip).filter(bool),
    place=st.sampled_from(["after a key", "in a block", "at the end of the file"]),
)
@example(words="a # b: c", place="after a key")
@example(words="a: b # c", place="after a key")
@example(words="- - a", place="in a block")
@example(words="&#: a", place="after a key")
def test_any_line_of_prose_works_or_is_mended_by_its_hint(words: str, place: str) -> None:
    """Whatever somebody says on one line: it is heard as written, or the only finding's hint makes it so."""
    assume(not _is_yaml_of_its_own(words))
    text = with_words(words, place)
    found = findings_of(text)
    if not found:
        assert heard(text, place) == words
        return
    assert len(found) == 1, [finding.message for finding in found]
    mended = followed(found[0], place, words)
    assert findings_of(mended) == []
    assert heard(mended, place) == words


@settings(max_examples=300, deadline=None)
@given(words=st.text(_ALPHABET, min_size=1, max_size=24).map(str.strip).filter(bool))
def test_nothing_is_lost_in_silence_whatever_a_line_begins_with(words: str) -> None:
    """Where nothing is found, either the words are heard, or YAML's own quotes, lists or comments were used."""
    text = with_words(words)
    if findings_of(text):
        return
    if not _is_yaml_of_its_own(words):
        assert heard(text) == words


@given(words=st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60))
def test_quoted_is_the_text_again_for_yaml(words: str) -> None:
    """Any words on one line, with any marks."""
    assume("\ufeff" not in words and "\ufffe" not in words and "\uffff" not in words)
    assert yaml.load(f"a: {quoted(words)}", Loader=yaml.CBaseLoader) == {"a": words}
