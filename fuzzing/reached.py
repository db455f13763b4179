"""Which branches of the code under test have been reached so far."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import coverage

UNDER_TEST = Path(__file__).resolve().parents[1] / "simulator" / "content"


_NOT_TEXTS = ("library.py", "files.py", "support.py", "schemas.py", "schema_words.py")
"""What looks at folders and files rather than at texts, and what makes the published schemas."""


class Reached:
    """Branch coverage of everything that reads content, growing with every text."""

    def __init__(self) -> None:
        self._coverage = coverage.Coverage(
            branch=True,
            source=[str(UNDER_TEST)],
            omit=[str(UNDER_TEST / name) for name in _NOT_TEXTS],
            data_file=None,
            messages=False,
        )

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what is reached in here."""
        self._coverage.start()
        try:
            yield
        finally:
            self._coverage.stop()

    def while_running(self, work: Callable[[], None]) -> bool:
        """Run, and say whether a branch was reached that had not been before. What the work raises goes on."""
        before = self.branches()
        with self.watching():
            work()
        return self.branches() > before

    def branches(self) -> int:
        """How many branches have been reached."""
        data = self._coverage.get_data()
        return sum(len(data.arcs(file) or ()) for file in data.measured_files())

    def report(self) -> list[tuple[str, int, float]]:
        """By module: how many statements it has, and the share of statements and branches reached, from 0 to 100."""
        told = io.StringIO()
        self._coverage.report(file=told, show_missing=False, skip_empty=True)
        rows = []
        for line in told.getvalue().splitlines():
            found = re.match(r"(\S+\.py)\s+(\d+)\s+.*?([\d.]+)%$", line)
            if found:
                name = Path(found.group(1)).resolve()
                rows.append((name.relative_to(UNDER_TEST).as_posix(), int(found.group(2)), float(found.group(3))))
        return rows
