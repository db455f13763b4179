"""A picture as one SVG file that needs nothing else: readable in light and dark, and by those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from simulator.content.scenario import Scenario
from simulator.drawing.blocks import Block, Written
from simulator.drawing.layout import Rect, Route
from simulator.drawing.legend import Legend, legend_of
from simulator.drawing.picture import Frame, Picture
from simulator.drawing.scene import DrawnArrow, DrawnBox, Scene, scene_of
from simulator.drawing.shapes import number, outline
from simulator.drawing.sketch import Around, picture_of
from simulator.drawing.style import STYLE
from simulator.drawing.told import told
from simulator.drawing.walk import Path
from simulator.drawing.words import lines_of

_MARGIN, _NARROWEST = 28.0, 760.0


def svg_of(scenario: Scenario, path: Path = (), about: str = "", around: Around | None = None) -> str:
    """A scenario as an SVG drawing, with a run drawn on it, of which `about` says whose it is.

    Raises:
        PathNotInStory: the path is not one of this scenario's.
    """
    return as_svg(picture_of(scenario, path, about, around))


def as_svg(picture: Picture) -> str:
    """A picture as SVG."""
    scene = scene_of(picture)
    width = max(scene.size.width, _NARROWEST)
    heading = [Written(text, "heading", 19) for text in lines_of(picture.title, width, 19, 2, bold=True)]
    below = " · ".join(part for part in (told(picture).counted, picture.path) if part)
    heading += [Written(text, "below", 13) for text in lines_of(below, width, 13, 3)]
    top = _MARGIN + sum(line.height for line in heading) + 22
    scene = scene.moved(_MARGIN + (width - scene.size.width) / 2, top)
    legend = legend_of(picture, width).moved(_MARGIN, top + scene.size.height + 34)
    height = top + scene.size.height + 34 + legend.height + _MARGIN
    return "\n".join(_document(picture, scene, legend, heading, (width + 2 * _MARGIN, height))) + "\n"


def _document(
    picture: Picture, scene: Scene, legend: Legend, heading: Iterable[Written], size: tuple[float, float]
) -> Iterator[str]:
    wide, high = (number(value) for value in size)
    described = told(picture)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sg" role="img" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" aria-labelledby="sg-title sg-desc">'
    )
    yield f'<title id="sg-title">{_text(described.title)}</title>'
    yield f'<desc id="sg-desc">{_text(described.whole)}</desc>'
    yield f"<style>{STYLE}</style>"
    yield (
        "<defs>"
        + "".join(
            f'<marker id="sg-head{name}" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="{wide_head}" '
            f'markerHeight="{wide_head}" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0.8L10,5L0,9.2z" '
            f'class="sg-head{name}"/></marker>'
            for name, wide_head in (("", 9), ("-taken", 13))
        )
        + "</defs>"
    )
    yield f'<rect width="{wide}" height="{high}" class="sg-page"/>'
    y = _MARGIN
    for line in heading:
        y += line.height
        yield _line(line, _MARGIN, y - line.size * 0.3)
    yield from (_frame(frame, rect) for frame, rect in scene.frames)
    for taken in (False, True):  # the drawn run lies on top
        yield from (_arrow(one) for one in scene.arrows if bool(one.arrow.taken) is taken)
    yield from (_label(one) for one in scene.arrows if one.block)
    yield from (_box(one) for one in scene.boxes)
    yield from legend.lines()
    yield "</svg>"


def _text(text: str) -> str:
    return escape(text, quote=True)


def _line(line: Written, x: float, y: float, anchor: str = "") -> str:
    middle = ' text-anchor="middle"' if anchor else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(line.size)}" class="sg-{line.style}"{middle}>'
        f"{_text(line.text)}</text>"
    )


def _frame(frame: Frame, rect: Rect) -> str:
    shape = (
        f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}" '
        f'height="{number(rect.height)}" rx="14" class="sg-frame"/>'
    )
    return f"<g>{shape}{_line(Written(frame.title, 'title', 13), rect.x + 18, rect.y + 20)}</g>"


def _box(drawn: DrawnBox) -> str:
    box, rect = drawn.box, drawn.rect
    classes = f"sg-box sg-{box.kind}" + " sg-early" * box.early + " sg-start" * (box.start or box.asked_for)
    classes += " sg-visited" * bool(box.turns)
    parts = [outline(box.kind, rect, f'class="{classes}"')]
    parts += _lines(drawn.block, rect)
    if box.turns:
        parts.append(_badge(", ".join(map(str, box.turns)), rect))
    return f'<g data-place="{_text(box.id)}">{"".join(parts)}</g>'


def _lines(block: Block, rect: Rect) -> Iterator[str]:
    high = sum(line.height for line in block.lines)
    y = rect.y + (rect.height - high) / 2
    for line in block.lines:
        y += line.height
        yield _line(line, rect.x + rect.width / 2, y - line.size * 0.3, "middle")


def _badge(turns: str, rect: Rect) -> str:
    line = Written(turns, "badge", 12)
    wide = max(line.width * 1.1 + 12, 22)
    shape = (
        f'<rect x="{number(rect.x - 9)}" y="{number(rect.y - 9)}" width="{number(wide)}" height="20" rx="10" '
        'class="sg-badge-back"/>'
    )
    return shape + _line(line, rect.x - 9 + wide / 2, rect.y + 5.5, "middle")


def _arrow(drawn: DrawnArrow) -> str:
    arrow = drawn.arrow
    taken = "-taken" if arrow.taken else ""
    classes = f"sg-arrow{taken}" + " sg-leaves" * arrow.leaving
    title = f"{arrow.source} → {arrow.target}" + (f": {arrow.full}" if arrow.full else "")
    return (
        f'<path d="{way(drawn.route)}" class="{classes}" marker-end="url(#sg-head{taken})" '
        f'data-from="{_text(arrow.source)}" data-to="{_text(arrow.target)}"><title>{_text(title)}</title></path>'
    )


def way(route: Route) -> str:
    """The line of an arrow, from its tail to its head."""
    points: list[tuple[float, float]] = []
    for lane in route.lanes:
        points += [(lane.x, lane.top), (lane.x, lane.bottom)]
    if route.upward:
        points.reverse()
    steps = [f"M{number(points[0][0])},{number(points[0][1])}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(next_x - x) < 0.5:
            if abs(next_y - y) > 0.05:
                steps.append(f"L{number(next_x)},{number(next_y)}")
            continue
        half = number((y + next_y) / 2)
        steps.append(f"C{number(x)},{half} {number(next_x)},{half} {number(next_x)},{number(next_y)}")
    return "".join(steps)


def _label(drawn: DrawnArrow) -> str:
    rect, block = drawn.route.label, drawn.block
    if rect is None or block is None:
        return ""
    framed = " sg-on-frame" * drawn.framed
    back = (
        f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.width)}" '
        f'height="{number(rect.height)}" rx="3" class="sg-label-back{framed}"/>'
    )
    return f"<g>{back}{''.join(_lines(block, rect))}</g>"
