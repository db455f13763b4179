"""The plain rows that a cohort's results are made of: counts and sums, as the database aggregates them.

Everywhere `people` are different people, and only attempts count that came to an ending for one of the cohort's
assignments and that its rule lets count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.session.scoring import Decision, Level


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose results are asked for: a cohort's over all its assignments, or those of one of them."""

    cohort_id: str
    assignment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What results may be counted together on: one meaning of a scenario under one key.

    Wording may differ within it; ids, graph, tags, guards, the catalogue and the rubric do not.
    """

    scenario: str
    meaning_hash: str
    behaviours_hash: str
    rubric: str
    rubric_hash: str


@dataclass(frozen=True, slots=True)
class PlayedVersion:
    """A version that was played, by how many, when last; `scenario_hash` names the latest wording of it."""

    version: Version
    scenario_hash: str
    people: int
    attempts: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class CriterionSums:
    """All opportunities for a criterion under a rubric, summed over attempts.

    `weight` is the sum of weights, with what was lost where a client left early, `squares` that of their squares,
    `weighted` that of weight x q. `xx`, `xy`, `yy` are the sums, over people, of the squares and products of their own
    `weight` (x) and `weighted` (y): what an interval needs that knows that decisions come in people. `random` is what
    a random pick at the same decisions would have made of `weighted`, over the attempts that have a score, whose
    weight is `random_weight`. `rubric_versions` is how many texts of the rubric are in it.
    """

    rubric: str
    criterion: str
    rubric_versions: int
    people: int
    attempts: int
    n: int
    weight: float
    squares: float
    weighted: float
    xx: float
    xy: float
    yy: float
    random: float
    random_weight: float


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many attempts stand at a level of a criterion (none: not enough to say), `overridden` of them by a person."""

    rubric: str
    criterion: str
    level: Level | None
    attempts: int
    people: int
    overridden: int


@dataclass(frozen=True, slots=True)
class IncidentCount:
    """How often a critical behaviour was shown, and what became of it; what was repaired needs no ruling."""

    behaviour: str
    times: int
    people: int
    repaired: int
    confirmed: int
    cleared: int

    @property
    def waiting(self) -> int:
        """How many wait for a person to rule on them."""
        return self.times - self.repaired - self.confirmed - self.cleared


@dataclass(frozen=True, slots=True)
class PracticeCount:
    """How much the trainees of a cohort practise since they joined it: counts, and nothing else of it."""

    members: int
    people: int
    talks: int
    ended: int
    drills: int


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How often a choice was made where just these were on offer.

    `people` counts each person at most once for each node of a version, at the first decision there of their first
    attempt at it that counts; `times` counts every decision of every attempt that counts.
    """

    version: Version
    node: str
    offered: tuple[str, ...]
    choice: str
    people: int
    times: int


@dataclass(frozen=True, slots=True)
class RestSums:
    """The first decisions of people at a node (as in `ChoiceCount`), by choice, with sums of their attempts' scores.

    All attempts of a row have the same sum of weights (`weight`) on the criterion; `weighted` and `weighted_squares`
    are the sums, over them, of weight x q and of its square.
    """

    version: Version
    node: str
    offered: tuple[str, ...]
    choice: str
    criterion: str
    weight: int
    people: int
    weighted: float
    weighted_squares: float


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many people came by a node, or to an ending."""

    version: Version
    node: str
    people: int


@dataclass(frozen=True, slots=True)
class WayCount:
    """How many people made a choice at a node; with `leads_to`, how many then came to that node or ending next."""

    version: Version
    node: str
    choice: str
    leads_to: str | None
    people: int


@dataclass(frozen=True, slots=True)
class MeetingSums:
    """Scores at people's first meetings with clients, by which meeting it was for them: the first one is 1.

    `client` is the one that was set.
    """

    rubric: str
    criterion: str
    position: int
    client: str
    people: int
    total: float
    squares: float


@dataclass(frozen=True, slots=True)
class ChangeSums:
    """By how much people's scores changed from their first to their latest first meeting, summed over people."""

    rubric: str
    criterion: str
    people: int
    total: float
    squares: float


@dataclass(frozen=True, slots=True)
class MetAttempt:
    """One attempt of a person as it is scored: the decisions that count, where it ended, what is kept of it.

    `slot` is the client that was set, `scenario` what was met in its place. `scores` and `levels` are those worked
    out, by criterion; `overridden` the criteria where a person put another level in place. `waiting` is how many
    critical incidents wait for a person to rule on them.
    """

    attempt_id: str
    person_id: str
    name: str
    slot: str
    scenario: str
    version: Version
    scenario_hash: str
    ending: str
    started_at: datetime
    assessed: bool
    decisions: tuple[Decision, ...]
    scores: Mapping[str, float | None]
    levels: Mapping[str, Level | None]
    overridden: frozenset[str]
    waiting: int
