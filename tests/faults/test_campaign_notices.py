"""A campaign is worth what it notices: records and pages that are wrong must not pass."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from faults.picture import Picture
from faults.record import TOOK_BACK, record_of
from faults.transcript import CLIENT, TRAINEE, Line, plain_text, talk_in
from simulator.content.library import load_library
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Mode

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Path, str]:
    """A database with one attempt: three answers, the last taken back."""
    database = tmp_path / "records.sqlite3"
    store = open_store(f"sqlite:///{database}")
    attempts = Attempts(store)
    content = load_library(PROJECT).content("orientation")
    attempt_id = attempts.begin(content, Mode.PRACTICE, store.local_person().id)
    for number in (1, 2, 3):
        attempts.answer(attempt_id, number, attempts.open(attempt_id).playthrough.offered[0])
    attempts.take_back(attempt_id, 4)
    store.close()
    return database, attempt_id


def test_a_sound_record_is_read_as_it_was_given(kept: tuple[Path, str]) -> None:
    record = record_of(*kept)
    assert record.problems == ()
    assert len(record.acts) == 4
    assert record.acts[-1] == TOOK_BACK
    assert [line.words for line in record.talk if line.who == TRAINEE] == list(record.acts[:2])
    assert (record.next_number, record.open) == (5, True)


@pytest.mark.parametrize(
    "harm",
    [
        "delete from event where number = 2",
        "update event set number = 9 where number = 4",
        "update event set body = json_set(body, '$.choice', 'another') where number = 2",
        "update event set body = json_set(body, '$.state', json('{}')) where number = 1",
        "delete from event",
    ],
)
def test_a_harmed_record_is_noticed(kept: tuple[Path, str], harm: str) -> None:
    with closing(sqlite3.connect(kept[0])) as connection, connection:
        connection.execute(harm)
    assert record_of(*kept).problems


def test_the_talk_is_read_out_of_a_page() -> None:
    html = (
        '<div class="talk"><div class="client"><span class="who">Robin</span><p class="says">Well &amp; good.</p>'
        '<p class="manner">Waits.</p></div><div class="trainee"><span class="who">You</span><p>I  see.</p></div></div>'
    )
    assert talk_in([html]) == (Line(CLIENT, "Well & good. Waits."), Line(TRAINEE, "I see."))
    assert plain_text(f"<style>p {{}}</style>{html}") == "Robin Well & good. Waits. You I see."


def _message(run: str = "", **fields: object) -> ForwardMsg:
    message = ForwardMsg(**fields)  # type: ignore[arg-type]
    message.metadata.run.script_run_id = run
    return message


def _began(run: str) -> ForwardMsg:
    message = _message(run)
    message.new_session.name = "app"
    return message


def _drawn(path: list[int], fill: Callable[[ForwardMsg], None]) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    fill(message)
    return message


def _button(key: str, label: str) -> Callable[[ForwardMsg], None]:
    def fill(message: ForwardMsg) -> None:
        message.delta.new_element.button.id = f"$$ID-0123-{key}"
        message.delta.new_element.button.label = label

    return fill


def _alert(words: str) -> Callable[[ForwardMsg], None]:
    def fill(message: ForwardMsg) -> None:
        message.delta.new_element.alert.body = words

    return fill


def test_what_a_run_did_not_draw_again_is_gone_when_it_has_ended_and_not_before() -> None:
    picture = Picture()
    for message in (_began("1"), _drawn([0, 0], _alert("old")), _drawn([0, 1], _button("answer-1-1", "First"))):
        picture.draw(message)
    picture.draw(_message("1", script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    picture.draw(_began("2"))
    picture.draw(_drawn([0, 0], _alert("read\\-only")))
    assert [button.key for button in picture.buttons()] == ["answer-1-1"]
    picture.draw(_message("2", script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    assert picture.buttons() == ()
    assert [alert.words for alert in picture.alerts()] == ["read-only"]


def test_an_uncaught_fault_on_the_page_is_seen() -> None:
    def fill(message: ForwardMsg) -> None:
        message.delta.new_element.exception.type = "ValueError"
        message.delta.new_element.exception.message = "inside"

    picture = Picture()
    picture.draw(_began("1"))
    picture.draw(_drawn([0, 0], fill))
    assert picture.exceptions() == ("ValueError: inside",)
