"""What ordinary prose does to YAML, explained at the line that an author must mend.

libyaml says where it had to stop. What the author must mend often stands earlier, and nearly always is a text that
needs quotes; so each explanation tries to give that text, rightly quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.content.diagnostics import Finding, Span

_BEFORE_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+ *: +)?")
_STARTS_SPECIAL = re.compile(r"[@`%*&!|>\[\]{},]|[-?:](?= |$)")
_COMMENT = re.compile(r"(?:^|\s\s)#.*$")
_LOST_TAIL = re.compile(r"(?<=\S)[ \t]#")
_FLOW_START = re.compile(r"[\[{,]\s*(?:[a-z_]\w*\s*:\s+)?")
_FLOW_END = re.compile(r",\s*[a-z_]\w*\s*:\s|[}\]]+$")
LONGEST_LINE = 10_000
"""So much of a line is looked at when a mistake in it is explained."""
_NO_BREAK_SPACE = re.compile("[ -]*(?:[a-z_][a-z0-9_]*:)?\u00a0")
_LOOKS_LIKE_ENTRY = re.compile(r"\s*(?:- +)?[A-Za-z_][\w-]* *:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where libyaml stopped and why. Places are line and column counted from 0; `began` is where the part began."""

    lines: tuple[str, ...]
    at: tuple[int, int]
    began: tuple[int, int]
    problem: str
    context: str

    def text_at(self) -> tuple[int, str]:
        """Where the text begins in which reading stopped, and that text."""
        line, column = self.at
        written = self.lines[line]
        if "flow" not in self.context:
            return text_around(written, column)
        # Brackets that were left open on an earlier line say nothing about the words on this one.
        return _item_around(written, column) if line == self.began[0] else (len(written), "")


def quoted(text: str) -> str:
    """The text as it should stand in the file, in quotes that leave its own marks alone."""
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def words_from(line: str, start: int) -> str:
    """The words on a line from a column on, without a comment that is set off by two spaces."""
    return _COMMENT.sub("", line[start:]).strip()


def meant(value: str) -> str:
    """The text that was meant by a value that begins with a quotation mark and is not one quotation."""
    mark, inside = value[0], value[1:]
    if mark not in inside:  # never closed: an apostrophe belongs to the words, a double quote was left open
        return value if mark == "'" and inside[:1].isalpha() else inside.strip()
    inner = value[1:-1]
    if value[-1] != mark or not inner:
        return value
    at = inner.find(mark)
    before, after = inner[at - 1 : at] if at else "", inner[at + 1 : at + 2]
    # An apostrophe, or a mark that opens a quotation inside: the outer marks were meant as YAML's.
    is_apostrophe = mark == "'" and before.isalnum() and after.isalnum()
    opens = mark == '"' and (not before or before.isspace()) and bool(after) and not after.isspace()
    return inner if is_apostrophe or opens else value


def text_around(line: str, column: int) -> tuple[int, str]:
    """Where the text on a line begins that has this column in it, and that text; between brackets, the item."""
    start, value = _value_on(line)
    before = line[start:column]
    opened = before.count("[") + before.count("{") > before.count("]") + before.count("}")
    return _item_around(line, column) if value[:1] in {"[", "{"} and opened else (start, value)


def _value_on(line: str) -> tuple[int, str]:
    """Where the value on a line begins, and the value."""
    line = line.rstrip()
    match = _BEFORE_VALUE.match(line)
    start = match.end() if match else 0
    return start, words_from(line, start)


def _item_around(line: str, column: int) -> tuple[int, str]:
    """The same for an item between brackets on one line."""
    starts = [match.end() for match in _FLOW_START.finditer(line) if match.end() <= column]
    if not starts:
        return _value_on(line)
    line = line.rstrip()
    end = _FLOW_END.search(line, starts[-1])
    return starts[-1], line[starts[-1] : end.start() if end else len(line)].strip()


def explained(path: str, trouble: Trouble) -> Finding:
    """The finding for a place where libyaml could not read on."""
    for explanation in _EXPLANATIONS:
        if (found := explanation(trouble)) is not None:
            name, (line, column), values = found
            return Finding(name, path, Span(line + 1, column + 1, line + 1, column + 2), values)
    return _general(path, trouble)


_Explanation = tuple[str, tuple[int, int], dict[str, object]]


def _tab(trouble: Trouble) -> _Explanation | None:
    line, column = trouble.at
    written = trouble.lines[line]
    indentation = written[: len(written) - len(written.lstrip())]
    if "\t" not in indentation or column > len(indentation):
        return None
    return "tab-indentation", (line, indentation.index("\t")), {}


def _no_break_space(trouble: Trouble) -> _Explanation | None:
    """A space that looks like any other and is none to YAML: in the indentation, or after the colon."""
    for line in (trouble.at[0], trouble.began[0], trouble.at[0] - 1):
        written = trouble.lines[max(line, 0)]
        if found := _NO_BREAK_SPACE.match(written):
            return "no-break-space", (line, found.end() - 1), {}
    return None


def _escape(trouble: Trouble) -> _Explanation | None:
    if "quoted scalar" not in trouble.context or not re.search("escape|hexdecimal", trouble.problem):
        return None
    line, column = trouble.at
    start, value = trouble.began[1], words_from(trouble.lines[trouble.began[0]], trouble.began[1])
    column = trouble.lines[line].rfind("\\", start if line == trouble.began[0] else 0, column + 1)
    end = value.rfind('"')
    words = value[1:end] if end > 0 else value[1:]
    return "backslash-in-quotes", (line, max(column, 0)), {"quoted": quoted(words)}


