"""A picture as a Mermaid flowchart. Whatever an author wrote stays text: all but letters becomes number codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from simulator.drawing.blocks import kind_of
from simulator.drawing.picture import Arrow, Box, Kind, Picture
from simulator.drawing.samples import samples_of
from simulator.drawing.told import told
from simulator.drawing.words import clean

_SHAPES = {
    Kind.NODE: ("[", "]"),
    Kind.LEAVING: ("(", ")"),
    Kind.ALLIANCE: ("(((", ")))"),
    Kind.PROGRESS: ("([", "])"),
    Kind.STALLED: ("{{", "}}"),
    Kind.RUPTURE: ("[[", "]]"),
    Kind.REFERRAL: (">", "]"),
}
_PLAIN = frozenset(" ,.?!:;'()[]=/+-_…“”‘’–—→←↻")
_NAMED = {"<": "lt", ">": "gt", '"': "quot", "&": "amp"}
_RISKY = re.compile(r"^\d+[.)]|^[^\w(\[]|(?<=\])[(\[]|:(?! |$)|(?<![^\W_])_|_(?![^\W_])")


def as_mermaid(picture: Picture) -> str:
    """A picture as the text of a Mermaid flowchart."""
    return "\n".join(_lines(picture)) + "\n"


def escaped(text: str) -> str:
    """Text as it may stand in a quoted label: what Mermaid could take for something else is a number code.

    Where Mermaid draws labels as SVG text it reads the numbers in labels of several lines only; those of one line,
    which are conditions, need no more than the codes that have names.
    """
    words = clean(text)
    risky = {match.end() - 1 for match in _RISKY.finditer(words)}
    return "".join(
        character
        if (character.isalnum() or character in _PLAIN) and position not in risky
        else f"#{_NAMED.get(character) or ord(character)};"
        for position, character in enumerate(words)
    )


def _lines(picture: Picture) -> Iterator[str]:
    yield "flowchart TB"
    yield f"  accTitle: {_bare(told(picture).title)}"
    yield f"  title[{_quoted([picture.title, told(picture).counted, picture.path])}]:::title"
    frame_of = picture.frame_of
    for frame in picture.frames:
        yield f"  subgraph {_id(frame.id)}[{_quoted([frame.title])}]"
        yield from (f"    {_box(box)}" for box in picture.boxes if frame_of.get(box.id) == frame.id)
        yield "  end"
    yield from (f"  {_box(box)}" for box in picture.boxes if box.id not in frame_of)
    yield from (f"  {_arrow(arrow)}" for arrow in picture.arrows)
    yield f"  subgraph legend[{_quoted([samples_of(picture).heading])}]"
    for number, (sample, text) in enumerate(samples_of(picture).boxes):
        left, right = _SHAPES[sample.kind]
        yield f"    l{number}{left}{_quoted([text])}{right}" + ":::early" * sample.early
    for number, text in enumerate((*samples_of(picture).arrows, *samples_of(picture).below)):
        yield f"    k{number}[{_quoted([text])}]:::key"
    yield "  end"
    yield "  classDef start stroke-width:3px"
    yield "  classDef early stroke-dasharray:7 4"
    yield "  classDef visited stroke-width:4px"
    yield "  classDef title fill:none,stroke:none"
    yield "  classDef key fill:none,stroke:none,text-align:left"


def _bare(text: str) -> str:
    return "".join(character if character.isalnum() or character in " ,.?!" else " " for character in clean(text))


def _quoted(lines: Iterable[str]) -> str:
    return '"' + "<br/>".join(escaped(line) for line in lines if line) + '"'


def _id(name: str) -> str:
    """A name that is none of Mermaid's own words; those of places have no dot."""
    return "x_" + name.replace(".", "_") if "." in name else f"n_{name}"


def _box(box: Box) -> str:
    left, right = _SHAPES[box.kind]
    lines = [
        ", ".join(map(str, box.turns)) + f": {box.title}" if box.turns else box.title,
        kind_of(box),
        box.words,
        *(note.text for note in box.notes),
    ]
    classes = [
        name
        for name, has in (("start", box.start or box.asked_for), ("early", box.early), ("visited", bool(box.turns)))
        if has
    ]
    early = box.early or box.kind is Kind.LEAVING
    chosen = "visited" if box.turns else "early" if early else classes[0] if classes else ""
    return f"{_id(box.id)}{left}{_quoted(lines)}{right}" + (f":::{chosen}" if chosen else "")


def _arrow(arrow: Arrow) -> str:
    line = "-.->" if arrow.leaving else "==>" if arrow.taken else "-->"
    words = [*arrow.taken, *arrow.lines]
    label = f"|{_quoted(words)}|" if words else ""
    return f"{_id(arrow.source)} {line}{label} {_id(arrow.target)}"
