"""The plan of a made-up programme: who is in it, what they are set, and when each of them sits down to it.

Everything follows from the seed and the present moment. Each trainee has chance of their own, so a larger programme
with the same seed begins with the same people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulator.content.library import Content, Library
from simulator.programme.simulated import Appointment, SimulatedTrainee
from simulator.records.access import Role
from simulator.records.assignments import Counts, Release, Setting, Slot
from simulator.records.attempts import PlaceInAssignment
from simulator.records.demo_rows import REFERENCE, DemoCohort, DemoPerson, marked_id
from simulator.records.errors import Unfit
from simulator.records.playable import Playable
from simulator.session.events import Mode

ZONE = "Europe/London"
MOST_IN_COHORT = 24
WEEKS = 12
"""How long ago the programme began."""

FIRST_NAMES = (
    "Amara", "Benedikt", "Chiara", "Dafydd", "Ebele", "Farrokh", "Greta", "Hiroko", "Ioana", "Jomo", "Kateryna", "Leif",
    "Mairead", "Nuru", "Oluwaseun", "Parisa", "Quentin", "Rukmini", "Siobhan", "Tomasz", "Ulrike", "Vikram", "Wanjiru",
    "Ximena", "Yusuf", "Zofia",
)  # fmt: skip
SURNAMES = (
    "Example", "Sample", "Madeup", "Notreal", "Pretend", "Invented", "Specimen", "Mockingham", "Standin", "Imagined",
    "Nobody-Smith",
)  # fmt: skip
"""Nobody is called so."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every cohort is set; weeks are counted from the beginning. `done` is the share that does it in the end."""

    title: str
    clients: tuple[str, ...]
    mode: Mode
    opens: float
    due: float
    closes: float
    allowed: int | None
    counts: Counts
    release: Release
    done: float
    left_open: float


@dataclass(frozen=True, slots=True)
class Set:
    """A task as one cohort was set it."""

    task: Task
    assignment_id: str
    setting: Setting


def clients_of(library: Library) -> Mapping[str, Content]:
    """The clients that a demo is played with: every sound scenario, the shortest one last.

    Raises:
        Unfit: there is none.
    """
    ids = [name for name, loaded in library.scenarios.items() if loaded.sound]
    found = {name: library.content(name) for name in ids}
    if not found:
        raise Unfit("There is no scenario without errors here to make a demo with; 'simulator check' names them.")
    shortest = min(found, key=lambda name: (found[name].scenario.minutes, name))
    return {**{name: one for name, one in found.items() if name != shortest}, shortest: found[shortest]}


def tasks_for(clients: Sequence[str]) -> tuple[Task, ...]:
    """Four tasks over twelve weeks, of as many of the clients as there are."""
    told = list(clients[:-1] or clients)  # the shortest is there to find one's way about, and is set to nobody

    def some(first: int, many: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(told[(first + n) % len(told)] for n in range(many)))

    practice, assessment = Mode.PRACTICE, Mode.ASSESSMENT
    return (
        Task("A first conversation", some(0, 1), practice, 0, 2, 3, None, Counts.BEST, Release.AT_ONCE, 0.97, 0.02),
        Task("Two clients", some(1, 2), assessment, 2, 5, 6, 1, Counts.FIRST, Release.AT_CLOSE, 0.94, 0.02),
        Task("Three clients, for a pass", some(2, 3), assessment, 6, 9, 10, 2, Counts.LAST, Release.BY_HAND, 0.9, 0.03),
        Task("Open now", some(0, 2), assessment, 10, 13, 14, 1, Counts.FIRST, Release.AT_CLOSE, 0.75, 0.2),
    )


def setting_of(task: Task, began: datetime) -> Setting:
    """A task as it is set to a cohort of a programme that began then."""
    opens, due, closes = (began + timedelta(weeks=weeks) for weeks in (task.opens, task.due, task.closes))
    slots = tuple(Slot(client) for client in task.clients)
    return Setting(
        task.title, slots, task.mode, opens, due, closes, None, task.allowed, task.counts, task.release
    )  # fmt: skip


