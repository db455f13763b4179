"""Records that cannot be written: a disk that turns read-only under a conversation, a protected folder at a start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from faults.disks import Disk, NotPossibleHere, mounted
from faults.server import Server, running
from faults.sitting import Sitting
from faults.standing import sentence, uncaught
from faults.verdict import Verdict

Protect = Callable[[bool], None]
"""Makes records read-only (True) or writable (False)."""


def read_only_disk(server: Server, random: Random) -> Verdict:
    """The kernel makes the disk read-only under the running server; after a repair all is there (ext4 in a file)."""
    verdict = Verdict("disk turns read-only")
    folder = server.folder / f"failing-{random.randrange(10**9)}"
    folder.mkdir()
    try:
        with mounted(Disk(folder / "disk.img", folder / "disk")) as disk, running(Server(folder, disk.folder)) as own:
            verdict.tried = 1
            sitting = Sitting(own, random)
            sitting.begin()
            sitting.go_on(random.randint(1, 4))
            disk.fail()
            _not_taken(sitting, verdict)
            own.kill()
            disk.unmount()
            disk.mount()
            own.start()
            sitting.come_back()
            _goes_on(sitting, verdict, "After the repair")
            own.kill()
    except NotPossibleHere as reason:
        verdict.untried.append(str(reason))
    return verdict


def _not_taken(sitting: Sitting, verdict: Verdict) -> None:
    """An answer that cannot be kept is not shown as given, and the page says why."""
    if sitting.ended:
        return
    taken = sitting.press(sitting.any_answer())
    verdict.expect(not taken, "On a read-only disk an answer is shown as given.")
    verdict.counts["answers refused"] += not taken
    _explained(sitting, verdict)


def _explained(sitting: Sitting, verdict: Verdict) -> None:
    verdict.blame(uncaught(sitting.visitor))
    said = [alert.words for alert in sitting.visitor.alerts()]
    known = sentence(sitting.visitor, "read-only") or sentence(sitting.visitor, "does not answer")
    verdict.expect(known, f"The page does not say what is wrong with the records; it says {said}.")
    verdict.counts["said to be read-only"] += sentence(sitting.visitor, "read-only")


def _goes_on(sitting: Sitting, verdict: Verdict, when: str) -> None:
    sitting.check(verdict, when)
    verdict.expect(sitting.go_on(2), f"{when} an answer was not taken.")
    sitting.check(verdict, f"{when}, two acts later")
    sitting.finish(verdict)


def read_only_start(server: Server, random: Random) -> Verdict:
    """The server starts while its records may not be written; once they may, a reload is enough."""
    verdict = Verdict("read-only at the start")
    folder = server.folder / f"protected-{random.randrange(10**9)}"
    folder.mkdir()
    try:
        with _records_to_protect(folder) as (records, protect), running(Server(folder, records)) as own:
            verdict.tried = 1
            sitting = Sitting(own, random)
            sitting.begin()
            sitting.go_on(2)
            own.kill()
            protect(True)
            own.start()
            sitting.come_back()
            _explained(sitting, verdict)
            protect(False)
            sitting.visitor.reload()
            sitting.drawn()
            _goes_on(sitting, verdict, "Writable again, after a reload")
            own.kill()
    except NotPossibleHere as reason:
        verdict.untried.append(str(reason))
    return verdict


@contextmanager
def _records_to_protect(folder: Path) -> Iterator[tuple[Path, Protect]]:
    """A folder for records that can be made read-only. Permissions bind everybody but root, who gets a disk."""
    if os.geteuid() == 0:
        with mounted(Disk(folder / "disk.img", folder / "disk")) as disk:
            yield disk.folder, disk.protect
        return
    records = folder / "records"
    records.mkdir()

    def protect(protected: bool) -> None:
        for path in (records, *records.iterdir()):
            path.chmod((0o500 if protected else 0o700) if path.is_dir() else (0o400 if protected else 0o600))

    try:
        yield records, protect
    finally:
        records.chmod(0o700)
