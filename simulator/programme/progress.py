"""Progress over attempts: each with its interval, the first against the last, and all of them together.

One attempt is a profile; several together can say more, because opportunities pool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from simulator.records.attempts import OpenAttempt
from simulator.session.debrief import scorecard_of
from simulator.session.scoring import CriterionScore, Evidence, wilson_interval


@dataclass(frozen=True, slots=True)
class Point:
    """One attempt's score on a criterion; `score` and `interval` are None where there was too little to say."""

    attempt_id: str
    client: str
    at: datetime
    n: int
    score: Fraction | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Pooled:
    """All opportunities of several attempts together: their mean, a 90 % interval, and how many there were."""

    score: Fraction
    interval: tuple[float, float]
    n: int


@dataclass(frozen=True, slots=True)
class CriterionProgress:
    """A criterion over time. `changed` says whether first and last differ by more than their intervals allow."""

    criterion: str
    points: tuple[Point, ...]
    pooled: Pooled | None

    @property
    def first(self) -> Point | None:
        """The first attempt with a score."""
        return next((point for point in self.points if point.score is not None), None)

    @property
    def last(self) -> Point | None:
        """The last attempt with a score, if it is not the first."""
        last = next((point for point in reversed(self.points) if point.score is not None), None)
        return last if last is not self.first else None

    @property
    def changed(self) -> bool:
        """Whether the intervals of first and last lie apart: only then is a difference more than chance may make."""
        first, last = self.first, self.last
        if first is None or last is None or first.interval is None or last.interval is None:
            return False
        return last.interval[0] > first.interval[1] or last.interval[1] < first.interval[0]


def counts_for_progress(attempt: OpenAttempt) -> bool:
    """Whether an attempt is a whole talk that came to an end: not a drill, not stopped, not still going on."""
    played = attempt.playthrough
    return played.finished and not played.stopped and not played.began.lead_in


def progress_of(attempts: Sequence[OpenAttempt]) -> list[CriterionProgress]:
    """Progress by criterion over a person's whole talks, the earliest first."""
    points: dict[str, list[Point]] = {}
    evidence: dict[str, list[Evidence]] = {}
    enough: dict[str, int] = {}
    for attempt in sorted(filter(counts_for_progress, attempts), key=lambda attempt: attempt.started_at):
        card = scorecard_of(attempt.playthrough, attempt.scoring)
        if card is None:
            continue
        for name, judged in card.criteria.items():
            if judged.n:
                points.setdefault(name, []).append(_point(attempt, judged))
                evidence.setdefault(name, []).extend(judged.evidence)
                enough[name] = max(enough.get(name, 1), attempt.content.rubric.cuts.enough)
    return [CriterionProgress(name, tuple(at), _pooled(evidence[name], enough[name])) for name, at in points.items()]


def _point(attempt: OpenAttempt, judged: CriterionScore) -> Point:
    client = attempt.content.scenario.client.name
    return Point(attempt.id, client, attempt.started_at, judged.n, judged.score, judged.interval)


def _pooled(evidence: Sequence[Evidence], enough: int) -> Pooled | None:
    if len(evidence) < enough:
        return None
    weight = sum(item.weight for item in evidence)
    score = sum((item.weight * item.q for item in evidence), Fraction(0)) / weight
    effective = weight**2 / sum(item.weight**2 for item in evidence)
    return Pooled(score, wilson_interval(float(score), effective), len(evidence))
