"""Naive ways of playing: a test that they do well at cannot be measuring the relationship.

*Form* players go by what a choice looks like and must not beat random clicking. *Skill* players always do one thing;
they may beat random, since reflecting is a skill, but stay below the cut and well below the best: the right skill at
the wrong moment sees to that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.audit.expectation import Policy, Sampling, at_random, expected_score, sampled_overall
from simulator.audit.exploration import Story
from simulator.audit.extremes import Gains
from simulator.audit.wording import FEELING_WORDS, FORMS, Measure, preferred
from simulator.content.rubric import Kind
from simulator.content.scenario import Choice
from simulator.session.scoring import Scoring


class PlayerKind(StrEnum):
    """What a player goes by."""

    RANDOM = "random"
    FORM = "form"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Played:
    """What a player scores overall: the average over its complete runs, and where nine in ten of them lie."""

    kind: PlayerKind
    overall: float | None
    interval: tuple[float, float] | None
    criteria: dict[str, float | None]
    exact: bool


Favours = Callable[[str, Sequence[str]], list[str]]
"""For a place and the choices on offer there, those that the player would take, each equally often."""


def players_of(story: Story, scoring: Scoring, gains: dict[str, Gains], sampling: Sampling) -> dict[str, Played]:
    """Every player of the fixed list, random clicking first. The story must be explored in full, without circles."""
    results = {"random": _play(story, scoring, gains, sampling, PlayerKind.RANDOM, at_random(story))}
    for name, favours in _form_players(story).items():
        results[name] = _play(story, scoring, gains, sampling, PlayerKind.FORM, _policy(story, favours))
    for name, favours in _skill_players(story, scoring).items():
        results[name] = _play(story, scoring, gains, sampling, PlayerKind.SKILL, _policy(story, favours))
    return results


def _policy(story: Story, favours: Favours) -> Policy:
    def chances(index: int) -> list[float]:
        offered = story.offered[index]
        wanted = set(favours(story.places[index], offered))
        return [1 / len(wanted) if choice in wanted else 0.0 for choice in offered]

    return chances


def _play(
    story: Story, scoring: Scoring, gains: dict[str, Gains], sampling: Sampling, kind: PlayerKind, policy: Policy
) -> Played:
    enough = scoring.rubric.cuts.enough
    weights = {name: scoring.rubric.criteria[name].weight for name in gains}
    runs = sampled_overall(story, gains, weights, policy, enough, sampling)
    interval = (runs[len(runs) // 20], runs[-1 - len(runs) // 20]) if runs else None
    expected = {name: expected_score(story, worth, policy, enough) for name, worth in gains.items()}
    criteria = {name: found.score if found else None for name, found in expected.items()}
    if all(score is not None for score in criteria.values()) and criteria:
        overall = sum(weights[name] * (score or 0.0) for name, score in criteria.items()) / sum(weights.values())
        return Played(kind, overall, interval, criteria, exact=True)
    return Played(kind, sum(runs) / len(runs) if runs else None, interval, criteria, exact=False)


def _form_players(story: Story) -> dict[str, Favours]:
    players: dict[str, Favours] = {}
    for name, measure in FORMS.items():
        players[f"most_{name}"] = _by_measure(story, measure, most=True)
        players[f"least_{name}"] = _by_measure(story, measure, most=False)
    players["written_first"] = lambda place, offered: [offered[0]]
    players["written_last"] = lambda place, offered: [offered[-1]]
    return players


def _by_measure(story: Story, measure: Measure, *, most: bool) -> Favours:
    nodes = story.scenario.nodes
    return lambda place, offered: preferred(
        {choice: measure(nodes[place].choices[choice], nodes[place]) for choice in offered}, most=most
    )


def _skill_players(story: Story, scoring: Scoring) -> dict[str, Favours]:
    """Always the most feeling words, always some reflection, always one helpful behaviour."""
    players: dict[str, Favours] = {"most_feeling_words": _by_measure(story, FEELING_WORDS, most=True)}
    players["always_reflect"] = _by_tag(story, lambda choice: any("reflects" in tag for tag in choice.behaviours))
    choices = [choice for node in story.scenario.nodes.values() for choice in node.choices.values()]
    used = {tag for choice in choices for tag in choice.behaviours}
    for tag, behaviour in scoring.behaviours.behaviours.items():
        if tag in used and behaviour.kind is Kind.HELPFUL:
            players[f"always_{tag}"] = _by_tag(story, lambda choice, tag=tag: tag in choice.behaviours)  # type: ignore[misc]
    return players


def _by_tag(story: Story, wanted: Callable[[Choice], bool]) -> Favours:
    nodes = story.scenario.nodes

    def favours(place: str, offered: Sequence[str]) -> list[str]:
        return [choice for choice in offered if wanted(nodes[place].choices[choice])] or list(offered)

    return favours