def cohorts_for(trainees: int, seed: int, most: int = MOST_IN_COHORT) -> tuple[DemoCohort, ...]:
    """As many cohorts as so many trainees need."""
    many = -(-trainees // most)
    return tuple(DemoCohort(marked_id(seed, "cohort", n), f"Demo cohort {n + 1}") for n in range(many))


def people_for(trainees: int, seed: int, cohorts: Sequence[DemoCohort]) -> tuple[DemoPerson, ...]:
    """An administrator, a lead, an instructor for each cohort, and the trainees, in turn over the cohorts.

    The first of each role can sign in.
    """
    chance = random.Random(f"{seed}/names")
    names = _names(chance)

    def somebody(kind: Role, number: int, cohort_ids: tuple[str, ...], research: bool = False) -> DemoPerson:
        reference = f"{REFERENCE}{kind.value}-{number + 1:05}"
        sign_in_name = None if number else f"{REFERENCE}{kind.value}"
        new = marked_id(seed, kind.value, number)
        return DemoPerson(new, next(names), reference, kind, cohort_ids, research, sign_in_name)

    return (
        somebody(Role.ADMINISTRATOR, 0, ()),
        somebody(Role.LEAD, 0, ()),
        *(somebody(Role.INSTRUCTOR, n, (one.id,)) for n, one in enumerate(cohorts)),
        *(somebody(Role.TRAINEE, n, (cohorts[n % len(cohorts)].id,), chance.random() < 0.6) for n in range(trainees)),
    )


def _names(chance: random.Random) -> Iterator[str]:
    pairs = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES]
    chance.shuffle(pairs)
    round_ = 1
    while True:
        for pair in pairs:
            yield f"{pair} (demo)" if round_ == 1 else f"{pair} {round_} (demo)"
        round_ += 1


def trainee_of(who: DemoPerson, number: int, seed: int) -> tuple[SimulatedTrainee, random.Random]:
    """How skilled a made-up person is and how fast they learn, and the chance that goes with them."""
    chance = random.Random(f"{seed}/{number}")
    if number == 0:  # whom people sign in as: somebody who learns, so that there is something to see
        return SimulatedTrainee(who.id, 0.8, 0.45, stops=0.0), chance
    return SimulatedTrainee(who.id, chance.gauss(1.6, 1.3), max(0.0, chance.gauss(0.15, 0.12))), chance


class Diary:
    """When trainees sit down to what."""

    def __init__(self, seed: int, began: datetime, now: datetime, playables: Mapping[str, Playable]) -> None:
        self._seed = seed
        self._began = began
        self._now = now
        self._playables = playables

    def of(self, who: SimulatedTrainee, number: int, every: Sequence[Set], chance: random.Random) -> list[Appointment]:
        """A trainee's appointments, the earliest first. The first trainee does everything, and is in the middle now."""
        keen = number == 0
        found = [one for task in every for one in self._for_task(task, chance, keen)]
        found += self._practice(chance, keen)
        found.sort(key=lambda one: one.starts_at)
        return [replace(one, id=marked_id(self._seed, "attempt", number, nth)) for nth, one in enumerate(found)]

    def _for_task(self, one: Set, chance: random.Random, keen: bool) -> Iterator[Appointment]:
        setting = one.setting
        for slot in setting.slots:
            starts = [self._start(setting, chance, keen)] if keen or chance.random() < one.task.done else []
            many = 1 + (chance.random() < 0.4) + (chance.random() < 0.2)
            for _ in range(1, min(many, one.task.allowed or many)):
                starts += [starts[-1] + timedelta(days=chance.uniform(1, 4))] if starts else []
            starts = [at for at in starts if at < min(setting.closes_at, self._now)]
            for nth, at in enumerate(starts):
                left = nth == len(starts) - 1 and chance.random() < one.task.left_open
                if keen:
                    left = setting.closes_at > self._now and slot is setting.slots[-1]
                yield Appointment(
                    "",
                    self._met(slot.scenario, chance),
                    setting.mode,
                    at,
                    self._now,
                    PlaceInAssignment(one.assignment_id, slot.scenario),
                    chance.randint(2, 5) if left else None,
                )

    def _start(self, setting: Setting, chance: random.Random, keen: bool) -> datetime:
        """Most begin in time, the more the nearer it is due; a few when it is late, before it closes."""
        if keen:
            return setting.opens_at + timedelta(days=chance.uniform(2, 9))
        if chance.random() < 0.08:
            return setting.due_at + (setting.closes_at - setting.due_at) * chance.uniform(0.05, 0.8)
        return setting.opens_at + (setting.due_at - setting.opens_at) * chance.betavariate(2.2, 1.4)

    def _met(self, client: str, chance: random.Random) -> Playable:
        """Whom a trainee meets: the client that was set, or now and then the equal alternative."""
        found = self._playables[client]
        other = found.content.scenario.equal_alternative
        if other is None or other not in self._playables or chance.random() >= 0.06:
            return found
        return self._playables[other]

    def _practice(self, chance: random.Random, keen: bool) -> Iterator[Appointment]:
        length = (self._now - self._began).total_seconds()
        clients = tuple(self._playables)
        for _ in range(3 if keen else chance.choice((0, 0, 1, 1, 1, 2, 2, 3))):
            at = self._began + timedelta(seconds=length * chance.uniform(0.01, 0.97))
            left = not keen and chance.random() < 0.1
            playable = self._playables[chance.choice(clients)]
            yield Appointment("", playable, Mode.PRACTICE, at, self._now, None, chance.randint(1, 4) if left else None)
