"""What a cohort played, ready to be looked at; what this version of the program cannot read any more stands apart."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.content.library import ContentMissing
from simulator.records.access import Actor
from simulator.records.cohort_queries import NEWEST
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import PlayedVersion, Scope
from simulator.records.playable import Playable

__all__ = ["NEWEST", "Played", "played_by"]


@dataclass(frozen=True, slots=True)
class Played:
    """The versions that were played, the latest first: those that can be read, and those that cannot."""

    readable: tuple[tuple[PlayedVersion, Playable], ...]
    left_out: tuple[PlayedVersion, ...]

    @property
    def attempts(self) -> int:
        """The attempts at all of them; of more than `NEWEST` only the newest are looked at decision by decision."""
        return sum(one.attempts for one, _playable in self.readable) + sum(one.attempts for one in self.left_out)


def played_by(results: CohortResults, actor: Actor, scope: Scope) -> Played:
    """What was played for a scope's assignments.

    Raises:
        NotAllowed: not theirs to see.
    """
    readable, left_out = list[tuple[PlayedVersion, Playable]](), list[PlayedVersion]()
    for one in results.versions(actor, scope):
        try:
            readable.append((one, results.playable(one.version, one.scenario_hash)))
        except ContentMissing:
            left_out.append(one)
    return Played(tuple(readable), tuple(left_out))
