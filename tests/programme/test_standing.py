"""Whether somebody may be said to pass: what it takes, what is missing, and how often chance would."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from simulator.content.library import Content
from simulator.programme.clients import client_by_scenario
from simulator.programme.standing import (
    CriterionStanding,
    Lacks,
    cohort_standing,
    random_percentile,
    standing_of,
)
from simulator.records.cohort_rows import MetAttempt, Version
from simulator.records.schema import ruling
from simulator.session.events import Mode
from simulator.session.scoring import Decision
from tests.programme.cohorts import CHOICES, NOON, MadeUp, scoring_of, story

WALK, RIDE, SWIM = (
    story(name, client=client) for name, client in (("walk", "Sam"), ("ride", "Robin"), ("swim", "Kim"))
)
AGAIN = story("again", nodes=9)
CLIENTS = client_by_scenario(one.scenario for one in (WALK, RIDE, SWIM, AGAIN))
GOOD = ["reflect"] * 8


def empathy_of(made: MadeUp, who: str) -> CriterionStanding:
    people = cohort_standing(made.results, made.attempts, made.lead, made.scope, CLIENTS, [who])
    assert [one.person_id for one in people] == [who]
    return next(one for one in people[0].criteria if one.criterion == "empathy")


def lacking(standing: CriterionStanding) -> dict[Lacks, tuple[float, float]]:
    return {missing.what: (missing.there, missing.needed) for missing in standing.missing}


def test_three_clients_first_met_in_assessment_and_done_well_are_a_pass(either: MadeUp) -> None:
    task = either.set("walk", "ride", "swim")
    who, other = either.enrol(2)
    for content in (WALK, RIDE, SWIM):
        either.does(who, content, GOOD, task)
    either.does(other, WALK, GOOD, task)
    standing = empathy_of(either, who)
    assert (standing.clients, standing.opportunities, standing.score) == (3, 24, 1.0)
    assert standing.passes
    assert [one.name for one in cohort_standing(either.results, either.attempts, either.lead, either.scope, {})] == [
        "t000",
        "t001",
    ]


def test_two_clients_are_a_profile_and_what_is_missing_is_said(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk", "ride", "swim")
    (who,) = cohort_of.enrol(1)
    cohort_of.does(who, WALK, GOOD[:5], task)
    cohort_of.does(who, RIDE, GOOD[:5], task)
    standing = empathy_of(cohort_of, who)
    assert not standing.passes
    assert lacking(standing) == {Lacks.CLIENTS: (2, 3), Lacks.OPPORTUNITIES: (10, 12)}


@pytest.mark.parametrize("before", ["practice", "stopped", "unfinished", "second meeting", "second attempt"])
def test_a_client_met_before_does_not_count(cohort_of: MadeUp, before: str) -> None:
    task = cohort_of.set("walk", "ride", "swim", "again", counts="last")
    (who,) = cohort_of.enrol(1)
    cohort_of.does(who, WALK, GOOD, task)
    cohort_of.does(who, RIDE, GOOD, task)
    if before == "second meeting":
        cohort_of.does(who, AGAIN, [*GOOD, "reflect"], task)
    elif before == "second attempt":
        cohort_of.does(who, RIDE, GOOD, task)
    else:
        cohort_of.does(
            who, SWIM, GOOD, None if before == "practice" else task,
            mode=Mode.PRACTICE if before == "practice" else Mode.ASSESSMENT,
            stopped=before == "stopped", ended=before != "unfinished",
        )  # fmt: skip
        cohort_of.does(who, SWIM, GOOD, task)
    assert lacking(empathy_of(cohort_of, who)) == {Lacks.CLIENTS: (2, 3)}


def test_a_client_first_met_in_an_assignment_to_practise_does_not_count(cohort_of: MadeUp) -> None:
    task, drill = cohort_of.set("walk", "ride"), cohort_of.set("swim", mode=Mode.PRACTICE)
    (who,) = cohort_of.enrol(1)
    cohort_of.does(who, WALK, GOOD, task)
    cohort_of.does(who, RIDE, GOOD, task)
    cohort_of.does(who, SWIM, GOOD, drill, mode=Mode.PRACTICE)
    assert lacking(empathy_of(cohort_of, who)) == {Lacks.CLIENTS: (2, 3)}


def test_a_client_who_leaves_early_costs_what_was_never_reached(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk", "ride", "swim")
    (who,) = cohort_of.enrol(1)
    cohort_of.does(who, WALK, GOOD, task)
    cohort_of.does(who, RIDE, GOOD, task)
    cohort_of.does(who, SWIM, ["reflect"], task, ending="left")
    standing = empathy_of(cohort_of, who)
    assert (standing.clients, standing.opportunities) == (3, 17)
    assert standing.score == pytest.approx(21 / 24)  # two of eight decisions weigh double: 10 + 10 + 1 of 10 + 10 + 4


def test_an_incident_nobody_ruled_on_stands_in_the_way_until_somebody_does(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk", "ride", "swim")
    (who,) = cohort_of.enrol(1)
    first = cohort_of.does(who, WALK, ["judge", *GOOD[1:]], task)
    cohort_of.does(who, RIDE, GOOD, task)
    cohort_of.does(who, SWIM, GOOD, task)
    assert lacking(empathy_of(cohort_of, who)) == {Lacks.RULING: (0, 1)}
    with cohort_of.store.writing() as connection:
        connection.execute(
            insert(ruling).values(
                id="r", programme_id="p", attempt_id=first, number=1, behaviour="judges", ruling="cleared",
                reason="Read it.", author_id="lead", at=NOON,
            )
        )  # fmt: skip
    assert empathy_of(cohort_of, who).passes


def met(content: Content, choices: list[str], who: str = "t") -> MetAttempt:
    """A first meeting in assessment that went all the way."""
    decisions = tuple(Decision(n + 1, f"n{n}", CHOICES, choice) for n, choice in enumerate(choices))
    version = Version(content.scenario.id, content.meaning_hash, "", "core", "")
    return MetAttempt(
        "a", who, who, content.scenario.id, content.scenario.id, version, content.scenario_hash, "done", NOON, True,
        decisions, {}, {}, frozenset(), 0,
    )  # fmt: skip


def stands(talks: list[MetAttempt]) -> CriterionStanding:
    by_id = {one.scenario.id: one for one in (WALK, RIDE, SWIM)}
    (person,) = standing_of(talks, lambda one: scoring_of(by_id[one.scenario]))
    return next(one for one in person.criteria if one.criterion == "empathy")


def test_a_score_whose_lower_bound_is_not_above_the_cut_is_not_determined() -> None:
    standing = stands([met(content, ["ask"] * 8) for content in (WALK, RIDE, SWIM)])
    assert standing.score == 0.75
    assert standing.interval is not None
    assert lacking(standing) == {Lacks.ABOVE_CUT: (standing.interval[0], 0.6), Lacks.ABOVE_RANDOM: (
        standing.interval[0], standing.random,
    )}  # fmt: skip


def test_hardly_anybody_passes_by_clicking_at_random_and_the_able_do() -> None:
    luck = random.Random(1)

    def share_passing(weights: list[float], people: int) -> float:
        passing = [
            stands([met(content, luck.choices(CHOICES, weights, k=8)) for content in (WALK, RIDE, SWIM)]).passes
            for _ in range(people)
        ]
        return sum(passing) / people

    random_clicks, at_the_cut, able = (
        share_passing(weights, 150) for weights in ([1, 1, 1, 1], [45, 15, 15, 25], [95, 5, 0, 0])
    )
    print(f"passing: at random {random_clicks:.3f}, true score at the cut {at_the_cut:.3f}, able {able:.3f}")
    assert random_clicks == 0
    assert at_the_cut <= 0.05
    assert able >= 0.95


SHARES = st.lists(st.integers(0, 6).map(lambda n: Fraction(n, 6)), min_size=2, max_size=4)


@given(st.lists(st.tuples(st.integers(1, 3), SHARES), min_size=1, max_size=5), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_the_percentile_of_random_play_is_that_of_every_way_to_play(
    decisions: list[tuple[int, list[Fraction]]], lost: int
) -> None:
    base = sum(weight for weight, _ in decisions) + lost
    scores = sorted(
        sum(weight * q for (weight, _), q in zip(decisions, picks, strict=True)) / base
        for picks in itertools.product(*(on_offer for _, on_offer in decisions))
    )
    below = -(-len(scores) * 95 // 100)  # the least of them that 95 % do not exceed
    picks = tuple((weight, tuple(on_offer)) for weight, on_offer in decisions)
    assert random_percentile(picks, base) == pytest.approx(float(scores[below - 1]))
