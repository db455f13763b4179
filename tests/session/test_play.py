"""The rules of play, one after the other, each on a story of a few lines."""

from __future__ import annotations

import pytest

from simulator.session.situation import ChoiceRefused, InterviewOver, UnknownChoice
from tests.session.drivers import Driver
from tests.session.tiny import tiny


def said(run) -> list[str]:
    return [heard.words.says for heard in run.heard]


def test_the_client_speaks_first(driver: Driver):
    run = driver(
        tiny(
            """
            nodes:
              hello:
                client: Good morning.
                goto: over
                choices:
                  a: {say: A, shows: [warm]}
            """
        ),
        "seed",
    )
    assert said(run) == ["Good morning."]
    assert dict(run.situation.visits) == {"hello": 1}
    assert run.offered == ("a",)


REACTING = tiny(
    """
    client:
      name: Kim
      state:
        trust: {start: 3, min: 0, max: 10}
        calm: {start: 1, min: 0, max: 2}
      reactions:
        warm: {trust: +2, calm: +2}
        asks: {trust: +1}
        cold: {trust: -9, calm: -1}
    nodes:
      hello:
        client: Hello.
        goto: over
        choices:
          both: {say: Both, shows: [warm, asks], effects: {trust: +1}}
          even: {say: Even, shows: [warm], effects: {trust: -2}}
          over_and_back: {say: Over and back, shows: [warm], effects: {calm: -3}}
          under: {say: Under, shows: [cold]}
          mistimed: {say: Mistimed, shows: [asks], mistimed: [warm]}
          untouched: {say: Untouched, shows: [mends]}
    """
)


@pytest.mark.parametrize(
    ("choice", "state", "changes"),
    [
        ("both", {"trust": 7, "calm": 2}, {"trust": 4, "calm": 1}),
        ("even", {"trust": 3, "calm": 2}, {"calm": 1}),
        # Added up first and kept within its range once: 1 + 2 - 3, not min(1 + 2, 2) - 3.
        ("over_and_back", {"trust": 5, "calm": 0}, {"trust": 2, "calm": -1}),
        ("under", {"trust": 0, "calm": 0}, {"trust": -3, "calm": -1}),
        ("mistimed", {"trust": 4, "calm": 1}, {"trust": 1}),
        ("untouched", {"trust": 3, "calm": 1}, {}),
    ],
)
def test_reactions_and_effects_add_up_are_applied_once_and_stay_in_range(driver: Driver, choice, state, changes):
    run = driver(REACTING, "seed")
    run.choose(choice)
    assert dict(run.situation.state) == state
    assert run.changes == changes


def test_showed_counts_what_was_mistimed_too(driver: Driver):
    run = driver(REACTING, "seed")
    run.choose("mistimed")
    assert dict(run.situation.shown) == {"asks": 1, "warm": 1}


def test_the_reply_is_chosen_after_the_choice_has_had_its_effect(driver: Driver):
    scenario = tiny(
        """
        nodes:
          hello:
            client: Hello.
            goto: over
            choices:
              a:
                say: A
                shows: [warm]
                effects: {trust: +3}
                reply:
                  - {when: trust < 6, says: Too early.}
                  - {when: trust >= 6 and chose(hello.a) and showed(warm) == 1, says: Thank you.}
                  - says: Never.
        """
    )
    run = driver(scenario, "seed")
    run.choose("a")
    assert said(run) == ["Thank you."]


LEAVING = """
    client:
      name: Kim
      state:
        trust: {start: 1, min: 0, max: 10}
      leaves:
        - {when: trust <= 0 and visited(next), to: later}
        - {when: trust <= 0, to: gone}
    nodes:
      hello:
        client: Hello.
        choices:
          hurt:
            say: Hurt
            shows: [hurts]
            effects: {trust: -1}
            reply: That is enough.
            goto:
              - {when: trust <= 0, to: next}
              - {to: next}
          stay: {say: Stay, shows: [warm], goto: next}
      next:
        client: And now?
        goto: over
        choices:
          hurt: {say: Hurt again, shows: [hurts], effects: {trust: -1}}
    endings:
      over: {outcome: progress, summary: It is over.}
      gone: {outcome: rupture, early: true, summary: Gone., client: Goodbye.}
      later: {outcome: rupture, early: true, summary: Gone later.}
    """


