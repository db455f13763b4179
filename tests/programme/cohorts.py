"""Cohorts made up for the tests: their decisions are drawn, scored, and written as ended attempts are, without play.

What was drawn is kept beside the database, so that plain loops over it can say what every query has to come to.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from math import exp

from sqlalchemy import Connection, insert, select

from simulator.content.library import Content, content_from_texts
from simulator.records.access import Actor, Role
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import Scope
from simulator.records.results import Result, Standing, keep_standing
from simulator.records.schema import (
    assignment,
    assignment_slot,
    attempt,
    cohort,
    content_text,
    membership,
    person,
    programme,
)
from simulator.records.store import Store, open_store
from simulator.session.events import Mode
from simulator.session.scoring import SCORING_VERSION, Decision, Scorecard, Scoring

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

BEHAVIOURS = """\
format: 1
criteria:
  empathy: {title: Empathy, about: Feeling with somebody.}
  trust: {title: Trust, about: Being relied on.}
behaviours:
  reflects: {title: Reflects, means: Says back what is felt., example: You are sad., kind: helpful}
  asks: {title: Asks, means: Asks openly., example: How is that?, kind: helpful}
  advises: {title: Advises, means: Tells what to do., example: Sleep more., kind: unhelpful}
  judges: {title: Judges, means: Says what is wrong., example: You are late., kind: harmful, critical: at_once}
"""

RUBRIC = """\
format: 1
id: core
title: Core
criteria:
  empathy:
    question: Do they feel with the client?
    levels: {harmful: It hurts., not_yet: It misses., competent: It meets., advanced: It carries.}
    scores: {reflects: 2, asks: 1, advises: -1, judges: -2}
  trust:
    question: Are they relied on?
    levels: {harmful: It hurts., not_yet: It misses., competent: It meets., advanced: It carries.}
    scores: {asks: 2, judges: -3}
