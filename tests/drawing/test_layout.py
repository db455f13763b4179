"""Where things stand: nothing upon anything else, words within their boxes, and always the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.content.condition_parser import parse_condition
from simulator.content.scenario import Scenario
from simulator.drawing.layout import Rect, Route
from simulator.drawing.picture import Picture
from simulator.drawing.positions import spread
from simulator.drawing.scene import scene_of
from simulator.drawing.sketch import picture_of
from tests.drawing.stories import hub, story, tangles
from tests.generated import scenarios


def _apart(one: Rect, other: Rect) -> bool:
    return (
        one.x + one.width <= other.x + 0.01
        or other.x + other.width <= one.x + 0.01
        or one.y + one.height <= other.y + 0.01
        or other.y + other.height <= one.y + 0.01
    )


def _within(x: float, y: float, rect: Rect) -> bool:
    inner = 0.6
    return rect.x + inner < x < rect.x + rect.width - inner and rect.y + inner < y < rect.y + rect.height - inner


def _along(route: Route) -> Iterator[tuple[float, float]]:
    """Points along the line of an arrow, as `svg.way` draws it."""
    points = [point for lane in route.lanes for point in ((lane.x, lane.top), (lane.x, lane.bottom))]
    for (x, y), (next_x, next_y) in pairwise(points):
        for step in range(21):
            t = step / 20
            across = 3 * t * t - 2 * t**3
            down = 1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t**3
            yield x + (next_x - x) * across, y + (next_y - y) * down


def _is_sound(picture: Picture) -> None:
    scene = scene_of(picture)
    assert sorted(id(one.arrow) for one in scene.arrows) == sorted(map(id, picture.arrows))
    assert sorted(one.box.id for one in scene.boxes) == sorted(box.id for box in picture.boxes)
    for one, other in combinations(scene.boxes, 2):
        assert _apart(one.rect, other.rect), (one.box.id, other.box.id)
    labels = [drawn.route.label for drawn in scene.arrows if drawn.route.label]
    for one_label, other_label in combinations(labels, 2):
        assert _apart(one_label, other_label)
    for drawn in scene.boxes:
        for line in drawn.block.lines:
            assert line.width <= drawn.rect.width
        assert sum(line.height for line in drawn.block.lines) <= drawn.rect.height
        for label in labels:
            assert _apart(drawn.rect, label)
        for arrow in scene.arrows:
            assert not any(_within(x, y, drawn.rect) for x, y in _along(arrow.route))
        assert drawn.rect.x >= -0.01
        assert drawn.rect.x + drawn.rect.width <= scene.size.width + 0.01
        assert drawn.rect.y + drawn.rect.height <= scene.size.height + 0.01
    for frame, rect in scene.frames:
        for drawn in scene.boxes:
            inside = drawn.box.id in frame.members
            assert inside is not _apart(drawn.rect, rect), (frame.id, drawn.box.id)


@settings(max_examples=40, deadline=None)
@given(scenarios())
def test_no_box_lies_upon_another_or_upon_a_label_or_an_arrow(scenario: Scenario) -> None:
    _is_sound(picture_of(scenario))


@settings(max_examples=50, deadline=None)
@given(tangles())
def test_that_holds_of_any_tangle_too(scenario: Scenario) -> None:
    _is_sound(picture_of(scenario))


@settings(max_examples=20, deadline=None)
@given(tangles())
def test_an_arrow_begins_and_ends_at_its_boxes(scenario: Scenario) -> None:
    scene = scene_of(picture_of(scenario))
    rects = {drawn.box.id: drawn.rect for drawn in scene.boxes} | {frame.id: rect for frame, rect in scene.frames}
    for drawn in scene.arrows:
        upper, lower = drawn.arrow.source, drawn.arrow.target
        if drawn.route.upward:
            upper, lower = lower, upper
        first, last = drawn.route.lanes[0], drawn.route.lanes[-1]
        assert first.top == pytest.approx(rects[upper].y + rects[upper].height)
        assert last.bottom == pytest.approx(rects[lower].y)
        for lane, place in ((first, upper), (last, lower)):
            assert rects[place].x <= lane.x <= rects[place].x + rects[place].width


def test_the_start_stands_in_the_first_row_and_endings_below_what_leads_to_them() -> None:
    scene = scene_of(picture_of(story({"a": ["b", "c"], "b": ["c", "together"], "c": ["stuck"]})))
    top = {drawn.box.id: drawn.rect.y for drawn in scene.boxes}
    assert top["a"] == 0 or top["a"] == min(top.values())
    assert top["a"] < top["b"] < top["c"] < top["stuck"]
    assert top["b"] < top["together"]


def test_a_story_of_a_hundred_and_thirty_places_is_laid_out() -> None:
    ways = {f"n{number}": [f"n{(number * 7 + step) % 125}" for step in (1, 2, 3)] for number in range(124)}
    ways["n124"] = ["together", "stuck"]
    _is_sound(picture_of(story(ways)))


def test_a_hub_is_laid_out_within_its_frame() -> None:
    _is_sound(picture_of(story(hub())))


def test_a_run_on_which_the_client_leaves_from_within_a_frame_is_drawn() -> None:
    scenario = story(hub(), leaves="gone")
    leaving = scenario.client.leaves[0].model_copy(update={"when": parse_condition("visited(s3)")})
    client = scenario.client.model_copy(update={"leaves": (leaving,)})
    scenario = scenario.model_copy(update={"client": client})
    picture = picture_of(scenario, ["arrival.c0", "hub.c3", "s3.c0"], "a run")
    left = [arrow for arrow in picture.arrows if arrow.leaving and arrow.taken]
    assert [(arrow.source, arrow.target, arrow.taken) for arrow in left] == [("frame.hub", "gone", ("3 c0",))]
    _is_sound(picture)


_numbers = st.floats(-1000, 1000)


@given(st.lists(st.tuples(_numbers, st.floats(0.1, 9)), min_size=1, max_size=12), st.floats(1, 60))
def test_positions_keep_their_order_and_distance(wanted: list[tuple[float, float]], apart: float) -> None:
    places, weights = [one for one, _ in wanted], [weight for _, weight in wanted]
    found = spread(places, [apart] * (len(places) - 1), weights)
    assert all(right - left >= apart - 1e-6 for left, right in pairwise(found))
    if all(right - left >= apart for left, right in pairwise(places)):
        assert found == pytest.approx(places)
