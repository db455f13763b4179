"""Findings as people and other programs read them. How a finding is printed is none of the checks' business."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from simulator.content.diagnostics.finding import Finding


def as_text(finding: Finding, source_text: str) -> str:
    """The finding with its place, the line it stands in, carets below what is meant, and the hint."""
    line, column, end_line, end_column = finding.span
    parts = [f"{finding.path}:{line}:{column}: {finding.severity}[{finding.code}] {finding.message}"]
    lines = source_text.splitlines()
    if 0 < line <= len(lines) and lines[line - 1].strip():
        written = lines[line - 1]
        until = end_column - 1 if end_line == line else len(written)
        number = f"{line:>5}"
        before = "".join("\t" if character == "\t" else " " * _width(character) for character in written[: column - 1])
        carets = "^" * max(1, sum(_width(character) for character in written[column - 1 : until]))
        parts += [f"{number} | {written}", f"{' ' * len(number)} | {before}{carets}"]
    if finding.hint:
        parts.append(f"  hint: {finding.hint}")
    return "\n".join(parts)


def _width(character: str) -> int:
    if unicodedata.combining(character):
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
    place = f"file={_property(finding.path)},line={line},endLine={end_line}"
    if line == end_line:
        place += f",col={column},endColumn={end_column}"
    words = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    return f"::{_LEVELS[finding.severity]} {place},title={finding.code}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
