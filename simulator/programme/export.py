"""A cohort's results as one archive: tables, the data dictionary of them, and a page that says what it is.

Rows are read and written one after the other, so that fifty thousand attempts need no more memory than fifty.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import IO

from simulator import __version__
from simulator.content.library import ContentMissing
from simulator.programme.export_cells import (
    assignment_cells,
    attempt_cells,
    choice_cells,
    incident_cells,
    item_cells,
    person_cells,
    point_cells,
    score_cells,
    statistics_cells,
    version_cells,
    version_name,
)
from simulator.programme.export_files import BOM, Form, table_files, write_csv
from simulator.programme.export_tables import DICTIONARY, TABLES, Cells, dictionary
from simulator.programme.items import VersionItems, cohort_items
from simulator.programme.pseudonyms import AsTheyAre, Naming, Pseudonyms
from simulator.records.access import Actor
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import Scope
from simulator.records.export_rows import AttemptKey, ExportedPerson, TakenOut, VersionRow
from simulator.records.exports import CohortExports, ExportReader
from simulator.session.interview import ENGINE_VERSION
from simulator.session.scoring import SCORING_VERSION, Scoring

FORMAT = 1
"""Version of the form of an export: of its tables and their columns."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table, people and attempts taken out, and versions that could not be read any more."""

    rows: Mapping[str, int]
    people: int
    attempts: int
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the tables are made of."""

    taken: TakenOut
    reader: ExportReader
    naming: Naming
    people: Sequence[ExportedPerson]
    keys: Sequence[AttemptKey]
    versions: Sequence[VersionRow]
    scorings: Mapping[str, Scoring]
    items: Sequence[VersionItems]


def export_cohort(
    exports: CohortExports,
    results: CohortResults,
    actor: Actor,
    cohort_id: str,
    form: Form,
    target: Path | IO[bytes],
    *,
    pseudonymous: bool = False,
    where: str = "",
) -> Exported:
    """Write everything a cohort did for its assignments as a zip archive of tables.

    `where` is added to what the people concerned are told in the log. A pseudonymised export has no names, other
    pseudonyms than any export before, days in place of moments, and its rows in the order of the pseudonyms.

    Raises:
        NotAllowed: the cohort's results are not the actor's to export.
    """
    naming: Naming = Pseudonyms() if pseudonymous else AsTheyAre()
    told = ", ".join(filter(None, (form.value, "pseudonymous" if pseudonymous else "", where)))
    taken = exports.take_out(actor, cohort_id, told)
    items = _items(results, actor, cohort_id)
    with (
        exports.reading(taken) as reader,
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        versions = reader.versions()
        scorings = _scorings(exports, versions)
        people, keys = in_order(taken, naming)
        sources = _Sources(taken, reader, naming, people, keys, versions, scorings, items)
        unreadable = tuple(version_name(row.version) for row in versions if version_name(row.version) not in scorings)
        _write_about(archive, taken, naming, versions, unreadable)
        with table_files(archive, form, Path(folder)) as files:
            if form is Form.XLSX:
                files.write(DICTIONARY.name, DICTIONARY.columns, dictionary(pseudonymous))
            rows = {
                table.name: files.write(
                    table.name,
                    table.shown(pseudonymous),
                    (table.shown_cells(row, pseudonymous) for row in _rows(table.name, sources)),
                )
                for table in TABLES
            }
    return Exported(rows, len(people), len(keys), unreadable)


def in_order(taken: TakenOut, naming: Naming) -> tuple[Sequence[ExportedPerson], Sequence[AttemptKey]]:
    """People and attempts in the order they are written in: by name, or by pseudonym, or the order would tell names."""
    if not naming.pseudonymous:
        return taken.people, taken.attempts
    return (
        sorted(taken.people, key=lambda one: naming.person(one.id)),
        sorted(taken.attempts, key=lambda one: naming.attempt(one.id)),
    )


def _rows(table: str, of: _Sources) -> Iterator[Cells]:
    """The rows of a table, by its name."""
    naming, reader = of.naming, of.reader
    known = [(row.version, of.scorings.get(version_name(row.version))) for row in of.versions]
    makers: Mapping[str, Iterator[Cells]] = {
        "people": (person_cells(one, naming) for one in of.people),
        "assignments": (
            assignment_cells(one) for one in sorted(of.taken.assignments, key=attrgetter("setting.opens_at", "id"))
        ),
        "attempts": (attempt_cells(row, naming) for row in reader.attempts(of.keys)),
        "scores": (score_cells(row, naming) for row in reader.scores(of.keys)),
        "choices": (choice_cells(row, naming) for row in reader.choices(of.keys)),
        "incidents": (incident_cells(row, naming) for row in reader.incidents(of.keys)),
        "versions": (version_cells(row, of.scorings.get(version_name(row.version))) for row in of.versions),
        "items": (cells for version, scoring in known if scoring for cells in item_cells(version, scoring)),
        "points": (cells for version, scoring in known if scoring for cells in point_cells(version, scoring)),
        "item_statistics": (cells for items in of.items for cells in statistics_cells(items)),
    }
    return makers[table]


def _scorings(exports: CohortExports, versions: Sequence[VersionRow]) -> dict[str, Scoring]:
    """The scoring of each version, by its name; those that cannot be read any more are left out."""
    found = {}
    for row in versions:
        version = row.version
        try:
            playable = exports.playable((row.scenario_hash, version.behaviours_hash, version.rubric_hash))
        except ContentMissing:
            continue
        found[version_name(version)] = playable.scoring
    return found


def _items(results: CohortResults, actor: Actor, cohort_id: str) -> tuple[VersionItems, ...]:
    try:
        return cohort_items(results, actor, Scope(cohort_id), every=True)
    except ContentMissing:
        return ()


def _write_about(
    archive: zipfile.ZipFile,
    taken: TakenOut,
    naming: Naming,
    versions: Sequence[VersionRow],
    unreadable: Sequence[str],
) -> None:
    archive.writestr("README.txt", _readme(taken, naming, versions, unreadable))
    rows = tuple(dictionary(naming.pseudonymous))
    names = [column.name for column in DICTIONARY.columns]
    text = io.StringIO(newline="")
    text.write(BOM)
    write_csv(text, names, rows)
    archive.writestr("dictionary.csv", text.getvalue())
    told = {"format": FORMAT, "columns": [dict(zip(names, row, strict=True)) for row in rows]}
    archive.writestr("dictionary.json", json.dumps(told, indent=1, ensure_ascii=False))


def _readme(taken: TakenOut, naming: Naming, versions: Sequence[VersionRow], unreadable: Sequence[str]) -> str:
    who = (
        "Pseudonymised: no names, days in place of moments, and pseudonyms that no other export shares. The key they "
        "were made with was not kept. It is not anonymous: in a small cohort, scores and dates can give somebody away."
        if naming.pseudonymous
        else "With names: keep it as you keep marks, and delete it when it has served."
    )
    lines = [
        f"{taken.programme}: {taken.cohort}",
        f"Exported {naming.moment(taken.at):%Y-%m-%d %H:%M} UTC. Everybody in it can read who took it out.",
        who,
        "",
        "What was done for this cohort's assignments, and nothing else: practice of one's own is never here.",
        "What each column means is in dictionary.csv and, the same, in dictionary.json. Moments are in UTC.",
        "In CSV files and workbooks a text that a spreadsheet would take for a formula has an apostrophe before it or",
        "is marked as text.",
        "",
        f"Form of this export: {FORMAT}",
        f"Program: counselling-simulator {__version__}; engine {ENGINE_VERSION}; scoring {SCORING_VERSION} "
        "(each attempt's own in attempts)",
        "",
        "Versions played (SHA-256 of the texts):",
    ]
    for row in versions:
        lines += [
            f"  {version_name(row.version)}: {row.attempts} attempts",
            f"    scenario {row.version.scenario} {row.scenario_hash}",
            f"    meaning {row.version.meaning_hash}",
            f"    behaviours {row.version.behaviours_hash}",
            f"    rubric {row.version.rubric} {row.version.rubric_hash}",
        ]
    if unreadable:
        lines += ["", f"Left out of items, as this program cannot read them any more: {', '.join(unreadable)}"]
    return "\r\n".join(lines) + "\r\n"
