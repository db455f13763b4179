"""A programme with everybody in it: two cohorts, each with an instructor, and another programme next door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert

from simulator.content.library import Content, load_library
from simulator.records.access import Actor, Role
from simulator.records.accounts import Accounts
from simulator.records.assignments import Assignments, Setting, Slot
from simulator.records.attempts import Attempts
from simulator.records.cohorts import Cohorts
from simulator.records.consents import Consents
from simulator.records.own_attempts import OwnAttempts
from simulator.records.own_data import OwnData
from simulator.records.passwords import Passwords
from simulator.records.people import People
from simulator.records.results_book import ResultsBook
from simulator.records.reviews import Reviews
from simulator.records.roster import Roster, RosterLine
from simulator.records.schema import person, programme
from simulator.records.sign_ins import SignIns
from simulator.records.store import Store, open_store
from simulator.session.events import Mode
from tests.records.conftest import NOON, write_library

WORD = "correct horse battery"


@dataclass
class SetClock:
    """A clock that stands until it is moved; it ticks by a microsecond, so that later is later."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def pass_by(self, **how_long: float) -> None:
        """Let time pass."""
        self.now += timedelta(**how_long)


@dataclass
class Programme:
    """All use cases on one store, and the people of a programme by what they are."""

    store: Store
    content: Content
    clock: SetClock
    passwords: Passwords
    actors: dict[str, Actor] = field(default_factory=dict)
    cohorts_by_name: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sign_ins = SignIns(self.store, self.passwords, self.clock)
        self.accounts = Accounts(self.store, self.sign_ins, self.passwords, self.clock)
        self.people = People(self.store, self.clock)
        self.cohorts = Cohorts(self.store, self.clock)
        self.consents = Consents(self.store, self.clock)
        self.assignments = Assignments(self.store, self.clock)
        self.attempts = Attempts(self.store, self.clock)
        self.reviews = Reviews(self.store, self.attempts, self.clock)
        self.book = ResultsBook(self.store, self.assignments, self.reviews)
        self.own_data = OwnData(self.store, self.clock)

    def own(self, who: str) -> OwnAttempts:
        """Somebody's door to their own attempts."""
        return OwnAttempts(self.attempts, self.store, self.actors[who])

    def joined(self, secret: str, called: str) -> Actor:
        """Somebody joins by an invitation."""
        cookie = self.accounts.join(secret, called, f"{called.lower()}@example.org", WORD)
        found = self.sign_ins.who(cookie)
        assert found is not None
        return found

    def again(self, who: str) -> Actor:
        """An actor with what they are by now."""
        self.actors[who] = self.people.actor(self.actors[who].person_id)
        return self.actors[who]

    def set_tea(self, cohort: str = "one", by: str = "instructor", **otherwise: object) -> str:
        """Have a cohort talk with Sam."""
        setting = Setting(
            title="Tea with Sam",
            slots=(Slot("tea"),),
            mode=Mode.ASSESSMENT,
            opens_at=self.clock.now - timedelta(days=1),
            due_at=self.clock.now + timedelta(days=7),
            closes_at=self.clock.now + timedelta(days=9),
            **otherwise,  # type: ignore[arg-type]
        )
        return self.assignments.set(self.actors[by], self.cohorts_by_name[cohort], setting)

    def does(self, who: str, assignment_id: str | None = None, *, warm: bool = True, mode: Mode = Mode.PRACTICE) -> str:
        """Somebody has the whole talk with Sam, for an assignment or by themselves."""
        own = self.own(who)
        if assignment_id is None:
            attempt = own.begin(self.content, mode)
        else:
            place = self.assignments.place_for(self.actors[who], assignment_id, "tea")
            attempt = own.begin(self.content, Mode.ASSESSMENT, place=place)
        steps = ["greet", *(f"nod_{n}" for n in range(5)), "close"] if warm else ["scold", "close"]
        for number, choice in enumerate(steps, start=1):
            own.answer(attempt, number, choice)
        return attempt


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.sqlite3"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def programme_of_two(database_url: str, tmp_path: Path) -> Iterator[Programme]:
    """An administrator, a lead, and two cohorts with an instructor and trainees each; a guest; a stranger next door."""
    store = open_store(database_url)
    content = load_library(write_library(tmp_path / "library")).content("tea")
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    here = Programme(store, content, SetClock(), cheap)
    cookie = here.accounts.set_up("Northern", "Europe/London", "Ada", "ada@example.org", WORD)
    here.actors["administrator"] = _there(here.sign_ins.who(cookie))
    administrator = here.actors["administrator"]
    here.actors["lead"] = here.joined(here.people.invite(administrator, Role.LEAD), "Lea")
    for name in ("one", "two"):
        cohort = here.cohorts.create(here.actors["lead"], name, "Europe/London")
        here.cohorts_by_name[name] = cohort
    for who, what, cohort, called in (
        ("instructor", Role.INSTRUCTOR, "one", "Ines"),
        ("other instructor", Role.INSTRUCTOR, "two", "Ivo"),
        ("trainee", Role.TRAINEE, "one", "Tom"),
        ("fellow", Role.TRAINEE, "one", "Fay"),
        ("other trainee", Role.TRAINEE, "two", "Una"),
    ):
        link = here.people.invite(administrator, what, here.cohorts_by_name[cohort])
        here.actors[who] = here.joined(link, called)
    here.actors["guest"] = _there(here.sign_ins.who(here.sign_ins.as_guest()))
    here.actors["stranger"] = _next_door(here)
    yield here
    store.close()


def _next_door(here: Programme) -> Actor:
    """A lead who is also an administrator and an instructor, of another programme in the same database."""
    with here.store.writing() as connection:
        connection.execute(insert(programme).values(id="next-door", name="Next door", created_at=NOON))
        connection.execute(
            insert(person).values(id="stranger", programme_id="next-door", name="Stranger", created_at=NOON)
        )
    return Actor("stranger", "next-door", "Stranger", frozenset(Role))


def _there(actor: Actor | None) -> Actor:
    assert actor is not None
    return actor


def roster_of(*people: tuple[str, str]) -> Roster:
    """A roster of references and names."""
    return Roster(
        tuple(RosterLine(n, reference, name, None) for n, (reference, name) in enumerate(people, start=2)), ()
    )
