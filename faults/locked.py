"""Another program holds the database: for longer than the app waits, for a moment, and while the app starts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from random import Random
from threading import Timer

from faults.server import Server
from faults.sitting import Sitting
from faults.standing import sentence, uncaught
from faults.verdict import Verdict


def locked_too_long(server: Server, random: Random) -> Verdict:
    """The lock outlasts the app's five seconds of waiting: the answer is refused in a sentence, and taken later."""
    verdict = Verdict("locked for too long", tried=1)
    sitting = _in_a_talk(server, random)
    with _held(server):
        button = sitting.any_answer()
        began = time.monotonic()
        taken = sitting.press(button)
        verdict.counts["seconds the person waited"] += round(time.monotonic() - began)
        verdict.expect(not taken, "An answer is shown as given while the database is locked.")
        said = [alert.words for alert in sitting.visitor.alerts()]
        verdict.expect(sentence(sitting.visitor, "locked"), f"The page does not say 'locked'; it says {said}.")
        verdict.blame(uncaught(sitting.visitor))
    sitting.check(verdict, "After the lock")
    sitting.drawn()
    verdict.expect(sitting.press(sitting.any_answer()), "The answer was not taken later.")
    sitting.check(verdict, "An answer after the lock")
    sitting.finish(verdict)
    return verdict


def locked_for_a_moment(server: Server, random: Random) -> Verdict:
    """The lock is let go within the app's patience: the answer is taken, once, though clicked again meanwhile."""
    verdict = Verdict("locked for a moment", tried=1)
    sitting = _in_a_talk(server, random)
    time.sleep(0.45)
    holder = sqlite3.connect(server.database, isolation_level=None, check_same_thread=False)
    holder.execute("begin exclusive")
    release = Timer(random.uniform(0.5, 3.0), holder.execute, ("rollback",))
    release.start()
    button = sitting.any_answer()
    impatient = random.random() < 0.5
    if impatient:
        sitting.visitor.click(button)
        time.sleep(0.3)
        verdict.counts["clicked again while waiting"] += 1
    taken = sitting.press(button)
    release.join()
    holder.close()
    sitting.visitor.settle()
    verdict.expect(taken, "The answer was not taken though the lock was let go.")
    sitting.drawn()
    sitting.check(verdict, "After a short lock")
    sitting.finish(verdict)
    return verdict


def locked_at_the_start(server: Server, random: Random) -> Verdict:
    """The app starts while the database is locked; once it is let go, a reload is enough."""
    verdict = Verdict("locked at the start", tried=1)
    sitting = _in_a_talk(server, random)
    server.kill()
    with _held(server):
        server.start()
        sitting.come_back()
        said = [alert.words for alert in sitting.visitor.alerts()]
        verdict.expect(sentence(sitting.visitor, "locked"), f"The page does not say 'locked'; it says {said}.")
        verdict.blame(uncaught(sitting.visitor))
    sitting.visitor.reload()
    sitting.drawn()
    sitting.check(verdict, "After the lock, reloaded")
    verdict.expect(sitting.go_on(1), "After the lock an answer was not taken.")
    sitting.check(verdict, "An answer after the lock")
    sitting.finish(verdict)
    return verdict


def _in_a_talk(server: Server, random: Random) -> Sitting:
    """Somebody in the middle of a talk that has not ended."""
    sitting = Sitting(server, random)
    sitting.begin()
    sitting.go_on(1)
    return sitting


@contextmanager
def _held(server: Server) -> Iterator[None]:
    """The database, locked for writing by this process, which is another than the server's."""
    with closing(sqlite3.connect(server.database, isolation_level=None)) as holder:
        holder.execute("begin exclusive")
        yield
        holder.execute("rollback")
