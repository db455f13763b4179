"""The trace of a step never says otherwise than the step itself."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from simulator.content.library import load_library
from simulator.session.interview import Interview
from simulator.session.situation import Situation, Spoken, Step, UnknownChoice
from simulator.session.trace import Cause, Trace, trace_of

LIBRARY = load_library(Path(__file__).resolve().parents[2])
PLAYED = 60


def _interviews() -> list[Interview]:
    return [Interview(LIBRARY.content(name).scenario) for name in LIBRARY.scenarios]


def _agrees(trace: Trace, before: Situation, step: Step) -> None:
    moved = {one.state: one.after - one.before for one in trace.moved if one.after != one.before}
    assert moved == dict(step.changes)
    assert trace.went[-1].to == step.situation.at
    for weighed in trace.weighed:
        last_asked = [one.held for one in weighed.asked]
        assert not any(last_asked[: weighed.said - 1])
        assert all(last_asked[weighed.said - 1 :])
    for way in trace.went:
        assert not any(one.held for one in way.asked[:-1])
    for one in (*trace.weighed, *trace.went):
        for asked in one.asked:
            for name, value in asked.states:
                assert value == step.situation.state[name]


@pytest.mark.parametrize("interview", _interviews(), ids=lambda one: one.scenario.id)
def test_over_random_plays_of_the_shipped_clients_every_trace_agrees_with_its_step(interview: Interview) -> None:
    choosing = random.Random(interview.scenario.id)
    for _play in range(PLAYED):
        situation = interview.begin().situation
        while not situation.ended:
            choice = choosing.choice(interview.on_offer(situation))
            step = interview.choose(situation, choice)
            _agrees(trace_of(interview, situation, choice, step), situation, step)
            situation = step.situation


def test_what_moved_the_client_is_told_by_its_causes() -> None:
    interview = Interview(LIBRARY.content("callum-first-meeting").scenario)
    scenario = interview.scenario
    node, choice, behaviour, state = next(
        (node, name, behaviour, state)
        for node, one in scenario.nodes.items()
        for name, choice in one.choices.items()
        if choice.when is None
        for behaviour in choice.shows
        for state in scenario.client.reactions.get(behaviour, {})
    )
    before = interview.begin_at(node, {}, ()).situation
    trace = trace_of(interview, before, choice, interview.choose(before, choice))
    moved = next(one for one in trace.moved if one.state == state)
    assert Cause(behaviour, scenario.client.reactions[behaviour][state]) in moved.causes


def test_a_state_at_the_end_of_its_range_is_told_as_held_back() -> None:
    interview = Interview(LIBRARY.content("callum-first-meeting").scenario)
    most = {name: state.max for name, state in interview.scenario.client.state.items()}
    held_back = []
    for node in interview.scenario.nodes:
        before = interview.begin_at(node, most, ()).situation
        if before.at != node:
            continue
        for choice in interview.on_offer(before):
            step = interview.choose(before, choice)
            held_back += [one for one in trace_of(interview, before, choice, step).moved if one.held_back]
    assert held_back
    assert all(one.after in (most[one.state], 0) or one.before == most[one.state] for one in held_back)


def test_a_talk_begun_in_its_middle_speaks_that_node_and_counts_what_was_said_to_be_visited() -> None:
    interview = Interview(LIBRARY.content("callum-first-meeting").scenario)
    node = list(interview.scenario.nodes)[3]
    begun = interview.begin_at(node, {}, (interview.scenario.start,))
    assert begun.heard[-1].part is Spoken.NODE
    assert begun.situation.visits[interview.scenario.start] == 1


def test_a_choice_that_is_not_there_is_refused() -> None:
    interview = _interviews()[0]
    before = interview.begin().situation
    with pytest.raises(UnknownChoice):
        trace_of(interview, before, "no_such", Step(before, (), {}))