def test_the_client_leaves_after_the_reply_and_before_goto(driver: Driver):
    run = driver(tiny(LEAVING), "seed")
    run.choose("hurt")
    assert said(run) == ["That is enough.", "Goodbye."]
    assert run.situation.at == "gone"
    assert "next" not in run.situation.visits


def test_the_first_reason_to_leave_that_holds_is_taken(driver: Driver):
    run = driver(tiny(LEAVING), "seed")
    run.choose("stay")
    run.choose("hurt")
    assert run.situation.at == "later"
    assert run.heard == ()


def test_visited_and_chose_hold_in_the_choices_own_reply_and_goto(driver: Driver):
    scenario = tiny(
        """
        nodes:
          hello:
            client:
              - {when: visited(hello) and visits(hello) == 1, says: First time.}
              - says: Again.
            choices:
              a:
                say: A
                shows: [warm]
                reply:
                  - {when: chose(hello.a) and visited(hello), says: You chose.}
                  - says: You did not.
                goto:
                  - {when: chose(hello.a) and visited(hello) and not visited(over), to: over}
                  - {to: hello}
              b: {say: B, shows: [warm], goto: hello}
            otherwise: over
        endings:
          over:
            outcome: progress
            summary: Over.
            client:
              - {when: visited(over), says: The end is spoken.}
              - says: It is not.
        """
    )
    run = driver(scenario, "seed")
    assert said(run) == ["First time."]
    run.choose("b")
    assert said(run) == ["Again."]
    run.choose("a")
    assert said(run) == ["You chose.", "The end is spoken."]


HUB = tiny(
    """
    nodes:
      hub:
        client: What else?
        goto: hub
        otherwise:
          - {when: count(hub.a, hub.b) == 2 and visits(hub) == 2, to: after}
          - {to: over}
        choices:
          a: {say: A, shows: [warm]}
          b: {say: B, shows: [warm]}
      after:
        client: After.
        goto: over
        choices:
          c: {say: C, shows: [warm]}
    """
)


def test_a_hub_offers_its_topics_in_any_order_once_and_then_goes_on_unspoken(driver: Driver):
    for order in ("ab", "ba"):
        run = driver(HUB, "seed")
        run.choose(order[0])
        assert said(run) == ["What else?"]
        assert run.offered == (order[1],)
        with pytest.raises(ChoiceRefused, match="not on offer at 'hub'"):
            run.choose(order[0])
        run.choose(order[1])
        assert said(run) == ["After."]
        assert dict(run.situation.visits) == {"hub": 2, "after": 1}


def test_nodes_with_nothing_left_are_passed_by_one_after_the_other(driver: Driver):
    scenario = tiny(
        """
        nodes:
          one:
            client: One.
            goto: two
            choices:
              a: {say: A, shows: [warm]}
          two:
            client: Two.
            goto: over
            otherwise: three
            choices:
              a: {say: A, shows: [warm], when: trust > 9}
          three:
            client: Three.
            goto: over
            otherwise: four
            choices:
              a: {say: A, shows: [warm], when: visited(two)}
          four:
            client: Four.
            goto: over
            choices:
              a: {say: A, shows: [warm]}
        """
    )
    run = driver(scenario, "seed")
    run.choose("a")
    assert said(run) == ["Four."]
    assert dict(run.situation.visits) == {"one": 1, "four": 1}


def test_the_very_first_node_may_have_nothing_to_offer(driver: Driver):
    scenario = tiny(
        """
        nodes:
          one:
            client: One.
            goto: over
            otherwise: over
            choices:
              a: {say: A, shows: [warm], when: trust > 9}
        """
    )
    run = driver(scenario, "seed")
    assert run.situation.ended
    assert dict(run.situation.visits) == {"over": 1}
    assert run.playthrough().finished


