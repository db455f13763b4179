"""Conditions as data: what `trust >= 6 and not visited(gift)` asks, and whether it holds.

`visited`, `chose` and anything in brackets are true or false; the rest are whole numbers, and are compared.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Facts(Protocol):
    """What a condition asks about: the client and what has happened in this attempt so far."""

    @property
    def state(self) -> Mapping[str, int]:
        """The client's states by name."""

    @property
    def visits(self) -> Mapping[str, int]:
        """How often each node or ending was spoken; absent means never."""

    @property
    def chosen(self) -> Mapping[str, int]:
        """How often each `node.choice` was taken; absent means never."""

    @property
    def shown(self) -> Mapping[str, int]:
        """How often each behaviour was shown; absent means never."""


class Mention(NamedTuple):
    """A name in a condition: what `kind` of thing it should be, and where it stands in the text."""

    kind: str
    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    value: int

    def of(self, facts: Facts) -> int:
        """The number itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class StateOf:
    """The present value of one of the client's states."""

    name: str

    def of(self, facts: Facts) -> int:
        """Its value now."""
        return facts.state[self.name]


@dataclass(frozen=True, slots=True)
class Visits:
    """How often a node was spoken: `visits(node)`."""

    place: str

    def of(self, facts: Facts) -> int:
        """The number of times."""
        return facts.visits.get(self.place, 0)


@dataclass(frozen=True, slots=True)
class Showed:
    """How often a behaviour was shown: `showed(behaviour)`."""

    behaviour: str

    def of(self, facts: Facts) -> int:
        """The number of choices that showed it."""
        return facts.shown.get(self.behaviour, 0)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of several nodes or choices have happened: `count(a, b.c)`."""

    things: tuple[str, ...]

    def of(self, facts: Facts) -> int:
        """The number of different ones."""
        return sum((facts.chosen if "." in thing else facts.visits).get(thing, 0) > 0 for thing in self.things)


Quantity = Number | StateOf | Visits | Showed | Count


@dataclass(frozen=True, slots=True)
class Visited:
    """Whether a node or ending has been spoken: `visited(node)`."""

    place: str

    def holds(self, facts: Facts) -> bool:
        """True from the moment it is spoken."""
        return facts.visits.get(self.place, 0) > 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whether a choice has been taken: `chose(node.choice)`."""

    choice: str

    def holds(self, facts: Facts) -> bool:
        """True from the moment it is taken."""
        return facts.chosen.get(self.choice, 0) > 0


COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
"""The signs of comparison."""


@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers compared."""

    left: Quantity
    sign: str
    right: Quantity

    def holds(self, facts: Facts) -> bool:
        """Whether the comparison is true now."""
        return COMPARISONS[self.sign](self.left.of(facts), self.right.of(facts))


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    inner: Test

    def holds(self, facts: Facts) -> bool:
        """Whether the inner one does not hold."""
        return not self.inner.holds(facts)


@dataclass(frozen=True, slots=True)
class Every:
    """Several conditions joined by `and`."""

    parts: tuple[Test, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether all of them hold."""
        return all(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """Several conditions joined by `or`."""

    parts: tuple[Test, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether one of them holds."""
        return any(part.holds(facts) for part in self.parts)


Test = Compare | Visited | Chosen | Not | Every | Some


_OPPOSITE = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


def opposite(test: Test) -> Test:
    """A test that holds exactly where `test` does not, with `not` moved inwards as far as it goes."""
    if isinstance(test, Not):
        return test.inner
    if isinstance(test, Compare):
        return Compare(test.left, _OPPOSITE[test.sign], test.right)
    if isinstance(test, Every):
        return Some(tuple(opposite(part) for part in test.parts))
    if isinstance(test, Some):
        return Every(tuple(opposite(part) for part in test.parts))
    return Not(test)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as data, with the text it came from and the names it mentions."""

    text: str
    test: Test
    mentions: tuple[Mention, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether it is true of `facts`."""
        return self.test.holds(facts)
