"""The plain rows that leave the house in an export: what they mean, and nothing of how they are kept.

Only attempts for assignments of the cohort are in them; practice is nobody's but its person's. A client is always the
one that was set: that somebody met the equal alternative in its place is never shown, so choices, texts and versions
are there only where the client met is the one that was set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from simulator.records.assignments import Assignment
from simulator.records.cohort_rows import Version
from simulator.records.playable import Hashes
from simulator.records.reviews import Ruled, Step
from simulator.session.events import Event, Mode
from simulator.session.scoring import Level


class State(StrEnum):
    """How far an attempt has come: it goes on, came to an ending, or was stopped by its person."""

    OPEN = "open"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """A trainee of the cohort, or one who has left it and did something for it.

    `reference` is what the programme knows them by, `sign_in_name` what they sign in with here if they have a local
    account, `research` whether their consent to research use stands now.
    """

    id: str
    name: str
    reference: str | None
    email: str | None
    sign_in_name: str | None
    left: bool
    research: bool


@dataclass(frozen=True, slots=True)
class AttemptKey:
    """Which attempt: the `nth` of its person at this client of this assignment, and whether it is the one that counts.

    That is said as the results book says it.
    """

    id: str
    person_id: str
    nth: int
    counts: bool


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What somebody may take out, and was written down as taking out, at this moment.

    `people` are by name, `attempts` by person, assignment, client and time; `zone` is the cohort's.
    """

    programme_id: str
    programme: str
    cohort_id: str
    cohort: str
    zone: str
    at: datetime
    people: tuple[ExportedPerson, ...]
    assignments: tuple[Assignment, ...]
    attempts: tuple[AttemptKey, ...]


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt and what it came to. `client` is the scenario that was set.

    `overall` is from 0 to 1 and none where not determined; `late` whether it ended after it was due; `step` where its
    review stands; `feedback_open` whether its person may see what it came to. `texts` are hashes of what was played.
    """

    key: AttemptKey
    assignment_id: str
    client: str
    mode: Mode
    state: State
    started_at: datetime
    ended_at: datetime | None
    late: bool
    outcome: str | None
    overall: float | None
    rubric: str
    rubric_hash: str
    scoring: int | None
    step: Step | None
    feedback_open: bool
    texts: Hashes | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One criterion of one attempt. `interval` is of 90 %, `random` what a random pick scores at the same decisions.

    `level` is the one worked out, `standing` the one that stands; `overridden` where a person put it in place.
    """

    key: AttemptKey
    criterion: str
    assessed: bool
    n: int
    weight: int
    score: float | None
    interval: tuple[float, float] | None
    random: float | None
    level: Level | None
    standing: Level | None
    overridden: bool


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One decision as it counts. `position` counts decisions from 1, `leads_to` is the next node or the ending."""

    key: AttemptKey
    number: int
    position: int
    version: Version
    node: str
    offered: str
    choice: str
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A critical behaviour that was shown; `ruling` is what a person found, if anybody has ruled on it."""

    key: AttemptKey
    number: int
    behaviour: str
    repaired_at: int | None
    ruling: Ruled | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version that was played: `scenario_hash` is the latest wording of it, `attempts` how many there were."""

    version: Version
    scenario_hash: str
    attempts: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened, and when."""

    event: Event
    at: datetime


@dataclass(frozen=True, slots=True)
class PlayedAttempt:
    """An attempt with its events in order; none where this version of the program cannot read them."""

    attempt: AttemptRow
    events: tuple[EventRow, ...]
