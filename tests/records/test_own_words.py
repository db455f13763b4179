"""A person's own words: kept beside the attempt, replaced, and erased at will."""

from __future__ import annotations

import pytest

from simulator.content.library import Content
from simulator.records.attempts import MOST_WRITTEN, Attempts, Writing
from simulator.records.errors import AttemptMissing
from simulator.records.kept import Person
from simulator.records.store import Store
from simulator.session.events import Mode


def test_words_are_kept_by_kind_and_place_and_later_ones_replace_them(
    attempts: Attempts, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.write(attempt_id, Writing.SAID_FIRST, "You look cold.", 1)
    attempts.write(attempt_id, Writing.SAID_FIRST, "  You look frozen.  ", 1)
    attempts.write(attempt_id, Writing.SAID_FIRST, "Tell me more.", 2)
    attempts.write(attempt_id, Writing.REFLECTION, "I hurried.")
    assert attempts.written(attempt_id, Writing.SAID_FIRST) == {1: "You look frozen.", 2: "Tell me more."}
    assert attempts.written(attempt_id, Writing.REFLECTION) == {None: "I hurried."}


def test_empty_words_erase_what_stood_there_and_nothing_else(
    attempts: Attempts, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.write(attempt_id, Writing.SAID_FIRST, "One.", 1)
    attempts.write(attempt_id, Writing.SAID_FIRST, "Two.", 2)
    attempts.write(attempt_id, Writing.SAID_FIRST, "   ", 1)
    assert attempts.written(attempt_id, Writing.SAID_FIRST) == {2: "Two."}


def test_words_leave_no_trace_in_the_events_and_go_with_the_attempt(
    attempts: Attempts, store: Store, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.write(attempt_id, Writing.REFLECTION, "An unmistakable thought.")
    assert "unmistakable" not in str(store.attempt(attempt_id))
    store.erase_attempt(attempt_id)
    assert attempts.written(attempt_id, Writing.REFLECTION) == {}


def test_words_without_an_attempt_are_refused(attempts: Attempts) -> None:
    with pytest.raises(AttemptMissing):
        attempts.write("00000000-0000-4000-8000-000000000000", Writing.REFLECTION, "Hello.")


def test_very_long_words_are_cut_to_what_is_kept(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.write(attempt_id, Writing.REFLECTION, "x" * (MOST_WRITTEN + 10))
    assert len(attempts.written(attempt_id, Writing.REFLECTION)[None]) == MOST_WRITTEN
