"""Growth over first meetings with different clients: which meetings are in it, and what it says of known truth."""

from __future__ import annotations

import random
from collections import defaultdict
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.programme.clients import client_by_scenario
from simulator.programme.figures import Estimate, TooFew
from simulator.programme.growth import CriterionGrowth, cohort_growth, growth_of
from simulator.programme.intervals import mean_interval
from simulator.records.cohort_rows import ChangeSums, MeetingSums
from simulator.session.events import Mode
from tests.programme.cohorts import MadeUp, beta, drawn_choices, halves, story

WALK, RIDE, SWIM = story(), story("ride", client="Robin"), story("swim", client="Kim")
AGAIN = story("again", nodes=9)
"""A second meeting with the client of `walk`."""
CLIENTS = client_by_scenario(one.scenario for one in (WALK, RIDE, SWIM, AGAIN))
GOOD, POOR = ["reflect"] * 8, ["judge"] * 8


def empathy_of(made: MadeUp) -> CriterionGrowth:
    found = {one.criterion: one for one in cohort_growth(made.attempts, made.lead, made.scope, CLIENTS)}
    return found["empathy"]


def test_growth_is_that_of_plain_loops_over_people(either: MadeUp) -> None:
    luck = random.Random(3)
    task = either.set("walk", "ride", "swim")
    people = either.enrol(32)
    with either.at_once():
        for number, who in enumerate(people):
            ability = luck.gauss(0, 1)
            for content in luck.sample((WALK, RIDE, SWIM), 3 if number % 4 else 1):
                ability += 0.5
                for _ in range(2):
                    either.does(who, content, drawn_choices(luck, ability, 8), task)
    own: dict[str, dict[str, float]] = defaultdict(dict)
    for one in either.drawn:
        score = one.card.criteria["empathy"].score
        assert score is not None
        own[one.person].setdefault(one.slot, float(score))
    at: dict[int, list[float]] = defaultdict(list)
    for scores in own.values():
        for position, score in enumerate(scores.values(), start=1):
            at[position].append(score)
    changes = [list(scores.values())[-1] - next(iter(scores.values())) for scores in own.values() if len(scores) > 1]
    growth = empathy_of(either)
    assert [point.position for point in growth.points] == [1, 2, 3]
    for point in growth.points:
        assert isinstance(point.score, Estimate)
        assert point.score.value == pytest.approx(sum(at[point.position]) / len(at[point.position]))
        assert point.score.n == len(at[point.position])
        assert point.clients == ("Kim", "Robin", "Sam")
    assert isinstance(growth.change, Estimate)
    mean = sum(changes) / len(changes)
    deviation = sqrt(sum((change - mean) ** 2 for change in changes) / (len(changes) - 1))
    assert growth.change.value == pytest.approx(mean)
    assert growth.change.n == len(changes) == 24
    assert growth.change.interval[1] - mean == pytest.approx(1.7139 * deviation / sqrt(24), rel=1e-4)
    assert growth.effect == TooFew(30, 24)
    assert not growth.one_order