def _unclosed_quote(trouble: Trouble) -> _Explanation | None:
    """A quotation that runs on into entries which were never meant to be part of it."""
    for number, line in enumerate(trouble.lines[: trouble.at[0] + 1]):
        start, value = _value_on(line)
        if value[:1] in {'"', "'"} and not _closes(value) and _swallows(trouble.lines, number, value[0]):
            return "unclosed-quote", (number, start), {"quoted": quoted(meant(value))}
    return None


def _closes(value: str) -> bool:
    inside = re.sub(r"\\.", "  ", value[1:]) if value[0] == '"' else value[1:].replace("''", "  ")
    return value[0] in inside


def _swallows(lines: tuple[str, ...], number: int, mark: str) -> bool:
    indentation = len(lines[number]) - len(lines[number].lstrip())
    for line in lines[number + 1 :]:
        if len(line) - len(line.lstrip()) <= indentation and _LOOKS_LIKE_ENTRY.match(line):
            return True
        if mark in line:
            return False
    return True


def _lost_tail(trouble: Trouble) -> _Explanation | None:
    """Words after a hash, which ended a text too early: on the line before, or before the closing bracket."""
    line = trouble.began[0] if "flow" in trouble.context else trouble.at[0] - 1
    if line < 0 or not (hash_at := _LOST_TAIL.search(trouble.lines[line])):
        return None
    written = trouble.lines[line]
    start, value = _item_around(written, hash_at.start()) if "flow" in trouble.context else _value_on(written)
    if value[:1] in {'"', "'"} or hash_at.start() < start:
        return None
    if "flow" not in trouble.context:
        if trouble.lines[trouble.at[0]][: trouble.at[1]].strip() or not trouble.problem.startswith("did not find"):
            return None
        value = f"{value} {trouble.lines[trouble.at[0]].strip()}"
    return "lost-after-hash", (line, hash_at.start() + 1), {"quoted": quoted(value)}


def _special(trouble: Trouble) -> _Explanation | None:
    line, column = trouble.at
    start, value = trouble.text_at()
    if column < start or not (first := _STARTS_SPECIAL.match(value)) or not _is_prose(value):
        return None
    if first.group() == "%" and start == 0:
        problem = "a line that begins with % is an instruction to YAML, and not one that it knows"
        return "syntax", (line, 0), {"problem": problem, "remedy": "remove the line"}
    return "special-first-character", (line, start), {"character": first.group(), "quoted": quoted(value)}


def _is_prose(value: str) -> bool:
    """Whether the value is words that only begin like YAML, rather than a list or block that was left open."""
    if value[0] in "[{":
        closing = value.find("]" if value[0] == "[" else "}")
        return 0 <= closing < len(value) - 1
    return True


def _colon(trouble: Trouble) -> _Explanation | None:
    line, column = trouble.at
    start, value = trouble.text_at()
    in_block = trouble.problem.startswith("mapping values are not allowed")
    in_brackets = "flow" in trouble.context and trouble.lines[line][column : column + 1] == ":"
    if column < start or value[:1] in {'"', "'"} or not (in_block or in_brackets):
        return None
    return "colon-in-text", trouble.at, {"quoted": quoted(value)}


def _after_quote(trouble: Trouble) -> _Explanation | None:
    start, value = trouble.text_at()
    if value[:1] not in {'"', "'"} or trouble.at[1] <= start or not _closes(value):
        return None
    return "text-after-quote", trouble.at, {"quoted": quoted(meant(value))}


_EXPLANATIONS: tuple[Callable[[Trouble], _Explanation | None], ...] = (
    _tab,
    _no_break_space,
    _escape,
    _unclosed_quote,
    _lost_tail,
    _special,
    _colon,
    _after_quote,
)


def _general(path: str, trouble: Trouble) -> Finding:
    line, column = trouble.at
    began = trouble.began[0] + 1
    if "flow" in trouble.context:
        line, column = _open_bracket(trouble) or trouble.began
        problem = "the bracket that opens here is not closed where it should be, or a comma is missing"
        remedy = "close the bracket; put text that has commas or brackets of its own in quotes"
    elif "simple key" in trouble.context:
        line, column = trouble.began
        problem = "a key without its colon"
        remedy = "is a colon missing, or the space after it, or is the line indented wrongly?"
    elif trouble.problem.startswith("mapping values"):
        problem, remedy = "a key stands where none can", "is the line before indented as it should be?"
    else:
        problem = f"the indentation does not fit what began in line {began}"
        remedy = "line it up with the entries above that it belongs to"
    span = Span(line + 1, column + 1, line + 1, column + 2)
    return Finding("syntax", path, span, {"problem": problem, "remedy": remedy})


def _open_bracket(trouble: Trouble) -> tuple[int, int] | None:
    """Where the bracket opens that is still open at the end of what was read."""
    if trouble.lines[trouble.began[0]].strip():
        return None
    closed = 0
    for number in range(trouble.began[0], -1, -1):
        line = trouble.lines[number]
        for column in range(len(line) - 1, -1, -1):
            if line[column] in "]}":
                closed += 1
            elif line[column] in "[{" and closed:
                closed -= 1
            elif line[column] in "[{":
                return number, column
    return None
