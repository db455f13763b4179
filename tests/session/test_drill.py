"""A drill: an attempt that begins in the middle of a talk, from that node with that state."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from simulator.content.scenario import Scenario
from simulator.session.events import Began, Chose, from_json, to_json
from simulator.session.interview import Interview
from simulator.session.replay import BrokenRecord, next_choice, replay
from tests.generated import scenarios
from tests.session.drivers import beginning as begun


def _led_in(scenario: Scenario, steps: int) -> tuple[tuple[str, ...], list[Chose]]:
    """The first choices of a talk, as a lead-in and as events."""
    interview = Interview(scenario)
    events: list[Chose] = []
    lead_in: list[str] = []
    for _ in range(steps):
        played = replay(interview, [begun(scenario), *events])
        if not played.offered:
            break
        lead_in.append(f"{played.situation.at}.{played.offered[0]}")
        events.append(next_choice(interview, played, played.offered[0])[0])
    return tuple(lead_in), events


def _drill(scenario: Scenario, lead_in: tuple[str, ...]) -> Began:
    whole = to_json(begun(scenario))
    drill = from_json({**whole, "lead_in": list(lead_in)})
    assert isinstance(drill, Began)
    return drill


@given(scenarios())
def test_a_drill_stands_where_the_talk_stood_and_hears_what_was_heard_last(scenario: Scenario) -> None:
    interview = Interview(scenario)
    lead_in, events = _led_in(scenario, 2)
    assume(events)
    talk = replay(interview, [begun(scenario), *events])
    drill = replay(interview, [_drill(scenario, lead_in)])
    assert drill.situation == talk.situation
    assert drill.opening == talk.turns[-1].heard
    assert drill.turns == ()
    assert drill.offered == talk.offered


@given(scenarios())
def test_a_lead_in_that_the_story_does_not_allow_is_a_broken_record(scenario: Scenario) -> None:
    with pytest.raises(BrokenRecord):
        replay(Interview(scenario), [_drill(scenario, ("nowhere.nothing",))])
