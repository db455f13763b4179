"""Progress over attempts, and the moments to practise next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from simulator.content.library import Content, load_library
from simulator.programme.moments import moments_to_practise
from simulator.programme.progress import progress_of
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Mode

PROJECT = Path(__file__).resolve().parents[2]


class Desk:
    """Attempts at the orientation, played from lists of choices, a day apart."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(f"sqlite:///{folder}/records.db")
        self.today = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.attempts = Attempts(self.store, clock=lambda: self.today)
        self.person = self.store.local_person().id
        self.content: Content = load_library(PROJECT).content("orientation")

    def play(self, *choices: str, lead_in: tuple[str, ...] = ()) -> str:
        """Play an attempt; it need not come to an end."""
        self.today += timedelta(days=1)
        attempt_id = self.attempts.begin(self.content, Mode.PRACTICE, self.person, lead_in)
        for choice in choices:
            attempt = self.attempts.open(attempt_id)
            self.attempts.answer(attempt_id, attempt.playthrough.next_number, choice)
        return attempt_id


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


POOR = ("what_week", "list", "looking_forward", "stay", "lucky", "be_fine")
BEST = ("bought", "still_yours", "stay", "unfinished", "keep_it")


def test_first_and_last_are_compared_and_all_opportunities_pool(desk: Desk) -> None:
    desk.play(*POOR)
    desk.play(*BEST)
    (empathy,) = [one for one in progress_of(desk.attempts.of(desk.person)) if one.criterion == "empathy"]
    assert [point.n for point in empathy.points] == [6, 5]
    assert empathy.first is not None
    assert empathy.last is not None
    assert empathy.first.score is not None
    assert empathy.last.score == 1
    assert empathy.pooled is not None
    assert empathy.pooled.n == 11
    assert empathy.first.score < empathy.pooled.score < 1
    low, high = empathy.pooled.interval
    assert low < empathy.pooled.score < high


def test_drills_stopped_and_unfinished_attempts_do_not_count(desk: Desk) -> None:
    desk.play("bought")
    desk.play("still_yours", "stay", "unfinished", "keep_it", lead_in=("hello.bought",))
    stopped = desk.play("bought")
    desk.attempts.stop(stopped, 2)
    assert progress_of(desk.attempts.of(desk.person)) == []
    assert moments_to_practise(desk.attempts.of(desk.person)) == []


def test_a_change_is_more_than_chance_only_where_the_ranges_lie_apart(desk: Desk) -> None:
    desk.play(*BEST)
    desk.play(*BEST)
    (empathy,) = [one for one in progress_of(desk.attempts.of(desk.person)) if one.criterion == "empathy"]
    assert not empathy.changed


def test_moments_are_the_turns_that_lost_most_and_lead_to_exactly_there(desk: Desk) -> None:
    desk.play(*POOR)
    moments = moments_to_practise(desk.attempts.of(desk.person))
    assert moments
    assert [moment.lost for moment in moments] == sorted((moment.lost for moment in moments), reverse=True)
    first = moments[0]
    assert first.turn.node == "friday"  # its weight is 2
    assert first.lost == 2 * Fraction(3, 4)
    drill = desk.attempts.open(desk.play(lead_in=first.lead_in))
    assert drill.playthrough.situation == first.turn.before
    assert drill.playthrough.opening == first.heard


def test_only_the_latest_talk_with_a_client_gives_moments(desk: Desk) -> None:
    desk.play(*POOR)
    desk.play(*BEST)
    assert moments_to_practise(desk.attempts.of(desk.person)) == []
