"""What a command's JSON was made with, so that it can be made again."""

from __future__ import annotations

from simulator.content.library import Content
from simulator.session.interview import ENGINE_VERSION
from simulator.session.scoring import SCORING_VERSION


def versions_of(content: Content) -> dict[str, int | str]:
    """Engine and scoring versions, and the SHA-256 of every text used."""
    return {
        "engine": ENGINE_VERSION,
        "scoring": SCORING_VERSION,
        "scenario": content.scenario_hash,
        "meaning": content.meaning_hash,
        "behaviours": content.behaviours_hash,
        "rubric": content.rubric_hash,
    }
