"""What holds for every scenario: properties of play, over generated ones."""

from __future__ import annotations

import gc
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.content.scenario import Scenario
from simulator.session.events import from_json, to_json
from simulator.session.interview import Interview, shown_order
from simulator.session.replay import replay, replay_on
from simulator.session.situation import ChoiceRefused, InterviewOver, UnknownChoice
from tests.generated import most_steps, picks, scenarios
from tests.session.drivers import Driver, SavedAndLoaded, Straight, walk
from tests.session.naive_play import NaiveTalk


def _told(heard):
    return [(str(each.part), each.of, each.words) for each in heard]


@given(scenario=scenarios(), clicks=picks())
def test_every_run_ends(driver: Driver, scenario: Scenario, clicks):
    run = driver(scenario, "seed")
    for _ in walk(run, clicks, most_steps(scenario)):
        pass
    assert run.situation.at in scenario.endings
    assert run.offered == ()


@given(scenario=scenarios(), clicks=picks())
def test_every_run_goes_as_the_rules_of_play_say(driver: Driver, scenario: Scenario, clicks):
    run, told = driver(scenario, "seed"), NaiveTalk(scenario)
    steps = walk(run, clicks, most_steps(scenario))
    while True:
        assert _told(run.heard) == told.heard
        assert run.situation.at == told.at
        assert run.situation.ended == told.ended
        assert dict(run.situation.state) == told.state
        assert dict(run.situation.visits) == told.visits
        assert dict(run.situation.chosen) == told.chosen
        assert dict(run.situation.shown) == told.shown
        assert set(run.offered) == told.offered()
        before = dict(told.state)
        choice = next(steps, None)
        if choice is None:
            break
        told.choose(choice)
        assert run.changes == {
            name: value - before[name] for name, value in told.state.items() if value != before[name]
        }


@given(scenario=scenarios(), clicks=picks())
def test_wherever_the_talk_stands_something_has_been_said_and_can_be_answered(driver: Driver, scenario, clicks):
    run = driver(scenario, "seed")
    for _ in walk(run, clicks, most_steps(scenario)):
        if not run.situation.ended:
            assert run.heard[-1].of == run.situation.at
            assert run.situation.visits[run.situation.at] >= 1


@given(scenario=scenarios(), clicks=picks())
def test_saving_and_loading_after_each_step_changes_nothing(scenario: Scenario, clicks):
    straight, saved = Straight(scenario, "seed"), SavedAndLoaded(scenario, "seed")
    for choice in walk(straight, clicks, most_steps(scenario)):
        saved.choose(choice)
        assert saved.situation == straight.situation
        assert saved.heard == straight.heard
        assert saved.changes == straight.changes
        assert saved.offered == straight.offered
    assert saved.events == straight.events
    assert saved.playthrough() == straight.playthrough()


@given(scenario=scenarios(), clicks=picks())
def test_replay_gives_the_same_every_time_and_reports_no_divergence(driver: Driver, scenario: Scenario, clicks):
    run = driver(scenario, "seed")
    for _ in walk(run, clicks, most_steps(scenario)):
        pass
    first = replay(Interview(scenario), run.events)
    again = replay(Interview(scenario), [from_json(json.loads(json.dumps(to_json(event)))) for event in run.events])
    assert first == again == run.playthrough()
    assert first.divergences == ()
    assert first.finished
    assert not first.open
    assert first.situation == run.situation
    assert [turn.after for turn in first.turns][-1:] in ([], [run.situation])
    assert first.next_number == len(run.events)


@given(scenario=scenarios(), clicks=picks(), backs=st.lists(st.booleans(), min_size=1, max_size=12))
def test_taking_back_leads_to_exactly_the_situation_before(driver: Driver, scenario: Scenario, clicks, backs):
    run = driver(scenario, "seed")
    stack = [(run.situation, run.offered, run.heard)]
    for back, click in zip(backs, clicks * 12, strict=False):
        if back and len(stack) > 1:
            run.take_back()
            stack.pop()
            assert (run.situation, run.offered, run.heard) == stack[-1]
        elif run.offered:
            run.choose(run.offered[click % len(run.offered)])
            stack.append((run.situation, run.offered, run.heard))
    played = run.playthrough()
    assert len(played.turns) == len(stack) - 1
    assert played.situation == stack[-1][0]
    assert played.divergences == ()
    assert all(turn.counted in turn.offered for turn in played.turns)


@given(scenario=scenarios(), clicks=picks())
def test_states_stay_within_their_range(driver: Driver, scenario: Scenario, clicks):
    run = driver(scenario, "seed")
    for _ in walk(run, clicks, most_steps(scenario)):
        for name, variable in scenario.client.state.items():
            assert variable.min <= run.situation.state[name] <= variable.max
        assert set(run.situation.state) == set(scenario.client.state)


