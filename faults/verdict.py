"""What came of a fault: how often it was tried, what was checked, and what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Verdict:
    """The outcome of one fault, once or several times.

    `answers` counts what was shown as given and found again exactly once; `counts` tells by what way things went;
    `problems` are sentences about the product; `untried` are reasons why something could not be tried here.
    """

    fault: str
    tried: int = 0
    answers: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether nothing went wrong. What was not tried is not good, but not wrong either."""
        return not self.problems

    def expect(self, holds: bool, otherwise: str) -> bool:
        """Note a problem where something does not hold that must."""
        if not holds:
            self.problems.append(otherwise)
        return holds

    def blame(self, problems: Iterable[str]) -> None:
        """Note problems."""
        self.problems.extend(problems)

    def add(self, other: Verdict) -> None:
        """Take in another verdict about the same fault."""
        self.tried += other.tried
        self.answers += other.answers
        self.counts.update(other.counts)
        self.problems += other.problems
        self.untried += [reason for reason in other.untried if reason not in self.untried]
        self.seconds += other.seconds

    def line(self) -> str:
        """The verdict on one line."""
        if not self.tried:
            return f"{self.fault}: not tried ({'; '.join(self.untried)})"
        said = "held" if self.good else f"{len(self.problems)} PROBLEMS"
        ways = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        return f"{self.fault}: {said}; tried {self.tried}, answers {self.answers}, {self.seconds:.0f} s ({ways})"

    def as_json(self) -> dict[str, Any]:
        """The verdict as data."""
        return {
            "fault": self.fault,
            "tried": self.tried,
            "answers": self.answers,
            "counts": dict(sorted(self.counts.items())),
            "problems": self.problems,
            "untried": self.untried,
            "seconds": round(self.seconds, 1),
        }
