"""measurement.md, rule by rule, on decisions small enough to be worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from math import sqrt

import pytest

from simulator.content.scenario import Scenario
from simulator.session.scoring import Decision, Level, Scoring, rounded_to_two, wilson_interval
from tests.generated import CATALOGUE, rubric_model, rubric_text
from tests.session.tiny import tiny

# Each behaviour is worth its own number of points, so that a node can be written as the points on offer there.
WORTH = {"asks": 3, "warm": 2, "mends": 1, "cold": -1, "slip": -2, "hurts": -3}
TAGS = {3: "asks", 2: "warm", 1: "mends", 0: "breach", -1: "cold", -2: "slip", -3: "hurts"}


def scoring_of(scenario: Scenario, *, scores=None, weights=None, cuts=None) -> Scoring:
    rubric = rubric_model(rubric_text(scores or {"empathy": WORTH}, weights, cuts), CATALOGUE)
    return Scoring(scenario, CATALOGUE, rubric)


def story(*nodes: list[str], assesses: str = "empathy", topics: str = "", weights: tuple[int, ...] = ()) -> Scenario:
    """Nodes `n0`, `n1`, ... one after the other, each with the choices `c0`, `c1`, ... as written."""
    lines = ["nodes:"]
    for number, choices in enumerate(nodes):
        following = f"n{number + 1}" if number + 1 < len(nodes) else "over"
        weight = weights[number] if weights else 1
        lines += [f"  n{number}:", "    client: Hm.", f"    goto: [{{when: trust < 0, to: gone}}, {{to: {following}}}]"]
        lines += [f"    weight: {weight}", "    otherwise: over", "    choices:"]
        lines += [f"      c{place}: {{say: S{place}, {choice}}}" for place, choice in enumerate(choices)]
    lines += ["endings:", "  over: {outcome: progress, summary: Over.}"]
    lines += ["  gone: {outcome: rupture, early: true, summary: Gone.}"]
    scenario = tiny("\n".join(lines))
    return scenario.model_copy(update={"assesses": tuple(assesses.split()), "topics": tuple(topics.split())})


def offering(*points: int) -> list[str]:
    """Choices worth so many points."""
    return [f"shows: [{TAGS[value]}]" for value in points]


def decide(*picked: tuple[int, int], choices: int = 4, scenario: Scenario | None = None) -> list[Decision]:
    """Decisions as pairs of node and choice, with everything on offer."""
    numbers = count(1)
    return [
        Decision(
            next(numbers),
            f"n{node}",
            tuple(scenario.nodes[f"n{node}"].choices) if scenario else tuple(f"c{i}" for i in range(choices)),
            f"c{choice}",
        )
        for node, choice in picked
    ]


def room(*points: int, guarded: tuple[int, ...] = ()):
    """The opportunity of a node with these points on offer; those at `guarded` places have a condition."""
    choices = [
        choice + (", when: trust > 5" if place in guarded else "") for place, choice in enumerate(offering(*points))
    ]
    scenario = story(choices)
    return scoring_of(scenario).opportunities("n0", list(scenario.nodes["n0"].choices)).get("empathy")


@pytest.mark.parametrize(
    ("tags", "points"),
    [
        ("shows: [warm]", 2),
        ("shows: [warm, mends]", 2),
        ("shows: [warm, asks, mends]", 3),
        ("shows: [warm, cold]", 1),
        ("shows: [mends, cold, hurts]", -2),
        ("shows: [cold, slip]", -2),
        ("shows: [breach]", 0),
        ("shows: [], mistimed: [warm]", 0),
        ("shows: [], mistimed: [hurts]", -3),
        ("shows: [mends], mistimed: [asks, cold]", 0),
        ("shows: [cold], mistimed: [asks]", -1),
    ],
)
def test_points_are_the_strongest_positive_and_the_strongest_negative_without_what_was_mistimed(tags, points):
    assert scoring_of(story([tags, "shows: [warm]"])).points("n0", "c0")["empathy"] == points


@pytest.mark.parametrize(
    ("points", "is_one"),
    [
        ((1, -1), True),
        ((2, 0), True),
        ((1, 0), False),  # less than two apart
        ((3, 1), False),  # nothing at or below 0
        ((0, -2), False),  # nothing above 0
        ((0, -3, -1), False),
        ((2, 2, 0), True),  # 2 of 3 right by chance: just still one
        ((2, 2, 2, 0), False),  # 3 of 4
        ((2, 1, 0), True),
        ((3, 2, 2, 0), True),  # 7/12
        ((3, 3, 2, 0), True),  # 8/12, exactly two thirds
        ((3, 3, 3, -3), False),
        ((2,), False),
    ],
)
def test_what_makes_a_decision_an_opportunity(points, is_one):
    assert (room(*points) is not None) is is_one


def test_q_runs_from_the_worst_to_the_best_on_offer():
    found = room(3, 1, 0, -3)
    assert found.q == {"c0": 1, "c1": Fraction(2, 3), "c2": Fraction(1, 2), "c3": 0}
    assert found.expected == Fraction(13, 24)
    assert (found.lowest, found.highest) == (-3, 3)


def test_choices_under_a_condition_do_not_set_the_range_and_are_clipped_to_it():
    found = room(2, -1, 3, -3, guarded=(2, 3))
    assert (found.lowest, found.highest) == (-1, 2)
    assert found.q == {"c0": 1, "c1": 0, "c2": 1, "c3": 0}


def test_a_random_pick_may_pick_what_was_earned():
    # Two of three are right by chance here; the decision stays one, for without the earned choice it is even.
    assert room(2, 0, 3, guarded=(2,)).expected == Fraction(2, 3)
    assert room(2, 0, 3, 3, guarded=(2, 3)).expected == Fraction(3, 4)


def test_with_fewer_than_two_without_a_condition_all_on_offer_set_the_range():
    found = room(3, 0, -3, guarded=(1, 2))
    assert (found.lowest, found.highest) == (-3, 3)
    assert room(3, 3, -3, guarded=(0, 1, 2)).q == {"c0": 1, "c1": 1, "c2": 0}


def test_a_choice_that_only_steers_is_outside_the_range_and_no_decision_when_taken():
    scenario = story([*offering(1, -1), "shows: [hurts], scored: false"])
    scoring = scoring_of(scenario, cuts={"enough": 1})
    offered = list(scenario.nodes["n0"].choices)
    assert scoring.opportunities("n0", offered)["empathy"].q == {"c0": 1, "c1": 0}
    steered = scoring.scorecard(decide((0, 2), scenario=scenario), "over").criteria["empathy"]
    assert (steered.n, steered.score, steered.level, steered.harmful) == (0, None, None, ())
    assert scoring.scorecard(decide((0, 0), scenario=scenario), "over").criteria["empathy"].n == 1


def test_nothing_at_a_node_outside_the_score_is_scored_but_what_is_critical_is_still_for_review():
    plain = story(["shows: [breach]", "shows: [hurts]"], offering(2, 0))
    nodes = {**plain.nodes, "n0": plain.nodes["n0"].model_copy(update={"scored": False})}
    scenario = plain.model_copy(update={"nodes": nodes})
    card = scoring_of(scenario).scorecard(decide((0, 0), (0, 1), scenario=scenario), "over")
    assert card.criteria["empathy"].n == 0
    assert card.criteria["empathy"].level is None
    assert [incident.behaviour for incident in card.incidents] == ["breach"]
    assert card.for_review


FOUR = story(offering(2, 0), offering(3, 0, 0), offering(2, 1, -2), offering(1, -1))


def test_a_score_is_the_mean_of_q_with_its_random_and_corrected_figures():
    decisions = decide((0, 0), (1, 1), (2, 1), (3, 0), scenario=FOUR)
    judged = scoring_of(FOUR).scorecard(decisions, "over").criteria["empathy"]
    score = (1 + 0 + Fraction(3, 4) + 1) / 4
    random = (Fraction(1, 2) + Fraction(1, 3) + Fraction(7, 12) + Fraction(1, 2)) / 4
    assert (judged.n, judged.score, judged.random) == (4, score, random)
    assert judged.corrected == (score - random) / (1 - random)
    assert judged.level is Level.COMPETENT
    assert judged.interval == wilson_interval(float(score), 4)


def test_below_four_opportunities_there_is_no_figure_and_no_zero():
    card = scoring_of(FOUR).scorecard(decide((0, 0), (1, 0), (2, 0), scenario=FOUR), "over")
    judged = card.criteria["empathy"]
    assert (judged.n, judged.score, judged.random, judged.corrected, judged.interval, judged.level) == (
        3, None, None, None, None, None,
    )  # fmt: skip
    assert card.overall is None
    assert card.undetermined == ("empathy",)


def test_key_moments_weigh_more_and_make_the_interval_wider():
    scenario = story(offering(2, 0), offering(2, 0), offering(2, 0), offering(2, 0), weights=(3, 1, 1, 1))
    judged = (
        scoring_of(scenario)
        .scorecard(decide((0, 0), (1, 1), (2, 1), (3, 1), scenario=scenario), "over")
        .criteria["empathy"]
    )
    assert (judged.n, judged.score) == (4, Fraction(3, 6))
    assert judged.interval == wilson_interval(0.5, 36 / 12)  # (3+1+1+1)^2 / (9+1+1+1)


def test_at_an_early_ending_what_was_never_reached_counts_as_lost():
    card = scoring_of(FOUR).scorecard(decide((0, 0), (1, 0), scenario=FOUR), "gone")
    judged = card.criteria["empathy"]
    assert (judged.n, judged.score) == (2, Fraction(2, 4))
    assert judged.random == (Fraction(1, 2) + Fraction(1, 3)) / 4
    assert judged.level is Level.NOT_YET
    assert card.overall == Fraction(1, 2)
    everything = scoring_of(FOUR).scorecard(decide((0, 0), (1, 0), (2, 0), (3, 0), (0, 0), scenario=FOUR), "gone")
    assert everything.criteria["empathy"].score == 1


def test_whoever_loses_the_client_at_once_has_scored_nothing_rather_than_no_score():
    card = scoring_of(FOUR).scorecard([], "gone")
    judged = card.criteria["empathy"]
    assert (judged.n, judged.score, judged.random, judged.level) == (0, 0, 0, Level.NOT_YET)
    assert judged.interval[0] == 0 < judged.interval[1]
    assert card.overall == 0


def test_an_early_ending_does_not_touch_what_the_scenario_does_not_assess():
    scoring = scoring_of(FOUR, scores={"empathy": WORTH, "respect": WORTH})
    card = scoring.scorecard(decide((0, 0), (1, 0), scenario=FOUR), "gone")
    assert card.criteria["respect"].score is None
    assert card.criteria["empathy"].score is not None


def many(right: int, wrong: int):
    """So many right and wrong answers at a decision of two."""
    scenario = story(offering(2, 0))
    return scenario, decide(*[(0, 0)] * right, *[(0, 1)] * wrong, scenario=scenario)


@pytest.mark.parametrize(
    ("right", "wrong", "level"),
    [
        (3, 2, Level.COMPETENT),  # .60 of 5
        (4, 3, Level.NOT_YET),  # .57
        (5, 0, Level.COMPETENT),  # 1.0, but of 5 only
        (6, 0, Level.ADVANCED),
        (6, 1, Level.ADVANCED),  # .857
        (5, 1, Level.COMPETENT),  # .83
        (22, 4, Level.ADVANCED),  # .846, which is .85 when rounded
        (25, 17, Level.COMPETENT),  # .595, which is .60 when rounded
        (19, 13, Level.NOT_YET),  # .594
        (119, 81, Level.COMPETENT),  # .595 exactly
        (0, 4, Level.NOT_YET),
    ],
)
def test_levels_are_cut_after_rounding_and_advanced_needs_six(right, wrong, level):
    scenario, decisions = many(right, wrong)
    assert scoring_of(scenario).scorecard(decisions, "over").criteria["empathy"].level is level


def test_cuts_are_the_rubrics_own():
    scenario, decisions = many(2, 1)
    cuts = {"competent": "0.66", "advanced": "0.67", "advanced_from": 3, "enough": 3}
    assert scoring_of(scenario, cuts=cuts).scorecard(decisions, "over").criteria["empathy"].level is Level.ADVANCED
    cuts["competent"] = cuts["advanced"] = "0.68"
    assert scoring_of(scenario, cuts=cuts).scorecard(decisions, "over").criteria["empathy"].level is Level.NOT_YET


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [
        (Fraction(119, 200), 60),
        (Fraction(1189, 2000), 59),
        (0.6, 60),
        (0.85, 85),
        (0.005, 1),
        (Fraction(2, 3), 67),
        (1, 100),
    ],
)
def test_halves_are_rounded_up(value, hundredths):
    assert rounded_to_two(value) == hundredths


HARM = story(
    ["shows: [asks]", "shows: [cold]", "shows: [hurts]", "shows: [warm, hurts]", "shows: [], mistimed: [hurts]"]
)


@pytest.mark.parametrize(("choice", "harmful"), [(0, False), (1, False), (2, True), (3, True), (4, True)])
def test_the_harmful_level_comes_only_from_a_harmful_behaviour_that_bears_on_the_criterion(choice, harmful):
    scoring = scoring_of(HARM, scores={"empathy": WORTH, "respect": {"cold": -3, "asks": 3}})
    card = scoring.scorecard(decide(*[(0, 0)] * 5, (0, choice), scenario=HARM), "over")
    assert (card.criteria["empathy"].level is Level.HARMFUL) is harmful
    assert card.criteria["respect"].level is not Level.HARMFUL
    alone = scoring.scorecard(decide((0, choice), scenario=HARM), "over").criteria["empathy"]
    assert alone.level is (Level.HARMFUL if harmful else None)
    assert alone.score is None


CRITICAL = story(
    ["shows: [asks]", "shows: [breach]", "shows: [slip]", "shows: [mends]", "shows: [], mistimed: [mends]"]
)


@pytest.mark.parametrize(
    ("picked", "incidents", "for_review"),
    [
        ([0, 3, 0], [], False),
        ([1, 3, 3], [("breach", None)], True),  # at once: nothing lifts it
        ([2, 1, 0], [("slip", 3), ("breach", None)], True),
        ([2, 3, 0], [("slip", 2)], False),
        ([2, 0, 3], [("slip", 2)], False),  # either of its repairs, the first
        ([3, 2], [("slip", None)], True),  # a repair beforehand is none
        ([2, 4], [("slip", None)], True),  # nor is one at the wrong moment
        ([2, 3, 2], [("slip", 2), ("slip", None)], True),
        ([2, 2, 3], [("slip", 3), ("slip", 3)], False),
    ],
)
def test_critical_behaviours_mark_a_run_for_review_unless_they_are_repaired(picked, incidents, for_review):
    card = scoring_of(CRITICAL).scorecard(decide(*((0, choice) for choice in picked), scenario=CRITICAL), "over")
    assert [(incident.behaviour, incident.repaired_at) for incident in card.incidents] == incidents
    assert card.for_review is for_review


def test_the_score_stands_beside_a_review_and_is_not_averaged_over_it():
    decisions = decide(*[(0, 0)] * 5, (0, 1), scenario=CRITICAL)
    card = scoring_of(CRITICAL).scorecard(decisions, "over")
    assert card.for_review
    assert card.overall == (5 + Fraction(2, 5)) / 6  # breach is worth 0 here, of -2 to 3


def test_blaming_is_critical_where_abuse_is_the_topic():
    text = "behaviours:\n  blames_client: {title: Blames, means: M., example: E., kind: harmful}\n"
    from tests.generated import CATALOGUE_TEXT, behaviours_model

    catalogue = behaviours_model(CATALOGUE_TEXT.replace("behaviours:\n", text))
    for topics, incidents in (("abuse", ["blames_client"]), ("bereavement", [])):
        plain = story(offering(2, 0), topics=topics)
        choice = plain.nodes["n0"].choices["c1"].model_copy(update={"shows": ("blames_client",)})
        node = plain.nodes["n0"].model_copy(update={"choices": {**plain.nodes["n0"].choices, "c1": choice}})
        scenario = plain.model_copy(update={"nodes": {"n0": node}})
        scoring = Scoring(scenario, catalogue, scoring_of(plain).rubric)
        card = scoring.scorecard(decide((0, 1), scenario=scenario), "over")
        assert [incident.behaviour for incident in card.incidents] == incidents


def test_overall_weighs_the_assessed_criteria_and_no_others():
    scenario = story(offering(2, 0), assesses="empathy respect")
    scores = {"empathy": {"warm": 2}, "respect": {"breach": 2}, "boundaries": {"warm": 2}}
    scoring = scoring_of(scenario, scores=scores, weights={"empathy": 3, "respect": 1, "boundaries": 9})
    card = scoring.scorecard(decide(*[(0, 0)] * 4, scenario=scenario), "over")
    assert (card.criteria["empathy"].score, card.criteria["respect"].score) == (1, 0)
    assert card.overall == Fraction(3, 4)


def test_overall_is_not_determined_where_an_assessed_criterion_has_no_score():
    scenario = story(offering(2, 0), assesses="empathy respect")
    decisions = decide(*[(0, 0)] * 4, scenario=scenario)
    card = scoring_of(scenario, scores={"empathy": WORTH, "respect": {"asks": 1}}).scorecard(decisions, "over")
    assert card.criteria["empathy"].score == 1
    assert card.overall is None
    assert card.undetermined == ("respect",)


def test_overall_leaves_out_what_the_rubric_does_not_judge_and_is_nothing_where_it_judges_nothing_assessed():
    scenario = story(offering(2, 0), assesses="empathy respect")
    decisions = decide(*[(0, 0)] * 4, scenario=scenario)
    card = scoring_of(scenario).scorecard(decisions, "over")
    assert (card.overall, card.assesses, card.undetermined) == (1, ("empathy",), ())
    other = scoring_of(scenario, scores={"boundaries": WORTH}).scorecard(decisions, "over")
    assert (other.overall, other.assesses) == (None, ())


def test_the_best_on_offer_shows_ties_and_weighs_what_is_assessed():
    scenario = story(
        ["shows: [warm]", "shows: [mends]", "shows: [warm, mends]", "shows: [cold]", "shows: [hurts], scored: false"],
        assesses="empathy respect",
    )
    offered = list(scenario.nodes["n0"].choices)
    scores = {"empathy": {"warm": 3, "cold": -1}, "respect": {"mends": 2}, "boundaries": {"cold": 3}}
    scoring = scoring_of(scenario, scores=scores)
    assert scoring.best_on_offer("n0", offered) == ("c2",)
    assert scoring.best_on_offer("n0", ["c3", "c1", "c0"]) == ("c1",)  # (1/4 + 1) / 2 against (1 + 0) / 2
    assert scoring.best_on_offer("n0", ["c3", "c0"]) == ("c0",)
    tied = scoring_of(scenario, scores={"empathy": {"warm": 3}, "respect": {"mends": 3}})
    assert tied.best_on_offer("n0", ["c3", "c1", "c0"]) == ("c1", "c0")
    heavier = scoring_of(scenario, scores={"empathy": {"warm": 3}, "respect": {"mends": 3}}, weights={"respect": 2})
    assert heavier.best_on_offer("n0", ["c3", "c1", "c0"]) == ("c1",)


def test_where_nothing_on_offer_differs_nothing_is_best():
    scenario = story(offering(2, 2))
    assert scoring_of(scenario).best_on_offer("n0", ["c0", "c1"]) == ()
    assert scoring_of(scenario).best_on_offer("n0", []) == ()


def test_nobody_is_shown_harm_or_a_wrong_moment_as_the_best_though_what_is_assessed_is_blind_to_it():
    blind = {"empathy": {"cold": -2}}
    scenario = story(["shows: [hurts]", "shows: [asks]", "mistimed: [warm]", "shows: [cold]"])
    scoring = scoring_of(scenario, scores=blind)
    assert scoring.best_on_offer("n0", ["c0", "c1", "c2", "c3"]) == ("c1",)
    assert scoring.best_on_offer("n0", ["c0", "c2", "c3"]) == ()


def test_an_earned_choice_that_is_better_still_ties_with_the_best_that_anyone_had():
    scenario = story(["shows: [warm]", "shows: [cold]", "shows: [asks], when: trust > 5"])
    assert scoring_of(scenario).best_on_offer("n0", ["c2", "c1", "c0"]) == ("c2", "c0")


@pytest.mark.parametrize("n", [1, 2.5, 4, 12, 100])
def test_the_interval_is_wilsons_where_that_has_a_short_form(n):
    squared = 1.6448536269514722**2
    assert wilson_interval(0.0, n) == pytest.approx((0, squared / (n + squared)))
    assert wilson_interval(1.0, n) == pytest.approx((n / (n + squared), 1))
    half = sqrt(squared / (n + squared)) / 2
    assert wilson_interval(0.5, n) == pytest.approx((0.5 - half, 0.5 + half))
