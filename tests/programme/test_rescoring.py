"""Rescoring as a preview: what moves, for whom, and that nothing moves where nothing changed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import insert

from simulator.content.library import content_from_texts
from simulator.programme.figures import Estimate, TooFew
from simulator.programme.rescoring import rescore_cohort, rescored
from simulator.records.cohort_rows import Scope
from simulator.records.errors import NotAllowed, Unfit
from simulator.records.schema import override
from simulator.session.scoring import Level
from tests.people.conftest import Programme
from tests.programme.cohorts import (
    BEHAVIOURS,
    CHOICES,
    NOON,
    OTHER_RUBRIC,
    RUBRIC,
    MadeUp,
    drawn_choices,
    scoring_of,
    story,
)

WALK = story()
UNDER_OTHER = content_from_texts(WALK.scenario_text, BEHAVIOURS, OTHER_RUBRIC)


def walk_of(made: MadeUp, people: int) -> MadeUp:
    luck = random.Random(12)
    task = made.set("walk")
    with_places = made.enrol(people)
    with made.at_once():
        for number, who in enumerate(with_places):
            left = number % 5 == 0
            choices = drawn_choices(luck, luck.gauss(0, 1), 2 if left else 8)
            made.does(who, WALK, choices, task, ending="left" if left else "done")
    return made


def test_under_the_same_rubric_nothing_moves(either: MadeUp) -> None:
    walk_of(either, 12)
    preview = rescore_cohort(either.results, either.attempts, either.lead, either.scope, RUBRIC)
    assert (preview.people, preview.attempts, preview.moves) == (12, 12, ())
    for criterion in preview.criteria:
        assert criterion.raised == criterion.lowered == 0


def test_what_moves_is_what_scoring_everything_anew_would_change(cohort_of: MadeUp) -> None:
    walk_of(cohort_of, 20)
    preview = rescore_cohort(cohort_of.results, cohort_of.attempts, cohort_of.lead, cohort_of.scope, OTHER_RUBRIC)
    shifts, levels = [], Counter[tuple[Level | None, Level | None]]()
    for one in cohort_of.drawn:
        old = one.card.criteria["empathy"]
        new = scoring_of(UNDER_OTHER).scorecard(one.decisions, one.ending).criteria["empathy"]
        levels[old.level, new.level] += 1
        assert old.score is not None
        assert new.score is not None
        shifts.append(float(new.score - old.score))
        told = [move for move in preview.of(one.person) if move.criterion == "empathy"]
        if old.score == new.score and old.level is new.level:
            assert told == []
        else:
            assert told[0].by == pytest.approx(float(new.score - old.score))
            assert (told[0].level, told[0].new_level) == (old.level, new.level)
    empathy = next(one for one in preview.criteria if one.criterion == "empathy")
    assert empathy.levels == dict(levels)
    assert isinstance(empathy.shift, Estimate)
    assert empathy.shift.value == pytest.approx(sum(shifts) / len(shifts))
    assert empathy.shift.n == 20
    assert not any(move.criterion == "trust" for move in preview.moves)


def test_a_level_a_person_put_in_place_stands_under_any_rubric(cohort_of: MadeUp) -> None:
    walk_of(cohort_of, 6)
    with cohort_of.store.writing() as connection:
        connection.execute(
            insert(override).values(
                id="o", programme_id="p", attempt_id=cohort_of.drawn[1].id, criterion="empathy", level=4,
                reason="Heard it.", author_id="lead", at=NOON,
            )
        )  # fmt: skip
    preview = rescore_cohort(cohort_of.results, cohort_of.attempts, cohort_of.lead, cohort_of.scope, OTHER_RUBRIC)
    empathy = next(one for one in preview.criteria if one.criterion == "empathy")
    assert (empathy.attempts, empathy.overridden, sum(empathy.levels.values())) == (6, 1, 5)
    assert [move.overridden for move in preview.of("t001") if move.criterion == "empathy"] == [True]


def test_of_four_people_each_is_shown_and_no_mean(cohort_of: MadeUp) -> None:
    walk_of(cohort_of, 4)
    preview = rescore_cohort(cohort_of.results, cohort_of.attempts, cohort_of.lead, cohort_of.scope, OTHER_RUBRIC)
    assert {one.shift for one in preview.criteria} == {TooFew(5, None)}
    assert preview.moves


def test_a_criterion_only_one_of_the_rubrics_judges_moves_from_or_to_nothing(cohort_of: MadeUp) -> None:
    walk_of(cohort_of, 6)
    without_trust = RUBRIC[: RUBRIC.index("  trust:")]
    preview = rescore_cohort(cohort_of.results, cohort_of.attempts, cohort_of.lead, cohort_of.scope, without_trust)
    moves = [move for move in preview.moves if move.criterion == "trust"]
    assert moves
    assert {(move.new_score, move.new_level) for move in moves} == {(None, None)}
    assert {move.criterion for move in preview.moves} == {"trust"}


def test_a_catalogue_that_does_not_know_what_was_shown_is_refused_in_a_sentence(cohort_of: MadeUp) -> None:
    walk_of(cohort_of, 1)
    lacking = "\n".join(line for line in BEHAVIOURS.splitlines() if "advises" not in line) + "\n"
    with pytest.raises(Unfit, match="does not know what the scenario 'walk' shows: advises"):
        rescore_cohort(cohort_of.results, cohort_of.attempts, cohort_of.lead, cohort_of.scope, RUBRIC, lacking)


def test_nobody_previews_what_is_not_theirs_and_nothing_is_written(programme_of_two: Programme) -> None:
    here = programme_of_two
    here.does("trainee", here.set_tea())
    made = MadeUp(here.store, here.actors["lead"], Scope(here.cohorts_by_name["one"]))
    before = made.results.criteria(made.lead, made.scope)
    harsher = here.content.rubric_text.replace("judges: -2", "judges: -1")
    assert rescore_cohort(made.results, made.attempts, made.lead, made.scope, harsher).attempts == 1
    assert made.results.criteria(made.lead, made.scope) == before
    with pytest.raises(NotAllowed):
        rescore_cohort(made.results, made.attempts, here.actors["trainee"], made.scope, harsher)


def test_the_mean_shift_of_known_truth_is_unbiased_and_its_intervals_cover_it(cohort_of: MadeUp) -> None:
    """Over 200 cohorts of 20; the truth is that of ten thousand people."""
    luck = random.Random(21)
    task = cohort_of.set("walk")
    (who,) = cohort_of.enrol(1)
    cohort_of.does(who, WALK, ["ask"] * 8, task)
    (pattern,) = cohort_of.attempts.counted(cohort_of.lead, cohort_of.scope)
    old, new = scoring_of(WALK), scoring_of(UNDER_OTHER)
    worth = {
        choice: [float(scoring.opportunities("n0", CHOICES)["empathy"].q[choice]) for scoring in (old, new)]
        for choice in CHOICES
    }
    weights = [node.weight for node in WALK.scenario.nodes.values()]

    def scores(choices: list[str]) -> list[float]:
        return [
            sum(weight * worth[choice][nth] for weight, choice in zip(weights, choices, strict=True)) / sum(weights)
            for nth in (0, 1)
        ]

    many = [scores(drawn_choices(luck, luck.gauss(0, 1), 8)) for _ in range(10_000)]
    truth = sum(after - before for before, after in many) / len(many)
    found = []
    for _ in range(200):
        attempts = []
        for number in range(20):
            choices = drawn_choices(luck, luck.gauss(0, 1), 8)
            decisions = tuple(
                replace(decision, choice=choice) for decision, choice in zip(pattern.decisions, choices, strict=True)
            )
            kept = {"empathy": scores(choices)[0]}
            attempts.append(replace(pattern, person_id=str(number), decisions=decisions, scores=kept, levels={}))
        preview = rescored(attempts, lambda _one: new)
        shift = next(one.shift for one in preview.criteria if one.criterion == "empathy")
        assert isinstance(shift, Estimate)
        found.append(shift)
    average = sum(one.value for one in found) / len(found)
    covering = sum(one.interval[0] <= truth <= one.interval[1] for one in found) / len(found)
    print(f"shift: truth {truth:.4f}, mean {average:.4f}, covering {covering:.3f}")
    assert average == pytest.approx(truth, rel=0.1)
    assert 0.84 <= covering <= 0.95
