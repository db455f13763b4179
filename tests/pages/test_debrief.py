"""What can be learnt from a talk afterwards: every part of the debrief, and what is kept beside it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from simulator.records.attempts import Attempts, Writing
from simulator.records.errors import StoreUnavailable
from tests.pages.conftest import App
from tests.pages.noor import write_noor
from tests.robin import STEPS

Records = Callable[[], Attempts]


def _met_noor(app: App, library: Path, *words: str) -> App:
    write_noor(library)
    app.open().press("Meet Noor").press("Let Noor in")
    for word in words:
        app.press(word)
    return app


def _met_robin(app: App, words: str = "small") -> App:
    app.open().press("Meet Robin").press("Let Robin in")
    for step in STEPS:
        app.press(f"{words} thing at step {step}")
    return app


def _attempt(app: App) -> str:
    named = app.at.query_params["attempt"]
    return named if isinstance(named, str) else named[0]


def _rewrite(library: Path, number: int, **changed: object) -> None:
    """Change what is recorded of an event, as another version of the program might read it."""
    with sqlite3.connect(library.parent / "records.db") as database:
        (body,) = database.execute("select body from event where number = ?", (number,)).fetchone()
        known = {**json.loads(body), **changed}
        database.execute("update event set body = ? where number = ?", (json.dumps(known), number))


def test_too_few_opportunities_give_no_level_and_no_figure(app: App, library: Path) -> None:
    text = _met_noor(app, library, "You have come although", "What you say stays here").press("To the debrief").text
    assert "Empathy: Not enough to say" in text
    assert "Boundaries: Not enough to say" in text
    assert "below 4 no figure is given" in text
    assert "Overall: not determined" in text


def test_a_line_that_was_crossed_is_for_somebody_to_look_at(app: App, library: Path) -> None:
    _met_noor(app, library, "You could give me your number", "You leave the question").press("To the debrief")
    (warning,) = app.at.warning
    assert "somebody should look at this with you. The score stands beside it." in warning.value


def test_what_was_repaired_is_said_as_repaired(app: App, library: Path) -> None:
    _met_noor(app, library, "Nothing you say", "What you say stays here").press("To the debrief")
    assert [warning.value for warning in app.at.warning] == []
    assert "and you repaired it later on." in app.text


def test_a_missed_chance_says_what_was_lacking_and_where_it_could_have_come(app: App, library: Path) -> None:
    text = _met_noor(app, library, "You have come although", "You leave the question").press("To the debrief").text
    assert (
        "Noor would have spoken of the letter in the bag with trust at 6 (it was 5), at turn 1. The nearest turn that "
        "could have changed it was turn 1, with: “What would make it worth your half hour?”"
    ) in text


def test_nothing_was_missed_where_it_was_heard(app: App, library: Path) -> None:
    _met_noor(app, library, "What would make it worth", "A letter that you", "You leave the question")
    assert "What was not heard" not in app.press("To the debrief").text


def test_only_the_rules_that_fit_are_said(app: App, library: Path) -> None:
    text = _met_noor(app, library, "You have come although", "You leave the question").press("To the debrief").text
    assert "There was something to stand on." in text
    assert "Trust had little to stand on." not in text


def test_the_table_has_every_state_after_every_turn_also_the_hidden_ones(app: App, library: Path) -> None:
    _met_noor(app, library, "You have come although", "You leave the question").press("To the debrief")
    assert '<th scope="row">Trust</th><td>4</td><td>5</td><td>5</td>' in app.bodies
    assert '<th scope="row">Guard</th><td>6</td><td>5</td><td>5</td>' in app.bodies
    (chart,) = app.at.get("vega_lite_chart")
    assert b"Trust" in chart.proto.data.data and b"Guard" in chart.proto.data.data


def test_the_evidence_names_turn_answer_behaviour_points_and_share(app: App) -> None:
    _met_robin(app).press("To the debrief")
    (folded,) = [one for one in app.at.expander if one.label == "How this was worked out: Empathy"]
    assert not folded.proto.expanded
    rows = [line for line in app.bodies.split("<tr>") if '<th scope="row">5</th>' in line]
    assert len(rows) == 2  # Robin gives room for non-judgement as well, which comes after what is assessed
    for words in ("You say the small thing at step five", "Makes it smaller", " to +"):
        assert words in rows[0]


def test_turns_are_numbered_as_they_stand_after_one_was_taken_back(app: App) -> None:
    app.open().press("Meet Robin").press("Let Robin in").press("small thing at step one").press("Take this turn back")
    for step in STEPS:
        app.press(f"warm thing at step {step}")
    app.press("To the debrief")
    assert [f"Turn {n}" in app.text for n in (1, 5, 6)] == [True, True, False]
    assert app.text.count("Your first answer here, which counts for the score") == 1
    assert "was: “You say the small thing at step one" in app.text


def test_a_record_that_the_program_no_longer_comes_to_is_shown_with_a_warning(app: App, library: Path) -> None:
    _met_robin(app)
    _rewrite(library, 2, state={"trust": 9, "fear": 0})
    text = App().open("debrief", attempt=_attempt(app)).text
    assert "The program has changed since this conversation" in text
    assert "SECRETWHY small two." in text


def test_a_talk_that_can_no_longer_be_continued_is_debriefed_as_far_as_it_came(app: App, library: Path) -> None:
    app.open().press("Meet Robin").press("Let Robin in").press("warm thing at step one").press("warm thing at step two")
    _rewrite(library, 2, choice="no_longer_there")
    app.open("conversation", attempt=_attempt(app))
    assert "it cannot be continued as it was" in app.text
    assert not any("at step" in label for label in app.labels)
    text = app.press("To the debrief").text
    assert "The conversation with Robin" in text
    assert "It has no score." in text
    assert "SECRETWHY warm one." in text
    assert "You ended" not in text


def test_notes_are_kept_and_erased_at_will(app: App, records: Records) -> None:
    _met_robin(app).press("To the debrief")
    app.at.text_area(key="reflection").set_value("Less haste. <b>Wait.</b>")
    app.press("Keep my notes")
    assert "Erase my notes" in app.labels
    assert records().written(_attempt(app), Writing.REFLECTION) == {None: "Less haste. <b>Wait.</b>"}
    again = App().open("debrief", attempt=_attempt(app))
    assert again.at.text_area(key="reflection").value == "Less haste. <b>Wait.</b>"
    again.press("Erase my notes")
    assert again.at.text_area(key="reflection").value == ""
    assert records().written(_attempt(app), Writing.REFLECTION) == {}


def test_notes_that_cannot_be_erased_are_said_to_be_there_still(
    app: App, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    _met_robin(app).press("To the debrief")
    app.at.text_area(key="reflection").set_value("Less haste.")
    app.press("Keep my notes")
    app.at.run()

    def locked(*_: object) -> None:
        raise StoreUnavailable("The records are locked.")

    monkeypatch.setattr(Attempts, "write", locked)
    app.press("Erase my notes")
    assert [error.value for error in app.at.error] == ["The records are locked\\."]
    assert "Erased." not in [toast.value for toast in app.at.toast]
    assert app.at.text_area(key="reflection").value == "Less haste."


def test_the_printout_has_the_talk_and_nothing_that_runs_or_is_fetched(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda *_, data, **__: given.append(data))
    _met_robin(app).press("To the debrief")
    printed = given[-1]
    for words in ("SECRETWHY small five.", "<strong>Empathy</strong>: Not yet", "never a pass", "Something has moved"):
        assert words in printed
    for mark in ("<script", "<img", "<link", "src=", "href=", "@import", "url("):
        assert mark not in printed.replace("&lt;img src=x", "")
    assert "default-src 'none'" in printed


def test_the_same_client_can_be_met_again_from_the_debrief(app: App) -> None:
    text = _met_robin(app).press("To the debrief").press("Meet Robin again").text
    assert "How would you like to meet?" in text


def test_what_if_shows_another_answer_beside_the_old_one_and_records_nothing(app: App, records: Records) -> None:
    _met_robin(app).press("To the debrief")
    before = records().open(_attempt(app)).playthrough
    app.at.button(key="what-if-3").click().run()
    assert "What if, at turn 3?" in app.text
    assert "thing at step three" in " ".join(app.labels)
    assert not any("small thing at step three" in label for label in app.labels)
    text = app.press("warm thing at step three").text
    assert "Robin hears the warm thing three." in text
    assert "Robin hears the small thing three." in text
    app.press("small thing at step four").press("Try another answer at turn 3")
    assert "Robin hears the warm thing three." not in app.text
    assert records().open(_attempt(app)).playthrough == before
    assert "Turn by turn" in app.press("Back to the debrief").text


@pytest.mark.parametrize("turn", ["0", "6", "x", "-1", "٣", "9" * 5000, ""])
def test_a_turn_that_there_was_not_has_no_what_if(app: App, turn: str) -> None:
    attempt = _attempt(_met_robin(app))
    assert "This comes after the conversation" in app.open("what_if", attempt=attempt, turn=turn).text


def test_a_path_that_the_story_does_not_allow_begins_anew(app: App) -> None:
    attempt = _attempt(_met_robin(app))
    text = app.open("what_if", attempt=attempt, turn="2", otherwise="secretid_two_a,nonsense").text
    assert "What if, at turn 2?" in text
    assert "Robin hears the warm thing two." not in text
