"""Simulated trainees: people who are not there, answering the clients through the real engine.

How good an answer is, they know as far as their skill goes: each choice on offer is made with a chance that grows with
its worth (q, between the worst and the best on offer, averaged over what the scenario assesses):

    P(choice) = exp(skill x q) / sum of exp(skill x q) over what is on offer

the softmax or Luce choice rule (Luce 1959, Individual Choice Behavior; McFadden 1974 as the conditional logit). Skill 0
picks at random, 3 takes the best of two some twenty times as often as the worst, below 0 the worse is the likelier.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from math import exp

from simulator.records.attempts import PlaceInAssignment
from simulator.records.playable import Playable
from simulator.records.whole_attempts import WholeAttempt
from simulator.session.events import Began, Event, Mode, Stopped, TookBack
from simulator.session.interview import ENGINE_VERSION
from simulator.session.replay import Playthrough, next_choice, replay, replay_on
from simulator.session.scoring import SCORING_VERSION, Scoring

MOST_SKILLED = 7.0
"""Skill does not grow beyond it; the best on offer is then all but certain."""

MIDDLING = 0.5
"""q of a choice that says nothing of skill: one that only steers, or where nothing assessed tells choices apart."""


@dataclass(slots=True)
class SimulatedTrainee:
    """Somebody made up. `skill` at the beginning, `growth` of it with each attempt, and how many they have begun.

    `stops` and `regrets` are the chances, each time it is their turn, that they end the talk, and that in practice they
    take their last answer back.
    """

    person_id: str
    skill: float
    growth: float
    stops: float = 0.002
    regrets: float = 0.03
    begun: int = 0

    @property
    def skill_now(self) -> float:
        """With what they have learned by now."""
        return min(self.skill + self.growth * self.begun, MOST_SKILLED)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An attempt as it is planned: when it begins and no later than when it breaks off, with whom, and for what.

    `breaks_off_after` is after how many answers it is left as it is, to be gone on with some day; none plays on.
    """

    id: str
    playable: Playable
    mode: Mode
    starts_at: datetime
    now: datetime
    place: PlaceInAssignment | None = None
    breaks_off_after: int | None = None


@dataclass(slots=True)
class Worths:
    """What choices are worth to somebody who is good at it; worked out once for each decision."""

    scoring: Scoring
    _known: dict[tuple[str, tuple[str, ...]], tuple[float, ...]] = field(default_factory=dict)

    def of(self, node: str, offered: tuple[str, ...]) -> tuple[float, ...]:
        """The mean q of each choice over the criteria that are assessed, in the order offered."""
        found = self._known.get((node, offered))
        if found is None:
            scales = [self.scoring.scale(node, offered, name) for name in self.scoring.assesses]
            told = [scale for scale in scales if scale is not None]
            found = tuple(
                sum((float(scale.q.get(choice, MIDDLING)) for scale in told), 0.0) / len(told) if told else MIDDLING
                for choice in offered
            )
            self._known[node, offered] = found
        return found


def played_by(who: SimulatedTrainee, what: Appointment, worths: Worths, chance: random.Random) -> WholeAttempt:
    """An attempt as this trainee plays it: the real engine's, each event at its own moment; none is after `now`."""
    playthrough = replay(what.playable.interview, [_began(what, chance)])
    events: list[Event] = [playthrough.began]
    moments = [what.starts_at]
    while playthrough.open and (what.breaks_off_after is None or len(events) <= what.breaks_off_after):
        at = moments[-1] + timedelta(seconds=chance.uniform(8, 75))
        if at > what.now:
            break  # it goes on while we look
        event = _next(who, playthrough, what.playable, worths, chance)
        playthrough = replay_on(what.playable.interview, playthrough, event)
        events.append(event)
        moments.append(at)
    who.begun += 1
    return WholeAttempt(what.id, who.person_id, what.playable, tuple(events), tuple(moments), playthrough, what.place)


def _began(what: Appointment, chance: random.Random) -> Began:
    content = what.playable.content
    return Began(
        0,
        content.scenario.id,
        content.scenario_hash,
        content.meaning_hash,
        content.behaviours_hash,
        content.rubric.id,
        content.rubric_hash,
        what.mode,
        f"{chance.getrandbits(64):016x}",
        ENGINE_VERSION,
        SCORING_VERSION,
    )


def _next(
    who: SimulatedTrainee, playthrough: Playthrough, playable: Playable, worths: Worths, chance: random.Random
) -> Event:
    """What they do now: answer, as nearly always, or take the last answer back, or end the talk."""
    number = playthrough.next_number
    if number > 3 and chance.random() < who.stops:
        return Stopped(number)
    may_take_back = playthrough.began.mode is Mode.PRACTICE and playthrough.turns
    if may_take_back and chance.random() < who.regrets:
        return TookBack(number, playthrough.turns[-1].number)
    choice = chosen(
        who.skill_now, playthrough.offered, worths.of(playthrough.situation.at, playthrough.offered), chance
    )
    event, _ = next_choice(playable.interview, playthrough, choice)
    return event


def chosen(skill: float, offered: Sequence[str], worth: Sequence[float], chance: random.Random) -> str:
    """One of what is on offer, by the choice rule above."""
    best = max(worth) if skill > 0 else min(worth)
    pulls = list(accumulate(exp(skill * (value - best)) for value in worth))
    place = chance.random() * pulls[-1]
    return next(choice for choice, upto in zip(offered, pulls, strict=True) if place < upto or upto == pulls[-1])
