"""What a trainee does with an attempt, and that none of it is lost or counted twice."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import delete, select, update

from simulator.content.library import Content, load_library
from simulator.records.attempts import Attempts, OpenAttempt, random_seed, utc_now
from simulator.records.errors import (
    AttemptDiverged,
    AttemptMissing,
    AttemptUnreadable,
    NothingToTakeBack,
    NotInAssessment,
    PersonMissing,
    RecordsError,
    StaleStep,
)
from simulator.records.kept import Person
from simulator.records.playable import MOST_KEPT, PlayableCache
from simulator.records.schema import event
from simulator.records.store import Store
from simulator.session.events import Chose, Mode
from simulator.session.interview import ENGINE_VERSION
from simulator.session.scoring import SCORING_VERSION
from simulator.session.situation import ChoiceRefused, IllegalMove, InterviewOver, UnknownChoice

from .conftest import NOON, SCENARIO, OpenStore, write_library


def test_a_new_attempt_stands_where_the_client_comes_in(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt = attempts.open(attempts.begin(content, Mode.PRACTICE, owner.id))
    assert attempt.playthrough.situation.at == "door"
    assert attempt.playthrough.next_number == 1
    assert (attempt.person_id, attempt.mode) == (owner.id, Mode.PRACTICE)
    assert attempt.started_at == attempt.changed_at == NOON + timedelta(minutes=1)


def test_an_attempt_pins_its_content_its_seed_and_its_versions(store: Store, content: Content, owner: Person) -> None:
    attempts = Attempts(store, new_seed=lambda: "a seed")
    began = attempts.open(attempts.begin(content, Mode.ASSESSMENT, owner.id)).playthrough.began
    assert (began.scenario, began.rubric, began.mode, began.seed) == ("tea", "core", Mode.ASSESSMENT, "a seed")
    assert (began.scenario_hash, began.meaning_hash) == (content.scenario_hash, content.meaning_hash)
    assert (began.behaviours_hash, began.rubric_hash) == (content.behaviours_hash, content.rubric_hash)
    assert (began.engine, began.scoring) == (ENGINE_VERSION, SCORING_VERSION)


def test_seeds_cannot_be_guessed_and_the_clock_is_aware() -> None:
    assert len({random_seed() for _ in range(50)}) == 50
    assert len(random_seed()) == 16
    assert utc_now().tzinfo is UTC


def test_an_answer_moves_the_talk_on_and_says_when(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempt = attempts.answer(attempt_id, 1, "greet")
    assert attempt.playthrough.situation.at == "table"
    assert attempt.playthrough.situation.state == {"trust": 4}
    assert attempt.playthrough.next_number == 2
    assert attempt.changed_at == NOON + timedelta(minutes=2)
    assert attempt == attempts.open(attempt_id)


def test_reopening_in_another_process_gives_the_same_state(
    attempts: Attempts, content: Content, owner: Person, opened: OpenStore
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    attempts.answer(attempt_id, 2, "listen")
    attempts.take_back(attempt_id, 3)
    left = attempts.answer(attempt_id, 4, "close")
    found = Attempts(opened()).open(attempt_id)
    assert found.playthrough == left.playthrough
    assert (found.started_at, found.changed_at) == (left.started_at, left.changed_at)
    assert found.playthrough.finished


def test_a_step_that_was_taken_cannot_be_taken_again(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    for again in (
        lambda: attempts.answer(attempt_id, 1, "greet"),
        lambda: attempts.answer(attempt_id, 7, "listen"),
        lambda: attempts.take_back(attempt_id, 1),
        lambda: attempts.stop(attempt_id, 1),
    ):
        with pytest.raises(StaleStep, match="moved on"):
            again()
    assert attempts.open(attempt_id).playthrough.next_number == 2


def test_of_two_threads_answering_the_same_step_exactly_one_wins(
    attempts: Attempts, content: Content, owner: Person, opened: OpenStore
) -> None:
    others = Attempts(opened())  # another process would look like this
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    for number in range(1, 21):
        together = Barrier(2)

        def answer(use_cases: Attempts, number: int = number, together: Barrier = together) -> OpenAttempt | StaleStep:
            together.wait()
            try:
                return use_cases.answer(attempt_id, number, f"nod_{number}" if number > 1 else "greet")
            except StaleStep as stale:
                return stale

        with ThreadPoolExecutor(2) as threads:
            came = list(threads.map(answer, (attempts, others)))
        assert sorted(type(one).__name__ for one in came) == ["OpenAttempt", "StaleStep"]
        assert attempts.open(attempt_id).playthrough.next_number == number + 1


def test_the_unique_number_alone_refuses_a_second_event(
    attempts: Attempts, store: Store, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    with pytest.raises(StaleStep):
        store.append(attempt_id, Chose(1, "door", ("scold", "greet"), "scold", {"trust": 1}), NOON)
    assert attempts.open(attempt_id).playthrough.turns[0].choice == "greet"


def test_an_answer_is_never_put_behind_a_record_that_has_become_another(
    attempts: Attempts, store: Store, content: Content, owner: Person
) -> None:
    """An older copy of the records was put in their place under the running program."""
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    attempts.answer(attempt_id, 2, "listen")
    with store.writing() as connection:
        connection.execute(delete(event).where(event.c.attempt_id == attempt_id, event.c.number == 2))
    with pytest.raises(StaleStep):
        attempts.answer(attempt_id, 3, "close")
    with store.writing() as connection:
        connection.execute(update(event).where(event.c.number == 1).values(at=NOON - timedelta(days=1)))
    assert attempts.answer(attempt_id, 2, "close").playthrough.finished


def test_an_answer_on_what_is_at_hand_still_asks_whose_attempt_it_is(
    attempts: Attempts, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet", of_person=owner.id)
    with pytest.raises(AttemptMissing):
        attempts.answer(attempt_id, 2, "listen", of_person="somebody-else")
    assert attempts.answer(attempt_id, 2, "listen", of_person=owner.id).playthrough.next_number == 3


def test_an_attempt_erased_under_the_running_program_takes_no_answer(
    attempts: Attempts, store: Store, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    store.erase_attempt(attempt_id)
    with pytest.raises(AttemptMissing):
        attempts.answer(attempt_id, 2, "listen")
    with store.reading() as connection:
        assert not connection.execute(select(event.c.number)).all()


def test_a_choice_that_is_not_on_offer_leaves_no_trace(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    with pytest.raises(UnknownChoice):
        attempts.answer(attempt_id, 1, "listen")
    attempts.answer(attempt_id, 1, "scold")
    with pytest.raises(ChoiceRefused):
        attempts.answer(attempt_id, 2, "press")
    assert attempts.open(attempt_id).playthrough.next_number == 2


def test_nothing_can_be_answered_after_the_ending(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    attempts.answer(attempt_id, 2, "close")
    with pytest.raises(IllegalMove):
        attempts.answer(attempt_id, 3, "listen")
    with pytest.raises(InterviewOver, match="end"):
        attempts.stop(attempt_id, 3)


def test_practice_takes_an_answer_back_and_the_first_one_still_counts(
    attempts: Attempts, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "scold")
    back = attempts.take_back(attempt_id, 2)
    assert (back.playthrough.situation.at, back.playthrough.turns) == ("door", ())
    again = attempts.answer(attempt_id, 3, "greet")
    assert (again.playthrough.turns[0].choice, again.playthrough.turns[0].counted) == ("greet", "scold")


def test_nothing_is_taken_back_before_an_answer(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    with pytest.raises(NothingToTakeBack, match="no answer"):
        attempts.take_back(attempt_id, 1)


def test_in_an_assessment_an_answer_stands(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.ASSESSMENT, owner.id)
    attempts.answer(attempt_id, 1, "scold")
    with pytest.raises(NotInAssessment, match="assessment"):
        attempts.take_back(attempt_id, 2)
    assert attempts.open(attempt_id).playthrough.next_number == 2


def test_a_stopped_attempt_stays_stopped(attempts: Attempts, content: Content, owner: Person) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    stopped = attempts.stop(attempt_id, 2)
    assert stopped.playthrough.stopped
    assert not stopped.playthrough.open
    for afterwards in (
        lambda: attempts.answer(attempt_id, 3, "listen"),
        lambda: attempts.take_back(attempt_id, 3),
        lambda: attempts.stop(attempt_id, 3),
    ):
        with pytest.raises(InterviewOver, match="ended this conversation"):
            afterwards()
    assert attempts.open(attempt_id) == stopped


def test_an_attempt_that_does_not_exist_is_said_to_be_missing(attempts: Attempts) -> None:
    with pytest.raises(AttemptMissing, match="does not exist"):
        attempts.open("no-such-attempt")
    with pytest.raises(AttemptMissing):
        attempts.answer("no-such-attempt", 1, "greet")


def test_an_attempt_needs_a_person(attempts: Attempts, content: Content) -> None:
    with pytest.raises(PersonMissing, match="not known"):
        attempts.begin(content, Mode.PRACTICE, "nobody")


def test_attempts_of_a_person_come_newest_first(attempts: Attempts, content: Content, owner: Person) -> None:
    assert attempts.of(owner.id) == ()
    ids = [attempts.begin(content, Mode.PRACTICE, owner.id) for _ in range(3)]
    attempts.answer(ids[0], 1, "greet")
    found = attempts.of(owner.id)
    assert [one.id for one in found] == ids[::-1]
    assert found == tuple(attempts.open(attempt_id) for attempt_id in ids[::-1])
    assert attempts.of("nobody") == ()


def test_an_attempt_outlives_its_files(
    attempts: Attempts, content: Content, owner: Person, library_folder: Path, opened: OpenStore
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    attempts.answer(attempt_id, 1, "greet")
    shutil.rmtree(library_folder)
    afterwards = Attempts(opened())
    found = afterwards.open(attempt_id)
    assert found.content == content
    assert (found.content.scenario_text, found.content.rubric_text) == (content.scenario_text, content.rubric_text)
    assert afterwards.answer(attempt_id, 2, "close").playthrough.finished


def test_an_attempt_keeps_the_version_it_was_begun_with(
    attempts: Attempts, content: Content, owner: Person, tmp_path: Path, opened: OpenStore
) -> None:
    old = attempts.begin(content, Mode.PRACTICE, owner.id)
    changed = write_library(tmp_path / "changed", SCENARIO.replace("You look frozen.", "Come in!"))
    new = attempts.begin(load_library(changed).content("tea"), Mode.PRACTICE, owner.id)
    for use_cases in (attempts, Attempts(opened())):
        words = [use_cases.open(one).content.scenario.nodes["door"].choices["greet"].say for one in (old, new)]
        assert words == ["You look frozen.", "Come in!"]


def test_attempts_at_the_same_content_share_one_interview(attempts: Attempts, content: Content, owner: Person) -> None:
    one, other = (attempts.open(attempts.begin(content, Mode.PRACTICE, owner.id)) for _ in range(2))
    assert one.interview is other.interview
    assert one.scoring is other.scoring


def test_what_is_kept_ready_is_bounded(content: Content) -> None:
    cache, loaded = PlayableCache(most=2), []

    def load(name: str) -> Content:
        loaded.append(name)
        return content

    for name in ("a", "b", "a", "c", "a", "b"):
        cache.get((name, "", ""), lambda name=name: load(name))  # type: ignore[misc]
    assert loaded == ["a", "b", "c", "b"]
    assert MOST_KEPT > 10


def test_a_divergence_is_shown_and_the_attempt_is_not_continued(
    attempts: Attempts, store: Store, content: Content, owner: Person
) -> None:
    attempt_id = attempts.begin(content, Mode.PRACTICE, owner.id)
    offered = attempts.open(attempt_id).playthrough.offered
    store.append(attempt_id, Chose(1, "door", offered, "greet", {"trust": 9}), NOON)
    found = attempts.open(attempt_id)
    assert [(one.number, one.what) for one in found.playthrough.divergences] == [(1, "state")]
    for going_on in (
        lambda: attempts.answer(attempt_id, 2, "listen"),
        lambda: attempts.take_back(attempt_id, 2),
        lambda: attempts.stop(attempt_id, 2),
    ):
        with pytest.raises(AttemptDiverged, match="not continued"):
            going_on()
    assert attempts.open(attempt_id).playthrough.next_number == 2


def test_an_attempt_that_cannot_be_played_hides_no_other(
    attempts: Attempts, store: Store, content: Content, owner: Person
) -> None:
    readable = attempts.begin(content, Mode.PRACTICE, owner.id)
    gap = attempts.begin(content, Mode.PRACTICE, owner.id)
    store.append(gap, Chose(5, "door", ("greet", "scold"), "greet", {"trust": 4}), NOON)
    broken = attempts.begin(replace(content, scenario_text="format: 1"), Mode.PRACTICE, owner.id)
    fresh = Attempts(store)
    assert [one.id for one in fresh.of(owner.id)] == [readable]
    assert [one.attempt_id for one in fresh.unreadable_of(owner.id)] == [broken, gap]
    for attempt_id, reason in ((broken, "scenario kept with this attempt"), (gap, "Event 1 is missing")):
        with pytest.raises(AttemptUnreadable, match=reason):
            fresh.open(attempt_id)


def test_every_error_of_the_records_has_one_family(attempts: Attempts) -> None:
    with pytest.raises(RecordsError):
        attempts.open("no-such-attempt")
