"""What a picture of a scenario shows, before anybody asks where it stands: boxes, arrows, frames, a key, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.content.scenario import Outcome


class Kind(StrEnum):
    """What a box stands for."""

    NODE = "node"
    LEAVING = "leaving"
    ALLIANCE = Outcome.ALLIANCE.value
    PROGRESS = Outcome.PROGRESS.value
    STALLED = Outcome.STALLED.value
    RUPTURE = Outcome.RUPTURE.value
    REFERRAL = Outcome.REFERRAL.value


@dataclass(frozen=True, slots=True)
class Note:
    """What a box says in place of arrows."""

    text: str
    on_path: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A place of the story; `asked_for` where the drawing is of its neighbourhood.

    `turns` are those of the drawn run that were spent here, or that ended here.
    """

    id: str
    kind: Kind
    title: str
    words: str
    start: bool = False
    early: bool = False
    asked_for: bool = False
    notes: tuple[Note, ...] = ()
    turns: tuple[int, ...] = ()

    @property
    def is_ending(self) -> bool:
        """Whether the talk ends here."""
        return self.kind not in {Kind.NODE, Kind.LEAVING}


@dataclass(frozen=True, slots=True)
class Arrow:
    """What leads from one box or frame to another. `full` spells out what `lines` shorten.

    `covers` are the pairs of places it stands for, `taken` the turns of the drawn run that went along it.
    """

    source: str
    target: str
    lines: tuple[str, ...]
    full: str
    covers: tuple[tuple[str, str], ...]
    leaving: bool = False
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A hub with the places around it, drawn as one."""

    id: str
    title: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A scenario as it is drawn.

    `path` says whose run is drawn on it, `remarks` what was left out or put together, and `noted` are the pairs of
    places whose arrow is a note in the box of the first.
    """

    name: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    frames: tuple[Frame, ...] = ()
    key: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    path: str = ""
    noted: tuple[tuple[str, str], ...] = ()

    @property
    def frame_of(self) -> dict[str, str]:
        """The frame that each box stands in; boxes outside of all are absent."""
        return {member: frame.id for frame in self.frames for member in frame.members}
