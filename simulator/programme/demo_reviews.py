"""What made-up instructors say of attempts, and made-up trainees answer: through the use cases themselves."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.programme.demo_plan import Set
from simulator.programme.simulated import Worths
from simulator.records.access import Actor
from simulator.records.assignments import Assignments, Release
from simulator.records.attempts import Attempts, OpenAttempt
from simulator.records.clock import Clock
from simulator.records.own_data import OwnData
from simulator.records.people import People
from simulator.records.results_book import Cell, ResultsBook, Status
from simulator.records.reviews import Reviews, Ruled, Step
from simulator.records.store import Store
from simulator.session.debrief import scorecard_of
from simulator.session.events import Mode
from simulator.session.scoring import Level

MOST_RELEASED = 40
"""For each cohort and assignment: a made-up instructor also has an evening off."""

GOOD = (
    "You stayed with what was said here before you went anywhere with it. Notice how much came back.",
    "A plain answer at the right moment. You left room, and the room was used.",
    "This is where the two of you began to work together. What told you that it was time?",
)
POOR = (
    "I can see why you wanted to help here. What might have happened if you had waited one breath longer?",
    "You moved on while something was still being said. Go back to the line before and read it aloud.",
    "This answers a question that was not asked. What was it, do you think, that was?",
)
OVERALL = (
    "Taken as a whole this was a steadier conversation than your last one. Let us talk about the middle of it.",
    "Bring this one to supervision, please: there is more in it than fits on a page.",
)
ANSWERS = (
    "Thank you. I was in a hurry at that point and can see it now.",
    "That helps. I had another reason for it, which I would like to tell you on Thursday.",
)
APPEAL = "I think the answer at the end was meant as a question. Could somebody look at it again?"
OTHER_LEVEL = "The tags see one weak answer; read with what came before, it belongs to a careful repair."
CONFIRMED = "Said as it was, this would have hurt. We have talked about it."
CLEARED = "In the turn before they had asked for exactly this, so I do not count it against them."


@dataclass(slots=True)
class Moment:
    """A clock that is set, so that what is done through the use cases happens when it is meant to have happened."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment that was set."""
        return self.now


@dataclass(frozen=True, slots=True)
class Practised:
    """A practice that its trainee may share."""

    attempt_id: str
    person_id: str
    ended_at: datetime


class MadeUpReviews:
    """A cohort's reviews. `now` is when the programme is looked at: nothing happens after it."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._now = now
        self._clock = Moment(now)
        clock: Clock = self._clock
        attempts = Attempts(store, clock)
        self._people = People(store, clock)
        self._reviews = Reviews(store, attempts, clock)
        self._own_data = OwnData(store, clock)
        self._book = ResultsBook(store, Assignments(store, clock), self._reviews)
        self.done = 0

    def of_cohort(
        self, instructor: Actor, every: Sequence[Set], practised: Iterable[Practised], chance: random.Random
    ) -> None:
        """Look through a cohort's assignments, one page of each book, and through what it shared."""
        for one in every:
            cells = [
                (row.person_id, cell)
                for row in self._book.page(instructor, one.assignment_id).rows
                for cell in row.cells.values()
                if cell.attempt_id and cell.ended_at
            ]
            self._rule(instructor, [cell for _, cell in cells if cell.status is Status.FOR_REVIEW], chance)
            if one.setting.closes_at > self._now or one.setting.mode is not Mode.ASSESSMENT:
                continue
            scored = [(who, cell) for who, cell in cells if cell.overall is not None]
            self._comment_on(instructor, scored[:1] + chance.sample(scored[1:], min(2, len(scored[1:]))), chance)
            if one.setting.release is Release.BY_HAND:
                self._release(instructor, [cell for _, cell in cells[:MOST_RELEASED]], chance)
                self._put_another_level(instructor, [cell for _, cell in scored], chance)
                if scored:
                    self._appeal(*scored[-1])
        self._share(instructor, practised, chance)

    def _after(self, then: datetime, chance: random.Random) -> None:
        """Set the clock to some days after that, or half-way to now."""
        later = then + timedelta(days=chance.uniform(0.5, 4))
        self._clock.now = later if later < self._now else then + (self._now - then) / 2
        self.done += 1

    def _rule(self, instructor: Actor, cells: Sequence[Cell], chance: random.Random) -> None:
        """On half of what waits, at most four; the rest waits on."""
        for cell in cells[: min(4, len(cells) // 2)]:
            opened = self._opened(instructor, cell, chance)
            card = scorecard_of(opened.playthrough, opened.scoring)
            for incident in card.incidents if card else ():
                if incident.for_review:
                    found = chance.choice((Ruled.CONFIRMED, Ruled.CONFIRMED, Ruled.CLEARED))
                    reason = CONFIRMED if found is Ruled.CONFIRMED else CLEARED
                    self._reviews.rule(
                        instructor, opened.id, incident.decision.number, incident.behaviour, found, reason
                    )

    def _comment_on(self, instructor: Actor, cells: Sequence[tuple[str, Cell]], chance: random.Random) -> None:
        for who, cell in cells:
            opened = self._opened(instructor, cell, chance)
            turn = chance.choice(opened.playthrough.turns)
            worth = dict(zip(turn.offered, Worths(opened.scoring).of(turn.node, turn.offered), strict=True))
            self._reviews.comment(
                instructor, opened.id, chance.choice(GOOD if worth[turn.choice] > 0.5 else POOR), turn.number
            )
            self._reviews.comment(instructor, opened.id, chance.choice(OVERALL))
            if chance.random() < 0.5:
                self._after(self._clock.now, chance)
                self._reviews.answer(self._people.actor(who), opened.id, chance.choice(ANSWERS), turn.number)

    def _release(self, instructor: Actor, cells: Sequence[Cell], chance: random.Random) -> None:
        for cell in cells:
            if cell.attempt_id and cell.ended_at and cell.status is not Status.FOR_REVIEW and chance.random() < 0.85:
                self._after(cell.ended_at, chance)
                self._reviews.take_step(instructor, cell.attempt_id, Step.RELEASED)

    def _put_another_level(self, instructor: Actor, cells: Sequence[Cell], chance: random.Random) -> None:
        low = [
            (cell, criterion) for cell in cells for criterion, level in cell.levels.items() if level is Level.NOT_YET
        ]
        for cell, criterion in chance.sample(low, min(2, len(low))):
            opened = self._opened(instructor, cell, chance)
            self._reviews.override(instructor, opened.id, criterion, Level.COMPETENT, OTHER_LEVEL)

    def _appeal(self, who: str, cell: Cell) -> None:
        """The last of the page asks that somebody looks again: it waits for review now."""
        if cell.attempt_id:
            self._clock.now = self._now
            self._reviews.appeal(self._people.actor(who), cell.attempt_id, APPEAL)
            self.done += 1

    def _share(self, instructor: Actor, practised: Iterable[Practised], chance: random.Random) -> None:
        for nth, one in enumerate(practised):
            self._after(one.ended_at, chance)
            self._own_data.share(self._people.actor(one.person_id), one.attempt_id)
            if nth == 0:
                self._after(self._clock.now, chance)
                self._reviews.comment(instructor, one.attempt_id, chance.choice(OVERALL))

    def _opened(self, instructor: Actor, cell: Cell, chance: random.Random) -> OpenAttempt:
        assert cell.attempt_id is not None
        assert cell.ended_at is not None
        self._after(cell.ended_at, chance)
        return self._reviews.open(instructor, cell.attempt_id)
