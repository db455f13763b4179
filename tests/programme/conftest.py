"""A made-up cohort for each test; for those that show what the database aggregates, on either kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people.conftest import database_url, programme_of_two
from tests.programme.cohorts import MadeUp, made_up

__all__ = ["database_url", "programme_of_two"]


@pytest.fixture
def cohort_of(tmp_path: Path) -> Iterator[MadeUp]:
    """An empty cohort in a database of its own."""
    made = made_up(f"sqlite:///{tmp_path}/cohort.sqlite3")
    yield made
    made.store.close()


@pytest.fixture
def either(database_url: str) -> Iterator[MadeUp]:
    """The same on SQLite and on PostgreSQL."""
    made = made_up(database_url)
    yield made
    made.store.close()
