"""Those who write to one database from one process, each when the one before is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """A queue before a database that takes one writer at a time.

    SQLite lets the others try again after growing pauses of up to a tenth of a second, in which nobody may be writing;
    with many answers at once most of the time goes there. Whoever waited for `patience` seconds tries without a turn:
    what then is in the way is the database's to say.
    """

    def __init__(self, patience: float) -> None:
        self._writing = Lock()
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """Write in turn."""
        mine = self._writing.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if mine:
                self._writing.release()
