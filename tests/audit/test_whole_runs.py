"""What the audit says of whole runs together: overall scores, levels, debrief rules, states, and sampled players."""

from __future__ import annotations

import os
from fractions import Fraction

import numpy
import pytest
from hypothesis import HealthCheck, assume, given, settings

from simulator.audit.afterwards import outcomes_at_the_end
from simulator.audit.exploration import explore
from simulator.audit.extremes import gains_of, reach_of
from simulator.audit.levels import level_attained, scorecard_of
from simulator.audit.overall import overall_reach
from simulator.audit.players import RANDOM, players
from simulator.audit.sample import sample_of
from simulator.audit.walks import Sampling, Walks
from simulator.content.library import Content
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring
from tests.audit.brute_force import OneRun, TooMany, every_run
from tests.generated import contents

thorough = settings(
    max_examples=int(os.environ.get("AUDIT_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def _runs(content: Content, most: int = 2_000) -> list[OneRun]:
    try:
        return every_run(content, most=most)
    except TooMany:
        assume(False)
        raise


def _complete(content: Content, runs: list[OneRun]) -> list[OneRun]:
    return [run for run in runs if not content.scenario.endings[run.ending].early]


@thorough
@given(contents())
def test_no_run_is_beyond_the_overall_bounds_and_the_paths_named_attain_what_is_said(content: Content) -> None:
    runs = _complete(content, _runs(content))
    story = explore(Interview(content.scenario))
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    gains = {name: gains_of(story, scoring, name) for name in scoring.assesses}
    reach = {name: reach_of(story, scoring, name, gains[name]) for name in gains}
    weights = {name: content.rubric.criteria[name].weight for name in gains}
    found = overall_reach(story, gains, weights, reach, content.rubric.cuts.enough)
    scores = [run.card.overall for run in runs]
    if found is None:
        assert not gains or not runs or None in scores
        return
    scored = [score for score in scores if score is not None]
    assert len(scored) == len(runs)
    assert found.lowest.bound <= min(scored) <= found.lowest.attained.score
    assert found.highest.attained.score <= max(scored) <= found.highest.bound
    for overall in (found.lowest, found.highest):
        assert scorecard_of(story, scoring, overall.attained.path).overall == overall.attained.score
        if overall.proved:
            assert overall.attained.score in {min(scored), max(scored)}


@thorough
@given(contents())
def test_the_level_said_to_be_reachable_is_reached_by_some_run(content: Content) -> None:
    runs = _complete(content, _runs(content))
    story = explore(Interview(content.scenario))
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    for criterion in scoring.assesses:
        gains = gains_of(story, scoring, criterion)
        level = level_attained(story, scoring, criterion, gains, reach_of(story, scoring, criterion, gains))
        judged = [run.card.criteria[criterion] for run in runs]
        assert (level is None) == all(one.score is None for one in judged)
        assert level is None or level in {one.level for one in judged}


@thorough
@given(contents())
def test_a_condition_read_at_the_end_turns_out_as_it_does_over_every_run(content: Content) -> None:
    runs = _runs(content)
    interview = Interview(content.scenario)
    story = explore(interview)
    ends = []
    for run in runs:
        situation = interview.begin().situation
        for choice in run.choices:
            situation = interview.choose(situation, choice.partition(".")[2]).situation
        ends.append(situation)
    conditions = [rule.when for rule in content.scenario.debrief if rule.when]
    conditions += [
        choice.when for node in content.scenario.nodes.values() for choice in node.choices.values() if choice.when
    ]
    for condition in conditions:
        assert outcomes_at_the_end(story, condition) == {condition.holds(end) for end in ends}


@settings(thorough, max_examples=12)
@given(contents())
def test_sampled_random_play_comes_near_to_the_average_over_every_run(content: Content) -> None:
    runs = _complete(content, _runs(content, most=600))
    story = explore(Interview(content.scenario))
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    gains = {name: gains_of(story, scoring, name) for name in scoring.assesses}
    weights = {name: content.rubric.criteria[name].weight for name in gains}
    assume(bool(gains))
    scored = [(run.probability, run.card.overall) for run in runs if run.card.overall is not None]
    chance = sum((probability for probability, _ in scored), Fraction(0))
    assume(chance > Fraction(1, 4))
    mean = float(sum((probability * score for probability, score in scored), Fraction(0)) / chance)
    walks = Walks(story, gains, weights, content.rubric.cuts.enough)
    sampling = Sampling(4_000, 1, numpy.random.default_rng(1).random)
    sampled = walks.sampled(players(scoring)[RANDOM][1], sampling, longest=14)
    # Six standard errors of the widest spread there can be, for the fewest runs that can have counted.
    assert float(sampled.overall.mean()) == pytest.approx(mean, abs=6 * 0.5 / (4_000 / 5) ** 0.5)


@settings(thorough, max_examples=25)
@given(contents())
def test_a_sample_of_the_engine_sees_only_what_can_happen(content: Content) -> None:
    runs = _runs(content)
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    sampling = Sampling(40, 3, numpy.random.default_rng(3).random)
    sample = sample_of(Interview(content.scenario), scoring, sampling)
    assert sample.runs == 40
    assert sample.given_up == 0
    assert sum(share.share for share in sample.endings.values()) == pytest.approx(1)
    assert {name for name, share in sample.endings.items() if share.share} <= {run.ending for run in runs}
    for share in sample.endings.values():
        assert share.interval[0] <= share.share <= share.interval[1]
    complete = _complete(content, runs)
    for criterion, seen in sample.criteria.items():
        scores = [score for run in complete if (score := run.card.criteria[criterion].score) is not None]
        assert float(min(scores)) <= seen.lowest <= seen.highest <= float(max(scores))
        assert seen.opportunities_min >= min(run.opportunities[criterion] for run in complete)
