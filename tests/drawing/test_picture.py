"""What a drawing shows: every place once, every arrow drawn or noted, and the drawn run on it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from simulator.content.graph import graph_of
from simulator.content.scenario import Scenario
from simulator.drawing.picture import Kind, Picture
from simulator.drawing.sketch import LEAVING, Around, picture_of
from simulator.drawing.walk import PathNotInStory
from simulator.session.interview import Interview
from tests.drawing.stories import hub, story, tangles
from tests.generated import most_steps, picks, scenarios


def _shown(picture: Picture) -> set[tuple[str, str]]:
    return {pair for arrow in picture.arrows for pair in arrow.covers} | set(picture.noted)


def _has_everything(scenario: Scenario) -> None:
    picture = picture_of(scenario)
    drawn = Counter(box.id for box in picture.boxes if box.id != LEAVING)
    assert drawn == Counter([*scenario.nodes, *scenario.endings])
    graph = graph_of(scenario)
    assert _shown(picture) == {(place, target) for place, targets in graph.items() for target in targets}
    named = {box.id: " ".join(note.text for note in box.notes) for box in picture.boxes}
    for source, target in picture.noted:
        assert (target in named[source]) if source != target else ("↻" in named[source])


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_every_place_is_there_once_and_every_arrow_is_drawn_or_noted(scenario: Scenario) -> None:
    _has_everything(scenario)


@settings(max_examples=60, deadline=None)
@given(tangles())
def test_that_holds_of_any_tangle_too(scenario: Scenario) -> None:
    _has_everything(scenario)


@settings(max_examples=40, deadline=None)
@given(tangles())
def test_an_arrow_of_a_frame_is_named_in_the_boxes_it_stands_for(scenario: Scenario) -> None:
    picture = picture_of(scenario)
    frames = {frame.id: frame.members for frame in picture.frames}
    notes = {box.id: " ".join(note.text for note in box.notes) for box in picture.boxes}
    for arrow in picture.arrows:
        for source, target in arrow.covers:
            if arrow.source in frames:
                assert source in frames[arrow.source]
                assert target in notes[source]


@settings(max_examples=60, deadline=None)
@given(scenarios(), picks())
def test_a_run_is_drawn_step_by_step(scenario: Scenario, clicks: list[int]) -> None:
    interview = Interview(scenario)
    situation = interview.begin().situation
    path: list[str] = []
    while not situation.ended and len(path) < most_steps(scenario):
        offered = interview.on_offer(situation)
        choice = offered[clicks[len(path) % len(clicks)] % len(offered)]
        path.append(f"{situation.at}.{choice}")
        situation = interview.choose(situation, choice).situation
    picture = picture_of(scenario, path, "a run")
    boxes = {box.id: box for box in picture.boxes}
    for turn, step in enumerate(path, start=1):
        node, _, choice = step.partition(".")
        assert turn in boxes[node].turns
        on_arrows = [taken for arrow in picture.arrows for taken in arrow.taken]
        again = any(note.on_path for note in boxes[node].notes)
        assert f"{turn} {choice}" in on_arrows or again
    if path:
        assert boxes[situation.at].turns[-1] == len(path) + 1


def test_what_a_run_cannot_do_is_refused_in_a_sentence() -> None:
    scenario = story({"here": ["there"], "there": ["together"]})
    for path in (["there.c0"], ["here.c9"], ["here.c0", "here.c0"], ["nowhere.c0"]):
        with pytest.raises(PathNotInStory, match=r"^Step \d, '.*', cannot be drawn: .*\.$"):
            picture_of(scenario, path)


def test_the_condition_stands_on_the_arrow_and_a_long_one_gets_a_letter() -> None:
    ways = {"here": ["there", "further"], "there": ["together"]}
    long = "count(here, there, together, further, stuck) >= 2"
    picture = picture_of(story(ways, guards=["trust >= 6", f"trust >= 4 and {long}"]))
    lines = {(arrow.source, arrow.target): arrow.lines for arrow in picture.arrows}
    assert lines["here", "there"] == ("c0: trust >= 6", "c0: else")
    assert lines["there", "together"] == ("trust >= 4 and [A]", "else")
    assert picture.key == (("[A]", long),)


def test_an_or_is_never_torn_apart() -> None:
    asked = "trust >= 4 and visited(here) or trust == 2 and visited(there)"
    picture = picture_of(story({"here": ["there"], "there": ["together"]}, guards=[asked]))
    assert picture.key == (("[A]", asked),)


def test_a_client_who_may_leave_is_drawn_apart_with_one_broken_arrow() -> None:
    picture = picture_of(story({"here": ["there"], "there": ["together"]}, leaves="gone"))
    leaving = [arrow for arrow in picture.arrows if arrow.leaving]
    assert [(arrow.source, arrow.target, arrow.lines) for arrow in leaving] == [(LEAVING, "gone", ("trust <= 0",))]
    assert leaving[0].covers == (("here", "gone"), ("there", "gone"))


def test_a_hub_gets_a_frame_and_endings_from_many_places_become_notes() -> None:
    picture = picture_of(story(hub()))
    (frame,) = picture.frames
    assert frame.members[0] == "hub"
    assert len(frame.members) == 13
    assert len(picture.arrows) < 40
    assert any("put together" in remark for remark in picture.remarks)
    notes = {box.id: [note.text for note in box.notes] for box in picture.boxes}
    assert any(note.startswith("→") and "hub" in note for note in notes["s3"])


def test_a_small_story_is_left_as_it_is() -> None:
    picture = picture_of(story({"here": ["there", "stuck"], "there": ["together", "stuck"]}))
    assert picture.frames == ()
    assert picture.remarks == ()
    assert picture.noted == ()


def test_a_neighbourhood_holds_what_is_near_and_names_what_is_not_drawn() -> None:
    ways = {"a": ["b"], "b": ["c"], "c": ["d"], "d": ["e"], "e": ["together"]}
    picture = picture_of(story(ways), around=Around("c", 1))
    assert [box.id for box in picture.boxes] == ["b", "c", "d"]
    notes = {box.id: [note.text for note in box.notes] for box in picture.boxes}
    assert notes == {"b": ["← a (not drawn)"], "c": [], "d": ["→ e (not drawn)"]}
    assert picture.remarks == ("Only what is within 1 arrow of 'c' is drawn: 3 of 10 places.",)


def test_endings_tell_their_kind_and_whether_they_are_early() -> None:
    picture = picture_of(story({"here": ["gone", "together"]}))
    kinds = {box.id: (box.kind, box.early) for box in picture.boxes}
    assert kinds["gone"] == (Kind.RUPTURE, True)
    assert kinds["together"] == (Kind.ALLIANCE, False)
    assert kinds["here"] == (Kind.NODE, False)
