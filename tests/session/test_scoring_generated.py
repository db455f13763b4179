"""Scores of generated runs, against a second working-out and against what must hold of every score."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.content.rubric import Kind, Rubric
from simulator.content.scenario import Scenario
from simulator.session.debrief import decisions_of, scorecard_of
from simulator.session.scoring import Decision, Scoring, wilson_interval
from tests.generated import CATALOGUE, ONES, most_steps, picks, rubrics, scenarios
from tests.session.drivers import Driver, Straight, walk
from tests.session.naive_score import naive_overall, naive_scores, opportunity, points


@st.composite
def decided(draw: st.DrawFn, scenario: Scenario, most: int = 10) -> list[Decision]:
    """Decisions at any nodes with anything on offer: far more of them than a short story has."""
    found = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        node = draw(st.sampled_from(list(scenario.nodes)))
        every = list(scenario.nodes[node].choices)
        chosen = draw(st.sampled_from(every))
        left_out = draw(st.sets(st.sampled_from(every), max_size=2)) - {chosen}
        found.append(Decision(number, node, tuple(name for name in every if name not in left_out), chosen))
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scoring, list[Decision], str]:
    """A scoring, decisions and an ending."""
    scenario, rubric = draw(scenarios()), draw(rubrics() | st.just(ONES))
    decisions = draw(decided(scenario))
    return Scoring(scenario, CATALOGUE, rubric), decisions, draw(st.sampled_from(list(scenario.endings)))


def _as_told(decisions):
    return [(decision.node, decision.offered, decision.choice) for decision in decisions]


def _agrees(scoring: Scoring, decisions, ending: str) -> None:
    card = scoring.scorecard(decisions, ending)
    told = naive_scores(scoring.scenario, CATALOGUE, scoring.rubric, _as_told(decisions), ending)
    assert list(card.criteria) == list(told)
    for name, naive in told.items():
        judged = card.criteria[name]
        found = (judged.n, judged.score, judged.random, judged.corrected, judged.level)
        assert found == (naive.n, naive.score, naive.random, naive.corrected, naive.level), name
    assert card.overall == naive_overall(scoring.scenario, scoring.rubric, told)


@given(case=cases())
def test_every_figure_is_what_the_page_on_measurement_says(case):
    _agrees(*case)


@given(scenario=scenarios(), rubric=rubrics(), clicks=picks())
def test_every_figure_of_a_run_that_was_played_is_what_the_page_says(driver: Driver, scenario, rubric, clicks):
    run = driver(scenario, "seed")
    for _ in walk(run, clicks, most_steps(scenario)):
        pass
    played, scoring = run.playthrough(), Scoring(scenario, CATALOGUE, rubric)
    _agrees(scoring, decisions_of(played), played.situation.at)
    assert scorecard_of(played, scoring) == scoring.scorecard(decisions_of(played), played.situation.at)


@given(case=cases())
def test_points_are_the_strongest_of_each_side(case):
    scoring = case[0]
    for node_id, node in scoring.scenario.nodes.items():
        for choice in node.choices:
            for criterion, found in scoring.points(node_id, choice).items():
                assert found == points(scoring.scenario, scoring.rubric, node_id, choice, criterion)


@given(case=cases())
def test_a_score_lies_between_0_and_1_inside_an_interval_that_has_a_width(case):
    scoring, decisions, ending = case
    for judged in scoring.scorecard(decisions, ending).criteria.values():
        if judged.score is None:
            assert (judged.random, judged.corrected, judged.interval) == (None, None, None)
            continue
        assert 0 <= judged.score <= 1
        assert 0 <= judged.random < 1
        low, high = judged.interval
        assert 0 <= low <= judged.score <= high <= 1
        assert low < high


@given(st.floats(0, 1), st.floats(1, 200))
def test_the_bounds_of_an_interval_are_where_the_share_is_just_significant(share: float, n: float):
    low, high = wilson_interval(share, n)
    assert 0 <= low <= share <= high <= 1
    assert low < high
    for bound in (low, high):
        squared = 1.6448536269514722**2 * bound * (1 - bound) / n
        assert isclose((bound - share) ** 2, squared, rel_tol=1e-6, abs_tol=1e-9)


@given(case=cases())
def test_scoring_the_same_twice_or_with_another_instance_gives_the_same(case):
    scoring, decisions, ending = case
    once = scoring.scorecard(decisions, ending)
    assert scoring.scorecard(decisions, ending) == once
    assert Scoring(scoring.scenario, CATALOGUE, scoring.rubric).scorecard(decisions, ending) == once


@given(case=cases())
def test_the_order_in_which_choices_were_shown_changes_no_figure(case):
    scoring, decisions, ending = case
    turned = [Decision(d.number, d.node, d.offered[::-1], d.choice) for d in decisions]
    for name, judged in scoring.scorecard(decisions, ending).criteria.items():
        other = scoring.scorecard(turned, ending).criteria[name]
        assert (judged.n, judged.score, judged.random, judged.interval, judged.level) == (
            other.n, other.score, other.random, other.interval, other.level,
        )  # fmt: skip


@given(case=cases(), earned=st.sets(st.sampled_from("abcd")))
def test_earning_a_guarded_choice_lowers_no_q_and_takes_no_opportunity_away(case, earned):
    scoring = case[0]
    for node_id, node in scoring.scenario.nodes.items():
        free = [name for name, choice in node.choices.items() if choice.when is None]
        if len([name for name in free if scoring.scenario.counts_for_score(node_id, name)]) < 2:
            continue  # with fewer, everything on offer sets the range: the page says so
        more = [*free, *(name for name in node.choices if name in earned and name not in free)]
        before, after = scoring.opportunities(node_id, free), scoring.opportunities(node_id, more)
        assert set(after) == set(before)
        for criterion, room in before.items():
            for name, q in room.q.items():
                assert after[criterion].q[name] == q


@given(scenario=scenarios(), data=st.data())
def test_a_behaviour_worth_nothing_changes_no_figure(scenario: Scenario, data):
    decisions = data.draw(decided(scenario))
    ending = data.draw(st.sampled_from(list(scenario.endings)))
    without = ONES.model_copy(
        update={
            "criteria": {
                name: criterion.model_copy(
                    update={"scores": {tag: value for tag, value in criterion.scores.items() if tag != "warm"}}
                )
                for name, criterion in ONES.criteria.items()
            }
        }
    )
    more = scenario.model_copy(
        update={
            "nodes": {
                node_id: node.model_copy(
                    update={
                        "choices": {
                            name: choice.model_copy(update={"shows": (*choice.shows, "warm")})
                            for name, choice in node.choices.items()
                        }
                    }
                )
                for node_id, node in scenario.nodes.items()
            }
        }
    )
    plain = Scoring(scenario, CATALOGUE, without).scorecard(decisions, ending)
    tagged = Scoring(more, CATALOGUE, without).scorecard(decisions, ending)
    assert plain.overall == tagged.overall
    for name, judged in plain.criteria.items():
        assert (judged.n, judged.score, judged.level) == (
            tagged.criteria[name].n, tagged.criteria[name].score, tagged.criteria[name].level,
        )  # fmt: skip


@given(case=cases())
def test_nothing_scores_above_the_best_and_nothing_below_the_worst_at_the_same_decisions(case):
    scoring, decisions, ending = case
    for criterion in scoring.rubric.criteria:
        answers = {}
        for which in (max, min):
            taken = []
            for decision in decisions:
                q = opportunity(scoring.scenario, scoring.rubric, decision.node, decision.offered, criterion)
                counts = scoring.scenario.counts_for_score(decision.node, decision.choice)
                best = which(q, key=q.__getitem__) if q and counts else decision.choice
                taken.append(Decision(decision.number, decision.node, decision.offered, best))
            answers[which] = scoring.scorecard(taken, ending).criteria[criterion].score
        score = scoring.scorecard(decisions, ending).criteria[criterion].score
        if score is not None:
            assert answers[min] <= score <= answers[max]


@given(case=cases())
def test_the_best_on_offer_has_the_highest_weighted_mean_over_what_is_assessed(case):
    scoring, decisions, _ = case
    for decision in decisions:
        best = scoring.best_on_offer(decision.node, decision.offered)
        assert set(best) <= set(decision.offered)
        rooms = {
            name: opportunity(scoring.scenario, scoring.rubric, decision.node, decision.offered, name)
            for name in scoring.assesses
        }
        if best and all(rooms.values()):
            means = {
                choice: sum(scoring.rubric.criteria[name].weight * q[choice] for name, q in rooms.items())
                for choice in next(iter(rooms.values()))
            }
            highest = {choice for choice, mean in means.items() if mean == max(means.values())}
            assert set(best) <= highest
            made = scoring.scenario.nodes[decision.node].choices
            kinds = scoring.behaviours.behaviours
            helpful = {
                choice
                for choice in highest
                if not made[choice].mistimed and all(kinds[shown].kind is Kind.HELPFUL for shown in made[choice].shows)
            }
            assert set(best) == helpful or not helpful


@given(case=cases())
def test_every_figure_opens_to_evidence_that_adds_up_to_it(case):
    scoring, decisions, ending = case
    for name, judged in scoring.scorecard(decisions, ending).criteria.items():
        assert len(judged.evidence) == judged.n
        for item in judged.evidence:
            assert item.decision in decisions
            assert 0 <= item.q <= 1
            node = scoring.scenario.nodes[item.decision.node]
            assert item.weight == node.weight
            assert item.behaviours == node.choices[item.decision.choice].behaviours
            assert set(item.opportunity.q) == set(item.opportunity.points)
        if judged.score is not None and not (scoring.scenario.endings[ending].early and name in scoring.assesses):
            total = sum(item.weight for item in judged.evidence)
            assert judged.score == sum(item.weight * item.q for item in judged.evidence) / total


@given(scenario=scenarios(), rubric=rubrics(), clicks=picks())
def test_a_run_that_was_stopped_has_no_scorecard(driver: Driver, scenario: Scenario, rubric: Rubric, clicks):
    run = driver(scenario, "seed")
    scoring = Scoring(scenario, CATALOGUE, rubric)
    next(walk(run, clicks, most_steps(scenario)), None)
    if run.situation.ended:
        return
    assert scorecard_of(run.playthrough(), scoring) is None
    run.stop()
    assert run.offered == ()
    assert scorecard_of(run.playthrough(), scoring) is None


@pytest.mark.parametrize("clicks", [[0], [1, 0], [2, 1, 0]])
@given(scenario=scenarios())
def test_the_same_answers_score_the_same_whatever_the_seed(scenario: Scenario, clicks):
    first = Straight(scenario, "one")
    taken = list(walk(first, clicks, most_steps(scenario)))
    second = Straight(scenario, "two")
    for choice in taken:
        second.choose(choice)
    scoring = Scoring(scenario, CATALOGUE, ONES)
    cards = [scorecard_of(run.playthrough(), scoring) for run in (first, second)]
    assert cards[0].overall == cards[1].overall
    assert {n: c.score for n, c in cards[0].criteria.items()} == {n: c.score for n, c in cards[1].criteria.items()}
