"""Reading files that may be anything: every way it can fail is a finding, in bounded time and memory."""

from __future__ import annotations

from pathlib import Path

from simulator.content.diagnostics import Finding, Span
from simulator.content.places import START
from simulator.content.reader import MOST_CHARACTERS
from simulator.content.source import Source, read

_MOST_BYTES = 4 * MOST_CHARACTERS


def read_file(path: Path, called: str, inside: Path) -> Source:
    """Read a YAML file. Findings name it `called`; a link that leads out of `inside` is not followed."""
    try:
        resolved = path.resolve(strict=True)
        if not resolved.is_relative_to(inside.resolve()):
            return unreadable(called, "it is a link that leads out of the library", "copy the file into the library")
        if not resolved.is_file():
            return unreadable(called, "it is not a file", "rename or move what stands there")
        with resolved.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a link that leads to itself
        return _refused(called, error)
    if len(data) > _MOST_BYTES:
        values = {"found": f"more than {_MOST_BYTES:,} bytes", "most": f"{MOST_CHARACTERS:,}"}
        return Source(called, "", findings=(Finding("too-long", called, START, values),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Source(called, "", findings=(_not_utf_8(data, error.start, called),))
    return read(text, called)


def content_files(folder: Path, called: str) -> tuple[list[Path], Source | None]:
    """Everything in a folder that might be meant as content, in order; or why the folder cannot be read."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in {".yaml", ".yml"})
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return [], _refused(called, error)
    return [path for path in paths if not path.name.startswith(".")], None


def unreadable(called: str, reason: str, remedy: str) -> Source:
    """A file that was not read, and why."""
    return Source(called, "", findings=(Finding("unreadable", called, START, {"reason": reason, "remedy": remedy}),))


def _refused(called: str, error: Exception) -> Source:
    if isinstance(error, RuntimeError):
        return unreadable(called, "it is a link that leads back to itself", "replace it by the file")
    if isinstance(error, FileNotFoundError):
        return unreadable(called, "it is not there, or a link to it leads nowhere", "put the file there")
    if isinstance(error, PermissionError):
        return unreadable(called, "you may not read it", "change its permissions")
    reason = getattr(error, "strerror", None) or "it cannot be opened"
    return unreadable(called, reason[0].lower() + reason[1:], "check that it exists and that you may read it")


def _not_utf_8(data: bytes, at: int, called: str) -> Finding:
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    values = {"byte": f"0x{data[at]:02X}"}
    return Finding("not-utf-8", called, Span(line, column, line, column + 1), values)
