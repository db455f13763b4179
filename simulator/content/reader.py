"""Reads YAML as a stream of libyaml events into plain data that remembers its places.

Events rather than composed nodes: that is faster, sees duplicate keys, comments and tags, and stops at a budget
before a hostile file has grown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from simulator.content.diagnostics import Finding, Span, lines_of
from simulator.content.places import START, Cut, Place, Places, Plain, span_of
from simulator.content.prose import LONGEST_LINE, Trouble, explained, quoted, text_around, words_from

MOST_CHARACTERS = 2_000_000
"""Longest text read. A scenario of 1,000 nodes is about a tenth of this."""
MOST_DEPTH = 40
"""Deepest nesting read. A scenario needs nine levels."""
MOST_VALUES = 200_000
"""The most values read. A scenario of 1,000 nodes has about 40,000."""
MOST_FINDINGS = 100
"""The most that is said about one file at one stage. A slip at the top can make hundreds below it."""

_EventParser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read: data and places, the event that the data begins with, and what is wrong."""

    data: Any = None
    root: Any = None
    places: Places = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def parse(text: str, path: str) -> Parsed:
    """Read one YAML document. `path` is what findings call the file. Never raises for what the text holds."""
    if len(text) > MOST_CHARACTERS:
        values = {"found": f"{len(text):,} characters", "most": f"{MOST_CHARACTERS:,}"}
        return Parsed(findings=(Finding("too-long", path, START, values),))
    if unseen := _UNSEEN.search(text):
        return Parsed(findings=(_unseen_character(unseen, path),))
    reader = _Reader(text, path)
    try:
        data, root = reader.document()
    except _Stop as stop:
        return Parsed(findings=(*reader.findings, stop.finding))
    except yaml.MarkedYAMLError as error:
        return Parsed(findings=(*reader.findings, _syntax_finding(error, text, path)))
    except yaml.YAMLError:
        values = {"problem": "it holds characters that YAML does not allow", "remedy": "save it as UTF-8 text"}
        return Parsed(findings=(Finding("syntax", path, START, values),))
    return Parsed(data, root, reader.places, tuple(reader.findings))


