"""Every run of a scenario, one after the other: what an exact proof must agree with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from simulator.content.library import Content
from simulator.session.interview import Interview
from simulator.session.scoring import Decision, Scorecard, Scoring
from simulator.session.situation import Situation


@dataclass(frozen=True)
class OneRun:
    """A run to its end: the choices, the nodes passed, how likely random play makes it, and its scorecard."""

    choices: tuple[str, ...]
    ending: str
    probability: Fraction
    card: Scorecard
    opportunities: dict[str, int]


class TooMany(Exception):
    """There are more runs, or longer ones, than brute force should go through."""


def every_run(content: Content, *, most: int = 2_000, longest: int = 14) -> list[OneRun]:
    """All runs, depth first, each from the engine alone.

    Raises:
        TooMany: there are more than `most`, or one is longer than `longest`.
    """
    interview = Interview(content.scenario)
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    runs: list[OneRun] = []

    def go_on(situation: Situation, decisions: tuple[Decision, ...], probability: Fraction) -> None:
        if situation.ended:
            card = scoring.scorecard(decisions, situation.at)
            met = {name: judged.n for name, judged in card.criteria.items()}
            choices = tuple(f"{decision.node}.{decision.choice}" for decision in decisions)
            runs.append(OneRun(choices, situation.at, probability, card, met))
            if len(runs) > most:
                raise TooMany
            return
        if len(decisions) >= longest:
            raise TooMany
        offered = interview.offered(situation, "any")
        for choice in offered:
            decision = Decision(len(decisions) + 1, situation.at, offered, choice)
            step = interview.choose(situation, choice)
            go_on(step.situation, (*decisions, decision), probability / len(offered))

    go_on(interview.begin().situation, (), Fraction(1))
    return runs
