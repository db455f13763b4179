"""Decisions that split a cohort: against plain loops over people, on wrong keys, and against known truth."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.content.library import content_from_texts
from simulator.programme.figures import Estimate, TooFew
from simulator.programme.intervals import correlation, correlation_interval
from simulator.programme.items import Item, ItemRest, behaviours_of, cohort_behaviours, cohort_items, items_of
from simulator.records.cohort_rows import ChoiceCount, RestSums, Version
from simulator.session.scoring import Decision, Scoring
from tests.programme.cohorts import (
    BEHAVIOURS,
    CHOICES,
    RUBRIC,
    MadeUp,
    Q,
    chances,
    drawn_choices,
    scoring_of,
    story,
)

NODES = 8
SWAPPED = 5
WALK = story(nodes=NODES, swapped=(SWAPPED,))
SCORING = Scoring(WALK.scenario, WALK.behaviours, WALK.rubric)
VERSION = Version("walk", "m", "b", "core", "r")


def pearson(pairs: list[tuple[float, float]]) -> float:
    """The correlation, as in the textbook."""
    left = sum(x for x, _ in pairs) / len(pairs)
    right = sum(y for _, y in pairs) / len(pairs)
    top = sum((x - left) * (y - right) for x, y in pairs)
    return top / sqrt(sum((x - left) ** 2 for x, _ in pairs) * sum((y - right) ** 2 for _, y in pairs))


def walk_of_forty(made: MadeUp) -> MadeUp:
    """Forty people, twice each; some leave at node 4, and some are not offered the best choice at node 3."""
    luck = random.Random(11)
    first, second = made.set("walk"), made.set("walk")
    people = made.enrol(40)
    with made.at_once():
        for number, who in enumerate(people):
            ability = luck.gauss(0, 1)
            for task in (first, second):
                left = luck.random() < 0.3
                choices = drawn_choices(luck, ability, 4 if left else NODES)
                fewer = {3: CHOICES[1:]} if number % 3 == 0 and choices[3] != "reflect" else None
                made.does(who, WALK, choices, task, ending="left" if left else "done", offered=fewer)
    return made


@pytest.fixture
def walked(cohort_of: MadeUp) -> MadeUp:
    """Their walk."""
    return walk_of_forty(cohort_of)


def first_visits(made: MadeUp, node: str) -> list[tuple[Decision, float, float, int]]:
    """Each person's first decision at a node, in their first attempt: with q on empathy (-1: no room), the rest's
    score, and of how many opportunities that is."""
    found, seen = [], set()
    for one in made.drawn:
        at_node = [decision for decision in one.decisions if decision.node == node]
        if one.person in seen:
            continue
        seen.add(one.person)
        if not at_node:
            continue
        evidence = one.card.criteria["empathy"].evidence
        here = [item for item in evidence if item.decision == at_node[0]]
        rest = [item for item in evidence if item.decision != at_node[0]]
        weights = sum(item.weight for item in rest)
        score = float(sum(item.weight * item.q for item in rest) / weights) if weights else 0.0
        found.append((at_node[0], float(here[0].q) if here else -1.0, score, len(rest)))
    return found


def test_every_figure_of_a_decision_is_that_of_plain_loops_over_people(either: MadeUp) -> None:
    walked = walk_of_forty(either)
    (version,) = cohort_items(walked.results, walked.lead, walked.scope)
    assert version.played.attempts == 80
    assert [item.node for item in version.items] == [f"n{number}" for number in range(NODES)]
    for item in version.items:
        visits = first_visits(walked, item.node)
        assert item.reached == len(visits)
        with_room = [(q, rest) for _, q, rest, _ in visits if q >= 0]
        enough = [(q, rest) for _, q, rest, others in visits if q >= 0 and others >= 3]
        empathy = item.criteria["empathy"]
        assert isinstance(empathy.facility, Estimate)
        assert empathy.facility.value == pytest.approx(sum(q for q, _ in with_room) / len(with_room))
        assert empathy.facility.n == len(with_room)
        assert isinstance(empathy.item_rest, ItemRest)
        assert empathy.item_rest.correlation is not None
        assert empathy.item_rest.correlation.value == pytest.approx(pearson(enough))
        assert empathy.item_rest.correlation.n == len(enough)


def test_pick_rates_are_of_those_who_had_the_choice(walked: MadeUp) -> None:
    (version,) = cohort_items(walked.results, walked.lead, walked.scope)
    options = version.items[3].options
    assert not isinstance(options, TooFew)
    visits = first_visits(walked, "n3")
    assert any("reflect" not in decision.offered for decision, _, _, _ in visits)
    for option in options:
        had = [decision for decision, _, _, _ in visits if option.choice in decision.offered]
        assert option.offered == len(had)
        assert option.picked == sum(decision.choice == option.choice for decision in had)


def test_a_key_the_wrong_way_round_shows_as_a_negative_correlation(walked: MadeUp) -> None:
    (version,) = cohort_items(walked.results, walked.lead, walked.scope)
    told = [item.criteria["empathy"].item_rest for item in version.items]
    assert [isinstance(one, ItemRest) and one.check_key for one in told] == [n == SWAPPED for n in range(NODES)]


def test_an_option_hardly_anybody_takes_does_not_function_and_that_is_said_from_thirty_people_on() -> None:
    def option(people: int) -> bool | TooFew:
        rows = [ChoiceCount(VERSION, "n0", CHOICES, "reflect", people, people)]
        (item,) = items_of(SCORING, rows, [])
        assert not isinstance(item.options, TooFew)
        return item.options[-1].functioning

    assert option(29) == TooFew(30, 29)
    assert option(30) is False


def test_of_four_people_nothing_is_said_of_five_counts_and_of_thirty_coefficients(cohort_of: MadeUp) -> None:
    luck = random.Random(2)
    task = cohort_of.set("walk")

    def after(people: list[str]) -> Item:
        with cohort_of.at_once():
            for who in people:
                cohort_of.does(who, WALK, drawn_choices(luck, luck.gauss(0, 1), NODES), task)
        return cohort_items(cohort_of.results, cohort_of.lead, cohort_of.scope)[0].items[0]

    people = cohort_of.enrol(30)
    four, five, nearly, thirty = (
        after(people[since:until]) for since, until in ((0, 4), (4, 5), (5, 29), (29, 30))
    )  # fmt: skip
    assert four.reached == four.options == four.criteria["empathy"].facility == TooFew(5, None)
    assert four.criteria["empathy"].item_rest == TooFew(30, None)
    assert five.reached == 5
    assert isinstance(five.criteria["empathy"].facility, Estimate)
    assert five.criteria["empathy"].item_rest == TooFew(30, 5)
    assert nearly.criteria["empathy"].item_rest == TooFew(30, 29)
    assert isinstance(thirty.criteria["empathy"].item_rest, ItemRest)


def test_a_decision_where_all_choose_alike_has_no_correlation(cohort_of: MadeUp) -> None:
    luck = random.Random(2)
    task = cohort_of.set("walk")
    people = cohort_of.enrol(31)
    with cohort_of.at_once():
        for who in people:
            cohort_of.does(who, WALK, ["ask", *drawn_choices(luck, 0, NODES - 1)], task)
    rest = cohort_items(cohort_of.results, cohort_of.lead, cohort_of.scope)[0].items[0].criteria["empathy"].item_rest
    assert isinstance(rest, ItemRest)
    assert rest.flat
    assert not rest.check_key


def test_a_corrected_typo_keeps_decisions_together_and_another_meaning_keeps_them_apart(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    reworded = story(nodes=NODES, swapped=(SWAPPED,), client="Samuel")
    rebuilt = story(nodes=NODES)
    people = cohort_of.enrol(18)
    with cohort_of.at_once():
        for number, who in enumerate(people):
            cohort_of.does(who, (WALK, reworded, rebuilt)[number // 6], ["ask"] * NODES, task)
    latest, earlier = cohort_items(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert (latest.played.people, earlier.played.people) == (6, 12)
    assert latest.played.version.meaning_hash == rebuilt.meaning_hash
    assert earlier.played.scenario_hash == reworded.scenario_hash
    assert earlier.items[0].reached == 12


def test_nobody_can_tell_that_an_equal_alternative_was_chosen(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    people = cohort_of.enrol(14)
    with cohort_of.at_once():
        for number, who in enumerate(people):
            other = story("instead", nodes=NODES)
            if number < 7:
                cohort_of.does(who, other, ["ask"] * NODES, task, slot="walk")
            else:
                cohort_of.does(who, WALK, ["ask"] * NODES, task)
    (version,) = cohort_items(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert version.played.version.scenario == "walk"
    assert {row.version.scenario for row in cohort_of.results.choices(cohort_of.lead, cohort_of.scope)} == {"walk"}


def test_behaviours_used_and_missed_are_those_of_plain_loops(walked: MadeUp) -> None:
    offered: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    best: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for one in walked.drawn:
        for decision in one.decisions:
            choices = WALK.scenario.nodes[decision.node].choices
            top = SCORING.best_on_offer(decision.node, decision.offered)
            for behaviour in WALK.behaviours.behaviours:
                offered[behaviour] += any(behaviour in choices[choice].shows for choice in decision.offered)
                shown[behaviour] += behaviour in choices[decision.choice].shows
                is_best = any(behaviour in choices[choice].shows for choice in top)
                best[behaviour] += is_best
                missed[behaviour] += is_best and decision.choice not in top
    found = cohort_behaviours(walked.results, walked.lead, walked.scope)
    assert {use.behaviour: (use.offered, use.shown, use.best, use.missed) for use in found} == {
        name: (offered[name], shown[name], best[name], missed[name]) for name in offered
    }
    assert found[0].behaviour == "reflects"
    assert missed["reflects"] > 0


def test_who_takes_one_of_two_best_choices_misses_nothing() -> None:
    both_best = content_from_texts(WALK.scenario_text, BEHAVIOURS, RUBRIC.replace("asks: 1", "asks: 2"))
    rows = [ChoiceCount(VERSION, "n0", CHOICES, "ask", 6, 6), ChoiceCount(VERSION, "n0", CHOICES, "judge", 5, 5)]
    found = {use.behaviour: use for use in behaviours_of((scoring_of(both_best), row) for row in rows)}
    assert (found["reflects"].best, found["reflects"].missed) == (11, 5)
    assert (found["asks"].best, found["asks"].missed) == (11, 5)
    assert (found["judges"].shown, found["judges"].best) == (5, 0)


def test_a_behaviour_that_fewer_than_five_could_have_used_is_not_counted(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    for who in cohort_of.enrol(4):
        cohort_of.does(who, WALK, ["ask"] * NODES, task)
    for use in cohort_behaviours(cohort_of.results, cohort_of.lead, cohort_of.scope):
        assert {use.people, use.offered, use.shown, use.best, use.missed} == {TooFew(5, None)}


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), min_size=4, max_size=50))
def test_a_correlation_of_sums_is_that_of_the_textbook(pairs: list[tuple[int, int]]) -> None:
    real = [(x / 4, y / 60) for x, y in pairs]
    found = correlation(
        len(real),
        sum(x for x, _ in real),
        sum(y for _, y in real),
        sum(x * x for x, _ in real),
        sum(x * y for x, y in real),
        sum(y * y for _, y in real),
    )
    if len({x for x, _ in real}) == 1 or len({y for _, y in real}) == 1:
        assert found is None
    else:
        assert found == pytest.approx(pearson(real), abs=1e-6)
        assert correlation_interval(found, len(real))[0] <= found <= correlation_interval(found, len(real))[1]


def rows_of(people: list[list[str]]) -> tuple[list[ChoiceCount], list[RestSums]]:
    """The rows of people who all went all the way, as the database would count them, for node n0."""
    picked = Counter(choices[0] for choices in people)
    totals: dict[str, list[float]] = defaultdict(list)
    weights = [WALK.scenario.nodes[f"n{number}"].weight for number in range(NODES)]
    for choices in people:
        totals[choices[0]].append(sum(weight * Q[pick] for weight, pick in zip(weights, choices, strict=True)))
    rests = [
        RestSums(
            VERSION, "n0", CHOICES, choice, "empathy", sum(weights), len(of), sum(of), sum(one * one for one in of)
        )
        for choice, of in totals.items()
    ]
    return [ChoiceCount(VERSION, "n0", CHOICES, choice, count, count) for choice, count in picked.items()], rests


def truth(luck: random.Random) -> tuple[float, float]:
    """Facility (worked out over abilities) and item-rest correlation (of many people) of node n0."""
    facility, total = 0.0, 0.0
    for step in range(-400, 401):
        ability = step / 100
        density = 2.718281828 ** (-ability * ability / 2)
        likely = chances(ability, 0.1 * (0 - NODES / 2))
        facility += density * sum(chance * Q[choice] for chance, choice in zip(likely, CHOICES, strict=True))
        total += density
    weights = [WALK.scenario.nodes[f"n{number}"].weight for number in range(NODES)]
    pairs = []
    for _ in range(20_000):
        choices = drawn_choices(luck, luck.gauss(0, 1), NODES)
        rest = sum(weight * Q[pick] for weight, pick in zip(weights[1:], choices[1:], strict=True)) / sum(weights[1:])
        pairs.append((Q[choices[0]], rest))
    return facility / total, pearson(pairs)


def test_facility_and_correlation_are_unbiased_and_their_intervals_cover_the_truth() -> None:
    """Over 250 cohorts of 40."""
    luck = random.Random(5)
    facility, item_rest = truth(luck)
    facilities, correlations = [], []
    for _ in range(250):
        people = [drawn_choices(luck, luck.gauss(0, 1), NODES) for _ in range(40)]
        (item,) = items_of(SCORING, *rows_of(people))
        found = item.criteria["empathy"]
        assert isinstance(found.facility, Estimate)
        assert isinstance(found.item_rest, ItemRest)
        assert found.item_rest.correlation is not None
        facilities.append(found.facility)
        correlations.append(found.item_rest.correlation)
    for name, known, estimates in (("facility", facility, facilities), ("item-rest", item_rest, correlations)):
        average = sum(one.value for one in estimates) / len(estimates)
        covering = sum(one.interval[0] <= known <= one.interval[1] for one in estimates) / len(estimates)
        print(f"{name}: truth {known:.3f}, mean {average:.3f}, covering {covering:.3f}")
        assert average == pytest.approx(known, rel=0.1)
        assert covering >= 0.85
