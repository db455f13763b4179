"""How many went where, on the picture of a story."""

from __future__ import annotations

from pathlib import Path

from simulator.content.library import load_library
from simulator.drawing.counted import with_counts
from simulator.drawing.sketch import picture_of
from simulator.drawing.svg import as_svg

SCENARIO = load_library(Path(__file__).resolve().parents[2]).content("orientation").scenario


def test_each_place_and_each_way_has_its_count_and_nothing_else_changes() -> None:
    plain = picture_of(SCENARIO)
    way = next(arrow.covers[0] for arrow in plain.arrows if len(arrow.covers) == 1 and not arrow.leaving)
    counted = with_counts(plain, {SCENARIO.start: "31"}, {way: "17"}, "People are counted.")
    boxes = {box.id: box for box in counted.boxes}
    assert boxes[SCENARIO.start].words.startswith("31 · ")
    assert sum(a != b for a, b in zip(plain.boxes, counted.boxes, strict=True)) == 1
    arrow = next(one for one in counted.arrows if one.covers == (way,) and not one.leaving)
    assert arrow.lines[0] == "17"
    drawn = as_svg(counted)
    assert "People are counted." in drawn
    assert ">17<" in drawn
