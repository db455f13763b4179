"""A picture in Graphviz's language. Whatever an author wrote stays text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from simulator.drawing.blocks import kind_of
from simulator.drawing.picture import Arrow, Box, Kind, Picture
from simulator.drawing.samples import samples_of
from simulator.drawing.told import told
from simulator.drawing.words import clean

_SHAPES = {
    Kind.NODE: "box",
    Kind.LEAVING: "box",
    Kind.ALLIANCE: "ellipse",
    Kind.PROGRESS: "ellipse",
    Kind.STALLED: "hexagon",
    Kind.RUPTURE: "octagon",
    Kind.REFERRAL: "parallelogram",
}
_COLUMNS = 34


def as_dot(picture: Picture) -> str:
    """A picture as the text of a Graphviz graph."""
    return "\n".join(_lines(picture)) + "\n"


def escaped(text: str) -> str:
    """Text as it may stand within quotation marks, where backslashes and the names of characters mean something."""
    return clean(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def _lines(picture: Picture) -> Iterator[str]:
    samples = samples_of(picture)
    yield f"digraph {_quoted([picture.name])} {{"
    heading = [picture.title, told(picture).counted, picture.path]
    yield f"  graph [rankdir=TB, compound=true, fontname=Helvetica, labelloc=t, label={_quoted(heading, fold=False)}];"
    yield "  node [fontname=Helvetica, fontsize=11];"
    yield "  edge [fontname=Helvetica, fontsize=10];"
    frame_of = picture.frame_of
    for number, frame in enumerate(picture.frames):
        yield f"  subgraph cluster_{number} {{"
        yield f"    graph [style=dotted, label={_quoted([frame.title])}];"
        yield from (f"    {_box(box)}" for box in picture.boxes if frame_of.get(box.id) == frame.id)
        yield "  }"
    yield from (f"  {_box(box)}" for box in picture.boxes if box.id not in frame_of)
    clusters = {frame.id: (f"cluster_{number}", frame.members[0]) for number, frame in enumerate(picture.frames)}
    yield from (f"  {_arrow(arrow, clusters)}" for arrow in picture.arrows)
    yield "  subgraph cluster_legend {"
    yield f"    graph [label={_quoted([samples.heading])}];"
    for number, (sample, text) in enumerate(samples.boxes):
        yield f"    {_quoted([f'legend.{number}'])} [{_look(sample)}, label={_quoted([text])}];"
    below = [line for entry in (*samples.arrows, *samples.below) for line in textwrap.wrap(clean(entry), 90)]
    left = "".join(escaped(line) + "\\l" for line in below)
    yield f'    "legend.key" [shape=plaintext, label="{left}"];'
    yield "  }"
    yield "}"


def _quoted(lines: Iterable[str], *, fold: bool = True) -> str:
    """Lines as one quoted text; long ones are folded."""
    folded = [
        part for line in lines if line for part in (textwrap.wrap(clean(line), _COLUMNS) if fold else [clean(line)])
    ]
    return '"' + "\\n".join(escaped(line) for line in folded) + '"'


def _look(box: Box) -> str:
    style = ["rounded"] if box.kind is Kind.NODE else []
    if box.early or box.kind is Kind.LEAVING:
        style.append("dashed")
    look = f'shape={_SHAPES[box.kind]}, style="{",".join(style)}"'
    if box.kind is Kind.ALLIANCE:
        look += ", peripheries=2"
    if box.start or box.asked_for or box.turns:
        look += f", penwidth={4 if box.turns else 2.5}"
    return look


def _box(box: Box) -> str:
    title = ", ".join(map(str, box.turns)) + f": {box.title}" if box.turns else box.title
    lines = [title, kind_of(box), box.words, *(note.text for note in box.notes)]
    return f"{_quoted([box.id], fold=False)} [{_look(box)}, label={_quoted(lines)}];"


def _arrow(arrow: Arrow, clusters: dict[str, tuple[str, str]]) -> str:
    settings = []
    ends = []
    for end, name in ((arrow.source, "ltail"), (arrow.target, "lhead")):
        cluster, member = clusters.get(end, ("", end))
        ends.append(_quoted([member], fold=False))
        if cluster:
            settings.append(f"{name}={cluster}")
    if words := [*arrow.taken, *arrow.lines]:
        settings.append(f"label={_quoted(words)}")
    if arrow.leaving:
        settings.append("style=dashed")
    if arrow.taken:
        settings.append("penwidth=4")
    return " -> ".join(ends) + (f" [{', '.join(settings)}];" if settings else ";")
