"""What a report of a person or of a cohort says; how it is laid out and worded is for the views.

A report is an export: whoever takes one may export, and everybody in it can read in their log that it was taken. Only
one's own is not: it says what one may see by now, and nobody else hears of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from simulator.programme.cohort import (
    CohortCriterion,
    CohortIncidents,
    CohortPractice,
    cohort_criteria,
    cohort_incidents,
    cohort_practice,
)
from simulator.programme.standing import CriterionStanding, cohort_standing, standing_of
from simulator.records.access import Actor
from simulator.records.assignments import Assignment
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import Scope
from simulator.records.export_rows import AttemptKey, AttemptRow, ExportedPerson, IncidentRow, ScoreRow, State, TakenOut
from simulator.records.exports import CohortExports, ExportReader
from simulator.records.reviews import Override, Reviews

Row = TypeVar("Row", ScoreRow, IncidentRow)

REPORT = "report"
"""What the log says was taken out."""


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a report is of, and when it was made; moments are meant in the cohort's zone."""

    programme: str
    cohort: str
    zone: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """How one criterion of one talk stands; `override` is the level that a person put in place, and why."""

    score: ScoreRow
    override: Override | None


@dataclass(frozen=True, slots=True)
class TalkReport:
    """One client of an assignment and one person: the talk that counts, or how far they have come.

    `state` is None where nothing was begun. `criteria` are those that the scenario assesses.
    """

    assignment: Assignment
    client: str
    state: State | None
    attempt: AttemptRow | None
    criteria: tuple[Judged, ...]
    incidents: tuple[IncidentRow, ...]

    @property
    def waiting(self) -> int:
        """How many critical incidents wait for a person to rule on them."""
        return sum(one.repaired_at is None and one.ruling is None for one in self.incidents)


