"""Content made ready to be played and scored, once for all attempts at the same texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.content.library import Content
from simulator.records.last_used import LastUsed
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring

MOST_KEPT = 64
"""How many are kept ready; the one unused for longest makes room."""

Hashes = tuple[str, str, str]
"""Of the texts of scenario, behaviours and rubric."""


@dataclass(frozen=True, slots=True)
class Playable:
    """Content with its state machine and its scoring. Shared, never changed."""

    content: Content
    interview: Interview
    scoring: Scoring


def hashes_of(content: Content) -> Hashes:
    """What a piece of content is kept by."""
    return content.scenario_hash, content.behaviours_hash, content.rubric_hash


class PlayableCache:
    """The playables used last. Usable from any thread."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: LastUsed[Hashes, Playable] = LastUsed(most)

    def get(self, hashes: Hashes, load: Callable[[], Content]) -> Playable:
        """The playable of these hashes; made of what `load` gives where it is not at hand."""
        if found := self._kept.get(hashes):
            return found
        # Outside the lock: whoever has theirs at hand does not wait while another is built.
        content = load()
        built = Playable(
            content, Interview(content.scenario), Scoring(content.scenario, content.behaviours, content.rubric)
        )
        return self._kept.keep(hashes, built)
