"""What stands in a box or on an arrow as lines of text, with the room they take."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.drawing.cells import Size
from simulator.drawing.picture import Arrow, Box, Kind
from simulator.drawing.words import lines_of, width_of
from simulator.translation import translate as _

BOX_WIDTH = 200.0
_PADDING, _INSET = 12.0, 20.0
_LABEL_WIDTH = 168.0
_LABEL_LINES = 6


@dataclass(frozen=True, slots=True)
class Written:
    """One line of text: `style` is `title`, `words`, `kind`, `note`, `label` or `taken`."""

    text: str
    style: str
    size: float

    @property
    def height(self) -> float:
        """From this line to the next."""
        return self.size * 1.32

    @property
    def width(self) -> float:
        """How much room it takes across."""
        return width_of(self.text, self.size, bold=self.style in {"title", "taken"})


@dataclass(frozen=True, slots=True)
class Block:
    """Several lines, and the size of what holds them."""

    lines: tuple[Written, ...]
    size: Size


def box_block(box: Box) -> Block:
    """The lines of a box: its id, what kind of ending it is, the first words, and the notes."""
    room = BOX_WIDTH - 2 * (_INSET if box.is_ending else _PADDING)
    lines = [Written(text, "title", 13) for text in lines_of(box.title, room, 13, 2, bold=True)]
    if kind := kind_of(box):
        lines += [Written(text, "kind", 11) for text in lines_of(kind, room, 11, 2)]
    lines += [Written(text, "words", 11.5) for text in lines_of(box.words, room, 11.5, 3)]
    for note in box.notes:
        style = "taken" if note.on_path else "note"
        lines += [Written(text, style, 10.5) for text in lines_of(note.text, room, 10.5, 4, bold=note.on_path)]
    height = sum(line.height for line in lines) + 2 * _PADDING - 4
    return Block(tuple(lines), Size(BOX_WIDTH, max(height, 52.0)))


def kind_of(box: Box) -> str:
    """What kind of place a box is, in words; nothing for an ordinary moment."""
    if box.is_ending:
        name = outcome_names()[box.kind]
        return (
            _("ending: {outcome}, early").format(outcome=name)
            if box.early
            else (_("ending: {outcome}").format(outcome=name))
        )
    return _("start") if box.start else ""


def outcome_names() -> dict[Kind, str]:
    """The outcomes in words."""
    return {
        Kind.ALLIANCE: _("alliance"),
        Kind.PROGRESS: _("progress"),
        Kind.STALLED: _("stalled"),
        Kind.RUPTURE: _("rupture"),
        Kind.REFERRAL: _("referral"),
    }


def label_block(arrow: Arrow) -> Block | None:
    """The lines on an arrow, or None where it needs none."""
    lines = [
        Written(text, "taken", 11) for taken in arrow.taken for text in lines_of(taken, _LABEL_WIDTH, 11, 2, bold=True)
    ]
    by_choice = {taken.partition(" ")[2] for taken in arrow.taken}
    for line in arrow.lines:
        if line not in by_choice:
            lines += [Written(text, "label", 10.5) for part in _parts(line) for text in part]
    if not lines:
        return None
    if len(lines) > _LABEL_LINES:
        lines = [*lines[: _LABEL_LINES - 1], Written("…", "label", 10.5)]
    width = max(line.width for line in lines)
    return Block(tuple(lines), Size(width + 8, sum(line.height for line in lines) + 4))


def _parts(line: str) -> tuple[tuple[str, ...], ...]:
    """A line of a label, broken after who leads along the arrow where it is too long for one line."""
    who, colon, asked = line.partition(": ")
    if colon and width_of(line, 10.5) > _LABEL_WIDTH:
        return lines_of(f"{who}:", _LABEL_WIDTH, 10.5, 2), lines_of(asked, _LABEL_WIDTH, 10.5, 3)
    return (lines_of(line, _LABEL_WIDTH, 10.5, 3),)
