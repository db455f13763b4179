"""One's own attempts: the list, what cannot be opened, progress over several, and drills."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.records.attempts import Attempts
from simulator.records.errors import StoreUnavailable
from tests.pages.conftest import App

Records = Callable[[], Attempts]
Met = Callable[..., str]


def _attempt(app: App) -> str:
    named = app.at.query_params["attempt"]
    return named if isinstance(named, str) else named[0]


def test_each_attempt_says_how_it_stands_and_leads_on(app: App, met: Met, records: Records) -> None:
    met("warm")
    stopped = met("warm", 1)
    records().stop(stopped, 2)
    going_on = met("warm", 2)
    text = app.open("attempts").text
    for words in ("Practice · Finished · 5 turns · ", "Ended by you · 1 turn · ", "In progress · 2 turns · "):
        assert words in text
    assert app.at.button(key=f"debrief-{stopped}").label == "Debrief"
    app.at.button(key=f"go-on-{going_on}").click().run()
    assert "says at step three" in app.text
    assert _attempt(app) == going_on


def test_an_attempt_that_cannot_be_read_is_told_of_and_the_others_stay(app: App, met: Met, library: Path) -> None:
    met("warm", 1)
    unreadable = met("small", 1)
    with sqlite3.connect(library.parent / "records.db") as database:
        body = '{"version": 99, "kind": "![x](http://127.0.0.1:9/x.png)"}'
        database.execute("update event set body = ? where attempt_id = ? and number = 1", (body, unreadable))
    app.open("attempts")
    (warning,) = app.at.warning
    assert warning.value.startswith("This attempt is kept, but it cannot be opened")
    assert "![x](" not in warning.value
    assert app.text.count("In progress") == 1
    assert "it cannot be opened" in app.open("conversation", attempt=unreadable).text
    assert "Meet Robin" in app.open().labels
    assert "After your first whole conversation" in app.open("progress").text


def test_progress_has_every_whole_talk_with_its_range_and_says_what_may_be_chance(app: App, met: Met) -> None:
    met("small")
    assert "First " not in App().open("progress").text
    met("warm")
    met("warm", 2)
    text = App().open("progress").text
    assert "All together: " in text
    assert "over 10 opportunities" in text
    assert "First 0." in text
    assert text.count(" – ") == 4  # two talks, on empathy and on non-judgement, for which Robin gives room as well
    assert text.count("that is more than chance.") + text.count("that may be chance.") == 2  # one for each


def test_the_name_of_a_quality_is_the_authors_and_never_markdown(app: App, met: Met, library: Path) -> None:
    catalogue = library / "rubrics" / "behaviours.yaml"
    hostile = "title: 'Empathy ![x](http://127.0.0.1:9/x.png)'"
    catalogue.write_text(catalogue.read_text("utf-8").replace("title: Empathy", hostile, 1), encoding="utf-8")
    met("small")
    app.open("progress")
    assert app.at.subheader
    assert not any("![x](" in heading.value for heading in app.at.subheader)


def test_a_moment_is_practised_from_where_it_was(app: App, met: Met, records: Records) -> None:
    first = met("small")
    app.open("progress")
    assert "Moments to practise next" in app.text
    app.at.button(key="drill-1").click().run()
    assert _attempt(app) != first
    drill = records().open(_attempt(app))
    assert drill.playthrough.began.lead_in == ("step_one.secretid_one_b",)
    assert drill.playthrough.turns == ()
    assert "Drill · In progress" in App().open("attempts").text
    assert "1 attempt of yours" in App().open().text


def test_a_drill_that_cannot_be_begun_says_why(app: App, met: Met, monkeypatch: pytest.MonkeyPatch) -> None:
    met("small")
    app.open("progress")

    def locked(*_: object) -> None:
        raise StoreUnavailable("The records are locked.")

    monkeypatch.setattr(Attempts, "begin", locked)
    app.press("Practise from here")
    assert [error.value for error in app.at.error] == ["The records are locked\\."]


def test_records_that_cannot_be_opened_leave_a_sentence_on_every_page(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "text.db").write_text("no database at all, but a text that is long enough to look at " * 30)
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", f"sqlite:///{tmp_path}/text.db")
    for page in ("library", "attempts", "progress"):
        app.open(page)
        assert any("is not a database" in error.value for error in app.at.error), page
