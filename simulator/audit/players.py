"""Naive ways of playing: a test that they do well at cannot be measuring the relationship.

*Form* players go by what a choice looks like and must not beat random clicking. *Skill* players always do one thing;
they may beat random, since reflecting is a skill, but stay below the cut and well below the best: the right skill at
the wrong moment sees to that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.audit.expectation import Expected, at_random, expected_score
from simulator.audit.exploration import Story
from simulator.audit.extremes import Gains
from simulator.audit.walks import Favours, Sampled, Sampling, Walks
from simulator.audit.wording import FEELING_WORDS, FORMS, Measure, preferred
from simulator.content.rubric import Kind
from simulator.content.scenario import Choice, Scenario
from simulator.session.scoring import Scoring

RANDOM = "random"
"""The player that clicks at random."""


class PlayerKind(StrEnum):
    """What a player goes by."""

    RANDOM = "random"
    FORM = "form"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Played:
    """What a player scores overall: the average over its complete runs, and where nine in ten of them lie.

    `exact` is True where the average was worked out over every run; otherwise it is that of a sample.
    """

    kind: PlayerKind
    overall: float | None
    interval: tuple[float, float] | None
    criteria: dict[str, float | None]
    exact: bool


def players_of(
    story: Story, scoring: Scoring, gains: Mapping[str, Gains], sampling: Sampling, longest: int
) -> dict[str, Played]:
    """Every player of the fixed list, random clicking first. The story must be explored in full, without circles.

    What random clicking scores is exact where that can be carried through; the others are sampled.
    """
    enough = scoring.rubric.cuts.enough
    weights = {name: scoring.rubric.criteria[name].weight for name in gains}
    walks = Walks(story, gains, weights, enough)
    results = {}
    for name, (kind, favours) in players(scoring).items():
        results[name] = _played(kind, walks.sampled(favours, sampling, longest))
    expected = {name: expected_score(story, worth, at_random(story), enough) for name, worth in gains.items()}
    results[RANDOM] = _made_exact(results[RANDOM], expected, weights)
    return results


def _played(kind: PlayerKind, sampled: Sampled) -> Played:
    runs = sampled.overall
    if not runs.size:
        return Played(kind, None, None, sampled.criteria, exact=False)
    interval = float(runs[len(runs) // 20]), float(runs[-1 - len(runs) // 20])
    return Played(kind, float(runs.mean()), interval, sampled.criteria, exact=False)


def _made_exact(sampled: Played, expected: Mapping[str, Expected | None], weights: Mapping[str, int]) -> Played:
    """The same with what was worked out over every run instead of the sample's averages."""
    criteria = {name: found.score for name, found in expected.items() if found is not None}
    if len(criteria) < len(expected):
        return sampled
    scores = {name: score for name, score in criteria.items() if score is not None}
    if len(scores) < len(weights) or not weights:
        return replace(sampled, criteria=dict(criteria))
    overall = sum(weights[name] * score for name, score in scores.items()) / sum(weights.values())
    return replace(sampled, overall=overall, criteria=dict(criteria), exact=True)


def players(scoring: Scoring) -> dict[str, tuple[PlayerKind, Favours]]:
    """The fixed list: what each player goes by, random clicking first."""
    form = {name: (PlayerKind.FORM, favours) for name, favours in form_players(scoring.scenario).items()}
    skill = {name: (PlayerKind.SKILL, favours) for name, favours in _skill_players(scoring).items()}
    return {RANDOM: (PlayerKind.RANDOM, lambda place, offered: offered), **form, **skill}


WRITTEN_ORDER = frozenset({"written_first", "written_last"})
"""Players that go by the order in the file. It says something about an author's habits and gives nothing away: every
attempt shows its choices in an order of its own.
"""


def form_players(scenario: Scenario) -> dict[str, Favours]:
    """Players that go by what a choice looks like: most and least of every form, and the order it was written in."""
    going_by: dict[str, Favours] = {}
    for name, measure in FORMS.items():
        going_by[f"most_{name}"] = _by_measure(scenario, measure, most=True)
        going_by[f"least_{name}"] = _by_measure(scenario, measure, most=False)
    going_by["written_first"] = lambda place, offered: [offered[0]]
    going_by["written_last"] = lambda place, offered: [offered[-1]]
    return going_by


def _by_measure(scenario: Scenario, measure: Measure, *, most: bool) -> Favours:
    nodes = scenario.nodes
    return lambda place, offered: preferred(
        {choice: measure(nodes[place].choices[choice], nodes[place]) for choice in offered}, most=most
    )


def _skill_players(scoring: Scoring) -> dict[str, Favours]:
    """Always the most feeling words, always some reflection, always one helpful behaviour."""
    scenario = scoring.scenario
    doing: dict[str, Favours] = {"most_feeling_words": _by_measure(scenario, FEELING_WORDS, most=True)}
    doing["always_reflect"] = _by_tag(scenario, lambda choice: any("reflects" in tag for tag in choice.behaviours))
    choices = [choice for node in scenario.nodes.values() for choice in node.choices.values()]
    used = {tag for choice in choices for tag in choice.behaviours}
    for tag, behaviour in scoring.behaviours.behaviours.items():
        if tag in used and behaviour.kind is Kind.HELPFUL:
            doing[f"always_{tag}"] = _by_tag(scenario, lambda choice, tag=tag: tag in choice.behaviours)  # type: ignore[misc]
    return doing


def _by_tag(scenario: Scenario, wanted: Callable[[Choice], bool]) -> Favours:
    nodes = scenario.nodes

    def favours(place: str, offered: Sequence[str]) -> list[str]:
        return [choice for choice in offered if wanted(nodes[place].choices[choice])] or list(offered)

    return favours
