"""One person's door to attempts: theirs open, anybody else's are as if they were not there."""

from __future__ import annotations

from simulator.content.library import Content
from simulator.records.access import Actor
from simulator.records.attempts import Attempts, OpenAttempt, PlaceInAssignment, Writing
from simulator.records.errors import AttemptMissing, AttemptUnreadable, NotAllowed
from simulator.records.store import Store
from simulator.session.events import Mode


class OwnAttempts:
    """The use cases around attempts, for one actor. Every page goes through here."""

    def __init__(self, attempts: Attempts, store: Store, actor: Actor) -> None:
        self._attempts = attempts
        self._store = store
        self._actor = actor

    def begin(
        self, content: Content, mode: Mode, lead_in: tuple[str, ...] = (), place: PlaceInAssignment | None = None
    ) -> str:
        """Let the client come in. Gives the attempt's id.

        Raises:
            NotAllowed: a guest is never assessed.
            PersonMissing, StoryBroken: as for `Attempts.begin`.
        """
        if self._actor.guest and (mode is Mode.ASSESSMENT or place is not None):
            raise NotAllowed
        return self._attempts.begin(content, mode, self._actor.person_id, lead_in, place)

    def open(self, attempt_id: str) -> OpenAttempt:
        """The attempt as it stands.

        Raises:
            AttemptMissing: it is not there, or somebody else's.
            AttemptUnreadable: this version of the program cannot play it.
        """
        found = self._attempts.open(attempt_id)
        if found.person_id != self._actor.person_id:
            raise AttemptMissing
        return found

    def all(self) -> tuple[OpenAttempt, ...]:
        """The person's attempts, newest first. Those that cannot be played are in `unreadable`."""
        return self._attempts.of(self._actor.person_id)

    def unreadable(self) -> tuple[AttemptUnreadable, ...]:
        """The person's attempts that are kept, but cannot be played by this version of the program, and why."""
        return self._attempts.unreadable_of(self._actor.person_id)

    def answer(self, attempt_id: str, number: int, choice: str) -> OpenAttempt:
        """Take a choice; see `Attempts.answer`."""
        return self._attempts.answer(attempt_id, number, choice, of_person=self._actor.person_id)

    def take_back(self, attempt_id: str, number: int) -> OpenAttempt:
        """Take the latest answer back; see `Attempts.take_back`."""
        self._mine(attempt_id)
        return self._attempts.take_back(attempt_id, number)

    def stop(self, attempt_id: str, number: int) -> OpenAttempt:
        """End the attempt; see `Attempts.stop`."""
        self._mine(attempt_id)
        return self._attempts.stop(attempt_id, number)

    def write(self, attempt_id: str, kind: Writing, text: str, number: int | None = None) -> None:
        """Keep own words beside an attempt; see `Attempts.write`."""
        self._mine(attempt_id)
        self._attempts.write(attempt_id, kind, text, number)

    def written(self, attempt_id: str, kind: Writing) -> dict[int | None, str]:
        """Own words of one kind, by the number of the event they belong to."""
        self._mine(attempt_id)
        return self._attempts.written(attempt_id, kind)

    def _mine(self, attempt_id: str) -> None:
        if self._store.owner_of(attempt_id) != self._actor.person_id:
            raise AttemptMissing
