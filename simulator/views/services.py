"""The use cases that the whole process shares, for the pages and for the way in: made once for each database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Event, Lock

from simulator.records.access import Actor
from simulator.records.accounts import Accounts
from simulator.records.assignments import Assignments
from simulator.records.attempts import Attempts
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohorts import Cohorts
from simulator.records.consents import Consents
from simulator.records.database import URL_VARIABLE
from simulator.records.drafts import Drafts
from simulator.records.errors import PersonMissing
from simulator.records.exports import CohortExports
from simulator.records.health import catch_up
from simulator.records.own_data import OwnData
from simulator.records.people import People
from simulator.records.results_book import ResultsBook
from simulator.records.reviews import Reviews
from simulator.records.sign_ins import SignIns
from simulator.records.store import Store, open_store
from simulator.records.versions import Versions


@dataclass(frozen=True)
class Services:
    """Every use case, on one store."""

    store: Store
    attempts: Attempts
    sign_ins: SignIns
    accounts: Accounts
    people: People
    consents: Consents
    cohorts: Cohorts
    assignments: Assignments
    reviews: Reviews
    book: ResultsBook
    own_data: OwnData
    cohort_results: CohortResults
    cohort_attempts: CohortAttempts
    exports: CohortExports
    drafts: Drafts
    versions: Versions

    def alone(self) -> Actor | None:
        """The person at this computer, to whom everything belongs until there are accounts; None once there are."""
        if self._signing_in.is_set():
            return None
        if "_owner" not in self.__dict__ and self.people.any_accounts():  # records that never had an owner
            self._signing_in.set()
            return None
        try:
            actor = self.people.actor(self._owner)
        except PersonMissing:  # erased, or closed, which takes accounts
            actor = None
        if actor is None or not actor.alone:
            self._signing_in.set()  # and it stays so
            return None
        return actor

    @cached_property
    def _owner(self) -> str:
        return self.store.local_person().id

    @cached_property
    def _signing_in(self) -> Event:
        return Event()


_one_at_a_time = Lock()


def services() -> Services:
    """The use cases on the records that the environment names."""
    with _one_at_a_time:
        return _services(os.environ.get(URL_VARIABLE))


@lru_cache(maxsize=4)
def _services(url: str | None) -> Services:
    store = open_store(url)
    sign_ins, attempts, assignments = SignIns(store), Attempts(store), Assignments(store)
    reviews = Reviews(store, attempts)
    cohort_results = CohortResults(store)
    catch_up(store, attempts)
    return Services(
        store=store,
        attempts=attempts,
        sign_ins=sign_ins,
        accounts=Accounts(store, sign_ins),
        people=People(store),
        consents=Consents(store),
        cohorts=Cohorts(store),
        assignments=assignments,
        reviews=reviews,
        book=ResultsBook(store, assignments, reviews),
        own_data=OwnData(store),
        cohort_results=cohort_results,
        cohort_attempts=CohortAttempts(cohort_results),
        exports=CohortExports(store),
        drafts=Drafts(store),
        versions=Versions(store),
    )
