"""How to read a drawing: only what is really on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from simulator.drawing.layout import Rect
from simulator.drawing.picture import Picture
from simulator.drawing.samples import arrow_meaning, guard_meaning, leaving_meaning, samples_of
from simulator.drawing.shapes import number, outline
from simulator.drawing.words import lines_of
from simulator.translation import translate as _

_SAMPLE, _COLUMN, _SIZE = 46.0, 330.0, 12.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample, drawn at its own place, and what it means."""

    sample: str
    text: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend as it stands on the page."""

    entries: tuple[Entry, ...]
    below: tuple[str, ...]
    below_y: float
    height: float
    x: float = 0.0
    y: float = 0.0

    def moved(self, right: float, down: float) -> Legend:
        """The same elsewhere."""
        return replace(self, x=self.x + right, y=self.y + down)

    def lines(self) -> Iterator[str]:
        """The legend as SVG."""
        yield f'<g transform="translate({number(self.x)},{number(self.y)})">'
        yield f'<text x="0" y="12" font-size="14" class="sg-title">{escape(_("How to read this"))}</text>'
        for entry in self.entries:
            yield f'<g transform="translate({number(entry.x)},{number(entry.y)})">{entry.sample}'
            for row, text in enumerate(entry.text):
                y = number(15 + row * _SIZE * 1.3)
                yield f'<text x="{number(_SAMPLE + 12)}" y="{y}" font-size="{number(_SIZE)}">{escape(text)}</text>'
            yield "</g>"
        for row, text in enumerate(self.below):
            y = number(self.below_y + row * _SIZE * 1.4)
            yield f'<text x="0" y="{y}" font-size="{number(_SIZE)}" class="sg-words">{escape(text)}</text>'
        yield "</g>"


def legend_of(picture: Picture, width: float) -> Legend:
    """The legend of a picture, as wide as the picture."""
    columns = max(int(width // _COLUMN), 1)
    entries: list[Entry] = []
    y, deepest = 28.0, 0.0
    for position, (sample, text) in enumerate(_samples(picture)):
        column = position % columns
        if column == 0:
            y, deepest = y + deepest, 0.0
        lines = lines_of(text, _COLUMN - _SAMPLE - 30, _SIZE, 3)
        deepest = max(deepest, 34.0, len(lines) * _SIZE * 1.3 + 10)
        entries.append(Entry(sample, lines, column * _COLUMN, y))
    y += deepest + 14
    below: list[str] = []
    for remark in picture.remarks:
        below += lines_of(remark, width, _SIZE, 4)
    if picture.key:
        below += ["", _("Letters that stand for longer conditions:")]
    for letter, condition in picture.key:
        below += lines_of(f"{letter} = {condition}", width, _SIZE, 6)
    return Legend(tuple(entries), tuple(below), y, y + len(below) * _SIZE * 1.4)


def _samples(picture: Picture) -> Iterator[tuple[str, str]]:
    for box, text in samples_of(picture).boxes:
        classes = f"sg-box sg-{box.kind}" + " sg-early" * box.early
        yield outline(box.kind, Rect(0, 0, _SAMPLE, 24), f'class="{classes}"'), text
    if picture.frames:
        frame = '<rect width="46" height="24" rx="7" class="sg-frame"/>'
        yield frame, _("a hub with the moments that lead back to it")
    yield _line_sample("sg-arrow", ""), arrow_meaning()
    yield '<text x="0" y="15" font-size="10.5" class="sg-label">trust…</text>', guard_meaning()
    if any(arrow.leaving for arrow in picture.arrows):
        yield _line_sample("sg-arrow sg-leaves", ""), leaving_meaning()
    if picture.path:
        yield _line_sample("sg-arrow-taken", "-taken"), picture.path


def _line_sample(classes: str, head: str) -> str:
    return f'<path d="M0,12L46,12" class="{classes}" marker-end="url(#sg-head{head})"/>'
