"""What a trainee does with an attempt: begin, open, answer, take back, stop. Pages and command line call this.

Its events are the truth of an attempt and are read whenever it is opened, so a reload, a second tab and another process
all see the same. What they led to is kept at hand. An answer is taken on what is at hand, in one transaction that goes
through only where nothing has come in between; where it does not, the events are read and decide.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from simulator.content.library import Content, ContentMissing, content_from_texts
from simulator.records.clock import Clock, utc_now
from simulator.records.errors import (
    AttemptDiverged,
    AttemptMissing,
    AttemptUnreadable,
    NothingToTakeBack,
    NotInAssessment,
    StaleStep,
    StoryBroken,
)
from simulator.records.kept import KeptText, NewAttempt, StoredAttempt, Words
from simulator.records.last_used import LastUsed
from simulator.records.playable import Playable, PlayableCache, hashes_of
from simulator.records.results import Standing, result_of
from simulator.records.store import Store
from simulator.session.events import Began, Event, Mode, Stopped, TookBack, UnreadableEvent, from_json
from simulator.session.interview import ENGINE_VERSION, Interview
from simulator.session.replay import BrokenRecord, Playthrough, next_choice, replay, replay_on
from simulator.session.scoring import SCORING_VERSION, Scoring
from simulator.session.situation import IllegalMove, InterviewOver, StoryStuck

MOST_AT_HAND = 512
"""How many attempts are kept at hand as they were last replayed."""

MOST_WRITTEN = 5_000
"""Characters of a person's own words that are kept at one place."""


class Writing(StrEnum):
    """What a person writes beside an attempt."""

    SAID_FIRST = "said_first"
    REFLECTION = "reflection"
    HANDS = "hands"
    GROUP_NOTES = "group_notes"


def random_seed() -> str:
    """A seed for the order of choices that nobody can guess."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class PlaceInAssignment:
    """What an attempt is done for: an assignment, and which of its clients."""

    assignment_id: str
    slot: str


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt as it stands: who, when, with what, and what happened."""

    id: str
    person_id: str
    assignment_id: str | None
    started_at: datetime
    changed_at: datetime
    content: Content
    interview: Interview
    scoring: Scoring
    playthrough: Playthrough

    @property
    def mode(self) -> Mode:
        """Practice or assessment."""
        return self.playthrough.began.mode


@dataclass(frozen=True, slots=True)
class _Replayed:
    """An opened attempt together with the events it was opened from. `changed_at` is when the last of them was."""

    stored: StoredAttempt
    events: tuple[Event, ...]
    playable: Playable
    playthrough: Playthrough
    changed_at: datetime

    def opened(self) -> OpenAttempt:
        ready = self.playable
        return OpenAttempt(
            self.stored.id,
            self.stored.person_id,
            self.stored.assignment_id,
            self.stored.started_at,
            self.changed_at,
            ready.content,
            ready.interview,
            ready.scoring,
            self.playthrough,
        )


