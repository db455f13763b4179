"""Disks that can be filled, made read-only and cut off, where this machine allows: mounts need a privileged user."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotPossibleHere(Exception):
    """This machine or this user cannot do that. The message is the reason."""


def _run(*command: str) -> None:
    if shutil.which(command[0]) is None:
        raise NotPossibleHere(f"there is no program '{command[0]}'")
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    if done.returncode:
        raise NotPossibleHere(f"'{command[0]}' refused: {done.stderr.strip().splitlines()[-1:]}")


def _only_for_root() -> None:
    if os.geteuid() != 0:
        raise NotPossibleHere("mounting needs the root user")


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[Path]:
    """A disk in memory that is soon full, below `folder`.

    Raises:
        NotPossibleHere: this machine or user cannot mount.
    """
    _only_for_root()
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "faults", str(folder))
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


class Disk:
    """A file system in a file, which can fail as a real one does."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.image = image
        self.folder = folder

    def make(self, mebibytes: int = 16) -> None:
        """Make the file system."""
        _only_for_root()
        with self.image.open("wb") as file:
            file.truncate(mebibytes * 2**20)
        _run("mkfs.ext4", "-q", "-m", "0", str(self.image))

    def mount(self) -> None:
        """Put it in its place, after which it may be used."""
        _only_for_root()
        self.folder.mkdir(parents=True, exist_ok=True)
        _run("mount", "-o", "loop,errors=remount-ro", str(self.image), str(self.folder))

    def protect(self, protected: bool) -> None:
        """Make it read-only, for which nobody may write there at the time, or writable again."""
        _run("mount", "-o", "remount,ro" if protected else "remount,rw", str(self.folder))

    def fail(self) -> None:
        """Have it meet an error, upon which the kernel makes it read-only under whoever has files open there."""
        _run("mount", "-o", "remount,abort", str(self.folder))

    def unmount(self) -> None:
        """Take it away. Whoever has files open there must have ended."""
        _run("umount", str(self.folder))

    def copied(self, image: Path, folder: Path) -> Disk:
        """The disk as it would be found after a power cut now: only what has been written to the medium."""
        shutil.copyfile(self.image, image)
        return Disk(image, folder)


@contextmanager
def mounted(disk: Disk, *, new: bool = True) -> Iterator[Disk]:
    """The disk, made if it is new, and mounted; taken away at the end, whatever happens."""
    if new:
        disk.make()
    disk.mount()
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk.folder)], capture_output=True, check=False)
        disk.image.unlink(missing_ok=True)


def fill(folder: Path) -> Path:
    """Fill the disk to the last byte with one file, which is given."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (2**16, 2**10, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    return filler