def test_a_second_talk_with_somebody_met_before_is_no_first_meeting(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk", "ride", "again", counts="last")
    people = cohort_of.enrol(5)
    with cohort_of.at_once():
        for who in people:
            cohort_of.does(who, WALK, POOR, task)
            cohort_of.does(who, WALK, GOOD, task)
            cohort_of.does(who, AGAIN, [*GOOD, "reflect"], task)
            cohort_of.does(who, RIDE, POOR, task)
    growth = empathy_of(cohort_of)
    assert [point.clients for point in growth.points] == [("Sam",), ("Robin",)]
    assert isinstance(growth.change, Estimate)
    assert growth.change.value == 0


@pytest.mark.parametrize("before", ["practice", "stopped", "unfinished", "ended"])
def test_who_met_a_client_elsewhere_before_does_not_meet_them_for_the_first_time(
    cohort_of: MadeUp, before: str
) -> None:
    task = cohort_of.set("walk", "ride")
    people = cohort_of.enrol(6)
    with cohort_of.at_once():
        for who in people:
            cohort_of.does(who, WALK, POOR, task)
            if who == people[0]:
                cohort_of.does(
                    who, RIDE, POOR, None if before == "practice" else task,
                    mode=Mode.PRACTICE if before == "practice" else Mode.ASSESSMENT,
                    stopped=before == "stopped", ended=before != "unfinished",
                )  # fmt: skip
            cohort_of.does(who, RIDE, GOOD, task)
    growth = empathy_of(cohort_of)
    assert isinstance(growth.change, Estimate)
    if before == "ended":  # that one ended, so it is the first meeting itself
        assert (growth.change.n, growth.change.value) == (6, pytest.approx(5 / 6))
    else:
        assert (growth.change.n, growth.change.value) == (5, 1)


def test_it_is_told_when_everybody_met_the_same_clients_in_the_same_order(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk", "ride")
    people = cohort_of.enrol(5)
    with cohort_of.at_once():
        for who in people:
            cohort_of.does(who, WALK, POOR, task)
            cohort_of.does(who, RIDE, GOOD, task)
    assert empathy_of(cohort_of).one_order


def test_where_all_changed_alike_the_interval_still_has_width() -> None:
    (growth,) = growth_of(
        [MeetingSums("core", "empathy", 1, "Sam", 30, 0.0, 0.0)], [ChangeSums("core", "empathy", 30, 30.0, 30.0)]
    )
    assert isinstance(growth.change, Estimate)
    assert growth.change.value == 1
    assert growth.change.interval[0] < 1 == growth.change.interval[1]
    assert growth.effect is None


@pytest.mark.parametrize(("people", "shown"), [(0, False), (4, False), (5, True)])
def test_a_change_is_shown_from_five_people_on(people: int, shown: bool) -> None:
    meetings = [MeetingSums("core", "empathy", 1, "Sam", 9, 4.0, 2.0)]
    (growth,) = growth_of(meetings, [ChangeSums("core", "empathy", people, 0.5 * people, 0.3 * people)])
    assert isinstance(growth.change, Estimate) is shown
    assert isinstance(growth.effect, TooFew)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=40))
def test_the_interval_of_a_mean_holds_it_within_its_bounds(hundredths: list[int]) -> None:
    values = [value / 100 for value in hundredths]
    low, high = mean_interval(len(values), sum(values), sum(value * value for value in values), 0.0, 1.0)
    assert 0 <= low <= sum(values) / len(values) + 1e-9
    assert sum(values) / len(values) - 1e-9 <= high <= 1
    assert low < high


def test_change_of_known_truth_is_unbiased_and_its_intervals_cover_it() -> None:
    """Over 400 cohorts of 15, whose people start at 0.45 on average and gain 0.2 on average, some more, some less."""
    luck = random.Random(8)
    changes = []
    for _ in range(400):
        total = squares = 0.0
        for _ in range(15):
            start, gain = beta(luck, 0.45, 0.15), beta(luck, 0.2, 0.05)
            later = min(1.0, start + gain)
            change = sum(halves(luck, later) - halves(luck, start) for _ in range(8)) / 8
            total, squares = total + change, squares + change * change
        meetings = [MeetingSums("core", "empathy", 1, "Sam", 15, 7.0, 4.0)]
        (growth,) = growth_of(meetings, [ChangeSums("core", "empathy", 15, total, squares)])
        assert isinstance(growth.change, Estimate)
        changes.append(growth.change)
    average = sum(one.value for one in changes) / len(changes)
    covering = sum(one.interval[0] <= 0.2 <= one.interval[1] for one in changes) / len(changes)
    print(f"change: mean {average:.3f}, covering {covering:.3f}")
    assert average == pytest.approx(0.2, rel=0.1)
    assert 0.86 <= covering <= 0.94


def test_effect_of_known_truth_is_unbiased_and_its_intervals_cover_it() -> None:
    """Over 400 cohorts of 30 whose changes have a mean of half their standard deviation."""
    luck = random.Random(9)
    effects = []
    for _ in range(400):
        values = [luck.gauss(0.05, 0.1) for _ in range(30)]
        rows = [ChangeSums("core", "empathy", 30, sum(values), sum(value * value for value in values))]
        (growth,) = growth_of([MeetingSums("core", "empathy", 1, "Sam", 30, 7.0, 4.0)], rows)
        assert isinstance(growth.effect, Estimate)
        effects.append(growth.effect)
    average = sum(one.value for one in effects) / len(effects)
    covering = sum(one.interval[0] <= 0.5 <= one.interval[1] for one in effects) / len(effects)
    print(f"effect: mean {average:.3f}, covering {covering:.3f}")
    assert average == pytest.approx(0.5, rel=0.1)
    assert 0.86 <= covering <= 0.94
