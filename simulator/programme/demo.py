"""A made-up programme: simulated trainees of varied skill play the real engine, over twelve weeks up to now.

Everything but ids of reviews, secrets and hashes of passwords follows from the seed, the library and the present
moment. It is told from people's records by its ids (see `records.demo_rows`), so it can be taken away again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulator.content.library import Content, Library
from simulator.programme.demo_plan import (
    MOST_IN_COHORT,
    WEEKS,
    ZONE,
    Diary,
    Set,
    clients_of,
    cohorts_for,
    people_for,
    setting_of,
    tasks_for,
    trainee_of,
)
from simulator.programme.demo_reviews import MadeUpReviews, Moment, Practised
from simulator.programme.simulated import Worths, played_by
from simulator.records.access import Role
from simulator.records.assignments import Assignments
from simulator.records.demo_rows import (
    DemoCohort,
    DemoPerson,
    make_people,
    make_programme,
    marked_id,
    programme_to_join,
)
from simulator.records.errors import Unfit
from simulator.records.passwords import Passwords
from simulator.records.people import People
from simulator.records.playable import Playable
from simulator.records.store import Store
from simulator.records.whole_attempts import WholeAttempt, keep_whole
from simulator.session.interview import Interview
from simulator.session.scoring import Scoring

PROGRAMME = "Demonstration (nobody here is real)"
MOST_TRAINEES = 50_000
MOST_SHARED = 5
"""Practice talks that each cohort shares."""

Progress = Callable[[int, int], None]
"""Told how many trainees are through, and of how many."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made. `sign_ins` are names to sign in with, by role; none where it joined a programme with accounts."""

    cohorts: int
    trainees: int
    assignments: int
    attempts: int
    events: int
    going_on: int
    reviews: int
    sign_ins: Mapping[Role, str]


@dataclass(slots=True)
class _Count:
    attempts: int = 0
    events: int = 0
    going_on: int = 0
    practised: dict[str, list[Practised]] = field(default_factory=dict)


def make_demo(
    store: Store,
    library: Library,
    trainees: int,
    seed: int,
    now: datetime,
    word: str,
    *,
    passwords: Passwords | None = None,
    most_in_cohort: int = MOST_IN_COHORT,
    progress: Progress | None = None,
) -> Demo:
    """Make a programme of so many trainees. In an empty database it is one of its own, with the password `word`.

    In the database of a programme with accounts the demo's people join it, and none of them can sign in.

    Raises:
        Unfit: the database holds a demo already or somebody's own records; the number or the library is of no use.
    """
    if not 1 <= trainees <= MOST_TRAINEES:
        raise Unfit(f"A demo has from 1 to {MOST_TRAINEES:,} trainees.")
    playables = {name: playable_of(content) for name, content in clients_of(library).items()}
    joined = programme_to_join(store)
    began = (now - timedelta(weeks=WEEKS)).replace(hour=0, minute=0, second=0, microsecond=0)
    cohorts = cohorts_for(trainees, seed, most_in_cohort)
    people = people_for(trainees, seed, cohorts)
    hashed = None if joined else (passwords or Passwords()).hash(word)
    programme_id = joined or marked_id(seed, "programme")
    if joined is None:
        make_programme(store, programme_id, PROGRAMME, ZONE, began - timedelta(days=7))
    make_people(store, programme_id, cohorts, people, ZONE, began - timedelta(days=6), hashed)
    every = _set_tasks(store, people, cohorts, tuple(playables), began)
    count = _Count()
    plays = _played(people, every, Diary(seed, began, now, playables), playables, seed, count, progress)
    for one in keep_whole(store, plays):
        count.attempts += 1
        count.events += len(one.events)
        count.going_on += one.playthrough.open
    reviews = _review(store, people, every, count, seed, now)
    return Demo(
        len(cohorts), trainees, sum(map(len, every.values())), count.attempts, count.events, count.going_on, reviews,
        {one.role: one.sign_in_name for one in people if one.sign_in_name and joined is None},
    )  # fmt: skip


def playable_of(content: Content) -> Playable:
    """Content ready to be played and scored."""
    return Playable(content, Interview(content.scenario), Scoring(content.scenario, content.behaviours, content.rubric))


def _set_tasks(
    store: Store, people: Sequence[DemoPerson], cohorts: Sequence[DemoCohort], clients: Sequence[str], began: datetime
) -> dict[str, list[Set]]:
    """Every cohort is set every task, by the lead, through the use case. By cohort."""
    clock = Moment(began)
    assignments = Assignments(store, clock)
    lead = People(store).actor(next(one.id for one in people if one.role is Role.LEAD))
    every: dict[str, list[Set]] = {}
    for cohort in cohorts:
        for task in tasks_for(clients):
            setting = setting_of(task, began)
            clock.now = setting.opens_at - timedelta(days=3)
            every.setdefault(cohort.id, []).append(Set(task, assignments.set(lead, cohort.id, setting), setting))
    return every


def _played(
    people: Sequence[DemoPerson],
    every: Mapping[str, Sequence[Set]],
    diary: Diary,
    playables: Mapping[str, Playable],
    seed: int,
    count: _Count,
    progress: Progress | None,
) -> Iterator[WholeAttempt]:
    """Trainee after trainee, each of them attempt after attempt, so that what is learned in one shows in the next."""
    worths = {id(playable): Worths(playable.scoring) for playable in playables.values()}
    trainees = [one for one in people if one.role is Role.TRAINEE]
    for number, person in enumerate(trainees):
        who, chance = trainee_of(person, number, seed)
        for appointment in diary.of(who, number, every[person.cohort_ids[0]], chance):
            one = played_by(who, appointment, worths[id(appointment.playable)], chance)
            if one.place is None and one.playthrough.finished:
                shared = count.practised.setdefault(person.cohort_ids[0], [])
                if len(shared) < MOST_SHARED and all(other.person_id != person.id for other in shared):
                    shared.append(Practised(one.id, person.id, one.moments[-1]))
            yield one
        if progress:
            progress(number + 1, len(trainees))


def _review(
    store: Store,
    people: Sequence[DemoPerson],
    every: Mapping[str, Sequence[Set]],
    count: _Count,
    seed: int,
    now: datetime,
) -> int:
    reviews = MadeUpReviews(store, now)
    known = People(store)
    instructors = [one for one in people if one.role is Role.INSTRUCTOR]
    for number, one in enumerate(instructors):
        cohort_id = one.cohort_ids[0]
        chance = random.Random(f"{seed}/reviews/{number}")
        reviews.of_cohort(known.actor(one.id), every[cohort_id], count.practised.get(cohort_id, ()), chance)
    return reviews.done
