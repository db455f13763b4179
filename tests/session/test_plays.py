"""Plays, an author's regression tests: one that holds says nothing, one that fails says where and what was there."""

from __future__ import annotations

from textwrap import dedent

import pytest

from simulator.audit.plays import play_findings
from simulator.content.library import Content
from simulator.content.play_file import Plays
from simulator.content.shape import shaped
from simulator.content.source import read
from tests.generated import CATALOGUE, CATALOGUE_TEXT, ONES, ONES_TEXT
from tests.session.tiny import tiny

SCENARIO = tiny(
    """
    nodes:
      arrival:
        client: {says: "I nearly didn't come.", manner: He keeps his jacket on., thought: Off I go.}
        goto: more
        choices:
          reflect: {say: R, shows: [warm], effects: {trust: +2}, reply: Aye.  Something like that.}
          advise: {say: A, shows: [cold], effects: {trust: -1}}
          earned: {say: E, shows: [asks], when: trust > 5}
      more:
        client: And now?
        goto: over
        choices:
          reflect: {say: R, shows: [warm]}
          advise: {say: A, shows: [cold]}
    endings:
      over: {outcome: progress, summary: Over., client: Right.}
    """
)
CONTENT = Content(SCENARIO, CATALOGUE, ONES, "", CATALOGUE_TEXT, ONES_TEXT)


def found(plays: str, scenario: str = "generated"):
    """Code, the text pointed at, message and hint of each finding."""
    text = f"format: 1\nscenario: {scenario}\nplays:\n" + "".join(
        f"  {line}\n" for line in dedent(plays).strip().splitlines()
    )
    source = read(text, "generated.plays.yaml")
    model, findings = shaped(source, Plays, "the plays file")
    assert model is not None, [finding.message for finding in findings]
    told = []
    for finding in play_findings(CONTENT, model, source):
        span = finding.span
        pointed = source.line(span.line)[span.column - 1 : span.end_column - 1 if span.line == span.end_line else None]
        told.append((finding.code, pointed, finding.message, finding.hint))
    return told


HOLDS = """
holds:
  choose: [reflect, more.advise]
  expect:
    ending: over
    outcome: progress
    state: {trust: ">= 5"}
    hears: [aye. something LIKE that., He keeps his jacket, Right.]
    levels: {empathy: none, respect: none}
"""


def test_a_play_that_holds_says_nothing():
    assert found(HOLDS) == []


def test_a_play_needs_to_expect_nothing():
    assert found("short: {choose: [reflect, reflect]}") == []


def test_sim501_a_choice_not_on_offer_is_named_with_its_step_and_what_was_there():
    for written in ("earned", "arrival.earned", "nothing", "more.reflect"):
        ((code, pointed, message, hint),) = found(f"one: {{choose: [{written}, reflect]}}")
        assert (code, pointed) == ("SIM501", written)
        assert message == f"play 'one', step 1: '{written}' is not on offer at 'arrival'"
        assert hint == "on offer there: advise, reflect"


def test_sim501_counts_steps_as_people_do():
    ((code, pointed, message, _),) = found("one: {choose: [reflect, sing]}")
    assert (code, pointed) == ("SIM501", "sing")
    assert "step 2: 'sing' is not on offer at 'more'" in message


def test_sim502_a_play_that_stops_before_an_ending():
    ((code, _, message, hint),) = found("one: {choose: [reflect], expect: {ending: nowhere}}")
    assert code == "SIM502"
    assert message.startswith("play 'one' stops at node 'more' after 1 choice")
    assert hint == "on offer there: advise, reflect"
    assert found("none: {choose: []}")[0][0] == "SIM502"


def test_sim503_a_play_that_goes_on_after_the_end():
    ((code, pointed, message, hint),) = found("one: {choose: [reflect, advise, advise, reflect]}")
    assert code == "SIM503"
    assert pointed == "advise"
    assert message == "play 'one' has 2 choices more after the talk has ended at 'over'"
    assert hint == "remove what follows step 2"
    assert "1 choice more" in found("one: {choose: [reflect, advise, advise]}")[0][2]


@pytest.mark.parametrize(
    ("expect", "pointed", "message"),
    [
        ("ending: gone", "gone", "expects ending gone, and it is over"),
        ("outcome: rupture", "rupture", "expects outcome rupture, and it is progress"),
        ('state: {trust: "> 5"}', '"> 5"', "expects trust > 5, and it is 5"),
        ("state: {trust: 4}", "4", "expects trust 4, and it is 5"),
        ('state: {hope: ">= 1"}', '">= 1"', "expects hope >= 1, and it is no such state"),
        ('levels: {empathy: ">= 3"}', '">= 3"', "expects empathy >= 3, and it is not enough to say"),
        ("levels: {courage: 1}", "1", "expects courage 1, and it is not enough to say"),
    ],
)
def test_sim504_an_expectation_that_is_not_met_says_what_it_is_instead(expect, pointed, message):
    ((code, at, told, _),) = found(f"one:\n  choose: [reflect, advise]\n  expect:\n    {expect}")
    assert (code, at) == ("SIM504", pointed)
    assert told == f"play 'one' {message}"


def test_sim504_reports_every_expectation_of_every_play():
    plays = """
    one:
      choose: [reflect, advise]
      expect: {ending: gone, outcome: rupture, state: {trust: 1}, hears: [Never], levels: {respect: 4}}
    two:
      choose: [advise, advise]
      expect: {state: {trust: "!= 2"}}
    """
    assert [code for code, *_ in found(plays)] == ["SIM504", "SIM504", "SIM504", "SIM504", "SIM505", "SIM504"]


@pytest.mark.parametrize(
    ("wanted", "met"),
    [
        ("5", True),
        ("== 5", True),
        ("!= 5", False),
        ("< 5", False),
        ("<= 5", True),
        (">= 5", True),
        ("> 4", True),
        (">5", False),
        ("-5", False),
    ],
)
def test_every_sign_can_be_expected(wanted, met):
    assert (found(f'one:\n  choose: [reflect, advise]\n  expect: {{state: {{trust: "{wanted}"}}}}') == []) is met


def test_sim505_words_never_heard():
    plays = "one:\n  choose: [reflect, advise]\n  expect:\n    hears: [Aye., Off I go., Wrong.]"
    told = found(plays)
    assert [(code, pointed) for code, pointed, *_ in told] == [("SIM505", "Off I go."), ("SIM505", "Wrong.")]
    assert told[1][2] == "play 'one' never hears 'Wrong.'"


def test_sim506_plays_of_another_scenario_are_not_played():
    ((code, pointed, message, _),) = found("one: {choose: [sing]}", scenario="another")
    assert (code, pointed) == ("SIM506", "another")
    assert message == "these plays are for 'another', but the file belongs to 'generated'"


def test_levels_are_those_of_the_scorecard():
    scenario = tiny(
        """
        nodes:
          hub:
            client: Hub.
            goto: hub
            otherwise: over
            choices:
              a: {say: A, shows: [warm]}
              b: {say: B, shows: [cold]}
              c: {say: C, shows: [warm]}
              d: {say: D, shows: [cold]}
              e: {say: E, shows: [hurts]}
        """
    )
    source = read(
        "format: 1\nscenario: generated\nplays:\n"
        "  one: {choose: [a, b, c, d, e], expect: {levels: {empathy: 1, boundaries: none}}}\n",
        "generated.plays.yaml",
    )
    plays, _ = shaped(source, Plays, "the plays file")
    content = Content(scenario, CATALOGUE, ONES, "", CATALOGUE_TEXT, ONES_TEXT)
    assert play_findings(content, plays, source) == []
