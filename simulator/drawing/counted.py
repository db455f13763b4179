"""A picture of a story with how many came by each place and went along each arrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from simulator.drawing.bundles import Pair
from simulator.drawing.picture import Arrow, Picture


def with_counts(picture: Picture, places: Mapping[str, str], ways: Mapping[Pair, str], whose: str) -> Picture:
    """The picture with a text over each place and way that has one; `whose` says what is counted.

    An arrow that stands for several ways names those of them that have a text.
    """
    boxes = tuple(
        replace(box, words=f"{places[box.id]} · {box.words}") if box.id in places else box for box in picture.boxes
    )
    arrows = tuple(replace(arrow, lines=(*_told(arrow, ways), *arrow.lines)) for arrow in picture.arrows)
    return replace(picture, boxes=boxes, arrows=arrows, remarks=(*picture.remarks, whose))


def _told(arrow: Arrow, ways: Mapping[Pair, str]) -> tuple[str, ...]:
    counted = [pair for pair in arrow.covers if pair in ways]
    if len(arrow.covers) == 1:
        return tuple(ways[pair] for pair in counted)
    return tuple(f"{source} → {target}: {ways[source, target]}" for source, target in counted)
