"""What happened in an attempt, in order: the record from which everything else is worked out again.

Each event has a `number`, counting from 0 without a gap. To and from JSON, with the version of the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar

EVENT_VERSION = 1
"""Version of the JSON form of events."""


class Mode(StrEnum):
    """Practice: feedback after each turn. Assessment: nothing until the end, and no way back."""

    PRACTICE = "practice"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Began:
    """The client came in. Pins the attempt to exact content and versions.

    `seed` orders the choices. The hashes are SHA-256 of the texts; `meaning` leaves wording out. `lead_in` are choices,
    each as `node.choice`, that were already made when the trainee takes over: a drill begins in the middle of a talk.
    They are neither shown as turns nor scored.
    """

    kind: ClassVar[str] = "began"
    number: int
    scenario: str
    scenario_hash: str
    meaning_hash: str
    behaviours_hash: str
    rubric: str
    rubric_hash: str
    mode: Mode
    seed: str
    engine: int
    scoring: int
    lead_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chose:
    """A choice was taken: the node, what was offered in the order shown, the choice, the client's state after."""

    kind: ClassVar[str] = "chose"
    number: int
    node: str
    offered: tuple[str, ...]
    choice: str
    state: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TookBack:
    """The latest standing choice was taken back; `turn` is the number of its event. Practice only."""

    kind: ClassVar[str] = "took_back"
    number: int
    turn: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """The trainee ended the attempt before the talk had come to an end. It gets no score."""

    kind: ClassVar[str] = "stopped"
    number: int


Event = Began | Chose | TookBack | Stopped

_KINDS: dict[str, type[Event]] = {kind.kind: kind for kind in (Began, Chose, TookBack, Stopped)}


class UnreadableEvent(ValueError):
    """A stored event is of a kind or version that this program does not know."""


def to_json(event: Event) -> dict[str, Any]:
    """The event as JSON-ready data, with its kind and the version of its form."""
    return {"version": EVENT_VERSION, "kind": event.kind, **asdict(event)}


def from_json(data: Mapping[str, Any]) -> Event:
    """The event that `to_json` gave.

    Raises:
        UnreadableEvent: its kind, version or fields are unknown.
    """
    fields = dict(data)
    version, kind = fields.pop("version", None), fields.pop("kind", None)
    if version != EVENT_VERSION or not isinstance(kind, str) or kind not in _KINDS:
        raise UnreadableEvent(f"An event of kind {kind!r}, version {version!r} was written by another program.")
    try:
        for several in {"offered", "lead_in"} & fields.keys():
            fields[several] = tuple(fields[several])
        if "mode" in fields:
            fields["mode"] = Mode(fields["mode"])
        return _KINDS[kind](**fields)
    except (TypeError, ValueError):
        raise UnreadableEvent(f"Event {fields.get('number')} of kind {kind!r} has missing or unknown parts.") from None
