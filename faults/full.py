"""A full disk, and a limit on the size of files, under a running conversation and at a start."""

from __future__ import annotations

import resource
from random import Random

from faults.disks import NotPossibleHere, fill, small_disk
from faults.server import Server, running
from faults.sitting import Sitting
from faults.standing import sentence, uncaught
from faults.verdict import Verdict

SMALL_KIB = 1500


def full_disk(server: Server, random: Random) -> Verdict:
    """The disk with the records fills up during a conversation, and has room again later (tmpfs of 1.5 MiB)."""
    verdict = Verdict("full disk")
    folder = server.folder / f"full-{random.randrange(10**9)}"
    try:
        with small_disk(folder / "disk", SMALL_KIB) as disk, running(Server(folder, disk)) as own:
            verdict.tried = 1
            sitting = Sitting(own, random)
            sitting.begin()
            sitting.go_on(random.randint(1, 3))
            filler = fill(disk)
            _refused(sitting, verdict, "full")
            sitting.visitor.reload()
            sitting.check(verdict, "Reading the attempt on a full disk")
            _start_on_a_full_disk(own, sitting, verdict)
            filler.unlink()
            sitting.come_back()
            verdict.expect(sitting.go_on(2), "With room again an answer was not taken.")
            sitting.check(verdict, "With room again")
            sitting.finish(verdict)
    except NotPossibleHere as reason:
        verdict.untried.append(str(reason))
    return verdict


def _refused(sitting: Sitting, verdict: Verdict, word: str) -> None:
    """Answer until one is refused: what fits into space already taken is rightly kept."""
    for _ in range(12):
        if sitting.ended:
            break
        if not sitting.press(sitting.any_answer()):
            verdict.counts["answers refused"] += 1
            said = [alert.words for alert in sitting.visitor.alerts()]
            verdict.expect(sentence(sitting.visitor, word), f"A refused answer is not explained; the page says {said}.")
            sitting.check(verdict, "After a refused answer")
            sitting.drawn()
            return
        verdict.counts["answers still kept"] += 1
    verdict.counts["nothing was refused"] += 1


def _start_on_a_full_disk(own: Server, sitting: Sitting, verdict: Verdict) -> None:
    """Killed and started while there is no room: what the person meets is a sentence or their attempt."""
    own.restart()
    sitting.come_back()
    verdict.blame(uncaught(sitting.visitor))
    if sitting.visitor.talk():
        verdict.counts["attempt readable after a start on a full disk"] += 1
    else:
        verdict.counts["a sentence after a start on a full disk"] += 1
        said = [alert.words for alert in sitting.visitor.alerts()]
        verdict.expect(bool(said), "After a start on a full disk the page says nothing.")


def file_size_limit(server: Server, random: Random) -> Verdict:
    """Files of the running server may not grow any more (RLIMIT_FSIZE, EFBIG), and later may again."""
    verdict = Verdict("limit on the size of files", tried=1)
    assert server.process is not None
    sitting = Sitting(server, random)
    sitting.begin()
    sitting.go_on(1)
    log = server.database.with_name(server.database.name + "-wal")
    limit = max(log.stat().st_size if log.exists() else 0, server.log.stat().st_size)
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        _refused(sitting, verdict, "disk")
        sitting.visitor.reload()
        sitting.check(verdict, "Reading the attempt under the limit")
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)
    sitting.come_back()
    verdict.expect(sitting.go_on(2), "Without the limit an answer was not taken.")
    sitting.check(verdict, "Without the limit")
    sitting.finish(verdict)
    return verdict
