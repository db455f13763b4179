"""What goes into the records and comes out of them, as plain things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with records, and the programme they belong to."""

    id: str
    programme_id: str
    name: str


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event as it is kept: its JSON form, and when it was."""

    body: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """What an attempt is found by, and the texts it is played with."""

    id: str
    person_id: str
    scenario: str
    scenario_hash: str
    behaviours_hash: str
    rubric: str
    rubric_hash: str
    mode: str
    started_at: datetime
    drill: bool = False
    assignment_id: str | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """An attempt as it is kept: what it is found by, and its events in order."""

    id: str
    programme_id: str
    person_id: str
    scenario_hash: str
    behaviours_hash: str
    rubric_hash: str
    started_at: datetime
    assignment_id: str | None
    events: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote: of which kind, and the number of the event it belongs to, if any."""

    kind: str
    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class KeptText:
    """A content text on its way into the store."""

    hash: str
    kind: str
    text: str
