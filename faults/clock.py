"""The clock is set back under a running conversation, by an hour or by years."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from faults.looking import look_around
from faults.server import Server, running
from faults.sitting import Sitting
from faults.verdict import Verdict

_LOADED_AT_THE_START = Path(__file__).with_name("clock_set_back")
_HOUR = 3600.0
SET_BACK = {
    "an hour": _HOUR,
    "a day": 24 * _HOUR,
    "a year": 366 * 24 * _HOUR,
    "to 1999": 27 * 366 * 24 * _HOUR,
}


def clock_set_back(server: Server, random: Random) -> Verdict:
    """Answers before and after the clock is set back, with a restart in between or not, and after it is right again.

    The server process sees another clock (its Python's `time` and `datetime`); the machine's own stays as it is.
    """
    verdict = Verdict("clock set back", tried=1)
    own = Server(server.folder / f"clock-{random.randrange(10**9)}")
    clock = own.folder / "clock"
    clock.write_text("0", "ascii")
    path = os.pathsep.join(filter(None, (str(_LOADED_AT_THE_START), os.environ.get("PYTHONPATH"))))
    surroundings = {"PYTHONPATH": path, "FAULTS_CLOCK": str(clock)}
    with running(own, surroundings):
        sitting = Sitting(own, random)
        sitting.begin()
        sitting.go_on(2)
        by = random.choice(list(SET_BACK))
        clock.write_text(str(SET_BACK[by]), "ascii")
        verdict.counts[f"set back {by}"] += 1
        if random.random() < 0.5:
            own.restart(surroundings)
            sitting.come_back()
            verdict.counts["with a restart"] += 1
        _goes_on(sitting, verdict, "With the clock set back")
        verdict.expect(_earlier_than_before(own, sitting.attempt_id), "The campaign did not set the clock back.")
        look_around(sitting, verdict)
        clock.write_text("0", "ascii")
        _goes_on(sitting, verdict, "With the clock right again")
        look_around(sitting, verdict)
        sitting.finish(verdict)
    return verdict


def _goes_on(sitting: Sitting, verdict: Verdict, when: str) -> None:
    verdict.expect(sitting.go_on(2), f"{when} an answer was not taken.")
    sitting.check(verdict, when)
    sitting.come_back()
    sitting.check(verdict, f"{when}, opened anew")


def _earlier_than_before(server: Server, attempt_id: str) -> bool:
    """Whether some event is dated before the one it follows."""
    with closing(sqlite3.connect(server.database, timeout=10)) as connection:
        at = [row[0] for row in connection.execute("select at from event where attempt_id = ? order by number",
                                                   (attempt_id,))]  # fmt: skip
    return at != sorted(at)
