"""A cohort's results book, its results page and its export, at 500, 5,000 and 50,000 attempts in one cohort.

Each is set against what the database alone needs, in the same run, to sum the same cohort's scores by criterion. The
attempts are played by the real engine at the real clients; a few hundred are played, and written under many names.
"""

from __future__ import annotations

import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from benchmarks.ratio import Ratio
from simulator.content.library import Library, load_library
from simulator.programme.clients import client_by_scenario
from simulator.programme.cohort import cohort_criteria, cohort_incidents, cohort_practice
from simulator.programme.demo import playable_of
from simulator.programme.export import export_cohort
from simulator.programme.export_files import Form
from simulator.programme.growth import cohort_growth
from simulator.programme.items import cohort_behaviours, cohort_items
from simulator.programme.played import played_by as versions_played
from simulator.programme.simulated import Appointment, SimulatedTrainee, Worths, played_by
from simulator.programme.traffic import cohort_traffic
from simulator.records.assignments import Assignments
from simulator.records.attempts import Attempts, PlaceInAssignment
from simulator.records.exports import CohortExports
from simulator.records.results_book import ResultsBook
from simulator.records.reviews import Reviews
from simulator.records.whole_attempts import WholeAttempt, keep_whole
from simulator.session.events import Mode
from tests.programme.cohorts import NOON, MadeUp, made_up

CLIENTS = ("callum-first-meeting", "denise-sundays", "farid-two-signatures", "peg-tuesdays")
SIZES = (500, 5_000, 50_000)
_PLAYED = 60
"""Of each client; the rest are written after them."""


@dataclass(frozen=True)
class Filled:
    """A cohort with so many attempts, and the assignment they were done for."""

    cohort: MadeUp
    assignment: str


@contextmanager
def filled(attempts: int) -> Iterator[Filled]:
    """A cohort in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        cohort = made_up(f"sqlite:///{folder}/records.sqlite3")
        assignment = cohort.set(*CLIENTS)
        people = cohort.enrol(-(-attempts // len(CLIENTS)))
        for _kept in keep_whole(cohort.store, _attempts(attempts, people, assignment)):
            pass
        yield Filled(cohort, assignment)
        cohort.store.close()


def _attempts(attempts: int, people: list[str], assignment: str) -> Iterator[WholeAttempt]:
    chance = random.Random(attempts)
    for number in range(attempts):
        client = CLIENTS[number % len(CLIENTS)]
        one = chance.choice(_played(client))
        since = timedelta(minutes=number)
        yield replace(
            one,
            id=str(UUID(int=chance.getrandbits(128), version=4)),
            person_id=people[number // len(CLIENTS)],
            place=PlaceInAssignment(assignment, client),
            moments=tuple(moment + since for moment in one.moments),
        )


@cache
def _library() -> Library:
    return load_library(Path(__file__).resolve().parents[1])


@cache
def _played(client: str) -> tuple[WholeAttempt, ...]:
    chance = random.Random(client)
    playable = playable_of(_library().content(client))
    worths = Worths(playable.scoring)
    return tuple(
        played_by(
            SimulatedTrainee("", chance.gauss(2.0, 2.0), 0.0, stops=0.0),
            Appointment("", playable, Mode.ASSESSMENT, NOON, NOON + timedelta(days=999)),
            worths,
            chance,
        )
        for _each in range(_PLAYED)
    )


def _book(one: Filled) -> object:
    store = one.cohort.store
    assignments, attempts = Assignments(store), Attempts(store)
    return ResultsBook(store, assignments, Reviews(store, attempts)).page(one.cohort.lead, one.assignment)


def _page(one: Filled) -> object:
    """Every figure that stands on the page when it is opened."""
    cohort = one.cohort
    results, lead, scope = cohort.results, cohort.lead, cohort.scope
    clients = client_by_scenario(file.model for file in _library().scenarios.values() if file.model is not None)
    return (
        cohort_criteria(results, lead, scope),
        cohort_growth(cohort.attempts, lead, scope, clients),
        versions_played(results, lead, scope),
        cohort_behaviours(results, lead, scope),
        cohort_items(results, lead, scope),
        cohort_traffic(results, lead, scope),
        cohort_incidents(results, lead, scope),
        cohort_practice(results, lead, scope.cohort_id),
    )


def _export(one: Filled) -> object:
    cohort = one.cohort
    with tempfile.TemporaryFile() as file:
        return export_cohort(
            CohortExports(cohort.store), cohort.results, cohort.lead, cohort.scope.cohort_id, Form.CSV, file
        )


def _bare(one: Filled) -> object:
    """What only the database does: the cohort's scores summed by criterion."""
    asked = text(
        "select c.criterion, count(*), sum(c.weighted), sum(c.weight) from criterion_result c"
        " join attempt a on a.id = c.attempt_id where a.assignment_id = :one group by c.criterion"
    )
    with one.cohort.store.reading() as connection:
        return connection.execute(asked, {"one": one.assignment}).all()


WHAT: dict[str, tuple[str, Callable[[Filled], object], float]] = {
    "book": ("a results book's first page", _book, 40.0),
    "page": ("every figure of a cohort's page", _page, 600.0),
    "export": ("a cohort's export as CSV", _export, 1_000.0),
}
"""What is measured, and how many times the bare sum it may take at any size. At 500 the bare sum is next to nothing."""


@contextmanager
def _of_size(size: int) -> Iterator[Filled]:
    """The cohort of that size; the last one stays for the next benchmark, for it takes minutes to fill."""
    if size not in _READY:
        for left in _READY.values():
            left.close()
        _READY.clear()
        held = ExitStack()
        _FILLED[size] = held.enter_context(filled(size))
        _READY[size] = held
    yield _FILLED[size]


_READY: dict[int, ExitStack] = {}
_FILLED: dict[int, Filled] = {}


def _benchmark(told: str, work: Callable[[Filled], object], most: float, size: int) -> Callable[[], Ratio]:
    def measure() -> Ratio:
        with _of_size(size) as one:
            return _ratio(f"{told} at {size:,} attempts", one, work, most, rounds=3 if size > 5_000 else 5)

    return measure


def _ratio(name: str, one: Filled, work: Callable[[Filled], object], most: float, rounds: int) -> Ratio:
    work(one)
    took = sorted(_seconds(work, one) for _each in range(rounds))[rounds // 2]
    bare = sorted(_seconds(_bare, one) for _each in range(rounds * 3))[rounds * 3 // 2]
    tracemalloc.start()
    work(one)
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    ratio = took / bare
    return Ratio(
        f"{name} ({peak:.0f} MiB at most)", "the database's own sum of its scores", ratio,
        f"at most {most:g}x", ratio <= most, took * 1000, bare * 1000, "ms", rounds,
    )  # fmt: skip


def _seconds(work: Callable[[Filled], object], one: Filled) -> float:
    began = time.perf_counter()
    work(one)
    return time.perf_counter() - began


BENCHMARKS: dict[str, Callable[[], Ratio]] = {
    f"{name}-{size}": _benchmark(told, work, most, size) for size in SIZES for name, (told, work, most) in WHAT.items()
}
"""By name and size, the sizes one after the other."""
