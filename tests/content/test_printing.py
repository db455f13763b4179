"""How findings are printed: for people, for programs, and for GitHub."""

from __future__ import annotations

import json

import pytest

from simulator.content.diagnostics import Finding, Span, lines_of
from simulator.content.diagnostics.printing import as_github, as_json, as_text

VALUES = {"who": "choice 'both_sides'", "found": "coat_of", "nearest": "did you mean 'coat_off' (line 88)?"}


def unknown_node(line: int, start: int, end: int, end_line: int = 0, path: str = "scenarios/amina.yaml") -> Finding:
    """A finding at a stretch of a line."""
    return Finding("unknown-node", path, Span(line, start, end_line or line, end), VALUES)


def test_a_finding_is_printed_with_its_line_carets_and_hint() -> None:
    """Exactly so; other tools read the first line."""
    text = "\n" * 40 + "      goto: coat_of\n"
    assert as_text(unknown_node(41, 13, 20), text) == (
        "scenarios/amina.yaml:41:13: error[SIM201] choice 'both_sides' goes to 'coat_of', which is neither a node "
        "nor an ending\n"
        "   41 |       goto: coat_of\n"
        "      |             ^^^^^^^\n"
        "  hint: did you mean 'coat_off' (line 88)?"
    )


@pytest.mark.parametrize(
    ("line", "word", "below"),
    [
        ("goto: coat_of", "coat_of", "      ^^^^^^^"),
        ("\tgoto: coat_of", "coat_of", "\t      ^^^^^^^"),
        ("漢字: coat_of", "coat_of", "      ^^^^^^^"),
        ("to: 漢字", "漢字", "    ^^^^"),
        ("e\u0301a: coat_of", "coat_of", "    ^^^^^^^"),
        ("\u200ea: coat_of", "coat_of", "   ^^^^^^^"),
    ],
)
def test_carets_stand_below_what_is_meant(line: str, word: str, below: str) -> None:
    """Also behind tabs, wide characters, and characters that take no room."""
    start = line.index(word) + 1
    printed = as_text(unknown_node(1, start, start + len(word)), line).splitlines()
    assert printed[2] == "      | " + below


def test_a_stretch_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    """One line is shown."""
    assert as_text(unknown_node(1, 7, 3, end_line=2), "goto: coat_\n  of").splitlines()[2] == "      |       ^^^^^"


@pytest.mark.parametrize("line", [0, 1, 3, 99])
def test_where_there_is_no_line_to_show_none_is_shown(line: int) -> None:
    """An empty line, or a file that could not be read."""
    assert len(as_text(unknown_node(line, 1, 2), "\n\n  \n").splitlines()) == 2


def test_a_long_line_is_shown_around_the_place() -> None:
    """With carets below the same word."""
    line = "x" * 5_000 + "coat_of" + "y" * 5_000
    _, shown, carets, _ = as_text(unknown_node(1, 5_001, 5_008), line).splitlines()
    assert len(shown) < 200
    assert shown[carets.index("^") : carets.index("^") + 7] == "coat_of"
    assert carets.count("^") == 7


def test_words_of_any_length_are_cut_where_no_screen_could_hold_them() -> None:
    """A key may be a million characters long."""
    finding = Finding("unknown-node", "a.yaml", Span(1, 1, 1, 2), {**VALUES, "found": "x" * 1_000_000})
    assert len(finding.message) == 1_000
    assert finding.message.endswith("...")


def test_a_terminal_is_sent_nothing_that_it_would_obey() -> None:
    """Escape sequences, and marks that turn the order of reading round, are shown as what cannot be shown."""
    printed = as_text(unknown_node(1, 1, 2, path="a\x1b[2J.yaml"), "goto: \x1b[31m\u202ered\x07")
    assert not set("\x1b\u202e\x07") & set(printed)


def test_findings_for_programs_have_every_part() -> None:
    """Lines and columns count from 1; the end column is exclusive."""
    assert json.loads(json.dumps(as_json([unknown_node(41, 13, 20)]))) == [
        {
            "code": "SIM201",
            "name": "unknown-node",
            "severity": "error",
            "path": "scenarios/amina.yaml",
            "line": 41,
            "column": 13,
            "end_line": 41,
            "end_column": 20,
            "message": "choice 'both_sides' goes to 'coat_of', which is neither a node nor an ending",
            "hint": "did you mean 'coat_off' (line 88)?",
        }
    ]


def test_a_finding_for_github_is_one_command() -> None:
    """With the severities that GitHub has."""
    assert as_github(unknown_node(41, 13, 20)) == (
        "::error file=scenarios/amina.yaml,line=41,col=13,endLine=41,endColumn=20,title=SIM201::choice 'both_sides' "
        "goes to 'coat_of', which is neither a node nor an ending. did you mean 'coat_off' (line 88)?"
    )
    assert as_github(Finding("unreviewed", "a.yaml", Span(1, 1, 1, 2))).startswith("::notice file=a.yaml")
    assert as_github(Finding("no-why", "a.yaml", Span(1, 1, 1, 2), {"choice": "a"})).startswith("::warning ")


def test_what_github_would_misread_is_escaped() -> None:
    """In the words, and more in the properties."""
    finding = Finding(
        "unknown-node", "a,b:c%.yaml", Span(1, 1, 2, 2), {"who": "a\nb", "found": "50%", "nearest": "c:d,"}
    )
    printed = as_github(finding)
    assert printed.startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=SIM201::a%0Ab goes to '50%25'")
    assert printed.endswith("c:d,")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\x0cb\u2028c", ["a\x0cb\u2028c"]),
    ],
)
def test_lines_end_where_yaml_and_editors_end_them(text: str, lines: list[str]) -> None:
    """Not at every character that Python takes for an end."""
    assert lines_of(text) == lines
