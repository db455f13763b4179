"""A whole step of the interview (choose, guards, effects, score) against a bare `transitions` trigger."""

from __future__ import annotations

from pathlib import Path

from transitions import Machine

from benchmarks.made import scenario_text
from benchmarks.ratio import Ratio, measured
from simulator.content.library import content_from_texts
from simulator.session.interview import Interview
from simulator.session.scoring import Decision, Scoring

_NODES = 40
_RUBRICS = Path(__file__).resolve().parents[1] / "rubrics"


class _Bare:
    __slots__ = ("state",)


def step() -> Ratio:
    """Forty nodes with four choices, two states, a condition on every way and line; scored at the end."""
    behaviours, core = (_RUBRICS / name for name in ("behaviours.yaml", "core.yaml"))
    content = content_from_texts(scenario_text(_NODES), behaviours.read_text("utf-8"), core.read_text("utf-8"))
    interview = Interview(content.scenario)
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)

    def play() -> int:
        situation = interview.begin().situation
        decisions: list[Decision] = []
        while not situation.ended:
            offered = interview.offered(situation, "seed")
            choice = offered[len(decisions) % 4]
            decisions.append(Decision(len(decisions), situation.at, offered, choice))
            situation = interview.choose(situation, choice).situation
        scoring.scorecard(decisions, situation.at)
        return len(decisions)

    steps = play()
    machine = Machine(model=None, states=[f"s{n}" for n in range(steps + 1)], initial="s0", auto_transitions=False)
    for n in range(steps):
        machine.add_transition("on", f"s{n}", f"s{n + 1}")
    trigger = machine.events["on"].trigger

    def bare() -> None:
        model = _Bare()
        model.state = "s0"
        for _ in range(steps):
            trigger(model)

    return measured("a step of the interview", "a bare transitions trigger", play, bare, per=steps, most=8, rounds=100)