@given(scenario=scenarios(), clicks=picks(), seed=st.text(max_size=8))
def test_the_order_shown_depends_on_the_seed_alone(driver: Driver, scenario: Scenario, clicks, seed):
    run = driver(scenario, seed)
    steps = walk(run, clicks, most_steps(scenario))
    while True:
        node = run.situation.at
        keyed = {
            choice: hashlib.sha256(f"{seed}/{node}/{choice}".encode("utf-8", "surrogatepass")).hexdigest()
            for choice in run.offered
        }
        assert list(run.offered) == sorted(keyed, key=keyed.__getitem__)
        if next(steps, None) is None:
            break


@given(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2), st.randoms(use_true_random=False))
def test_neither_the_authors_order_nor_what_else_is_on_offer_moves_a_choice(choices, shuffler):
    shown = shown_order("seed", "node", choices)
    shuffled = list(choices)
    shuffler.shuffle(shuffled)
    assert shown_order("seed", "node", shuffled) == shown
    assert shown_order("seed", "node", choices[1:]) == tuple(choice for choice in shown if choice != choices[0])


@given(scenario=scenarios(), clicks=picks())
def test_a_choice_that_is_not_offered_is_refused_and_changes_nothing(driver: Driver, scenario: Scenario, clicks):
    run = driver(scenario, "seed")
    steps = walk(run, clicks, most_steps(scenario))
    while True:
        before, events = repr(run.situation), run.events
        at = run.situation.at
        if run.situation.ended:
            with pytest.raises(InterviewOver):
                run.choose("a")
        else:
            for choice in set(scenario.nodes[at].choices) - set(run.offered):
                with pytest.raises(ChoiceRefused):
                    run.choose(choice)
            for choice in ("z", "", "otherwise", "n0.a", f"{at}.a", "a ", "__class__"):
                with pytest.raises(UnknownChoice):
                    run.choose(choice)
        assert repr(run.situation) == before
        assert run.events == events
        if next(steps, None) is None:
            break


@given(scenario=scenarios(), many=st.lists(picks(), min_size=8, max_size=8))
def test_eight_threads_on_one_machine_hear_what_each_would_hear_alone(scenario: Scenario, many):
    interview = Interview(scenario)
    together = Barrier(8)

    def played(clicks, wait=True):
        if wait:
            together.wait(timeout=30)
        step, steps = interview.begin(), []
        for number in range(most_steps(scenario)):
            offered = interview.offered(step.situation, "seed")
            if not offered:
                break
            step = interview.choose(step.situation, offered[clicks[number % len(clicks)] % len(offered)])
            steps.append(step)
        return steps

    with ThreadPoolExecutor(8) as threads:
        at_once = list(threads.map(played, many))
    assert at_once == [played(clicks, wait=False) for clicks in many]


@given(scenario=scenarios(), clicks=picks())
def test_the_machine_keeps_nothing_of_an_attempt(scenario: Scenario, clicks):
    run = Straight(scenario, "seed")
    machine = run.interview._machine
    before = {name: repr(value) for name, value in vars(machine).items()}
    for _ in walk(run, clicks, most_steps(scenario)):
        pass
    with pytest.raises(InterviewOver):
        run.choose("a")
    assert machine.models == []
    assert len(machine._transition_queue) == 0
    assert {name: repr(value) for name, value in vars(machine).items()} == before


def test_no_turn_outlives_its_step_whether_taken_or_refused():
    from tests.session.tiny import tiny

    scenario = tiny(
        """
        nodes:
          first:
            client: Hello.
            goto: over
            choices:
              a: {say: A, shows: [warm]}
              b: {say: B, shows: [warm], when: trust > 9}
        """
    )
    interview = Interview(scenario)
    step = interview.begin()
    for _ in range(20):
        interview.choose(step.situation, "a")
        for refused in ("b", "c"):
            with pytest.raises(ValueError, match=r"There is no|not on offer"):
                interview.choose(step.situation, refused)
    gc.collect()
    assert [thing for thing in gc.get_objects() if type(thing).__name__ == "_Turn"] == []


@given(scenario=scenarios(), clicks=picks())
def test_a_situation_is_never_changed_by_what_follows_it(scenario: Scenario, clicks):
    run = Straight(scenario, "seed")
    kept = [(run.situation, repr(run.situation))]
    for _ in walk(run, clicks, most_steps(scenario)):
        kept.append((run.situation, repr(run.situation)))
    assert all(repr(situation) == as_it_was for situation, as_it_was in kept)


@given(scenario=scenarios(), clicks=picks(), backs=st.lists(st.booleans(), min_size=1, max_size=12))
def test_going_on_from_a_replay_comes_to_the_same_as_replaying_everything(
    driver: Driver, scenario: Scenario, clicks, backs
):
    run = driver(scenario, "seed")
    for back, click in zip(backs, clicks * 12, strict=False):
        if back and run.playthrough().turns:
            run.take_back()
        elif run.offered:
            run.choose(run.offered[click % len(run.offered)])
    interview = Interview(scenario)
    gone_on = replay(interview, run.events[:1])
    for number, event in enumerate(run.events[1:], start=2):
        gone_on = replay_on(interview, gone_on, event)
        assert gone_on == replay(interview, run.events[:number])
