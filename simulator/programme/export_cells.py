"""From rows to the cells of an export's tables, in the order of their columns in `export_tables`."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from simulator.programme.export_tables import Cells
from simulator.programme.figures import Estimate
from simulator.programme.items import VersionItems
from simulator.programme.pseudonyms import Naming
from simulator.records.assignments import Assignment
from simulator.records.cohort_rows import Version
from simulator.records.export_rows import (
    AttemptRow,
    ChoiceRow,
    ExportedPerson,
    IncidentRow,
    ScoreRow,
    VersionRow,
)
from simulator.session.scoring import Level, Scoring


def version_name(version: Version) -> str:
    """A short name of a version, the same in every export: its scenario, and the beginning of a hash of all of it."""
    whole = "\n".join((version.meaning_hash, version.behaviours_hash, version.rubric, version.rubric_hash))
    return f"{version.scenario}-{sha256(whole.encode()).hexdigest()[:12]}"


def person_cells(person: ExportedPerson, naming: Naming) -> Cells:
    """A row of people."""
    return naming.person(person.id), person.name, person.reference, person.left, person.research


def assignment_cells(one: Assignment) -> Cells:
    """A row of assignments."""
    setting = one.setting
    return (
        one.id,
        setting.title,
        " ".join(slot.scenario for slot in setting.slots),
        setting.mode.value,
        setting.rubric,
        setting.opens_at.replace(microsecond=0),
        setting.due_at.replace(microsecond=0),
        setting.closes_at.replace(microsecond=0),
        setting.attempts_allowed,
        setting.counts.value,
        setting.release.value,
    )


def attempt_cells(row: AttemptRow, naming: Naming) -> Cells:
    """A row of attempts."""
    return (
        naming.attempt(row.key.id),
        naming.person(row.key.person_id),
        row.assignment_id,
        row.client,
        row.key.nth,
        row.key.counts,
        row.mode.value,
        row.state.value,
        naming.moment(row.started_at),
        None if row.ended_at is None else naming.moment(row.ended_at),
        row.late,
        row.outcome,
        row.overall,
        row.rubric,
        row.rubric_hash,
        row.scoring,
        row.step and row.step.value,
        row.feedback_open,
    )


def score_cells(row: ScoreRow, naming: Naming) -> Cells:
    """A row of scores."""
    low, high = row.interval or (None, None)
    return (
        naming.attempt(row.key.id),
        row.criterion,
        row.assessed,
        row.n,
        row.weight,
        row.score,
        low,
        high,
        row.random,
        _level(row.level),
        _level(row.standing),
        row.overridden,
    )


def choice_cells(row: ChoiceRow, naming: Naming) -> Cells:
    """A row of choices."""
    name = naming.attempt(row.key.id)
    return name, row.number, row.position, version_name(row.version), row.node, row.offered, row.choice, row.leads_to


def incident_cells(row: IncidentRow, naming: Naming) -> Cells:
    """A row of incidents."""
    ruling = row.ruling and row.ruling.value
    return naming.attempt(row.key.id), row.number, row.behaviour, row.repaired_at, ruling


def version_cells(row: VersionRow, scoring: Scoring | None) -> Cells:
    """A row of versions; without title and language where its text cannot be read any more."""
    version = row.version
    return (
        version_name(version),
        version.scenario,
        scoring.scenario.title if scoring else None,
        scoring.scenario.language if scoring else None,
        row.attempts,
        version.meaning_hash,
        row.scenario_hash,
        version.behaviours_hash,
        version.rubric,
        version.rubric_hash,
    )


def item_cells(version: Version, scoring: Scoring) -> Iterator[Cells]:
    """The rows of items of a version."""
    name, scenario = version_name(version), scoring.scenario
    for node_id, node in scenario.nodes.items():
        for place, (choice_id, choice) in enumerate(node.choices.items(), start=1):
            yield (
                name,
                node_id,
                choice_id,
                place,
                choice.words,
                " ".join(choice.shows),
                " ".join(choice.mistimed),
                choice.when is not None,
                scenario.counts_for_score(node_id, choice_id),
                node.weight,
            )


def point_cells(version: Version, scoring: Scoring) -> Iterator[Cells]:
    """The rows of points of a version."""
    name = version_name(version)
    for node_id, node in scoring.scenario.nodes.items():
        for choice_id in node.choices:
            for criterion, points in scoring.points(node_id, choice_id).items():
                yield name, node_id, choice_id, criterion, points


def statistics_cells(items: VersionItems) -> Iterator[Cells]:
    """The rows of item statistics of a version."""
    name = version_name(items.played.version)
    for item in items.items:
        people = item.reached if isinstance(item.reached, int) else None
        for criterion, one in item.criteria.items():
            facility = one.facility if isinstance(one.facility, Estimate) else None
            correlation = getattr(one.item_rest, "correlation", None)
            yield (name, item.node, criterion, people, *_estimate(facility)[:3], *_estimate(correlation))


def _estimate(estimate: Estimate | None) -> tuple[float | None, float | None, float | None, int | None]:
    if estimate is None:
        return None, None, None, None
    return estimate.value, *estimate.interval, estimate.n


def _level(level: Level | None) -> int | None:
    return None if level is None else level.value
