"""The record and what is read from it: events to and from JSON, replay, answers taken back, divergences."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.session.debrief import debrief, decisions_of, review_turn, scorecard_of
from simulator.session.events import (
    Began,
    Chose,
    Mode,
    Stopped,
    TookBack,
    UnreadableEvent,
    from_json,
    to_json,
)
from simulator.session.interview import Interview
from simulator.session.replay import BrokenRecord, next_choice, replay
from simulator.session.scoring import Scoring
from simulator.session.situation import InterviewOver
from tests.generated import CATALOGUE, ONES
from tests.session.drivers import Driver, Straight, beginning
from tests.session.tiny import tiny

STORY = tiny(
    """
    nodes:
      one:
        client: One.
        goto: two
        choices:
          good: {say: G, shows: [warm], effects: {trust: +1}}
          bad: {say: B, shows: [cold], effects: {trust: -1}}
          steer: {say: S, scored: false, shows: []}
          aside: {say: A, shows: [asks], goto: other}
      two:
        client: Two.
        goto: three
        choices:
          good: {say: G, shows: [warm]}
          bad: {say: B, shows: [cold]}
          hurt: {say: H, shows: [hurts]}
      other:
        client: Other.
        goto: three
        choices:
          good: {say: G, shows: [warm]}
          bad: {say: B, shows: [cold]}
      three:
        client: Three.
        goto: over
        choices:
          good: {say: G, shows: [warm]}
          bad: {say: B, shows: [cold]}
    """
)
SCORING = Scoring(STORY, CATALOGUE, ONES)


def played(driver: Driver, moves: str):
    """Play `moves`: choices, and `<` for taking the latest back."""
    run = driver(STORY, "seed")
    for move in moves.split():
        if move == "<":
            run.take_back()
        else:
            run.choose(move)
    return run


@pytest.mark.parametrize(
    ("moves", "standing", "counted"),
    [
        ("bad", ["bad"], ["bad"]),
        ("bad < good", ["good"], ["bad"]),
        ("bad < steer < good", ["good"], ["bad"]),
        ("good bad < good", ["good", "good"], ["good", "bad"]),
        # Several in a row: both first answers stay the first ones, also when the way is gone again.
        ("bad bad < < good good", ["good", "good"], ["bad", "good"]),
        ("good bad < < good good", ["good", "good"], ["good", "bad"]),
        ("good bad bad < < < good good good", ["good", "good", "good"], ["good", "bad", "good"]),
        ("good bad bad < < < good bad good", ["good", "bad", "good"], ["good", "bad", "bad"]),
        # Into another branch, where the first answer is another one, and back.
        ("good bad < < aside good", ["aside", "good"], ["good", "good"]),
        ("good bad < < aside bad < < good good", ["good", "good"], ["good", "bad"]),
        ("good < aside bad < good bad", ["aside", "good", "bad"], ["good", "bad", "bad"]),
        # After the end.
        ("good good bad < good", ["good", "good", "good"], ["good", "good", "bad"]),
    ],
)
def test_of_an_answer_taken_back_the_first_is_scored(driver: Driver, moves, standing, counted):
    play = played(driver, moves).playthrough()
    assert [turn.choice for turn in play.turns] == standing
    assert [turn.counted for turn in play.turns] == counted
    assert [decision.choice for decision in decisions_of(play)] == counted
    assert play.divergences == ()


def test_a_harmful_answer_that_was_taken_back_still_makes_the_level(driver: Driver):
    run = played(driver, "good hurt < good good")
    card = scorecard_of(run.playthrough(), SCORING)
    assert card.criteria["empathy"].level == 1


def test_a_turn_is_reviewed_with_the_answer_that_stands_and_the_one_that_counts(driver: Driver):
    run = played(driver, "bad < good good good")
    review = review_turn(run.playthrough().turns[0], SCORING)
    assert (review.words, review.counted_words) == ("G", "B")
    assert review.behaviours == ("warm",)
    assert review.best_words == ("G",)
    assert review.chose_a_best
    steered = review_turn(played(driver, "bad < steer").playthrough().turns[0], SCORING)
    assert steered.scored, "the first answer counts, whatever stands there now"
    assert not review_turn(played(driver, "steer < bad").playthrough().turns[0], SCORING).scored


def test_a_stopped_attempt_offers_nothing_takes_nothing_and_has_no_scorecard(driver: Driver):
    run = played(driver, "good")
    run.stop()
    play = run.playthrough()
    assert (play.stopped, play.open, play.finished, play.offered) == (True, False, False, ())
    with pytest.raises(InterviewOver):
        next_choice(Interview(STORY), play, "good")
    told = debrief(play, SCORING)
    assert (told.scorecard, told.ending, told.outcome, told.summary, told.rules) == (None, None, None, None, ())
    assert told.states == {"trust": (3, 4)}
    assert len(told.turns) == 1


def test_a_finished_run_is_debriefed_with_its_ending_and_the_rules_that_hold(driver: Driver):
    scenario = tiny(
        """
        nodes:
          one:
            client: One.
            goto: over
            choices:
              a: {say: A, shows: [warm], why: Because., effects: {trust: +2}, reply: {thought: Hm.}}
              b: {say: B, shows: [cold], mistimed: [asks]}
        debrief:
          - {when: trust > 4, say: High.}
          - {when: showed(asks) == 1, say: Asked.}
          - {when: visited(over) and not chose(one.b), about: respect, say: Over.}
          - say: Always.
        """
    )
    run = driver(scenario, "seed")
    run.choose("a")
    told = debrief(run.playthrough(), Scoring(scenario, CATALOGUE, ONES))
    assert [rule.say for rule in told.rules] == ["High.", "Over.", "Always."]
    assert (told.ending, told.outcome, told.summary) == ("over", "progress", "It is over.")
    assert told.states == {"trust": (3, 5)}
    assert [words.says for words in told.opening] == ["One."]
    assert told.turns[0].thoughts == ("Hm.",)
    assert told.turns[0].why == "Because."


def test_next_choice_is_the_event_that_replay_accepts(driver: Driver):
    run = played(driver, "good")
    event, step = next_choice(Interview(STORY), run.playthrough(), "bad")
    assert (event.number, event.node, event.choice) == (2, "two", "bad")
    again = replay(Interview(STORY), [*run.events, event])
    assert again.divergences == ()
    assert again.situation == step.situation


EVENTS = st.one_of(
    st.builds(
        Began, st.just(0), *(st.text(max_size=5) for _ in range(6)), st.sampled_from(Mode), st.text(max_size=5),
        st.integers(1, 9), st.integers(1, 9), st.lists(st.text(max_size=5)).map(tuple),
    ),
    st.builds(
        Chose, st.integers(1, 99), st.text(max_size=5), st.lists(st.text(max_size=3)).map(tuple), st.text(max_size=5),
        st.dictionaries(st.text(max_size=5), st.integers(-99, 99)),
    ),
    st.builds(TookBack, st.integers(1, 99), st.integers(1, 99)),
    st.builds(Stopped, st.integers(1, 99)),
)  # fmt: skip


@given(EVENTS)
def test_an_event_comes_back_from_json_as_it_was(event):
    text = json.dumps(to_json(event))
    back = from_json(json.loads(text))
    assert back == event
    assert type(back) is type(event)
    assert json.dumps(to_json(back)) == text


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": None},
        {"version": "1"},
        {"kind": "sang"},
        {"kind": None},
        {"kind": ["chose"]},
        {"kind": "stopped"},
        {"more": 1},
        {"offered": None},
        {"mode": "exam"},
    ],
    ids=str,
)
def test_an_event_of_another_kind_version_or_shape_is_refused(change):
    data = to_json(Chose(1, "one", ("good", "bad"), "good", {"trust": 4}))
    with pytest.raises(UnreadableEvent):
        from_json({**data, **change})
    began = to_json(beginning(STORY))
    if "offered" not in change and change.get("kind") != "stopped":
        with pytest.raises(UnreadableEvent):
            from_json({**began, **change})


@pytest.mark.parametrize("key", ["number", "node", "offered", "choice", "state", "version", "kind"])
def test_an_event_with_a_part_missing_is_refused(key):
    data = to_json(Chose(1, "one", ("good", "bad"), "good", {"trust": 4}))
    del data[key]
    with pytest.raises(UnreadableEvent):
        from_json(data)


def _events(moves: str):
    return list(played(Straight, moves).events)


def _numbered(events):
    return [replace(event, number=number) for number, event in enumerate(events)]


@pytest.mark.parametrize(
    "record",
    [
        [],
        _events("good")[1:],
        _numbered(_events("good")[1:]),
        [*_events("good"), *_events("good")],
        _numbered([*_events("good"), beginning(STORY)]),
        [event for event in _events("good good") if event.number != 1],
        [beginning(STORY), TookBack(1, 0)],
        [*_events("good"), TookBack(2, 2)],
        [*_events("good good"), TookBack(3, 1)],
        [*_events("good"), Stopped(2), Stopped(3)],
        [*_events("good"), Stopped(2), TookBack(3, 1)],
        [*_events("good"), Stopped(2), replace(_events("good good")[2], number=3)],
    ],
)
def test_events_that_are_not_one_attempt_are_a_broken_record(record):
    with pytest.raises(BrokenRecord):
        replay(Interview(STORY), record)


@pytest.mark.parametrize(
    ("change", "what", "turns"),
    [
        ({"node": "two"}, {"node"}, 0),
        ({"choice": "sing"}, {"choice"}, 0),
        ({"offered": ("good",)}, {"offered"}, 1),
        ({"state": {"trust": 9}}, {"state"}, 1),
        ({"state": {}}, {"state"}, 1),
    ],
)
def test_where_record_and_replay_part_it_is_said_and_not_hidden(change, what, turns):
    events = _events("good")
    events[1] = replace(events[1], **change)
    play = replay(Interview(STORY), events)
    assert {divergence.what for divergence in play.divergences} == what
    assert {divergence.number for divergence in play.divergences} == {1}
    assert all(divergence.recorded != divergence.replayed for divergence in play.divergences)
    assert len(play.turns) == turns
    assert play.next_number == 2


def test_what_follows_an_answer_that_cannot_be_given_any_more_is_not_played():
    events = _events("good good good")
    events[2] = replace(events[2], choice="gone")
    play = replay(Interview(STORY), events)
    assert [turn.choice for turn in play.turns] == ["good"]
    assert play.next_number == 4
    assert not play.finished
