"""A power cut: what is on the medium, and nothing that was only in the memory of the machine."""

from __future__ import annotations

from random import Random

from faults.disks import Disk, NotPossibleHere, mounted
from faults.record import record_of
from faults.server import Server, running
from faults.sitting import Sitting
from faults.verdict import Verdict


def power_cut(server: Server, random: Random) -> Verdict:
    """After each answer the disk is copied as it is on the medium, and the copy mounted: the answer must be there.

    The disk is an ext4 file system in a file. What its kernel has not written through is not in the copy.
    """
    verdict = Verdict("power cut after an answer")
    folder = server.folder / f"cut-{random.randrange(10**9)}"
    folder.mkdir()
    try:
        with mounted(Disk(folder / "disk.img", folder / "disk")) as disk, running(Server(folder, disk.folder)) as own:
            sitting = Sitting(own, random)
            sitting.begin()
            while not sitting.ended and len(sitting.given) < 6:
                sitting.act()
                verdict.tried += 1
                copy = disk.copied(folder / "copy.img", folder / "copy")
                with mounted(copy, new=False):
                    record = record_of(copy.folder / own.database.name, sitting.attempt_id)
                verdict.blame(record.problems)
                verdict.expect(
                    list(record.acts) == sitting.given,
                    f"Shown as given: {sitting.given}; on the medium: {list(record.acts)}.",
                )
            sitting.finish(verdict)
            own.kill()
    except NotPossibleHere as reason:
        verdict.untried.append(str(reason))
    return verdict
