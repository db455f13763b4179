"""A roster as a CSV file: who is in a cohort, by the programme's own reference. Errors are told by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

COLUMNS = ("reference", "name", "email")
"""What the first line names, in any order and case; `email` may be missing."""

MOST_LINES = 5_000
_ALSO_CALLED = {
    "id": "reference",
    "student id": "reference",
    "student number": "reference",
    "studentnumber": "reference",
    "e-mail": "email",
    "email address": "email",
    "full name": "name",
}


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person of a roster, and the line of the file they stand on."""

    number: int
    reference: str
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class RosterError:
    """What is wrong with a line. `number` counts the file's lines from 1."""

    number: int
    told: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as it was read."""

    lines: tuple[RosterLine, ...]
    errors: tuple[RosterError, ...]


class _Rows(Protocol):
    """A CSV reader: rows, and the line that was read last."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def read_roster(data: bytes) -> Roster:
    """Read a roster from the bytes of a CSV file, as spreadsheets write it: with commas, semicolons or tabs."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Roster((), (RosterError(1, "The file is not in UTF-8. Save it as 'CSV UTF-8' and bring it in again."),))
    if "\x00" in text:
        return Roster((), (RosterError(1, "This is not a CSV file. Save the sheet as 'CSV UTF-8'."),))
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        head = next(rows, [])
        names = [_ALSO_CALLED.get(name.strip().casefold(), name.strip().casefold()) for name in head]
        missing = [name for name in ("reference", "name") if name not in names]
        if missing:
            told = f"The first line has to name the columns {', '.join(COLUMNS)}; it lacks {' and '.join(missing)}."
            return Roster((), (RosterError(1, told),))
        return _read_lines(rows, names)
    except csv.Error as error:
        return Roster((), (RosterError(rows.line_num, f"The line cannot be read as CSV: {error}."),))


def _read_lines(rows: _Rows, names: list[str]) -> Roster:
    lines: list[RosterLine] = []
    errors: list[RosterError] = []
    seen: dict[str, int] = {}
    for row in rows:
        number = rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(seen) >= MOST_LINES:
            errors.append(
                RosterError(number, f"A roster can have {MOST_LINES} people at most; bring in the rest after.")
            )
            break
        cells = {name: " ".join(cell.split()) for name, cell in zip(names, row, strict=False)}
        told = _wrong_with(cells, seen)
        if told:
            errors.append(RosterError(number, told))
            continue
        seen[cells["reference"]] = number
        lines.append(RosterLine(number, cells["reference"], cells["name"], cells.get("email") or None))
    if not lines and not errors:
        errors.append(RosterError(1, "There is nobody in this file below the first line."))
    return Roster(tuple(lines), tuple(errors))


def _wrong_with(cells: dict[str, str], seen: dict[str, int]) -> str:
    reference, name, email = cells.get("reference", ""), cells.get("name", ""), cells.get("email", "")
    if not reference:
        return "The reference is missing: what your programme knows the person by."
    if len(reference) > 255 or len(name) > 200:
        return "The reference can have 255 characters at most and the name 200."
    if not name:
        return f"The name of '{reference}' is missing."
    if reference in seen:
        return f"'{reference}' stands on line {seen[reference]} already."
    if email and "@" not in email:
        return f"'{email}' is no e-mail address. Leave it empty if there is none."
    return ""
