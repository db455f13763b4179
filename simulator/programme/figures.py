"""What a figure over several people is: never without how many, how sure, and never where there are too few to say.

Counts are shown from five people on, coefficients from thirty (both by design; cohorts are often 12 to 25).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

COUNTS_FROM = 5
"""People from whom on counts, and means with their interval, are shown."""

COEFFICIENTS_FROM = 30
"""People from whom on coefficients, and verdicts that rest on a rate, are shown."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few to say, in place of a figure: how many it takes, and how many there are.

    `there` is None where that itself would be a count of too few people.
    """

    needed: int
    there: int | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 90 % interval and the number of people behind it."""

    value: float
    interval: tuple[float, float]
    n: int


Shown = TypeVar("Shown")


def shown_from(needed: int, people: int, figure: Callable[[], Shown]) -> Shown | TooFew:
    """The figure, if there are people enough for it; it is not even worked out otherwise."""
    if people >= needed:
        return figure()
    return TooFew(needed, people if people >= COUNTS_FROM else None)


def count_or_too_few(people: int) -> int | TooFew:
    """How many people, unless they are fewer than counts are shown from."""
    return shown_from(COUNTS_FROM, people, lambda: people)
