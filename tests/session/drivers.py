"""Two ways to play an interview that must come to the same: going straight on, and through save and load each step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from simulator.content.scenario import Scenario
from simulator.session.events import Began, Chose, Event, Mode, Stopped, TookBack, from_json, to_json
from simulator.session.interview import Interview
from simulator.session.replay import Playthrough, next_choice, replay
from simulator.session.situation import Heard, Situation, Step


def beginning(scenario: Scenario, seed: str = "seed") -> Began:
    """The first event of an attempt."""
    return Began(0, scenario.id, "a" * 64, "b" * 64, "c" * 64, "tiny", "d" * 64, Mode.PRACTICE, seed, 1, 1)


class Run(Protocol):
    """One attempt while it is played."""

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened so far."""

    @property
    def situation(self) -> Situation:
        """Where it stands."""

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be chosen, in the order shown."""

    @property
    def heard(self) -> tuple[Heard, ...]:
        """What the client said last: after the latest standing choice, or at the beginning."""

    @property
    def changes(self) -> dict[str, int]:
        """How the latest standing choice moved the client."""

    def choose(self, choice: str) -> None:
        """Take a choice."""

    def take_back(self) -> None:
        """Take the latest one back."""

    def stop(self) -> None:
        """End the attempt before the talk has ended."""

    def playthrough(self) -> Playthrough:
        """The attempt as its events tell it."""


class Straight:
    """Goes on with the steps it was given, as if nothing were ever stored."""

    def __init__(self, scenario: Scenario, seed: str) -> None:
        self.interview = Interview(scenario)
        self.seed = seed
        self.steps: list[Step] = [self.interview.begin()]
        self.numbers: list[int] = []
        self.events: tuple[Event, ...] = (beginning(scenario, seed),)
        self.stopped = False

    @property
    def situation(self) -> Situation:
        return self.steps[-1].situation

    @property
    def offered(self) -> tuple[str, ...]:
        return () if self.stopped else self.interview.offered(self.situation, self.seed)

    @property
    def heard(self) -> tuple[Heard, ...]:
        return self.steps[-1].heard

    @property
    def changes(self) -> dict[str, int]:
        return dict(self.steps[-1].changes)

    def choose(self, choice: str) -> None:
        offered, at = self.offered, self.situation.at
        self.steps.append(self.interview.choose(self.situation, choice))
        self.numbers.append(len(self.events))
        self.events += (Chose(len(self.events), at, offered, choice, dict(self.situation.state)),)

    def take_back(self) -> None:
        self.steps.pop()
        self.events += (TookBack(len(self.events), self.numbers.pop()),)

    def stop(self) -> None:
        self.stopped = True
        self.events += (Stopped(len(self.events)),)

    def playthrough(self) -> Playthrough:
        return replay(self.interview, self.events)


class SavedAndLoaded:
    """Keeps nothing but JSON: every look and every step reads it again, on a machine of its own."""

    def __init__(self, scenario: Scenario, seed: str) -> None:
        self.scenario = scenario
        self.saved: list[str] = []
        self._save(beginning(scenario, seed))

    def _save(self, event: Event) -> None:
        self.saved.append(json.dumps(to_json(event)))
        self.interview = Interview(self.scenario)
        self.loaded = replay(self.interview, self.events)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(from_json(json.loads(text)) for text in self.saved)

    @property
    def situation(self) -> Situation:
        return self.loaded.situation

    @property
    def offered(self) -> tuple[str, ...]:
        return self.loaded.offered

    @property
    def heard(self) -> tuple[Heard, ...]:
        return self.loaded.turns[-1].heard if self.loaded.turns else self.loaded.opening

    @property
    def changes(self) -> dict[str, int]:
        return dict(self.loaded.turns[-1].changes) if self.loaded.turns else {}

    def choose(self, choice: str) -> None:
        event, _ = next_choice(self.interview, self.loaded, choice)
        self._save(event)

    def take_back(self) -> None:
        self._save(TookBack(self.loaded.next_number, self.loaded.turns[-1].number))

    def stop(self) -> None:
        self._save(Stopped(self.loaded.next_number))

    def playthrough(self) -> Playthrough:
        return self.loaded


Driver = Callable[[Scenario, str], Run]
DRIVERS: dict[str, Driver] = {"straight": Straight, "saved and loaded": SavedAndLoaded}


def walk(run: Run, picks: Sequence[int], most: int) -> Iterator[str]:
    """Click through to the end, always the next of `picks` among what is on offer; each choice as it is taken."""
    for step in range(most):
        if run.situation.ended:
            return
        offered = run.offered
        assert offered, f"nothing is on offer at {run.situation.at}"
        choice = offered[picks[step % len(picks)] % len(offered)]
        run.choose(choice)
        yield choice
    assert run.situation.ended, f"no end after {most} steps"
