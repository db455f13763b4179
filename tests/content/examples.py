"""Small libraries on the disk, and what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from simulator.audit.plays import play_findings
from simulator.audit.worth import worth_findings
from simulator.content.diagnostics import Diagnostic, Edit, Finding, Span, lines_of
from simulator.content.diagnostics.smallest import PATHS, TEXTS
from simulator.content.library import ContentMissing, Library, load_library
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read

OPEN, CLOSE = "⟦", "⟧"


def written(root: Path, texts: Mapping[str, str] | None = None) -> Path:
    """A library of the smallest files at `root`, some of them with other texts."""
    for name, text in {**TEXTS, **(texts or {})}.items():
        path = root / PATHS[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def played(library: Library) -> list[Finding]:
    """What differs between the smallest scenario and its plays, where both can be used."""
    plays = library.plays["smallest"]
    if plays.model is None or not library.scenarios["smallest"].sound:
        return []
    return play_findings(library.content("smallest"), plays.model, plays.source)


def found_in(root: Path, file: str) -> list[Finding]:
    """Everything found in a library of which `file` was edited; plays only where they are what was edited."""
    library = load_library(root)
    return library.findings() + (played(library) if file == "plays" else []) + judged(library)


def read_in(root: Path) -> list[Finding]:
    """Everything found in a library by reading it, without playing anything."""
    return load_library(root).findings()


def judged(library: Library) -> list[Finding]:
    """What the rubric cannot judge in the smallest scenario, where it can be used."""
    try:
        content = library.content("smallest")
    except ContentMissing:
        return []
    return list(worth_findings(content, library.scenarios["smallest"].source))


def findings_of(scenario: str) -> list[Finding]:
    """What is found in a scenario's text without looking at what stands beside it."""
    source = read(scenario, "scenarios/smallest.yaml")
    return [*source.findings, *shaped(source, Scenario, "the scenario")[1]]


def at(source: Source, span: Span) -> str:
    """The characters that a span covers."""
    lines = lines_of(source.text)
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1][: span.end_column - 1]
    return "\n".join([first, *lines[span.line : span.end_line - 1], last])


def marked(text: str) -> tuple[str, Span]:
    """A text without its marks, and the span between them."""
    before, _, rest = text.partition(OPEN)
    inside, _, after = rest.partition(CLOSE)
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    end_line = line + inside.count("\n")
    end_column = len(inside.rpartition("\n")[2]) + (column if end_line == line else 1)
    return before + inside + after, Span(line, column, end_line, end_column)


def example(diagnostic: Diagnostic) -> tuple[str, str, Span]:
    """A diagnostic's example: which file is edited, its text, and the place that must be pointed at."""
    assert isinstance(diagnostic.example, Edit)
    text, span = marked(diagnostic.example.of(TEXTS[diagnostic.example.file]))
    return diagnostic.example.file, text, span