@pytest.mark.parametrize("guard", ["not visited(hub)", "visits(hub) < 2", "visits(hub) == 1"])
def test_a_guard_on_its_own_node_is_asked_as_the_trainee_would_see_it(driver: Driver, guard: str):
    """A choice only for the first visit must not come back, unspoken, on the second one."""
    scenario = tiny(
        f"""
        nodes:
          hub:
            client: What else?
            goto: hub
            otherwise: over
            choices:
              a: {{say: A, shows: [warm]}}
              first_only: {{say: B, shows: [warm], when: {guard}}}
        """
    )
    run = driver(scenario, "seed")
    assert set(run.offered) == ({"a"} if "not" in guard else {"a", "first_only"})
    run.choose("a")
    assert run.situation.at == "over"
    assert run.offered == ()


def test_a_repeatable_choice_stays_on_offer(driver: Driver):
    scenario = tiny(
        """
        nodes:
          hub:
            client: What else?
            choices:
              again: {say: Again, shows: [warm], repeatable: true, goto: side}
              done: {say: Done, shows: [warm], goto: over}
          side:
            client: Aside.
            goto: hub
            otherwise: over
            choices:
              one: {say: One, shows: [warm]}
              two: {say: Two, shows: [warm]}
        """
    )
    run = driver(scenario, "seed")
    for topic in ("one", "two"):
        assert set(run.offered) == {"again", "done"}
        run.choose("again")
        run.choose(topic)
    assert run.situation.chosen["hub.again"] == 2
    run.choose("again")
    assert run.situation.at == "over"


def test_a_choices_own_goto_replaces_its_nodes(driver: Driver):
    scenario = tiny(
        """
        nodes:
          hello:
            client: Hello.
            goto: [{when: trust >= 0, to: over}, {to: over}]
            choices:
              own: {say: A, shows: [warm], goto: [{when: trust > 5, to: over}, {to: next}]}
              nodes: {say: B, shows: [warm]}
          next:
            client: Next.
            goto: over
            choices:
              a: {say: A, shows: [warm]}
        """
    )
    run = driver(scenario, "seed")
    run.choose("own")
    assert run.situation.at == "next"
    other = driver(scenario, "seed")
    other.choose("nodes")
    assert other.situation.at == "over"


def test_nothing_is_inherited_between_the_possibilities_of_a_line(driver: Driver):
    scenario = tiny(
        """
        nodes:
          hello:
            client:
              - {when: trust >= 3, manner: He looks up.}
              - {says: Hello., thought: Hm.}
            goto: over
            choices:
              a: {say: A, shows: [warm]}
        """
    )
    (heard,) = driver(scenario, "seed").heard
    assert (heard.words.says, heard.words.manner, heard.words.thought) == (None, "He looks up.", None)


def test_an_ending_may_be_silent_and_nothing_can_be_chosen_after_it(driver: Driver):
    run = driver(REACTING, "seed")
    run.choose("both")
    assert run.heard == ()
    assert run.situation.ended
    with pytest.raises(InterviewOver, match="ended at 'over'"):
        run.choose("both")


def test_an_unknown_choice_is_refused_by_name(driver: Driver):
    run = driver(REACTING, "seed")
    with pytest.raises(UnknownChoice, match="no choice 'nothing' at 'hello'"):
        run.choose("nothing")
    assert len(run.events) == 1


def test_choices_of_other_nodes_are_unknown_here(driver: Driver):
    run = driver(HUB, "seed")
    with pytest.raises(UnknownChoice):
        run.choose("c")


def test_different_seeds_show_different_orders():
    from simulator.session.interview import Interview

    interview = Interview(REACTING)
    start = interview.begin().situation
    orders = {interview.offered(start, str(seed)) for seed in range(60)}
    assert len(orders) > 30
    first = [interview.offered(start, str(seed))[0] for seed in range(600)]
    assert all(first.count(choice) > 50 for choice in set(first))
