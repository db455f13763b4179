"""What a cohort did as statements of the Experience API 1.0.3, one on each line, for a learning record store.

A statement says that somebody began, answered, came to the end or stopped. Nothing of the key is in it: no correct
response, no success, no points, no behaviours. Nobody is named: the actor is an account under a pseudonym.

Ids of statements are worked out of attempt and event (UUIDv5, RFC 9562), so that sending the same ones twice is
harmless. Specification: https://github.com/adlnet/xAPI-Spec (1.0.3); the version that statements themselves carry has
to be 1.0.0 there (Data, 2.4.10).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from simulator import __version__
from simulator.content.library import Content, ContentMissing
from simulator.content.scenario import Scenario
from simulator.programme.export import in_order
from simulator.programme.pseudonyms import AsTheyAre, Naming, Pseudonyms
from simulator.records.access import Actor
from simulator.records.assignments import Assignment
from simulator.records.errors import Unfit
from simulator.records.export_rows import AttemptRow, EventRow, PlayedAttempt
from simulator.records.exports import CohortExports
from simulator.session.events import Began, Chose, Stopped

DATA_VERSION = "1.0.0"
OURS = "urn:counselling-simulator"
"""Begins the IRIs that are ours: activities and extensions."""

HOME_PAGE = "https://counselling-simulator.invalid"
"""Whose accounts the actors have where nobody says otherwise; no such place can exist (RFC 2606)."""

PLATFORM = "Counselling simulator"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
_SITE = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*")
NO_LANGUAGE = "und"
"""The language of what a programme writes is not known."""

Statement = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """How many statements there are, of how many attempts; `unreadable` of these could not be read any more."""

    statements: int
    attempts: int
    unreadable: int


def write_statements(
    exports: CohortExports,
    actor: Actor,
    cohort_id: str,
    target: IO[str],
    *,
    pseudonymous: bool = False,
    home_page: str = HOME_PAGE,
    where: str = "",
) -> Written:
    """Write the statements of a cohort's attempts for its assignments as NDJSON (UTF-8, a line each).

    Actors are pseudonyms always, the same from one time to the next, so that a store can tell who is the same. Where
    it is asked for, `pseudonymous` makes them, registrations and statements' ids other ones each time, and tells days
    with the order of events in place of moments: nothing then links two exports, or one to the attempts.

    Raises:
        NotAllowed: the cohort's results are not the actor's to export.
        Unfit: `home_page` is no address of a site (Data, 2.4.2.4, asks for one); nothing was taken out.
    """
    if not _SITE.fullmatch(home_page):
        raise Unfit(f"'{home_page}' is no address of a site, such as https://college.example.")
    taken = exports.take_out(actor, cohort_id, ", ".join(filter(None, ("xapi", "pseudonymous" * pseudonymous, where))))
    names = Pseudonyms() if pseudonymous else Pseudonyms(taken.programme_id.encode())
    as_told: Naming = names if pseudonymous else AsTheyAre()
    _, keys = in_order(taken, as_told)
    assignments = {one.id: one for one in taken.assignments}
    told = unreadable = 0
    with exports.reading(taken) as reader:
        for played in reader.played(keys):
            content = _content(exports, played.attempt)
            began = played.events[0].event if played.events else None
            if not isinstance(began, Began) or (played.attempt.texts and content is None):
                unreadable += 1
                continue
            of = assignments[played.attempt.assignment_id]
            teller = _Teller(names, as_told, home_page, played, began, content, of)
            for statement in teller.statements():
                target.write(json.dumps(statement, ensure_ascii=False, separators=(",", ":")) + "\n")
                told += 1
    return Written(told, len(keys), unreadable)


def _content(exports: CohortExports, attempt: AttemptRow) -> Content | None:
    if attempt.texts is None:
        return None
    try:
        return exports.playable(attempt.texts).content
    except ContentMissing:
        return None


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one attempt. Without `content` only that it was begun and ended: what was met was not what was set."""

    names: Pseudonyms
    as_told: Naming
    home_page: str
    played: PlayedAttempt
    began: Began
    content: Content | None
    assignment: Assignment

    @property
    def registration(self) -> UUID:
        """The attempt, as a UUID."""
        attempt_id = self.played.attempt.key.id
        if self.as_told.pseudonymous:
            return self.names.uuid(attempt_id)
        try:
            return UUID(attempt_id)
        except ValueError:
            return uuid5(NAMESPACE_URL, f"{OURS}:attempt:{attempt_id}")

    def statements(self) -> Iterator[Statement]:
        """Everything that happened, in order. An answer that was taken back was given all the same."""
        for row in self.played.events:
            if isinstance(row.event, Began):
                yield self._statement(row, "initialized", self._talk())
            elif isinstance(row.event, Chose) and self.content is not None:
                yield self._answered(row, row.event, self.content.scenario)
        last = self.played.events[-1]
        if isinstance(last.event, Stopped):
            yield self._statement(last, "terminated", self._talk(), result={"completion": False})
        elif self.played.attempt.ended_at is not None:
            yield self._completed(last)

    def _answered(self, row: EventRow, chose: Chose, scenario: Scenario) -> Statement:
        return self._statement(
            row,
            "answered",
            _moment_of(scenario, chose.node, self.began),
            result={"response": chose.choice},
            parent=self._talk(),
            offered=chose.offered,
        )

    def _completed(self, row: EventRow) -> Statement:
        """The end; with the score once the trainee may see it, and then another statement than without."""
        attempt = self.played.attempt
        scored = attempt.feedback_open and attempt.overall is not None
        result: dict[str, Any] = {"completion": True}
        if scored:
            result["score"] = {"scaled": attempt.overall}
        return self._statement(
            row, "completed", self._talk(), result=result, again="scored" if scored else ""
        )  # fmt: skip

    def _statement(
        self,
        row: EventRow,
        verb: str,
        about: Mapping[str, Any],
        *,
        result: Mapping[str, Any] | None = None,
        parent: Mapping[str, Any] | None = None,
        offered: tuple[str, ...] = (),
        again: str = "",
    ) -> Statement:
        number, attempt = row.event.number, self.played.attempt
        around: dict[str, Any] = {"grouping": [_assignment(self.assignment)]}
        if parent is not None:
            around["parent"] = [parent]
        extensions: dict[str, Any] = {
            f"{OURS}:xapi:versions": self._versions(),
            f"{OURS}:xapi:mode": attempt.mode.value,
            f"{OURS}:xapi:event": number,
        }
        if offered:
            extensions[f"{OURS}:xapi:offered"] = list(offered)
        context: dict[str, Any] = {
            "registration": str(self.registration),
            "contextActivities": around,
            "platform": PLATFORM,
            "extensions": extensions,
        }
        if self.content is not None:
            context["revision"] = self.content.scenario_hash
            context["language"] = self.content.scenario.language
        statement: Statement = {
            "id": str(uuid5(self.registration, "/".join(filter(None, (str(number), verb, again))))),
            "actor": self._actor(),
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
            "object": about,
            "context": context,
            "timestamp": self._when(number, row.at),
            "version": DATA_VERSION,
        }
        if result is not None:
            statement["result"] = result
        return statement

    def _actor(self) -> dict[str, Any]:
        name = self.names.person(self.played.attempt.key.person_id)
        return {"objectType": "Agent", "account": {"homePage": self.home_page, "name": name}}

    def _when(self, number: int, at: datetime) -> str:
        told = self.as_told.moment(at) + timedelta(seconds=number) if self.as_told.pseudonymous else at
        return told.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _versions(self) -> dict[str, Any]:
        versions: dict[str, Any] = {"program": __version__, "engine": self.began.engine, "scoring": self.began.scoring}
        if self.content is not None:
            versions |= {
                "scenario": self.began.scenario_hash,
                "meaning": self.began.meaning_hash,
                "behaviours": self.began.behaviours_hash,
                "rubric": self.began.rubric,
                "rubric_text": self.began.rubric_hash,
            }
        return versions

    def _talk(self) -> dict[str, Any]:
        """The talk as an activity: always with the client that was set."""
        about: dict[str, Any] = {"type": SIMULATION}
        if self.content is not None:
            scenario = self.content.scenario
            about["name"] = {scenario.language: scenario.title}
        return {
            "objectType": "Activity",
            "id": f"{OURS}:scenario:{self.played.attempt.client}",
            "definition": about,
        }


def _moment_of(scenario: Scenario, node: str, began: Began) -> dict[str, Any]:
    """A decision as an interaction, with every choice that can be on offer there; its id names the exact wording."""
    choices = scenario.nodes[node].choices
    return {
        "objectType": "Activity",
        "id": f"{OURS}:scenario:{scenario.id}:{began.scenario_hash}:{node}",
        "definition": {
            "type": INTERACTION,
            "interactionType": "choice",
            "name": {scenario.language: f"{scenario.title}: {node}"},
            "choices": [
                {"id": name, "description": {scenario.language: choice.words}} for name, choice in choices.items()
            ],
        },
    }


def _assignment(one: Assignment) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{OURS}:assignment:{one.id}",
        "definition": {"type": ASSESSMENT, "name": {NO_LANGUAGE: one.setting.title}},
    }
