"""YAML text to plain data in which every key and value keeps its place.

Scalars stay text. Whether `No` is a word or `12` a number is decided by the field that holds it
(`simulator.content.fields`), which is how YAML 1.2 and an author read it, and not how YAML 1.1 does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from simulator.content.diagnostics import Finding, Span, lines_of
from simulator.content.places import START, Place, Places, span_of
from simulator.content.reader import parse
from simulator.content.scalars import character_places

Path = Sequence[str | int]


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
    _places: Places = field(default_factory=dict, repr=False)
    _root: Any = field(default=None, repr=False)
    _lines: list[str] = field(default_factory=list, repr=False)

    def span(self, path: Path = (), *, at_key: bool = False) -> Span:
        """Where `path` stands: its value, or its key if `at_key`.

        Parts of the path that are not in the data are skipped, so the locations that pydantic reports (with the
        tags of its unions among them) land on the nearest thing the author wrote.
        """
        (key, event), value = self._at(path)
        start = key if at_key and key is not None else event
        if start is event and isinstance(value, dict) and value and not getattr(event, "flow_style", False):
            start = next(iter(self._places[id(value)].values()))[0]  # a block is pointed at by its first key
        return span_of(start) if start is not None else START

    def _at(self, path: Path) -> tuple[Place, Any]:
        """The nearest part the author wrote: its place and its data."""
        here, found = self.data, (None, self._root)
        for part in path:
            inside = self._places.get(id(here), {})
            if part in inside:
                found = inside[part]
                here = here[part]
        return found, here

    def scalar_span(self, path: Path, offset: int, length: int) -> Span:
        """A stretch of the scalar at `path`, which begins at character `offset` of its value."""
        (_, event), value = self._at(path)
        if not isinstance(event, yaml.ScalarEvent):
            return self.span(path)
        mark: Any = event.start_mark
        end: Any = event.end_mark
        places = character_places(self.text[mark.index : end.index], value)
        first = places[min(offset, len(value))]
        last = places[min(offset + max(length, 1), len(places)) - 1]
        return self._stretch(mark, mark.index + first, mark.index + max(first, last) + 1)

    def words_span(self, path: Path, words: str) -> Span:
        """Where some of the words at `path` stand; all of them if these are not among them."""
        value = self._at(path)[1]
        offset = value.find(words) if isinstance(value, str) else -1
        return self.scalar_span(path, offset, len(words)) if offset >= 0 else self.span(path)

    def _stretch(self, mark: Any, first: int, end: int) -> Span:
        """The span from index `first` up to `end`, which stand in one line, at or after `mark`."""
        skipped = lines_of(self.text[mark.index : first] + "\N{FULL STOP}")
        line = mark.line + len(skipped)
        column = len(skipped[-1]) + (mark.column if len(skipped) == 1 else 0)
        past = max(len(self.line(line)) + 1, column + 1)
        return Span(line, column, line, min(column + end - first, past))

    def written(self, path: Path) -> str:
        """The value at `path` as it stands in the file, its lines joined by spaces; brackets included."""
        (_, event), value = self._at(path)
        if event is None:
            return ""
        begin, end = event.start_mark.index, self._end(event, value)
        if getattr(event, "flow_style", False) and (opened := self.text[begin]) in "[{":
            closing = self.text.find("]" if opened == "[" else "}", end)
            end = closing + 1 if closing >= 0 else end
        return " ".join(self.text[begin:end].split())

    def _end(self, event: Any, value: Any) -> int:
        """The index at which the last scalar of a value ends."""
        while inside := self._places.get(id(value)):
            last = next(reversed(inside))
            event, value = inside[last][1], value[last]
        end: int = event.end_mark.index
        return end

    def lost_tail(self, path: Path) -> tuple[Span, str]:
        """For a `Cut` at `path`: where the lost words stand, and the whole text that the author wrote."""
        mark = self._at(path)[0][1].end_mark
        line = self.line(mark.line + 1)
        whole = f"{self.written(path)}{line[mark.column :].rstrip()}".strip()
        return Span(mark.line + 1, mark.column + 2, mark.line + 1, len(line.rstrip()) + 1), whole

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
        if not self._lines:
            self._lines.extend(lines_of(self.text))
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


def read(text: str, path: str) -> Source:
    """Read one YAML document. `path` is what findings call the file. Never raises for what the text holds."""
    text = text.removeprefix("\ufeff")
    parsed = parse(text, path)
    return Source(path, text, parsed.data, parsed.findings, parsed.places, parsed.root)
