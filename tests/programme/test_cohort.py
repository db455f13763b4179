"""A cohort's levels and scores: against plain loops, against known truth, and for whom they are."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from simulator.content.library import content_from_texts
from simulator.programme.cohort import (
    cohort_criteria,
    cohort_incidents,
    cohort_practice,
    criteria_of,
    pooled_score,
)
from simulator.programme.figures import Estimate, TooFew
from simulator.programme.intervals import clustered_interval, t_deviate, within_t
from simulator.records.access import Actor
from simulator.records.assignments import Counts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import CriterionSums, Scope
from simulator.records.cohort_stamp import cohort_stamp
from simulator.records.errors import NotAllowed
from simulator.records.results_book import counting
from simulator.records.schema import override, ruling
from simulator.session.events import Mode
from simulator.session.scoring import Level, wilson_interval
from tests.people.conftest import Programme
from tests.programme.cohorts import (
    BEHAVIOURS,
    NOON,
    OTHER_RUBRIC,
    Drawn,
    MadeUp,
    beta,
    drawn_choices,
    halves,
    story,
)


def played(cohort_of: MadeUp, people: int = 12, **setting: str) -> str:
    """A cohort of varied ability, each with two attempts at each of two clients; some leave early."""
    walk, ride = story(), story("ride", nodes=5, client="Robin", swapped=(1,))
    luck = random.Random(4)
    tasks = cohort_of.set("walk", "ride", **setting)
    trainees = cohort_of.enrol(people)
    with cohort_of.at_once():
        for who in trainees:
            ability = luck.gauss(0, 1)
            for content, nodes in ((walk, 8), (ride, 5)):
                for _ in range(2):
                    left = luck.random() < 0.2
                    choices = drawn_choices(luck, ability, 2 if left else nodes)
                    cohort_of.does(who, content, choices, tasks, ending="left" if left else "done")
    return tasks


def put_in_place(made: MadeUp, attempt_id: str, level: Level | None, nth: int = 0) -> None:
    with made.store.writing() as connection:
        connection.execute(
            insert(override).values(
                id=f"{attempt_id}-{nth}", programme_id="p", attempt_id=attempt_id, criterion="empathy",
                level=level and level.value, reason="Heard it.", author_id="lead", at=NOON.replace(hour=13 + nth),
            )
        )  # fmt: skip


def counted_by_hand(made: MadeUp, counts: Counts) -> list[Drawn]:
    """The attempts that count, by the rule of the results book."""
    places: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
    for one in made.drawn:
        places[one.person, one.slot].append(one)
    kept = []
    for every in places.values():
        rows = [
            SimpleNamespace(
                ended=True, ended_at=one.started_at, stopped=False, one=one,
                overall=None if one.card.overall is None else float(one.card.overall),
            )
            for one in every
        ]  # fmt: skip
        found = counting(rows, counts)
        assert found is not None
        kept.append(found.one)
    return kept


@pytest.mark.parametrize("counts", list(Counts))
def test_scores_are_those_of_plain_loops_over_the_attempts_that_count(either: MadeUp, counts: Counts) -> None:
    played(either, counts=counts.value)
    expected: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
    lost: Counter[str] = Counter()
    for one in counted_by_hand(either, counts):
        for name, judged in one.card.criteria.items():
            expected[name] += [(item.weight, item.q) for item in judged.evidence]
            if one.ending == "left" and name == "empathy":
                lost[name] += max(0, 4 - sum(item.weight for item in judged.evidence))
    found = {one.criterion: one for one in cohort_criteria(either.results, either.lead, either.scope)}
    assert set(found) == {"empathy", "trust"}
    assert lost["empathy"] > 0
    for name, opportunities in expected.items():
        weight = sum(weight for weight, _ in opportunities) + lost[name]
        score = sum(weight * q for weight, q in opportunities) / weight
        estimate = found[name].score
        assert isinstance(estimate, Estimate)
        assert estimate.value == pytest.approx(float(score))
        assert estimate.n == 12
        assert found[name].opportunities == len(opportunities)
        assert found[name].attempts == 24


@pytest.mark.parametrize("counts", list(Counts))
def test_levels_are_those_that_stand(either: MadeUp, counts: Counts) -> None:
    played(either, counts=counts.value)
    kept = counted_by_hand(either, counts)
    standing = {one.id: one.card.criteria["empathy"].level for one in kept}
    changed, put_back, twice = kept[0].id, kept[1].id, kept[2].id
    put_in_place(either, changed, Level.ADVANCED)
    put_in_place(either, put_back, Level.ADVANCED)
    put_in_place(either, put_back, None, nth=1)
    put_in_place(either, twice, Level.ADVANCED)
    put_in_place(either, twice, Level.NOT_YET, nth=1)
    standing |= {changed: Level.ADVANCED, twice: Level.NOT_YET}
    found = {one.criterion: one for one in cohort_criteria(either.results, either.lead, either.scope)}
    levels = found["empathy"].levels
    assert not isinstance(levels, TooFew)
    assert levels.attempts == Counter(standing.values())
    assert levels.overridden == 2


def test_random_picks_are_told_beside_the_score(cohort_of: MadeUp) -> None:
    played(cohort_of)
    found = {one.criterion: one for one in cohort_criteria(cohort_of.results, cohort_of.lead, cohort_of.scope)}
    told = [one.card.criteria["empathy"] for one in counted_by_hand(cohort_of, Counts.FIRST)]
    top = sum(
        item.weight * item.opportunity.expected for one in told if one.random is not None for item in one.evidence
    )
    weights = [sum(item.weight for item in one.evidence) for one in told]
    base = sum(max(weight, 4) for weight, one in zip(weights, told, strict=True) if one.random is not None)
    assert found["empathy"].random == pytest.approx(float(top / base))


def test_one_assignment_can_be_looked_at_by_itself(cohort_of: MadeUp) -> None:
    played(cohort_of, people=6)
    later = cohort_of.set("walk")
    cohort_of.does("t000", story(), ["reflect"] * 8, later)
    (alone, _trust) = cohort_criteria(cohort_of.results, cohort_of.lead, Scope("c", later))
    assert alone.score == TooFew(5, None)
    (all_of_it, _trust) = cohort_criteria(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert all_of_it.attempts == 13


def test_practice_and_stopped_or_unfinished_attempts_are_in_no_figure(cohort_of: MadeUp) -> None:
    tasks = cohort_of.set("walk")
    for who in cohort_of.enrol(6):
        cohort_of.does(who, story(), ["judge"] * 8, None, mode=Mode.PRACTICE)
        cohort_of.does(who, story(), ["judge"] * 8, tasks, stopped=True)
        cohort_of.does(who, story(), ["judge"] * 8, tasks, ended=False)
        cohort_of.does(who, story(), ["reflect"] * 8, tasks)
    found = cohort_criteria(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert {one.criterion: one.score.value for one in found if isinstance(one.score, Estimate)}["empathy"] == 1
    assert {one.attempts for one in found} == {6}
    assert cohort_of.results.incidents(cohort_of.lead, cohort_of.scope) == ()


def test_of_fewer_than_five_people_nothing_is_said_and_not_how_many_they_are(cohort_of: MadeUp) -> None:
    played(cohort_of, people=4)
    for one in cohort_criteria(cohort_of.results, cohort_of.lead, cohort_of.scope):
        assert {one.people, one.attempts, one.opportunities, one.score, one.levels, one.random} == {TooFew(5, None)}
    found = cohort_incidents(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert found.behaviours == TooFew(5, None)


def test_incidents_are_told_with_what_became_of_them(either: MadeUp) -> None:
    tasks = either.set("walk")
    ids = [
        either.does(who, story(), ["judge" if n < 2 else "reflect", *["reflect"] * 7], tasks)
        for n, who in enumerate(either.enrol(5))
    ]
    with either.store.writing() as connection:
        for nth, found in enumerate(("confirmed", "cleared")):
            connection.execute(
                insert(ruling).values(
                    id=f"r{nth}", programme_id="p", attempt_id=ids[0], number=1, behaviour="judges", ruling=found,
                    reason="Read it.", author_id="lead", at=NOON.replace(hour=13 + nth),
                )
            )  # fmt: skip
    shown = cohort_incidents(either.results, either.lead, either.scope).behaviours
    assert not isinstance(shown, TooFew)
    (one,) = shown
    assert (one.behaviour, one.times, one.people, one.cleared, one.confirmed, one.waiting) == ("judges", 2, 2, 1, 0, 1)


def test_practice_is_counted_and_no_more(either: MadeUp) -> None:
    people = either.enrol(7)
    either.set("walk")
    assert cohort_practice(either.results, either.lead, "c").talks == TooFew(5, None)
    for who in people[:6]:
        either.does(who, story(), ["judge"] * 8, None, mode=Mode.PRACTICE)
    either.does(people[0], story(), ["judge"] * 3, None, mode=Mode.PRACTICE, ended=False)
    counted = cohort_practice(either.results, either.lead, "c")
    assert (counted.members, counted.people, counted.talks, counted.ended, counted.drills) == (7, 6, 7, 6, 0)


def test_two_texts_of_a_rubric_are_told(cohort_of: MadeUp) -> None:
    tasks = cohort_of.set("walk")
    walk = story()
    newer = content_from_texts(walk.scenario_text, BEHAVIOURS, OTHER_RUBRIC)
    for number, who in enumerate(cohort_of.enrol(6)):
        cohort_of.does(who, newer if number else walk, ["ask"] * 8, tasks)
    (empathy, _trust) = cohort_criteria(cohort_of.results, cohort_of.lead, cohort_of.scope)
    assert empathy.rubric_versions == 2


def test_the_database_chooses_the_attempts_that_count_as_the_results_book_does(either: MadeUp) -> None:
    """Ties and undetermined scores included: short talks have none."""
    luck, walk = random.Random(1), story()
    tasks = {counts: either.set("walk", counts=counts.value) for counts in Counts}
    people = either.enrol(8)
    for counts, task in tasks.items():
        with either.at_once():
            for _ in range(30):
                choices = [luck.choice(("reflect", "judge"))] * luck.choice((2, 8))
                either.does(luck.choice(people), walk, choices, task)
        drawn = either.drawn[-30:]
        by_hand = MadeUp(either.store, either.lead, either.scope, drawn=drawn)
        found = either.attempts.counted(either.lead, Scope("c", task))
        assert {one.attempt_id for one in found} == {one.id for one in counted_by_hand(by_hand, counts)}


def asked(made: MadeUp, actor: Actor, scope: Scope) -> list[Callable[[], object]]:
    """Every query there is."""
    results, attempts = made.results, made.attempts
    return [
        lambda: results.versions(actor, scope),
        lambda: results.criteria(actor, scope),
        lambda: results.levels(actor, scope),
        lambda: results.incidents(actor, scope),
        lambda: results.taking_part(actor, scope),
        lambda: results.practice(actor, scope.cohort_id),
        lambda: results.choices(actor, scope),
        lambda: results.rests(actor, scope),
        lambda: results.steps(actor, scope),
        lambda: results.ways(actor, scope),
        lambda: attempts.counted(actor, scope),
        lambda: attempts.first_met(actor, scope, {}),
        lambda: attempts.meetings(actor, scope, {}),
    ]


def test_nobody_sees_results_of_a_cohort_that_are_not_theirs_to_see(programme_of_two: Programme) -> None:
    here = programme_of_two
    made = MadeUp(here.store, here.actors["lead"], Scope(here.cohorts_by_name["one"]))
    for who in ("trainee", "administrator", "other instructor", "stranger", "guest"):
        for query in asked(made, here.actors[who], made.scope):
            with pytest.raises(NotAllowed):
                query()
    for who in ("instructor", "lead"):
        for query in asked(made, here.actors[who], made.scope):
            query()


def test_an_assignment_is_asked_for_with_its_own_cohort_only(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea("two", "other instructor")
    made = MadeUp(here.store, here.actors["instructor"], Scope(here.cohorts_by_name["one"], task))
    for number, query in enumerate(asked(made, made.lead, made.scope)):
        if number != 5:  # practice is asked of a cohort alone
            with pytest.raises(NotAllowed):
                query()


def test_what_was_really_played_comes_out(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    here.does("trainee", task)
    here.does("fellow", task, warm=False)
    made = MadeUp(here.store, here.actors["instructor"], Scope(here.cohorts_by_name["one"]))
    (sums,) = made.results.criteria(made.lead, made.scope)
    assert (sums.people, sums.attempts, sums.n) == (2, 2, 2)  # at the table nearly all is right
    assert [one.ending for one in made.attempts.counted(made.lead, made.scope)] == ["done", "done"]
    assert all(isinstance(one, Actor) for one in here.actors.values())


def test_students_t_is_that_of_the_tables() -> None:
    """Two-sided 90 %, as printed in any table."""
    printed = {1: 6.314, 2: 2.920, 4: 2.132, 9: 1.833, 19: 1.729, 29: 1.699, 120: 1.658, 5_000: 1.645}
    for dof, value in printed.items():
        assert t_deviate(dof) == pytest.approx(value, abs=5e-4)
    assert t_deviate(10, 0.95) == pytest.approx(2.228, abs=5e-4)


@given(st.integers(1, 200), st.floats(0.01, 20))
def test_the_probability_within_grows_with_the_value(dof: int, value: float) -> None:
    assert 0 < within_t(value, dof) < within_t(value * 1.1, dof) + 1e-12 <= 1 + 1e-9


@given(
    st.floats(0, 1), st.floats(1, 500), st.floats(0, 0.2), st.integers(1, 60)
)  # fmt: skip
@settings(max_examples=200)
def test_an_interval_over_people_holds_its_figure_has_width_and_is_never_surer_than_without_people(
    share: float, kish: float, variance: float, people: int
) -> None:
    low, high = clustered_interval(share, kish, variance, people)
    plain_low, plain_high = wilson_interval(share, kish)
    assert 0 <= low <= share <= high <= 1
    assert low < high
    assert high - low >= plain_high - plain_low - 1e-9


def sums_of(luck: random.Random, people: int, mean: float, spread: float) -> CriterionSums:
    """A cohort of people who differ by `spread`, each with eight to twelve decisions of weight 1 or 2."""
    totals = []
    for _ in range(people):
        own = beta(luck, mean, spread)
        weights = [luck.choice((1, 1, 2)) for _ in range(luck.randint(8, 12))]
        taken = sum(weight * halves(luck, own) for weight in weights)
        totals.append((sum(weights), sum(weight**2 for weight in weights), taken, len(weights)))
    x, squares, y, n = (sum(column) for column in zip(*totals, strict=True))
    xx = sum(own[0] ** 2 for own in totals)
    xy = sum(own[0] * own[2] for own in totals)
    yy = sum(own[2] ** 2 for own in totals)
    return CriterionSums("core", "empathy", 1, people, people, n, x, squares, y, xx, xy, yy, 0, 0)


@pytest.mark.parametrize(
    ("people", "mean", "spread"), [(6, 0.6, 0.25), (12, 0.6, 0.2), (25, 0.6, 0.2), (25, 0.8, 0.1), (60, 0.5, 0.05)]
)
def test_scores_of_cohorts_of_known_truth_are_unbiased_and_their_intervals_cover_it(
    people: int, mean: float, spread: float
) -> None:
    """Over 400 cohorts drawn from the same people: the intervals are to hold the mean of all such people."""
    luck = random.Random(people)
    found = [pooled_score(sums_of(luck, people, mean, spread)) for _ in range(400)]
    average = sum(one.value for one in found) / len(found)
    covering = sum(one.interval[0] <= mean <= one.interval[1] for one in found) / len(found)
    print(f"{people} people, truth {mean}, spread {spread}: mean {average:.3f}, covering {covering:.3f}")
    assert average == pytest.approx(mean, rel=0.02)
    assert covering >= 0.86
    if spread >= 0.2:  # where people hardly differ, the interval of independent decisions is wider, and is kept
        assert covering <= 0.95


def test_an_interval_that_took_decisions_for_independent_would_be_too_sure() -> None:
    """Why the sums over people are kept."""
    luck = random.Random(7)
    rows = [sums_of(luck, 25, 0.6, 0.25) for _ in range(300)]
    plain = [wilson_interval(row.weighted / row.weight, row.weight**2 / row.squares) for row in rows]
    knowing = [pooled_score(row).interval for row in rows]
    assert sum(low <= 0.6 <= high for low, high in plain) < 0.85 * 300
    assert sum(low <= 0.6 <= high for low, high in knowing) > 0.86 * 300


def test_from_five_people_on_figures_are_shown() -> None:
    luck = random.Random(0)
    four, five = (criteria_of([sums_of(luck, people, 0.6, 0.2)], [])[0] for people in (4, 5))
    assert four.score == TooFew(5, None)
    assert isinstance(five.score, Estimate)


def test_the_stamp_changes_with_everything_that_the_figures_are_made_of(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    results, scope = CohortResults(here.store), Scope(here.cohorts_by_name["one"])
    seen = [cohort_stamp(results, here.actors["instructor"], scope)]

    def changed() -> bool:
        seen.append(cohort_stamp(results, here.actors["instructor"], scope))
        return seen[-1] not in seen[:-1]

    assert not changed()
    attempt = here.does("trainee", task)
    assert changed()
    here.reviews.override(here.actors["instructor"], attempt, "empathy", Level.ADVANCED, "She was heard.")
    assert changed()
    with pytest.raises(NotAllowed):
        cohort_stamp(results, here.actors["trainee"], scope)
