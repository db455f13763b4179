"""The generated scenarios are worth playing: all that the format allows happens in them, and often enough."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given

from simulator.content.scenario import Scenario
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring
from tests.generated import (
    CATALOGUE,
    ONES,
    Tape,
    contents,
    generated_text,
    most_steps,
    scenario_model,
    scenario_texts,
)
from tests.session.drivers import Straight, walk


def _written(scenario: Scenario) -> Counter[str]:
    seen: Counter[str] = Counter()
    seen["leaves"] += bool(scenario.client.leaves)
    seen["reactions"] += bool(scenario.client.reactions)
    for node in scenario.nodes.values():
        seen["otherwise"] += node.otherwise is not None
        seen["weight"] += node.weight > 1
        seen["unscored node"] += not node.scored
        seen["guarded line"] += len(node.client) > 1
        for choice in node.choices.values():
            seen["guarded choice"] += choice.when is not None
            seen["repeatable"] += choice.repeatable
            seen["steers"] += not choice.scored
            seen["mistimed"] += bool(choice.mistimed)
            seen["goto with conditions"] += len(choice.goto or ()) > 1
            seen["guarded reply"] += len(choice.reply or ()) > 1
    return seen


def _happened(scenario: Scenario, clicks: list[int]) -> Counter[str]:
    seen: Counter[str] = Counter()
    run = Straight(scenario, "seed")
    scoring = Scoring(scenario, CATALOGUE, ONES)
    for choice in walk(run, clicks, most_steps(scenario)):
        turn = run.playthrough().turns[-1]
        seen["came back"] += max(run.situation.visits.values()) > 1
        seen["took a guarded one"] += scenario.nodes[turn.node].choices[choice].when is not None
        seen["hit a bound"] += any(
            value in {variable.min, variable.max}
            for name, variable in scenario.client.state.items()
            for value in [run.situation.state[name]]
        )
        seen["opportunity"] += bool(scoring.opportunities(turn.node, turn.offered))
        ways = {way.to for way in scenario.ways_from(turn.node, choice)}
        leaving = {leaving.to for leaving in scenario.client.leaves}
        seen["passed a node by"] += run.situation.at not in ways | leaving
        seen["left early"] += run.situation.ended and scenario.endings[run.situation.at].early
        seen["long"] += len(run.events) > 5
    return seen


def test_everything_that_the_format_allows_is_written_and_happens():
    random = Random(20)
    written: Counter[str] = Counter()
    happened: Counter[str] = Counter()
    for _ in range(150):
        scenario = scenario_model(generated_text(random.randbytes(500)))
        written.update(_written(scenario))
        happened.update(_happened(scenario, [random.randrange(4) for _ in range(8)]))
    assert len(written) == 12
    assert min(written.values()) >= 10, written
    assert len(happened) == 7
    assert min(happened.values()) >= 10, happened


@given(scenario_texts())
def test_a_scenario_reads_the_same_each_time(text: str):
    assert scenario_model(text) == scenario_model(text)


@given(contents())
def test_content_with_its_texts_can_be_played(content):
    assert Interview(content.scenario).begin().situation.at in {*content.scenario.nodes, *content.scenario.endings}
    assert len({content.scenario_hash, content.behaviours_hash, content.rubric_hash, content.meaning_hash}) == 4


def test_a_tape_that_is_used_up_makes_the_plainest_decisions():
    tape = Tape(b"\x05")
    assert [tape.below(4), tape.below(4), tape.between(2, 9), tape.chance(9)] == [1, 0, 2, False]
    assert scenario_model(generated_text(b"")).nodes.keys() == {"n0"}
