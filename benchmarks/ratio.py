"""How a ratio is measured: subject and baseline in turn, many rounds, so that a busy machine slows both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Ratio:
    """One figure: how many times the baseline's time the subject takes (or holds), and what it may be.

    `subject` and `baseline` are the medians of the rounds, in `unit`; `ratio` the median of the rounds' ratios.
    """

    name: str
    against: str
    ratio: float
    limit: str
    met: bool
    subject: float
    baseline: float
    unit: str
    rounds: int

    def line(self) -> str:
        """One line for people."""
        verdict = "within" if self.met else "OUTSIDE"
        return (
            f"{self.name}: {self.ratio:.2f}x {self.against} "
            f"({self.subject:.3g} against {self.baseline:.3g} {self.unit}; {verdict} {self.limit})"
        )

    def as_json(self) -> dict[str, object]:
        """The same for a file."""
        return asdict(self)


def measured(
    name: str,
    against: str,
    subject: Callable[[], object],
    baseline: Callable[[], object],
    *,
    per: int = 1,
    most: float,
    rounds: int = 30,
) -> Ratio:
    """Time both in turn. `per` is how many units of work one call does; times are per unit, in microseconds."""
    subject()
    baseline()
    subjects: list[float] = []
    baselines: list[float] = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            baselines.append(_microseconds(baseline) / per)
            subjects.append(_microseconds(subject) / per)
    finally:
        gc.enable()
    ratio = statistics.median(took / bare for took, bare in zip(subjects, baselines, strict=True))
    return Ratio(
        name,
        against,
        ratio,
        f"at most {most:g}x",
        ratio <= most,
        statistics.median(subjects),
        statistics.median(baselines),
        "us",
        rounds,
    )


def _microseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e6
