"""Marks for the gradebook of a learning platform: CSV files as Moodle and Canvas import them.

A mark is `overall` of the attempt that counts, from 0 to 100, as it is shown here: rounded to hundredths, halves up.
The cell is empty where it is not determined, where nothing is over yet, and while the trainee may not see it: an
import would show it to them.

Moodle: https://docs.moodle.org/en/Grade_import (columns are mapped on import; people by ID number or e-mail address).
Canvas: the importer takes the columns Student, ID, SIS User ID, SIS Login ID, Section by their place, then one for each
assignment, and the row after the header as points possible where its first cell says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.programme.export_files import write_csv
from simulator.programme.export_tables import Cell
from simulator.records.access import Actor
from simulator.records.assignments import Assignment
from simulator.records.export_rows import ExportedPerson, TakenOut
from simulator.records.exports import CohortExports
from simulator.session.scoring import rounded_to_two

FULL_MARKS = 100

_CANVAS_HEAD = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_CANVAS_OWN = frozenset({*_CANVAS_HEAD, "LastName", "FirstName", "Integration ID", "Root Account"})
_CANVAS_TOTALS = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
_CANVAS_ID = re.compile(r"\((\d+)\)\s*$")


class Platform(StrEnum):
    """Whose gradebook."""

    MOODLE = "moodle"
    CANVAS = "canvas"


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A file to import, how many marks are in it, and how many were left out because they are not released yet."""

    text: str
    marks: int
    held_back: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A column: an assignment and one of its clients."""

    assignment_id: str
    client: str
    title: str


Marks = Mapping[tuple[str, str, str], int]
"""By person, assignment and client."""


def gradebook(
    exports: CohortExports,
    actor: Actor,
    cohort_id: str,
    platform: Platform,
    *,
    unreleased: bool = False,
    where: str = "",
) -> Gradebook:
    """The marks of a cohort, a line for each trainee who is in it and a column for each client of each assignment.

    `unreleased` takes in marks that trainees may not see yet. `where` is added to what is told in the log.

    Raises:
        NotAllowed: the cohort's results are not the actor's to export.
    """
    taken = exports.take_out(actor, cohort_id, ", ".join(filter(None, (platform.value, where))))
    marks: dict[tuple[str, str, str], int] = {}
    held_back = 0
    with exports.reading(taken) as reader:
        for row in reader.attempts([key for key in taken.attempts if key.counts]):
            if row.overall is None:
                continue
            if row.feedback_open or unreleased:
                marks[row.key.person_id, row.assignment_id, row.client] = rounded_to_two(row.overall)
            else:
                held_back += 1
    people = [person for person in taken.people if not person.left]
    items = _items(taken.assignments)
    write = {Platform.MOODLE: _moodle, Platform.CANVAS: _canvas}[platform]
    there = {one.id for one in people}
    return Gradebook(
        write(taken, people, items, marks), sum(person in there for person, _, _ in marks), held_back
    )  # fmt: skip


def _items(assignments: Iterable[Assignment]) -> tuple[_Item, ...]:
    """The columns, the earliest due first; titles that are the same get a number, or one would fall upon the other."""
    found: list[_Item] = []
    taken: set[str] = set()
    for one in sorted(assignments, key=lambda one: (one.setting.due_at, one.id)):
        for slot in one.setting.slots:
            several = len(one.setting.slots) > 1
            plain = f"{one.setting.title}: {slot.scenario}" if several else one.setting.title
            title, number = plain, 1
            while title in taken:
                number += 1
                title = f"{plain}, {number}"
            taken.add(title)
            found.append(_Item(one.id, slot.scenario, title))
    return tuple(found)


def _moodle(taken: TakenOut, people: Sequence[ExportedPerson], items: Sequence[_Item], marks: Marks) -> str:
    header = ("ID number", "Email address", "Full name", *(item.title for item in items))
    return _csv(header, ((one.reference, _address(one), one.name, *_marks(one, items, marks)) for one in people))


def _canvas(taken: TakenOut, people: Sequence[ExportedPerson], items: Sequence[_Item], marks: Marks) -> str:
    header = (*_CANVAS_HEAD, *(canvas_title(item.title) for item in items))
    possible: tuple[Cell, ...] = ("    Points Possible", "", "", "", "", *(FULL_MARKS for _ in items))
    lines = (
        (one.name, "", one.reference, one.sign_in_name or one.email, taken.cohort, *_marks(one, items, marks))
        for one in people
    )
    return _csv(header, (possible, *lines))


def canvas_title(title: str) -> str:
    """A title that Canvas takes for an assignment's: not for one of its own columns, a total, or one by its number.

    A number in brackets at the end is Canvas's own id of an assignment; we know none.
    """
    safe = _CANVAS_TOTALS.sub(r"\1-\2", _CANVAS_ID.sub(r"[\1]", title.strip()))
    return f"{safe} (assignment)" if safe in _CANVAS_OWN else safe


def _marks(person: ExportedPerson, items: Iterable[_Item], marks: Marks) -> list[Cell]:
    return [marks.get((person.id, item.assignment_id, item.client)) for item in items]


def _address(person: ExportedPerson) -> str | None:
    """Where mail reaches them: people often sign in with it."""
    signs_in = person.sign_in_name or ""
    return person.email or (signs_in if "@" in signs_in else None)


def _csv(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    text = io.StringIO(newline="")
    write_csv(text, header, rows)
    return text.getvalue()
