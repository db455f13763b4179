"""A picture laid out: every box, frame and arrow with its place. What stands in a frame is laid out within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

from simulator.drawing.blocks import BOX_WIDTH, Block, box_block, label_block
from simulator.drawing.bundles import soonest_ways
from simulator.drawing.cells import Size
from simulator.drawing.layout import Lane, Layout, Rect, Route, lay_out
from simulator.drawing.picture import Arrow, Box, Frame, Picture
from simulator.drawing.positions import BESIDE

_PADDING, _HEADING = 18.0, 30.0
_FEWEST, _MOST = 6, 12


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box, its lines and where it stands."""

    box: Box
    block: Block
    rect: Rect


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    """An arrow, its way, and its label if it has one."""

    arrow: Arrow
    route: Route
    block: Block | None
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything with its place."""

    boxes: tuple[DrawnBox, ...]
    arrows: tuple[DrawnArrow, ...]
    frames: tuple[tuple[Frame, Rect], ...]
    size: Size

    def moved(self, right: float, down: float) -> Scene:
        """The same elsewhere."""
        return replace(
            self,
            boxes=tuple(replace(one, rect=one.rect.moved(right, down)) for one in self.boxes),
            arrows=tuple(replace(one, route=_moved(one.route, right, down)) for one in self.arrows),
            frames=tuple((frame, rect.moved(right, down)) for frame, rect in self.frames),
        )


def _moved(route: Route, right: float, down: float) -> Route:
    lanes = tuple(Lane(lane.x + right, lane.top + down, lane.bottom + down) for lane in route.lanes)
    return Route(lanes, route.upward, route.label.moved(right, down) if route.label else None)


def scene_of(picture: Picture) -> Scene:
    """Lay a picture out."""
    frame_of = picture.frame_of
    inner = {frame.id: _inside(picture, frame) for frame in picture.frames}
    blocks = {box.id: box_block(box) for box in picture.boxes if box.id not in frame_of}
    sizes: dict[str, Size] = {}
    for box in picture.boxes:
        outer = frame_of.get(box.id, box.id)
        sizes.setdefault(outer, _framed(inner[outer].size) if outer in inner else blocks[box.id].size)
    arrows = [arrow for arrow in picture.arrows if arrow.source in sizes and arrow.target in sizes]
    hints = [(frame_of.get(source, source), frame_of.get(target, target)) for source, target in picture.noted]
    layout, labels = _laid_out(sizes, arrows, hints)
    boxes = [DrawnBox(box, blocks[box.id], layout.boxes[box.id]) for box in picture.boxes if box.id in blocks]
    drawn = [DrawnArrow(*three) for three in zip(arrows, layout.routes, labels, strict=True)]
    frames = []
    for frame in picture.frames:
        rect = layout.boxes[frame.id]
        within = inner[frame.id].moved(rect.x + _PADDING, rect.y + _HEADING)
        frames.append((frame, rect))
        boxes += within.boxes
        drawn += (replace(one, framed=True) for one in within.arrows)
    return Scene(tuple(boxes), tuple(drawn), tuple(frames), layout.size)


def _inside(picture: Picture, frame: Frame) -> Scene:
    members = [box for member in frame.members for box in picture.boxes if box.id == member]
    blocks = {box.id: box_block(box) for box in members}
    arrows = [arrow for arrow in picture.arrows if arrow.source in blocks and arrow.target in blocks]
    hints = [pair for pair in picture.noted if pair[0] in blocks and pair[1] in blocks]
    layout, labels = _laid_out({name: block.size for name, block in blocks.items()}, arrows, hints)
    boxes = tuple(DrawnBox(box, blocks[box.id], layout.boxes[box.id]) for box in members)
    drawn = tuple(DrawnArrow(*three) for three in zip(arrows, layout.routes, labels, strict=True))
    return Scene(boxes, drawn, (), layout.size)


def _laid_out(
    sizes: dict[str, Size], arrows: Sequence[Arrow], hints: Sequence[tuple[str, str]]
) -> tuple[Layout, list[Block | None]]:
    """Lay boxes out by their arrows. What is only noted counts where it is the first way to a place, or ends there."""
    labels = [label_block(arrow) for arrow in arrows]
    across = min(max(ceil(sqrt(len(sizes)) * 1.15), _FEWEST), _MOST)
    links = [(arrow.source, arrow.target) for arrow in arrows]
    noted = [pair for pair in hints if pair[0] != pair[1]]
    first = soonest_ways(sizes, [*links, *noted])
    onward = {source for source, _target in (*links, *noted)}
    hints = [pair for pair in dict.fromkeys(noted) if pair in first or pair[1] not in onward]
    room = [label.size if label else None for label in labels]
    return lay_out(sizes, links, room, hints, across * (BOX_WIDTH + BESIDE)), labels


def _framed(size: Size) -> Size:
    return Size(max(size.width, BOX_WIDTH) + 2 * _PADDING, size.height + _HEADING + _PADDING)
