"""A line at the bottom of the terminal that says what long work is at."""

from __future__ import annotations

import sys
import time

_WIDTH = 24
_EVERY_SECONDS = 0.1


class ProgressBar:
    """Written to standard error while that is a terminal, and wiped when it is done; silent otherwise."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._shown = self._stream.isatty()
        self._doing = ""
        self._last = 0.0

    def tell(self, doing: str, done: int, total: int) -> None:
        """Say what is worked on, and how far it is; with a total of 0 only what."""
        now = time.monotonic()
        if not self._shown or (doing == self._doing and now - self._last < _EVERY_SECONDS):
            return
        self._doing, self._last = doing, now
        print(f"\r\033[K{_bar(done, total)}{doing}", end="", file=self._stream, flush=True)

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\033[K", end="", file=self._stream, flush=True)


def _bar(done: int, total: int) -> str:
    if not total:
        return ""
    filled = min(_WIDTH * done // total, _WIDTH)
    return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {total:,}  "
