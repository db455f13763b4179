"""The conversation: what stands on the page at a turn, and every way out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.records.attempts import Attempts, Writing
from simulator.records.errors import StaleStep, StoreUnavailable
from tests.pages.conftest import App
from tests.pages.noor import write_noor
from tests.robin import STEPS

Records = Callable[[], Attempts]


@pytest.fixture
def talk(app: App) -> App:
    """A practice talk with Robin, at its first turn."""
    return app.open().press("Meet Robin").press("Let Robin in")


def _attempt(app: App) -> str:
    named = app.at.query_params["attempt"]
    return named if isinstance(named, str) else named[0]


def _chosen(records: Records, app: App) -> list[str]:
    return [turn.choice for turn in records().open(_attempt(app)).playthrough.turns]


def _answers(app: App) -> list[str]:
    return [button.label for button in app.at.button if (button.key or "").startswith("answer-")]


def _pause_and(app: App, key: str) -> App:
    """Press in the dialog. The driver draws the whole page anew, so the dialog is opened in the same run."""
    if not any(button.key == key for button in app.at.button):
        app.press("Pause")
    app.at.button(key="pause").click()
    app.at.button(key=key).click().run()
    assert not app.at.exception, app.at.exception
    return app


def test_answers_stand_in_the_recorded_order_as_whole_sentences_and_acts_with_their_keys(
    talk: App, records: Records
) -> None:
    scenario = records().open(_attempt(talk)).content.scenario
    offered = records().open(_attempt(talk)).playthrough.offered
    buttons = [button for button in talk.at.button if (button.key or "").startswith("answer-")]
    assert len(buttons) == 3
    for position, (button, choice) in enumerate(zip(buttons, offered, strict=True), start=1):
        words = scenario.nodes["step_one"].choices[choice].words
        assert button.label.strip("*").startswith(words[:15])
        assert button.label.startswith("*") == words.startswith("You wait")
        assert button.proto.shortcut == str(position)
        assert choice not in button.key


def test_a_client_is_shown_with_what_they_feel_only_as_far_as_the_scenario_lets_it_be_seen(
    app: App, library: Path
) -> None:
    write_noor(library)
    text = app.open().press("Meet Noor").press("Let Noor in").press("You have come although").text
    assert "Trust 5 of 10" in text
    assert "Trust rose by 1." in text
    assert "uard" not in text


def test_what_was_well_meant_and_ill_timed_is_called_so(app: App, library: Path) -> None:
    write_noor(library)
    app.open().press("Meet Noor").press("Let Noor in").press("You have come although").press("You leave the question")
    assert "at the wrong moment" in app.text


def test_steering_the_talk_is_called_so(app: App, library: Path) -> None:
    write_noor(library)
    app.open().press("Meet Noor").press("Let Noor in").press("You have come although").press("what the clock says")
    assert "You steered the talk." in app.text


def test_the_hint_is_folded_away_and_gone_after_the_first_answer(talk: App) -> None:
    (hint,) = [one for one in talk.at.expander if one.label == "What might be going on behind that?"]
    assert not hint.proto.expanded
    talk.press("warm thing at step one")
    assert [one.label for one in talk.at.expander] == ["How that landed"]


def test_the_clients_turn_is_announced_without_their_thought(talk: App) -> None:
    (announced,) = (element.proto.json for element in talk.at.get("bidi_component"))
    assert "This is what Robin says at step one" in announced
    assert "Robin looks at window one." in announced
    assert "SECRETTHOUGHT" not in announced


def test_a_turn_taken_back_asks_the_same_again(talk: App, records: Records) -> None:
    before = _answers(talk)
    talk.press("small thing at step one").press("Take this turn back")
    assert _answers(talk) == before
    assert "Robin hears the small thing" not in talk.text
    assert _chosen(records, talk) == []


def test_a_turn_taken_back_on_a_page_from_before_takes_nothing_else_back(talk: App, records: Records) -> None:
    talk.press("warm thing at step one")
    records().answer(_attempt(talk), 2, "secretid_two_b")
    talk.press("Take this turn back")
    assert "The conversation has gone on since. Here is where you stand." in talk.text
    assert _chosen(records, talk) == ["secretid_one_a", "secretid_two_b"]


def test_the_button_of_an_old_page_adds_nothing(talk: App, records: Records) -> None:
    other = App().open("conversation", attempt=_attempt(talk))
    talk.press("warm thing at step one").press("warm thing at step two")
    other.press("small thing at step one")
    assert "That turn was answered already." in other.text
    assert "says at step three" in other.text
    assert _chosen(records, talk) == ["secretid_one_a", "secretid_two_a"]
    assert "That turn was answered already." not in other.press("warm thing at step three").text


def test_an_answer_that_cannot_be_kept_is_said_and_not_shown_as_given(
    talk: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Attempts, "answer", full)
        talk.press("warm thing at step one")
    assert "The disk is full" in talk.text
    assert "Robin hears" not in talk.text
    assert "Robin hears" in talk.press("warm thing at step one").text


def test_pause_and_go_on_stays_at_the_turn(talk: App) -> None:
    _pause_and(talk.press("warm thing at step one"), "pause-go-on")
    assert "says at step two" in talk.text
    assert "Everything up to here is kept." not in talk.text


def test_pause_and_leave_goes_to_the_clients_and_keeps_the_turn(talk: App, records: Records) -> None:
    attempt = _attempt(talk)
    _pause_and(talk.press("warm thing at step one"), "pause-leave")
    assert "Who would you like to meet?" in talk.text
    assert "Go on where you left off" in talk.labels
    assert records().open(attempt).playthrough.open


def test_pause_and_end_goes_to_a_debrief_without_a_score(talk: App, records: Records) -> None:
    _pause_and(talk.press("warm thing at step one"), "pause-stop")
    assert "You ended the conversation with Robin" in talk.text
    assert "It has no score." in talk.text
    assert records().open(_attempt(talk)).playthrough.stopped


def test_ending_a_talk_that_has_gone_on_in_another_tab_ends_nothing(
    talk: App, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.press("warm thing at step one").press("Pause")
    stop = Attempts.stop

    def late(self: Attempts, attempt: str, number: int) -> None:
        self.answer(attempt, number, "secretid_two_a")
        stop(self, attempt, number)

    monkeypatch.setattr(Attempts, "stop", late)
    _pause_and(talk, "pause-stop")
    assert "The conversation has gone on since. Here is where you stand." in talk.text
    assert records().open(_attempt(talk)).playthrough.open
    assert str(StaleStep()) not in talk.text


def test_pause_names_the_programmes_contact_and_helplines(talk: App, library: Path) -> None:
    (library / "support").mkdir()
    (library / "support" / "en.yaml").write_text(
        "format: 1\nemergency: Call 999.\ncontact: Dr <b>Lee</b>, room 4\nhelplines:\n"
        "  - {name: A line, reach: by telephone, hours: nights, checked: 2026-01-01, source: its page}\n",
        encoding="utf-8",
    )
    talk.press("Pause")
    for words in ("Call 999.", "Dr <b>Lee</b>, room 4", "A line: by telephone · nights"):
        assert words in talk.text


def test_a_stopped_talk_offers_its_debrief_and_no_answers(talk: App, records: Records) -> None:
    records().stop(_attempt(talk), 1)
    talk.at.run()
    assert "You ended this conversation. It has no score." in talk.text
    assert _answers(talk) == []
    assert "Pause" not in talk.labels
    assert "It has no score." in talk.press("To the debrief").text


def test_who_wants_to_say_it_first_sees_the_answers_only_afterwards(app: App, records: Records) -> None:
    app.open().press("Meet Robin")
    app.at.toggle(key="say-first").set_value(True).run()
    app.press("Let Robin in")
    assert _answers(app) == []
    app.at.text_area[0].set_value("It is <b>good</b> that you came.")
    app.press("Now show the answers")
    assert "It is <b>good</b> that you came." in app.text
    assert len(_answers(app)) == 3
    assert records().written(_attempt(app), Writing.SAID_FIRST) == {1: "It is <b>good</b> that you came."}
    app.press("small thing at step one")
    assert _answers(app) == []
    assert len(_answers(app.press("Not this time"))) == 3
    for step in STEPS[1:]:
        if "Not this time" in app.labels:
            app.press("Not this time")
        app.press(f"small thing at step {step}")
    text = app.press("To the debrief").text
    assert "What you wrote first" in text
    assert "It is <b>good</b> that you came." in text