"""

OTHER_RUBRIC = RUBRIC.replace("{reflects: 2, asks: 1, advises: -1, judges: -2}", "{reflects: 1, asks: 2, judges: -2}")

CHOICES = ("reflect", "ask", "advise", "judge")
SHOWS = {"reflect": "reflects", "ask": "asks", "advise": "advises", "judge": "judges"}


@cache
def story(scenario: str = "walk", nodes: int = 8, client: str = "Sam", swapped: tuple[int, ...] = ()) -> Content:
    """A scenario of so many nodes in a row, every third of double weight; an ending where the client leaves early.

    At the nodes that are `swapped`, the key is wrong: the tags of the best and of the worst choice are exchanged.
    """
    written = [
        "format: 1", f"id: {scenario}", f"title: {scenario}", "level: foundation", "minutes: 3",
        "assesses: [empathy]", "brief: Somebody comes in.", f"client: {{name: {client}}}", "start: n0", "nodes:",
    ]  # fmt: skip
    for number in range(nodes):
        onward = f"n{number + 1}" if number + 1 < nodes else "done"
        written += [f"  n{number}:", f"    client: Line {number}.", f"    weight: {1 + (number % 3 == 2)}"]
        written += [f"    goto: {onward}", "    choices:"]
        shows = dict(SHOWS, reflect="judges", judge="reflects") if number in swapped else SHOWS
        written += [f"      {choice}: {{say: I {choice}., shows: [{shows[choice]}]}}" for choice in CHOICES]
    written += [
        "endings:",
        "  done: {outcome: progress, summary: Done.}",
        "  left: {outcome: rupture, early: true, summary: Gone.}",
    ]
    return content_from_texts("\n".join(written) + "\n", BEHAVIOURS, RUBRIC)


_SCORINGS: dict[str, Scoring] = {}


def scoring_of(content: Content) -> Scoring:
    """The scoring of a content, made once."""
    key = content.scenario_hash + content.rubric_hash
    if key not in _SCORINGS:
        _SCORINGS[key] = Scoring(content.scenario, content.behaviours, content.rubric)
    return _SCORINGS[key]


@dataclass(frozen=True)
class Drawn:
    """An attempt as it was made up."""

    id: str
    person: str
    slot: str
    content: Content
    started_at: datetime
    decisions: tuple[Decision, ...]
    ending: str
    card: Scorecard


@dataclass
class MadeUp:
    """A cohort in a database of its own, with somebody who may see its results."""

    store: Store
    lead: Actor
    scope: Scope
    assignments: list[str] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    now: datetime = NOON
    _connection: Connection | None = None

    def __post_init__(self) -> None:
        self.results = CohortResults(self.store)
        self.attempts = CohortAttempts(self.results)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Write everything within in one transaction: much the faster."""
        with self.store.writing() as self._connection:
            yield
        self._connection = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._connection is not None:
            yield self._connection
        else:
            with self.store.writing() as connection:
                yield connection

    def set(self, *slots: str, counts: str = "first", mode: Mode = Mode.ASSESSMENT) -> str:
        """Set an assignment."""
        new = f"assignment-{len(self.assignments)}"
        with self._writing() as connection:
            connection.execute(
                insert(assignment).values(
                    id=new, programme_id="p", cohort_id="c", title=new, mode=mode.value, opens_at=NOON, due_at=NOON,
                    closes_at=NOON, counts=counts, release="at_once", made_at=NOON,
                )
            )  # fmt: skip
            for position, slot in enumerate(slots):
                connection.execute(
                    insert(assignment_slot).values(
                        assignment_id=new, slot=slot, programme_id="p", position=position, reserved=False
                    )
                )
        self.assignments.append(new)
        return new

    def enrol(self, people: int) -> list[str]:
        """Enrol so many trainees, called t000 and so on."""
        names = [f"t{number:03}" for number in range(people)]
        with self._writing() as connection:
            connection.execute(
                insert(person), [{"id": name, "programme_id": "p", "name": name, "created_at": NOON} for name in names]
            )
            connection.execute(
                insert(membership),
                [
                    {"cohort_id": "c", "person_id": name, "role": "trainee", "programme_id": "p", "joined_at": NOON}
                    for name in names
                ],
            )
        return names

    def does(
        self,
        who: str,
        content: Content,
        choices: list[str],
        for_: str | None,
        *,
        slot: str | None = None,
        ending: str = "done",
        stopped: bool = False,
        mode: Mode = Mode.ASSESSMENT,
        offered: dict[int, tuple[str, ...]] | None = None,
        ended: bool = True,
    ) -> str:
        """Write an attempt with these choices, one for each node in turn."""
        self.now += timedelta(minutes=1)
        new = f"attempt-{len(self.drawn):05}-{self.now:%H%M%d%m}"
        decisions = tuple(
            Decision(number + 1, f"n{number}", (offered or {}).get(number, CHOICES), choice)
            for number, choice in enumerate(choices)
        )
        card = None if stopped else scoring_of(content).scorecard(decisions, ending)
        with self._writing() as connection:
            for kind, hashed, text in (
                ("scenario", content.scenario_hash, content.scenario_text),
                ("behaviours", content.behaviours_hash, content.behaviours_text),
                ("rubric", content.rubric_hash, content.rubric_text),
            ):
                if connection.execute(select(content_text.c.hash).where(content_text.c.hash == hashed)).first() is None:
                    connection.execute(insert(content_text).values(hash=hashed, kind=kind, text=text))
            connection.execute(
                insert(attempt).values(
                    id=new, programme_id="p", person_id=who, scenario=content.scenario.id,
                    scenario_hash=content.scenario_hash, behaviours_hash=content.behaviours_hash,
                    rubric=content.rubric.id, rubric_hash=content.rubric_hash, mode=mode.value, started_at=self.now,
                    assignment_id=for_, slot=(slot or content.scenario.id) if for_ else None, drill=False, ended=False,
                )
            )  # fmt: skip
            if ended:
                result = Result(
                    content.meaning_hash, self.now, stopped, None if stopped else ending, None, len(choices), decisions,
                    card, SCORING_VERSION,
                )  # fmt: skip
                keep_standing(connection, new, Standing(True, result))
        if card is not None and for_ and ended:
            name = slot or content.scenario.id
            self.drawn.append(Drawn(new, who, name, content, self.now, decisions, ending, card))
        return new


def made_up(url: str) -> MadeUp:
    """An empty cohort in an empty programme, in the database at this address."""
    store = open_store(url)
    with store.writing() as connection:
        connection.execute(insert(programme).values(id="p", name="Northern", created_at=NOON))
        connection.execute(insert(cohort).values(id="c", programme_id="p", name="one", zone="UTC", created_at=NOON))
        connection.execute(insert(person).values(id="lead", programme_id="p", name="Lea", created_at=NOON))
    return MadeUp(store, Actor("lead", "p", "Lea", frozenset({Role.LEAD})), Scope("c"))


def beta(luck: random.Random, mean: float, spread: float) -> float:
    """Somebody's own share, of people whose shares have this mean and standard deviation."""
    size = mean * (1 - mean) / spread**2 - 1
    return luck.betavariate(mean * size, (1 - mean) * size)


def halves(luck: random.Random, mean: float) -> float:
    """A q of 0, 1/2 or 1 with this mean."""
    return ((luck.random() < mean) + (luck.random() < mean)) / 2


Q = {"reflect": 1.0, "ask": 0.75, "advise": 0.25, "judge": 0.0}
"""q of each choice on empathy where all four are on offer and nothing is swapped."""


def chances(ability: float, hardness: float = 0.0) -> list[float]:
    """How likely somebody of this ability is to take each choice: the better ones the more, the abler they are."""
    pulls = [exp(2.0 * (ability - hardness) * (Q[choice] - 0.5)) for choice in CHOICES]
    return [pull / sum(pulls) for pull in pulls]


def drawn_choices(luck: random.Random, ability: float, nodes: int) -> list[str]:
    """What somebody chooses along the way, node by node; nodes late on the way are harder."""
    return [luck.choices(CHOICES, chances(ability, 0.1 * (number - nodes / 2)))[0] for number in range(nodes)]