class Attempts:
    """The use cases around attempts. One object serves a whole process, from any thread."""

    def __init__(self, store: Store, clock: Clock = utc_now, new_seed: Callable[[], str] = random_seed) -> None:
        self._store = store
        self._clock = clock
        self._new_seed = new_seed
        self._playables = PlayableCache()
        self._recent: LastUsed[str, _Replayed] = LastUsed(MOST_AT_HAND)

    def begin(
        self,
        content: Content,
        mode: Mode,
        person_id: str,
        lead_in: tuple[str, ...] = (),
        place: PlaceInAssignment | None = None,
    ) -> str:
        """Let the client come in. Gives the attempt's id. With a `lead_in` of choices it begins after them: a drill.

        With a `place` it is done for an assignment; whether it may be is asked by `Assignments.begin`.

        Raises:
            PersonMissing: nobody has this id.
            StoryBroken: the scenario stops before it starts, or does not allow the lead-in.
        """
        playable = self._playables.get(hashes_of(content), lambda: content)
        began = Began(
            0,
            content.scenario.id,
            content.scenario_hash,
            content.meaning_hash,
            content.behaviours_hash,
            content.rubric.id,
            content.rubric_hash,
            mode,
            self._new_seed(),
            ENGINE_VERSION,
            SCORING_VERSION,
            lead_in,
        )
        try:
            replay(playable.interview, [began])
        except (StoryStuck, BrokenRecord) as error:
            raise StoryBroken from error
        new = NewAttempt(
            id=str(uuid4()),
            person_id=person_id,
            scenario=content.scenario.id,
            scenario_hash=content.scenario_hash,
            behaviours_hash=content.behaviours_hash,
            rubric=content.rubric.id,
            rubric_hash=content.rubric_hash,
            mode=mode.value,
            started_at=self._clock(),
            drill=bool(lead_in),
            assignment_id=place.assignment_id if place else None,
            slot=place.slot if place else None,
        )
        texts = (
            KeptText(content.scenario_hash, "scenario", content.scenario_text),
            KeptText(content.behaviours_hash, "behaviours", content.behaviours_text),
            KeptText(content.rubric_hash, "rubric", content.rubric_text),
        )
        self._store.begin_attempt(new, texts, began)
        return new.id

    def open(self, attempt_id: str) -> OpenAttempt:
        """The attempt as it stands.

        Raises:
            AttemptMissing: it is not there.
            AttemptUnreadable: this version of the program cannot play it.
        """
        return self._replayed(self._store.attempt(attempt_id)).opened()

    def of(self, person_id: str) -> tuple[OpenAttempt, ...]:
        """A person's attempts, newest first. Those that cannot be played are in `unreadable_of`."""
        return tuple(one for one in self._all_of(person_id) if isinstance(one, OpenAttempt))

    def unreadable_of(self, person_id: str) -> tuple[AttemptUnreadable, ...]:
        """A person's attempts that are kept, but cannot be played by this version of the program, and why."""
        return tuple(one for one in self._all_of(person_id) if isinstance(one, AttemptUnreadable))

    def answer(self, attempt_id: str, number: int, choice: str, of_person: str | None = None) -> OpenAttempt:
        """Take a choice at the step `number` that the page showed. When this returns, the answer is kept.

        With `of_person` an attempt of anybody else is as if it were not there.

        Raises:
            AttemptMissing: it is not there.
            StaleStep: the step has been taken already.
            IllegalMove: the choice is not on offer.
            AttemptDiverged: the record can no longer be continued.
        """
        at_hand = self._at_hand(attempt_id, number, of_person)
        if at_hand is not None:
            try:
                return self._choose(at_hand, choice)
            except (StaleStep, AttemptMissing, IllegalMove):
                pass  # it is no longer as it was at hand: the record itself says what is the matter
        return self._choose(self._at(attempt_id, number, of_person), choice)

    def take_back(self, attempt_id: str, number: int) -> OpenAttempt:
        """Take the latest standing answer back. For the score the first answer given there still counts.

        Raises:
            NotInAssessment: only practice allows it.
            NothingToTakeBack: no answer stands.
            StaleStep, AttemptDiverged: as for `answer`.
        """
        replayed = self._at(attempt_id, number)
        playthrough = replayed.playthrough
        if playthrough.began.mode is not Mode.PRACTICE:
            raise NotInAssessment
        _refuse_after_stop(playthrough)
        if not playthrough.turns:
            raise NothingToTakeBack
        return self._append(replayed, TookBack(number, playthrough.turns[-1].number))

    def stop(self, attempt_id: str, number: int) -> OpenAttempt:
        """End the attempt before the talk has ended. It gets no score.

        Raises:
            InterviewOver: it has ended already.
            StaleStep, AttemptDiverged: as for `answer`.
        """
        replayed = self._at(attempt_id, number)
        _refuse_after_stop(replayed.playthrough)
        if replayed.playthrough.finished:
            raise InterviewOver("The talk has come to its end already.")
        return self._append(replayed, Stopped(number))

    def write(self, attempt_id: str, kind: Writing, text: str, number: int | None = None) -> None:
        """Keep a person's own words beside an attempt, in place of those written there before; none erases them.

        `number` is that of the event they belong to. They are never analysed, and can be erased at any time.

        Raises:
            AttemptMissing: it is not there.
        """
        words = text.strip()[:MOST_WRITTEN]
        if words:
            self._store.write_words(attempt_id, Words(kind.value, number, words), self._clock())
        else:
            self._store.erase_words(attempt_id, kind.value, number)

    def written(self, attempt_id: str, kind: Writing) -> dict[int | None, str]:
        """A person's own words of one kind, by the number of the event they belong to."""
        return {words.number: words.text for words in self._store.words_of(attempt_id) if words.kind == kind.value}

    def _at(self, attempt_id: str, number: int, of_person: str | None = None) -> _Replayed:
        """The attempt, if `number` is the step to take next."""
        stored = self._store.attempt(attempt_id)
        if of_person is not None and stored.person_id != of_person:
            raise AttemptMissing
        replayed = self._replayed(stored)
        if number != replayed.playthrough.next_number:
            raise StaleStep
        if replayed.playthrough.divergences:
            raise AttemptDiverged
        return replayed

    def _at_hand(self, attempt_id: str, number: int, of_person: str | None) -> _Replayed | None:
        """The attempt as it was last seen, if `number` was the step to take next then."""
        recent = self._recent.get(attempt_id)
        if recent is None or recent.playthrough.next_number != number or recent.playthrough.divergences:
            return None
        return recent if of_person in (None, recent.stored.person_id) else None

    def _choose(self, replayed: _Replayed, choice: str) -> OpenAttempt:
        _refuse_after_stop(replayed.playthrough)
        try:
            event, _ = next_choice(replayed.playable.interview, replayed.playthrough, choice)
        except StoryStuck as error:
            raise StoryBroken from error
        return self._append(replayed, event)

    def _append(self, replayed: _Replayed, event: Event) -> OpenAttempt:
        """Commit, and only then show. The number was free and the event before it is the one that is known, so what
        is known is all there is before it.
        """
        events = (*replayed.events, event)
        playthrough = replay_on(replayed.playable.interview, replayed.playthrough, event)
        at = self._clock()
        # An answer in the middle changes nothing that is counted over attempts; an end, or its being taken back, does.
        standing = None
        if not (playthrough.open and replayed.playthrough.open):
            result = result_of(playthrough, replayed.playable.scoring, at)
            standing = Standing(not playthrough.open, result)
        self._store.append(replayed.stored.id, event, at, standing, after=replayed.changed_at)
        now = _Replayed(replayed.stored, events, replayed.playable, playthrough, at)
        self._recent.put(replayed.stored.id, now)
        return now.opened()

    def _all_of(self, person_id: str) -> Iterator[OpenAttempt | AttemptUnreadable]:
        for stored in self._store.attempts_of(person_id):
            try:
                yield self._replayed(stored).opened()
            except AttemptUnreadable as unreadable:
                yield unreadable

    def _replayed(self, stored: StoredAttempt) -> _Replayed:
        hashes = (stored.scenario_hash, stored.behaviours_hash, stored.rubric_hash)
        try:
            recent = self._recent.get(stored.id)
            events = _events_of(stored, recent)
            if recent is not None and recent.events == events:
                return _Replayed(stored, events, recent.playable, recent.playthrough, stored.events[-1].at)
            playable = self._playables.get(hashes, lambda: content_from_texts(*self._store.texts(hashes)))
            replayed = _Replayed(stored, events, playable, replay(playable.interview, events), stored.events[-1].at)
        except (ContentMissing, UnreadableEvent, BrokenRecord) as error:
            raise AttemptUnreadable(stored.id, str(error)) from error
        except StoryStuck as error:
            raise AttemptUnreadable(stored.id, "Its scenario has no way on where the record goes on.") from error
        self._recent.put(stored.id, replayed)
        return replayed


def _events_of(stored: StoredAttempt, recent: _Replayed | None) -> tuple[Event, ...]:
    """The events of an attempt; those that were read before and are still the same are not made anew."""
    known = recent.stored.events if recent is not None else ()
    if recent is None or stored.events[: len(known)] != known:
        return tuple(from_json(kept.body) for kept in stored.events)
    return recent.events[: len(known)] + tuple(from_json(kept.body) for kept in stored.events[len(known) :])


def _refuse_after_stop(playthrough: Playthrough) -> None:
    if playthrough.stopped:
        raise InterviewOver("You ended this conversation; begin a new one to go on practising.")
