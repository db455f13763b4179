"""What ordinary prose does to YAML, explained at the line that an author must mend."""

from __future__ import annotations

import re

from simulator.content.diagnostics import Finding, Span

_ENTRY = re.compile(r"^(\s*(?:- +)?(?:[\w-]+ *: +|- +)?)(.*\S)\s*$")
_STARTS_SPECIAL = re.compile(r"[@`%*&!|>\[\]{},]")


def quoted(text: str) -> str:
    """The text as it should stand in the file, in quotes that leave its own marks alone."""
    if "'" in text and '"' not in text:
        return f'"{text}"' if "\\" not in text else "'" + text.replace("'", "''") + "'"
    return "'" + text.replace("'", "''") + "'"


def _value_on(line: str) -> tuple[int, str]:
    """Where the value on a line begins, counted from 0, and the value."""
    match = _ENTRY.match(line)
    return (match.start(2), match.group(2)) if match else (0, line.strip())


def explain_syntax_error(
    path: str, lines: list[str], line: int, column: int, problem: str, context: str, began: int
) -> Finding:
    """The finding for a libyaml error at `line` and `column`, counted from 0.

    `began` is the line in which the part being read had begun.
    """
    written = lines[line]
    here = Span(line + 1, column + 1, line + 1, column + 2)
    start, value = _value_on(written)
    if written[:column].strip() == "" and written[column : column + 1] == "\t" or "\t" in written[:start]:
        tab = written.index("\t")
        return Finding("tab-indentation", path, Span(line + 1, tab + 1, line + 1, tab + 2))
    if problem.startswith("mapping values are not allowed") and column > start:
        return Finding("colon-in-text", path, here, {"quoted": quoted(value)})
    if value[:1] in {'"', "'"} and column > start and value[1:].count(value[0]):
        return Finding("text-after-quote", path, here, {"quoted": quoted(value)})
    if _STARTS_SPECIAL.match(value) and column >= start and _is_prose(value):
        values = {"character": value[0], "quoted": quoted(value)}
        return Finding("special-first-character", path, Span(line + 1, start + 1, line + 1, start + 2), values)
    return Finding("syntax", path, here, _plain_words(problem, context, began + 1))


def _is_prose(value: str) -> bool:
    """Whether the value is words that only begin like YAML, rather than a list or block that was left open."""
    if value[0] in "[{":
        closing = value.find("]" if value[0] == "[" else "}")
        return 0 <= closing < len(value) - 1
    return True


def _plain_words(problem: str, context: str, began: int) -> dict[str, object]:
    if "quoted scalar" in context:
        return {
            "problem": f"a quotation mark in line {began} is never closed",
            "remedy": "close it, or put the whole text between the other kind of quotes",
        }
    if "flow" in context:
        return {
            "problem": f"a bracket in line {began} is not closed, or a comma is missing",
            "remedy": "close the bracket; put text that has commas or brackets of its own in quotes",
        }
    if problem.startswith("could not find expected ':'"):
        return {"problem": "a key without its colon", "remedy": "is a colon missing, or is a line indented wrongly?"}
    if problem.startswith("mapping values"):
        return {"problem": "a key stands where none can", "remedy": "is the line before indented as it should be?"}
    return {
        "problem": f"the indentation does not fit what began in line {began}",
        "remedy": "line it up with the entries above that it belongs to",
    }
