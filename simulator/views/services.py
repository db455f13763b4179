"""The use cases that the whole process shares, for the pages and for the way in: made once for each database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from simulator.records.accounts import Accounts
from simulator.records.assignments import Assignments
from simulator.records.attempts import Attempts
from simulator.records.cohorts import Cohorts
from simulator.records.consents import Consents
from simulator.records.database import URL_VARIABLE
from simulator.records.health import catch_up
from simulator.records.own_data import OwnData
from simulator.records.people import People
from simulator.records.results_book import ResultsBook
from simulator.records.reviews import Reviews
from simulator.records.sign_ins import SignIns
from simulator.records.store import Store, open_store


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

    @cached_property
    def owner(self) -> str:
        """The id of the person at this computer: the only one, until there are accounts."""
        return self.store.local_person().id


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
    )
