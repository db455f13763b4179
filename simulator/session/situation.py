"""Where an interview stands, what a step changes, and what can go wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from simulator.content.scenario import Words


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that decides how an interview goes on. Conditions are asked of it; it is never changed.

    `at` is the node or ending; `state` the client's states by name; `visits`, `chosen` and `shown` count nodes
    and endings spoken, `node.choice` taken, and behaviours shown.
    """

    at: str
    ended: bool
    state: Mapping[str, int]
    visits: Mapping[str, int]
    chosen: Mapping[str, int]
    shown: Mapping[str, int]


class Spoken(StrEnum):
    """Which part of the script a line comes from."""

    REPLY = "reply"
    NODE = "node"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something the trainee hears or sees of the client: the words, and the node, choice or ending they are of."""

    part: Spoken
    of: str
    words: Words


@dataclass(frozen=True, slots=True)
class Step:
    """What follows a choice: the new situation, what is heard, and how the client's states really moved."""

    situation: Situation
    heard: tuple[Heard, ...]
    changes: Mapping[str, int]


class IllegalMove(ValueError):
    """A choice that cannot be taken here. The message is one sentence for the person at the screen."""


class UnknownChoice(IllegalMove):
    """There is no such choice at this node."""


class ChoiceRefused(IllegalMove):
    """The choice exists, but it is not on offer now: its condition does not hold, or it has been taken."""


class InterviewOver(IllegalMove):
    """The interview has ended; nothing can be chosen any more."""


class StoryStuck(RuntimeError):
    """A node is met with nothing to offer and no way on: content that `simulator check` refuses."""
