"""Findings as people and other programs read them. How a finding is printed is none of the checks' business."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from simulator.content.diagnostics.finding import Finding, lines_of

_WIDEST = 160
"""Longer lines are shown around the place that is meant."""
_CUT = "..."


def as_text(finding: Finding, source_text: str) -> str:
    """The finding with its place, the line it stands in, carets below what is meant, and the hint.

    A terminal is sent nothing that it would obey: characters it cannot show are shown as U+FFFD.
    """
    line, column, end_line, end_column = finding.span
    head = f"{finding.path}:{line}:{column}: {finding.severity}[{finding.code}] {finding.message}"
    parts = [_shown(head)]
    lines = lines_of(source_text)
    if 0 < line <= len(lines) and lines[line - 1].strip():
        until = end_column - 1 if end_line == line else len(lines[line - 1])
        parts += _pointed_at(line, lines[line - 1], column - 1, until)
    if finding.hint:
        parts.append(f"  hint: {_shown(finding.hint)}")
    return "\n".join(parts)


def _pointed_at(number: int, written: str, start: int, until: int) -> list[str]:
    """The line under its number, and carets below the characters from `start` up to `until`."""
    written, start, until = _excerpt(written, start, until)
    written = _shown(written)
    gutter = f"{number:>5}"
    # A tab stays a tab below a tab, so that both lines are moved alike, however wide the terminal makes it.
    before = "".join("\t" if character == "\t" else " " * _width(character) for character in written[:start])
    carets = "^" * max(1, sum(_width(character) for character in written[start:until]))
    return [f"{gutter} | {written}", f"{' ' * len(gutter)} | {before}{carets}"]


def _excerpt(written: str, start: int, until: int) -> tuple[str, int, int]:
    """A line that fits a screen, with the place still in it."""
    if len(written) <= _WIDEST:
        return written, start, until
    first = max(0, min(start - _WIDEST // 2, len(written) - _WIDEST))
    last = min(len(written), first + _WIDEST)
    opening, closing = _CUT if first else "", _CUT if last < len(written) else ""
    moved = len(opening) - first
    return opening + written[first:last] + closing, start + moved, min(until, last) + moved


def _shown(text: str) -> str:
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    category = unicodedata.category(character)
    obeyed = category in {"Cc", "Cs", "Zl", "Zp"} and character != "\t"
    turns_order = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return "\N{REPLACEMENT CHARACTER}" if obeyed or turns_order else character


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def as_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings as JSON-ready data; lines and columns count from 1, the end column is exclusive."""
    return [
        {
            "code": finding.code,
            "name": finding.name,
            "severity": str(finding.severity),
            "path": finding.path,
            **finding.span._asdict(),
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
    ]


_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(finding: Finding) -> str:
    """The finding as a workflow command, so that it shows at its line in a review."""
    line, column, end_line, end_column = finding.span
    place = f"file={_property(finding.path)},line={line}"
    # GitHub refuses columns where a finding runs over several lines.
    place += f",col={column},endLine={end_line},endColumn={end_column}" if line == end_line else f",endLine={end_line}"
    words = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    return f"::{_LEVELS[finding.severity]} {place},title={finding.code}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