class _Stop(Exception):
    """Reading cannot go on; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.events: Any = _EventParser(text)
        self.places: Places = {}
        self.findings: list[Finding] = []
        self.values_left = MOST_VALUES
        self.has_hashes = " #" in text or "\t#" in text

    def stop(self, name: str, event: Any, **values: object) -> _Stop:
        return _Stop(Finding(name, self.path, span_of(event), values))

    def document(self) -> tuple[Any, Any]:
        """The data of the only document and the event it begins with."""
        self.events.get_event()  # the stream begins
        if isinstance(self.events.get_event(), yaml.StreamEndEvent):
            raise _Stop(Finding("empty-file", self.path, START))
        first = self.events.get_event()
        data = self.value(first, 0)
        self.events.get_event()  # the document ends
        after = self.events.get_event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.stop("second-document", after)
        return data, first

    def value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            raise self.refused(event)
        self.values_left -= 1
        if self.values_left < 0:
            raise self.stop("too-long", event, found="more entries", most=f"{MOST_VALUES:,}")
        if kind is yaml.ScalarEvent:
            if event.style:
                return event.value
            if self.has_hashes:
                end = event.end_mark.index
                if self.text[end + 1 : end + 2] == "#" and self.text[end] in " \t":
                    return Cut(event.value)
            return Plain(event.value)
        if depth >= MOST_DEPTH:
            raise self.stop("too-deep", event, most=MOST_DEPTH)
        return self.sequence(depth) if kind is yaml.SequenceStartEvent else self.mapping(event, depth)

    def refused(self, event: Any) -> _Stop:
        """What to say of an anchor, alias or tag, which is nearly always a stage direction without its quotes."""
        start = event.start_mark
        rest = self.text[start.index :].partition("\n")[0]
        line = self.text[start.index - start.column : start.index] + rest[:LONGEST_LINE]
        words = text_around(line, start.column)[1]
        mark = rest.split(maxsplit=1)[0].rstrip(",]}")
        name = "tag" if mark.startswith("!") else "anchor"
        span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 1 + len(mark))
        return _Stop(Finding(name, self.path, span, {"mark": mark, "quoted": quoted(words)}))

    def sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        places: dict[str | int, Place] = {}
        next_event = self.events.get_event
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            places[len(items)] = (None, event)
            items.append(self.value(event, depth + 1))
        self.places[id(items)] = places
        return items

    def mapping(self, start: Any, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        places: dict[str | int, Place] = {}
        next_event = self.events.get_event
        last, tail = "", None  # in brackets: the entry before, and what a comma may have split off it
        while type(key := next_event()) is not yaml.MappingEndEvent:
            name = self.key(start, key)
            event = next_event()
            value = self.value(event, depth + 1)
            if start.flow_style:
                if places and self.is_tail(key, event, entries[last]):
                    tail = (tail[0] if tail else key, max(key.end_mark.index, event.end_mark.index))
                    continue
                if tail:
                    entries[last] = self.rejoined(last, places[last][1], tail)
                last, tail = name, None
            if name in entries:
                self.duplicate(name, key, places)
                continue
            entries[name] = value
            places[name] = (key, event)
        if tail:
            entries[last] = self.rejoined(last, places[last][1], tail)
        self.places[id(entries)] = places
        return entries

    def key(self, start: Any, key: Any) -> str:
        kind = type(key)
        if kind is yaml.AliasEvent:
            raise self.refused(key)
        if kind is not yaml.ScalarEvent:
            raise self.stop("key-not-text", key)
        if key.anchor is not None or key.tag is not None:
            raise self.refused(key)
        began, index = start.start_mark.index, key.start_mark.index
        if self.text[index - 2 : index] == "? " or (began != index and self.text[began] == "?"):
            raise self.asked(index)
        name: str = key.value
        return name

    def asked(self, index: int) -> _Stop:
        """What to say of a question mark with a space after it, which opens a key in YAML."""
        place = self.text.rindex("?", 0, index)
        before = lines_of(self.text[:place] + "\N{FULL STOP}")
        line, column = len(before), len(before[-1])
        words = words_from(self.text[place:].partition("\n")[0], 0)
        values = {"character": "?", "quoted": quoted(words)}
        return _Stop(Finding("special-first-character", self.path, Span(line, column, line, column + 1), values))

    def duplicate(self, name: str, key: Any, places: dict[str | int, Place]) -> None:
        if len(self.findings) >= MOST_FINDINGS:
            raise self.stop("more-findings", key)
        line = places[name][0].start_mark.line + 1
        self.findings.append(Finding("duplicate-key", self.path, span_of(key), {"key": name, "line": line}))

    def is_tail(self, key: Any, event: Any, before: Any) -> bool:
        """Whether what looks like a key is the rest of a text that a comma split: `{says: Well, I went.}`."""
        if not isinstance(before, str) or not before or _NUMBER.fullmatch(before):
            return False
        has_no_colon = event.end_mark.index == key.end_mark.index
        return has_no_colon or " " in key.value

    def rejoined(self, last: str | int, value: Any, tail: tuple[Any, int]) -> str:
        """The text that commas split, put together again; says so at the first thing that is no key."""
        first, end = tail
        words = " ".join(self.text[value.start_mark.index : end].split())
        self.findings.append(
            Finding("comma-in-text", self.path, span_of(first), {"quoted": quoted(words), "key": last})
        )
        return words


_NUMBER = re.compile(r"[-+]?\d+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"  # control characters, and line ends that no editor shows
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the order of reading round
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def _unseen_character(match: re.Match[str], path: str) -> Finding:
    before = lines_of(match.string[: match.start()] + "\N{FULL STOP}")
    line, column = len(before), len(before[-1])
    values = {"character": f"U+{ord(match.group()):04X}"}
    return Finding("control-character", path, Span(line, column, line, column + 1), values)


def _syntax_finding(error: yaml.MarkedYAMLError, text: str, path: str) -> Finding:
    """Say what a libyaml error means in an author's words, pointed at the line the author must mend."""
    mark = error.problem_mark or error.context_mark
    began = error.context_mark or mark
    if mark is None or began is None:
        return Finding("syntax", path, START, {"problem": "it is not laid out as YAML", "remedy": "start anew"})
    # libyaml may stop behind the last line; an empty one stands there.
    lines = (*(line[:LONGEST_LINE] for line in lines_of(text)), "")
    at, start = (_within(lines, place) for place in (mark, began))
    return explained(path, Trouble(lines, at, start, error.problem or "", error.context or ""))


def _within(lines: tuple[str, ...], mark: Any) -> tuple[int, int]:
    line = min(mark.line, len(lines) - 1)
    return line, min(mark.column, len(lines[line]))
