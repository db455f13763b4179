"""YAML text to plain data in which every key and value keeps its place.

The text is read as a stream of libyaml events rather than composed into nodes: that is faster, sees duplicate
keys, comments and tags, and stops at a budget before a hostile file has grown. Scalars stay text. Whether `No`
is a word or `12` a number is decided by the field that holds it (`simulator.content.fields`), which is how YAML
1.2 and an author read it, and not how YAML 1.1 does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from simulator.content.diagnostics import Finding, Span
from simulator.content.prose import explain_syntax_error

MOST_CHARACTERS = 2_000_000
"""Longest text read. A scenario of 1,000 nodes is about a tenth of this."""
MOST_DEPTH = 40
"""Deepest nesting read. A scenario needs nine levels."""

Path = Sequence[str | int]

_EventParser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Plain(str):
    """A scalar written without quotes: the only kind that can be read as a number or as true or false."""

    __slots__ = ()


class _Place(NamedTuple):
    key: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Source:
    """One file as the author wrote it: its text, its data, and where each part of the data stands.

    `data` is built of dict, list, str and `Plain`; it is None where the text could not be read, and then
    `findings` says why.
    """

    path: str
    text: str
    data: Any = None
    findings: tuple[Finding, ...] = ()
    _places: dict[int, dict[str | int, _Place]] = field(default_factory=dict, repr=False)
    _root: Any = field(default=None, repr=False)

    def span(self, path: Path = (), *, at_key: bool = False) -> Span:
        """Where `path` stands: its value, or its key if `at_key`.

        Parts of the path that are not in the data are skipped, so the locations that pydantic reports (with the
        tags of its unions among them) land on the nearest thing the author wrote.
        """
        here, start = self.data, self._root
        for part in path:
            inside = self._places.get(id(here), {})
            if part not in inside:
                continue
            place = inside[part]
            start = place.key if at_key and place.key is not None else place.value
            here = here[part]
        return _span_of(start) if start is not None else Span(1, 1, 1, 2)

    def scalar_span(self, path: Path, offset: int, length: int) -> Span:
        """A stretch inside the one-line scalar at `path`; the whole scalar where it runs over several lines."""
        whole = self.span(path)
        if whole.line != whole.end_line:
            return whole
        written = self.line(whole.line)[whole.column - 1 : whole.end_column - 1]
        quote = 1 if written[:1] in {"'", '"'} else 0
        start = min(whole.column + quote + offset, whole.end_column - 1)
        return Span(whole.line, start, whole.line, min(start + max(length, 1), whole.end_column))

    def contains(self, path: Path) -> bool:
        """Whether the author wrote something at `path`."""
        here = self.data
        for part in path:
            if part not in self._places.get(id(here), {}):
                return False
            here = here[part]
        return True

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty past the end."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _span_of(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    if not isinstance(event, yaml.ScalarEvent):  # a whole block is pointed at by its first line
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    if event.style in {"|", ">"}:  # the indicator stands on the line; the block follows it
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(start.line + 1, start.column + 1, end.line + 1, max(end.column + 1, start.column + 2))


class _Stop(Exception):
    """Reading cannot go on; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.events: Any = _EventParser(text)
        self.places: dict[int, dict[str | int, _Place]] = {}
        self.findings: list[Finding] = []

    def document(self) -> tuple[Any, Any]:
        """The data of the only document and the event it begins with."""
        self.events.get_event()  # the stream begins
        if isinstance(self.events.get_event(), yaml.StreamEndEvent):
            raise _Stop(Finding("empty-file", self.path, Span(1, 1, 1, 2)))
        first = self.events.get_event()
        data = self.value(first, depth=0)
        self.events.get_event()  # the document ends
        after = self.events.get_event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Stop(Finding("second-document", self.path, _span_of(after)))
        return data, first

    def value(self, event: Any, depth: int) -> Any:
        if depth > MOST_DEPTH:
            raise _Stop(Finding("too-deep", self.path, _span_of(event), {"most": MOST_DEPTH}))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise _Stop(Finding("anchor", self.path, _span_of(event), {"name": event.anchor, "mark": mark}))
        if event.tag is not None:
            raise _Stop(Finding("tag", self.path, _span_of(event), {"tag": event.tag}))
        if isinstance(event, yaml.ScalarEvent):
            return Plain(event.value) if event.style in {None, ""} else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(depth)
        return self.mapping(depth)

    def sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        places: dict[str | int, _Place] = {}
        while not isinstance(event := self.events.get_event(), yaml.SequenceEndEvent):
            places[len(items)] = _Place(None, event)
            items.append(self.value(event, depth + 1))
        self.places[id(items)] = places
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        places: dict[str | int, _Place] = {}
        while not isinstance(key := self.events.get_event(), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise _Stop(Finding("key-not-text", self.path, _span_of(key)))
            name = self.value(key, depth)
            event = self.events.get_event()
            value = self.value(event, depth + 1)
            if name in entries:
                first = _span_of(places[name].key)
                self.findings.append(
                    Finding("duplicate-key", self.path, _span_of(key), {"key": str(name), "line": first.line})
                )
                continue
            entries[str(name)] = value
            places[str(name)] = _Place(key, event)
        self.places[id(entries)] = places
        return entries


def read(text: str, path: str) -> Source:
    """Read one YAML document. `path` is what findings call the file. Never raises for what the text holds."""
    if len(text) > MOST_CHARACTERS:
        finding = Finding(
            "too-long", path, Span(1, 1, 1, 2), {"found": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"}
        )
        return Source(path, text, findings=(finding,))
    text = text.removeprefix("\ufeff")
    if unseen := _UNSEEN.search(text):
        return Source(path, text, findings=(_unseen_character(unseen, path),))
    reader = _Reader(text, path)
    try:
        data, root = reader.document()
    except _Stop as stop:
        return Source(path, text, findings=(*reader.findings, stop.finding))
    except yaml.MarkedYAMLError as error:
        return Source(path, text, findings=(*reader.findings, _syntax_finding(error, text, path)))
    except yaml.YAMLError:
        return Source(path, text, findings=(Finding("syntax", path, Span(1, 1, 1, 2), {"problem": "not YAML"}),))
    return Source(path, text, data, tuple(reader.findings), reader.places, root)


_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, which YAML forbids
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the order of reading round
    "\ud800-\udfff\ufeff]"
)


def _unseen_character(match: re.Match[str], path: str) -> Finding:
    before = match.string[: match.start()]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    values = {"character": f"U+{ord(match.group()):04X}"}
    return Finding("control-character", path, Span(line, column, line, column + 1), values)


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, path: str) -> Finding:
    """Say what a libyaml error means in an author's words, pointed at the line the author must mend."""
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines() or [""]
    line = min(mark.line if mark else 0, len(lines) - 1)
    column = min(mark.column if mark else 0, len(lines[line]))
    return explain_syntax_error(
        path, lines, line, column, error.problem or "", error.context or "",
        error.context_mark.line if error.context_mark else line,
    )
