"""What the audit says it has proved, compared with every run there is."""

from __future__ import annotations

import os
from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings

from simulator.audit.expectation import at_random, expected_score
from simulator.audit.exploration import explore
from simulator.audit.extremes import gains_of, reach_of
from simulator.audit.paths import ways_through
from simulator.audit.witness import Witness
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


def _runs(content: Content) -> list[OneRun]:
    try:
        return every_run(content)
    except TooMany:
        assume(False)
        raise


def _complete(content: Content, runs: list[OneRun]) -> list[OneRun]:
    return [run for run in runs if not content.scenario.endings[run.ending].early]


@thorough
@given(contents())
def test_paths_lengths_and_endings_are_those_of_every_run(content: Content) -> None:
    runs = _runs(content)
    ways = ways_through(explore(Interview(content.scenario)))
    complete = _complete(content, runs)
    assert ways.complete == len(complete)
    assert ways.shortest == min((len(run.choices) for run in complete), default=None)
    assert ways.longest == max((len(run.choices) for run in complete), default=None)
    for ending, reached in ways.endings.items():
        at_it = [run for run in runs if run.ending == ending]
        assert reached.reachable == bool(at_it)
        if reached.shortest is not None:
            assert reached.shortest in {run.choices for run in at_it}
            assert len(reached.shortest) == min(len(run.choices) for run in at_it)
        assert reached.random_share == pytest.approx(float(sum(run.probability for run in at_it)))


@thorough
@given(contents())
def test_lowest_and_highest_scores_are_those_of_every_run_and_their_paths_attain_them(content: Content) -> None:
    runs = _complete(content, _runs(content))
    by_path = {run.choices: run for run in runs}
    story = explore(Interview(content.scenario))
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    for criterion in content.rubric.criteria:
        reach = reach_of(story, scoring, criterion)
        met = [run.opportunities[criterion] for run in runs]
        assert reach.opportunities_min == min(met, default=None)
        assert reach.opportunities_max == max(met, default=None)
        scores = [run.card.criteria[criterion].score for run in runs]
        scored = [score for score in scores if score is not None]
        for extreme, wanted in ((reach.lowest, min), (reach.highest, max)):
            assert (extreme is None) == (not scored)
            if extreme is not None:
                assert extreme.score == wanted(scored)
                assert by_path[extreme.path].card.criteria[criterion].score == extreme.score


@thorough
@given(contents())
def test_the_average_of_random_play_is_that_of_every_run_weighted_by_its_chance(content: Content) -> None:
    runs = _complete(content, _runs(content))
    story = explore(Interview(content.scenario))
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    for criterion in content.rubric.criteria:
        gains = gains_of(story, scoring, criterion)
        expected = expected_score(story, gains, at_random(story), content.rubric.cuts.enough)
        assert expected is not None
        total = share = Fraction(0)
        for run in runs:
            score = run.card.criteria[criterion].score
            if score is not None:
                total += run.probability * score
                share += run.probability
        assert expected.share == pytest.approx(float(share), abs=1e-9)
        assert (expected.score is None) == (share == 0)
        if expected.score is not None:
            assert expected.score == pytest.approx(float(total / share))


@thorough
@given(contents())
def test_choices_and_lines_that_are_said_never_to_come_come_in_no_run(content: Content) -> None:
    runs = _runs(content)
    interview = Interview(content.scenario)
    witness = Witness(interview)
    explore(interview, watch=witness)
    heard: dict[str, set[int]] = defaultdict(set)
    offered = set()
    for run in runs:
        step = interview.begin()
        for choice in run.choices:
            offered |= {f"{step.situation.at}.{name}" for name in interview.offered(step.situation, "any")}
            for line in step.heard:
                heard["any"].add(id(line.words))
            step = interview.choose(step.situation, choice.partition(".")[2])
        for line in step.heard:
            heard["any"].add(id(line.words))
    every = {f"{node}.{choice}" for node, part in content.scenario.nodes.items() for choice in part.choices}
    assert set(witness.never_offered()) == every - offered
    assert witness.spoken == heard["any"]
