"""What the client would have confided, and did not."""

from __future__ import annotations

from hypothesis import given

from simulator.content.scenario import Scenario
from simulator.session.interview import Interview
from simulator.session.missed import Shortfall, missed_chances
from simulator.session.replay import Playthrough, played
from tests.generated import scenarios
from tests.session.drivers import beginning
from tests.session.tiny import tiny

STORY = """\
client:
  name: Kim
  state:
    trust: {start: 3, min: 0, max: 10}
start: door
nodes:
  door:
    client: Hello.
    goto: hall
    choices:
      warm: {say: Come in., shows: [warm], effects: {trust: 2}}
      cool: {say: You again., shows: [cold], effects: {trust: -1}}
  hall:
    client: So.
    goto:
      - when: trust >= 6
        to: letter
      - to: over
    choices:
      ask: {say: What is it?, shows: [warm], effects: {trust: 1}}
      rush: {say: Quickly., shows: [cold]}
  letter:
    client: There was a letter.
    discloses: the letter
    goto: over
    choices:
      hear: {say: A letter., shows: [warm]}
      skip: {say: Anyway., shows: [cold]}
"""


def _play(scenario: Scenario, *choices: str) -> tuple[Interview, Playthrough]:
    interview = Interview(scenario)
    return interview, played(interview, beginning(scenario), choices)


def test_a_disclosure_that_was_heard_is_not_missed() -> None:
    assert missed_chances(*_play(tiny(STORY), "warm", "ask", "hear")) == ()


def test_a_missed_one_says_what_was_lacking_and_which_turn_alone_could_have_changed_it() -> None:
    (chance,) = missed_chances(*_play(tiny(STORY), "warm", "rush"))
    assert chance.discloses == "the letter"
    assert chance.turn.node == "hall"
    assert chance.shortfalls == (Shortfall("trust", ">=", 6, 5),)
    assert chance.nearest is not None
    assert (chance.nearest.turn.node, chance.nearest.choice) == ("hall", "ask")


def test_an_earlier_turn_is_named_where_only_that_one_could_have_changed_it() -> None:
    (chance,) = missed_chances(*_play(tiny(STORY), "cool", "ask"))
    assert chance.shortfalls == (Shortfall("trust", ">=", 6, 3),)
    assert chance.nearest is not None
    assert (chance.nearest.turn.node, chance.nearest.choice) == ("door", "warm")


def test_no_turn_is_named_where_one_other_answer_alone_would_not_have_been_enough() -> None:
    (chance,) = missed_chances(*_play(tiny(STORY), "cool", "rush"))
    assert chance.nearest is None


def test_a_choice_that_was_not_on_offer_counts_as_a_way_that_was_missed() -> None:
    story = STORY.replace(
        "    goto:\n      - when: trust >= 6\n        to: letter\n      - to: over\n    choices:\n      ask:",
        "    goto: over\n    choices:\n"
        "      pry: {say: Show me., shows: [cold], when: trust > 8, goto: letter}\n"
        "      ask:",
    )
    (chance,) = missed_chances(*_play(tiny(story), "warm", "ask"))
    assert chance.shortfalls == (Shortfall("trust", ">", 8, 5),)


@given(scenarios())
def test_missed_chances_never_name_what_was_visited_and_their_other_answer_was_on_offer(scenario: Scenario) -> None:
    disclosing = scenario.model_copy(
        update={
            "nodes": {
                name: node.model_copy(update={"discloses": f"what {name} holds"})
                for name, node in scenario.nodes.items()
            }
        }
    )
    interview = Interview(disclosing)
    choices: list[str] = []
    for _ in range(8):
        talk = played(interview, beginning(disclosing), choices)
        if not talk.offered:
            break
        choices.append(talk.offered[0])
    talk = played(interview, beginning(disclosing), choices)
    for chance in missed_chances(interview, talk):
        assert chance.node not in talk.situation.visits
        assert chance.shortfalls
        if chance.nearest:
            assert chance.nearest.choice in chance.nearest.turn.offered
            assert chance.nearest.choice != chance.nearest.turn.choice
