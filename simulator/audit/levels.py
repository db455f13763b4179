"""The highest level that a complete path attains on a criterion, read off the scorecard of a path that attains it."""

from __future__ import annotations

from simulator.audit.exploration import Story
from simulator.audit.extremes import Extreme, Gains, Reach, highest_with
from simulator.audit.overall import moves_of
from simulator.audit.paths import Path
from simulator.session.scoring import Decision, Level, Scorecard, Scoring


def level_attained(story: Story, scoring: Scoring, criterion: str, gains: Gains, reach: Reach) -> Level | None:
    """The better of two paths: that with the highest score, and that with the highest among those that are long
    enough for the level 'advanced'. None where no path has a figure.
    """
    candidates: list[Extreme | None] = [reach.highest]
    candidates.append(highest_with(story, gains, scoring.rubric.cuts.advanced_from))
    judged = [scorecard_of(story, scoring, one.path).criteria[criterion] for one in candidates if one is not None]
    # Harm is a level also where there is too little for a score; what is asked here is how well one can do.
    return max((one.level for one in judged if one.level is not None and one.score is not None), default=None)


def scorecard_of(story: Story, scoring: Scoring, path: Path) -> Scorecard:
    """What a path through a story is worth, worked out as for a trainee who took it."""
    decisions = []
    last = 0
    for number, (index, position) in enumerate(moves_of(story, path), start=1):
        offered = story.offered[index]
        decisions.append(Decision(number, story.places[index], offered, offered[position]))
        last = story.moves[index][position]
    return scoring.scorecard(decisions, story.places[last])