@dataclass(frozen=True, slots=True)
class PersonReport:
    """How does this person do in what their cohort was set? `standing` is by rubric and criterion.

    `own`: they took it themselves, and it is made of nothing but talks whose feedback is open to them.
    """

    head: ReportHead
    person: ExportedPerson
    talks: tuple[TalkReport, ...]
    standing: tuple[CriterionStanding, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a cohort's report: of `due` clients, how many are `done`, `late` among them, `waiting` to be ruled.

    `waiting` counts critical incidents.
    """

    person: ExportedPerson
    due: int
    done: int
    late: int
    waiting: int


@dataclass(frozen=True, slots=True)
class CohortReport:
    """How does this cohort do in what it was set?"""

    head: ReportHead
    assignments: tuple[Assignment, ...]
    people: tuple[PersonLine, ...]
    criteria: tuple[CohortCriterion, ...]
    incidents: CohortIncidents
    practice: CohortPractice


def person_report(
    exports: CohortExports,
    reviews: Reviews,
    results: CohortResults,
    attempts: CohortAttempts,
    actor: Actor,
    scope: Scope,
    person_id: str,
    clients: Mapping[str, str],
) -> PersonReport:
    """The report of one person of a cohort, over all its assignments or one of them.

    `clients` names whom scenarios are meetings with (see `client_by_scenario`).

    Raises:
        NotAllowed: the cohort's results are not the actor's to export.
        PersonMissing: the person is not of the cohort.
        ContentMissing: this version of the program cannot read what was played.
    """
    taken = exports.take_out(actor, scope.cohort_id, REPORT, person_id)
    (person,) = taken.people
    with exports.reading(taken) as reader:
        talks = _talks(reader, taken, scope)[person_id]
    told = tuple(_with_reasons(talk, reviews, actor) for talk in talks)
    stands = cohort_standing(results, attempts, actor, scope, clients, [person_id])
    return PersonReport(_head(taken), person, told, stands[0].criteria if stands else ())


def own_report(
    exports: CohortExports, reviews: Reviews, actor: Actor, cohort_id: str, clients: Mapping[str, str]
) -> PersonReport:
    """The actor's own report, over all that is set to them in a cohort.

    Of a talk whose feedback is not open to them yet it says only that it is over. `clients` is as in `person_report`.

    Raises:
        NotAllowed: they do not learn in this cohort.
        ContentMissing: this version of the program cannot read what was played.
    """
    taken = exports.take_own(actor, cohort_id)
    (person,) = taken.people
    closed = reviews.withheld(actor)
    with exports.reading(taken) as reader:
        talks = _talks(reader, taken, Scope(cohort_id))[person.id]
        met = [one for one in reader.first_met(clients) if one.attempt_id not in closed]
    told = tuple(_with_reasons(_as_opened(talk, closed), reviews, actor) for talk in talks)
    stands = standing_of(
        met,
        lambda one: exports.playable(
            (one.scenario_hash, one.version.behaviours_hash, one.version.rubric_hash)
        ).scoring,
    )  # fmt: skip
    return PersonReport(_head(taken), person, told, stands[0].criteria if stands else (), own=True)


def _as_opened(talk: TalkReport, closed: frozenset[str]) -> TalkReport:
    """The same talk as its trainee may see it. When it was would tell which of several was the best."""
    if talk.attempt is None or talk.attempt.key.id not in closed:
        return talk
    shut = replace(talk.attempt, ended_at=None, outcome=None, overall=None, feedback_open=False)
    return replace(talk, attempt=shut, criteria=(), incidents=())


def cohort_report(exports: CohortExports, results: CohortResults, actor: Actor, scope: Scope) -> CohortReport:
    """The report of a cohort, over all its assignments or one of them.

    Raises:
        NotAllowed: the cohort's results are not the actor's to export.
    """
    taken = exports.take_out(actor, scope.cohort_id, REPORT)
    with exports.reading(taken) as reader:
        talks = _talks(reader, taken, scope)
    return CohortReport(
        _head(taken),
        _assignments(taken, scope),
        tuple(_line(person, talks[person.id]) for person in taken.people),
        cohort_criteria(results, actor, scope),
        cohort_incidents(results, actor, scope),
        cohort_practice(results, actor, scope.cohort_id),
    )


def _head(taken: TakenOut) -> ReportHead:
    return ReportHead(taken.programme, taken.cohort, taken.zone, taken.at)


def _assignments(taken: TakenOut, scope: Scope) -> tuple[Assignment, ...]:
    """The earliest due first."""
    wanted = (one for one in taken.assignments if scope.assignment_id in {None, one.id})
    return tuple(sorted(wanted, key=lambda one: (one.setting.due_at, one.id)))


def _talks(reader: ExportReader, taken: TakenOut, scope: Scope) -> dict[str, tuple[TalkReport, ...]]:
    """By person: a talk for each client of each assignment, in the order in which they are due."""
    rows = {row.key.id: row for row in reader.attempts(taken.attempts)}
    counting = [key for key in taken.attempts if key.counts]
    scores, incidents = _by_attempt(reader.scores(counting)), _by_attempt(reader.incidents(counting))
    of_place: dict[tuple[str, str, str], list[AttemptKey]] = defaultdict(list)
    for key in taken.attempts:
        if key.id in rows:
            row = rows[key.id]
            of_place[key.person_id, row.assignment_id, row.client].append(key)
    return {
        person.id: tuple(
            _talk(one, slot.scenario, of_place[person.id, one.id, slot.scenario], rows, scores, incidents)
            for one in _assignments(taken, scope)
            for slot in one.setting.slots
        )
        for person in taken.people
    }


def _talk(
    assignment: Assignment,
    client: str,
    keys: Sequence[AttemptKey],
    rows: Mapping[str, AttemptRow],
    scores: Mapping[str, Sequence[ScoreRow]],
    incidents: Mapping[str, Sequence[IncidentRow]],
) -> TalkReport:
    counted = next((key for key in keys if key.counts), None)
    if counted is None:
        return TalkReport(assignment, client, State.OPEN if keys else None, None, (), ())
    row = rows[counted.id]
    judged = tuple(Judged(score, None) for score in scores.get(counted.id, ()) if score.assessed)
    return TalkReport(assignment, client, row.state, row, judged, tuple(incidents.get(counted.id, ())))


def _with_reasons(talk: TalkReport, reviews: Reviews, actor: Actor) -> TalkReport:
    """The same talk with who put which level in place, and why."""
    if talk.attempt is None or not any(one.score.overridden for one in talk.criteria):
        return talk
    put_in_place = reviews.of(actor, talk.attempt.key.id).levels
    criteria = tuple(Judged(one.score, put_in_place.get(one.score.criterion)) for one in talk.criteria)
    return TalkReport(talk.assignment, talk.client, talk.state, talk.attempt, criteria, talk.incidents)


def _line(person: ExportedPerson, talks: Sequence[TalkReport]) -> PersonLine:
    done = [talk for talk in talks if talk.attempt is not None]
    late = sum(talk.attempt is not None and talk.attempt.late for talk in done)
    return PersonLine(person, len(talks), len(done), late, sum(talk.waiting for talk in talks))


def _by_attempt(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.key.id].append(row)
    return found
