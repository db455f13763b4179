"""Single runs of the real engine, where a story is too large or goes round: a sample, and never called a proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulator.audit.players import RANDOM, Played, PlayerKind, players
from simulator.audit.walks import Favours, Sampling
from simulator.session.interview import Interview
from simulator.session.scoring import Decision, Scoring, wilson_interval

RUNS = 500
"""Runs of random clicking; every other player makes a fifth of them."""

LONGEST = 1_000
"""A run is given up after so many choices."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often something happened in a sample, with a 90 % interval (Wilson)."""

    share: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """What complete runs came to on a criterion. Lower, higher and poorer ones may exist that were not seen."""

    lowest: float
    highest: float
    opportunities_min: int


@dataclass(frozen=True)
class Sample:
    """What random clicking came to in `runs` runs; `given_up` of them were longer than is sensible."""

    runs: int
    seed: int
    given_up: int
    endings: dict[str, Share]
    criteria: dict[str, Seen]
    shortest: int | None
    longest: int | None
    players: dict[str, Played]


def sample_of(
    interview: Interview,
    scoring: Scoring,
    sampling: Sampling,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Sample:
    """Play the scenario by chance and by every player of the list."""
    field_of = players(scoring)
    runs = min(sampling.runs, RUNS)
    others = max(runs // 5, 1)
    total = runs + others * (len(field_of) - 1)
    done = 0
    results: dict[str, Played] = {}
    clicking = _Runs(scoring)
    for name, (kind, favours) in field_of.items():
        seen = clicking if name == RANDOM else _Runs(scoring)
        for _ in range(runs if name == RANDOM else others):
            seen.add(*_one_run(interview, favours, sampling))
            done += 1
            progress(done, total)
        results[name] = seen.as_played(kind)
    return clicking.as_sample(runs, sampling.seed, results)


def _one_run(interview: Interview, favours: Favours, sampling: Sampling) -> tuple[list[Decision], str | None]:
    situation = interview.begin().situation
    decisions: list[Decision] = []
    while not situation.ended:
        if len(decisions) == LONGEST:
            return decisions, None
        offered = interview.on_offer(situation)
        wanted = favours(situation.at, offered)
        choice = wanted[int(sampling.draws(1)[0] * len(wanted))]
        decisions.append(Decision(len(decisions) + 1, situation.at, offered, choice))
        situation = interview.choose(situation, choice).situation
    return decisions, situation.at


@dataclass
class _Runs:
    """What the runs of one player came to."""

    scoring: Scoring
    ended: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)
    overall: list[float] = field(default_factory=list)
    scores: dict[str, list[float]] = field(default_factory=dict)
    opportunities: dict[str, list[int]] = field(default_factory=dict)
    given_up: int = 0

    def add(self, decisions: Sequence[Decision], ending: str | None) -> None:
        """Count one run in."""
        if ending is None:
            self.given_up += 1
            return
        self.ended[ending] += 1
        if self.scoring.scenario.endings[ending].early:
            return
        self.lengths.append(len(decisions))
        card = self.scoring.scorecard(decisions, ending)
        for name in self.scoring.assesses:
            judged = card.criteria[name]
            self.opportunities.setdefault(name, []).append(judged.n)
            if judged.score is not None:
                self.scores.setdefault(name, []).append(float(judged.score))
        if card.overall is not None:
            self.overall.append(float(card.overall))

    def as_played(self, kind: PlayerKind) -> Played:
        """The same as a player's result."""
        criteria: dict[str, float | None] = {
            name: sum(found) / len(found) if (found := self.scores.get(name)) else None
            for name in self.scoring.assesses
        }
        runs = sorted(self.overall)
        if not runs:
            return Played(kind, None, None, criteria, exact=False)
        interval = runs[len(runs) // 20], runs[-1 - len(runs) // 20]
        return Played(kind, sum(runs) / len(runs), interval, criteria, exact=False)

    def as_sample(self, runs: int, seed: int, results: dict[str, Played]) -> Sample:
        """The same as what a report tells of random clicking."""
        endings = {
            name: Share(self.ended[name] / runs, wilson_interval(self.ended[name] / runs, runs))
            for name in self.scoring.scenario.endings
        }
        criteria = {
            name: Seen(min(found), max(found), min(self.opportunities[name])) for name, found in self.scores.items()
        }
        lengths = self.lengths
        shortest, longest = min(lengths, default=None), max(lengths, default=None)
        return Sample(runs, seed, self.given_up, endings, criteria, shortest, longest, results)
