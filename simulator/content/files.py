"""Reading files that may be anything: every way it can fail is a finding, in bounded time and memory."""

from __future__ import annotations

from pathlib import Path

from simulator.content.diagnostics import Finding, Span
from simulator.content.source import MOST_CHARACTERS, Source, read

_START = Span(1, 1, 1, 2)


def read_file(path: Path, called: str, inside: Path) -> Source:
    """Read a YAML file. Findings name it `called`; a link that leads out of `inside` is not followed."""
    try:
        resolved = path.resolve(strict=True)
        if not resolved.is_relative_to(inside.resolve()):
            return _unreadable(called, "it is a link that leads out of the library", "copy the file into the library")
        if not resolved.is_file():
            return _unreadable(called, "it is not a file", "rename or move what stands there")
        size = resolved.stat().st_size
        if size > 4 * MOST_CHARACTERS:
            values = {"found": f"about {size:,}", "most": f"{MOST_CHARACTERS:,}"}
            return Source(called, "", findings=(Finding("too-long", called, _START, values),))
        data = resolved.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        return _unreadable(called, reason[0].lower() + reason[1:], "check that it exists and that you may read it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        span = Span(line, column, line, column + 1)
        values = {"byte": f"0x{data[error.start]:02X}"}
        return Source(called, "", findings=(Finding("not-utf-8", called, span, values),))
    return read(text, called)


def _unreadable(called: str, reason: str, remedy: str) -> Source:
    return Source(called, "", findings=(Finding("unreadable", called, _START, {"reason": reason, "remedy": remedy}),))
