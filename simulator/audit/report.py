"""The audit of a scenario: everything that is proved about it, as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.audit.expectation import Sampling
from simulator.audit.exploration import MOST_CONFIGURATIONS, Story, explore
from simulator.audit.extremes import Reach, gains_of, reach_of
from simulator.audit.futures import Futures, futures_of
from simulator.audit.paths import Path, Ways, ways_through
from simulator.audit.players import Played, players_of
from simulator.audit.witness import Witness
from simulator.content.library import Content
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring


@dataclass(frozen=True)
class Audit:
    """What is proved about a scenario under a rubric.

    `exact` is False where the story is larger than the bound or goes round in a circle; then `reach` and `players`
    are empty, and nothing here claims to be a proof. `random` is what random clicking scores on each criterion, on
    average over its complete runs.
    """

    content: Content
    story: Story
    ways: Ways
    reach: dict[str, Reach]
    players: dict[str, Played]
    witness: Witness
    futures: Futures
    disclosures: dict[str, Path | None]

    @property
    def exact(self) -> bool:
        """Whether everything was explored."""
        return self.story.exact and not self.story.endless

    @property
    def random(self) -> dict[str, float | None]:
        """The average score of random clicking by criterion."""
        clicking = self.players.get("random")
        return dict(clicking.criteria) if clicking else {}


Progress = Callable[[str], None]
"""Told what is being worked on."""


def audit(
    content: Content,
    sampling: Sampling,
    *,
    progress: Progress = lambda doing: None,
    most: int = MOST_CONFIGURATIONS,
) -> Audit:
    """Prove what can be proved about a scenario. The scenario must have no error findings."""
    interview = Interview(content.scenario)
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    witness = Witness(interview)
    progress("exploring every configuration")
    story = explore(interview, watch=witness, most=most)
    progress("counting paths")
    ways = ways_through(story)
    reach: dict[str, Reach] = {}
    players: dict[str, Played] = {}
    if story.exact and not story.endless:
        for criterion in scoring.assesses:
            progress(f"finding the lowest and highest score on {criterion}")
            reach[criterion] = reach_of(story, scoring, criterion)
        progress("playing naively")
        gains = {criterion: gains_of(story, scoring, criterion) for criterion in scoring.assesses}
        players = players_of(story, scoring, gains, sampling)
    progress("looking for choices without consequence")
    futures = futures_of(story)
    shortest = _shortest_to_nodes(story)
    disclosures = {node: shortest.get(node) for node, part in content.scenario.nodes.items() if part.discloses}
    return Audit(content, story, ways, reach, players, witness, futures, disclosures)


def _shortest_to_nodes(story: Story) -> dict[str, Path]:
    """The fewest choices after which each place is met, breadth first."""
    found: dict[str, Path] = {story.places[0]: ()}
    paths: dict[int, Path] = {0: ()}
    waiting = [0]
    for index in waiting:
        for choice, target in zip(story.offered[index], story.moves[index], strict=True):
            if target not in paths:
                paths[target] = (*paths[index], f"{story.places[index]}.{choice}")
                found.setdefault(story.places[target], paths[target])
                waiting.append(target)
    return found
