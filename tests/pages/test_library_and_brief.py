"""Who there is to meet, what is known of them before, and what the authors of a broken file are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.records.attempts import Attempts
from simulator.records.errors import StoreUnavailable
from simulator.session.events import Mode
from tests.pages.conftest import App
from tests.pages.noor import write_noor

Records = Callable[[], Attempts]

BROKEN = """\
format: 1
id: kim
title: A file with a slip in it
level: foundation
minutes: 1
assesses: [empathy]
brief: Kim.
client: {name: Kim}
start: dor
nodes:
  door:
    client: Hello.
    goto: over
    choices:
      greet: {say: Good that you are here., shows: [open_question], why: It opens.}
endings:
  over: {outcome: progress, summary: Over.}
"""


def _talk(app: App, *words: str) -> App:
    app.open().press("Meet Robin").press("Let Robin in")
    for word in words:
        app.press(word)
    return app


def test_cards_stand_in_the_order_of_what_they_ask(app: App, library: Path) -> None:
    write_noor(library)
    assert [label for label in app.open().labels if label.startswith("Meet")] == ["Meet Robin", "Meet Noor"]
    for words in ("Intermediate", "about 3 minutes", "looks at: Empathy, Boundaries", "touches on: family"):
        assert words in app.text


def test_a_card_names_the_review_that_there_was(app: App, library: Path) -> None:
    path = write_noor(library)
    review = "review: {status: reviewed, who: a supervisor, when: 2026-05-04}\nbrief:"
    path.write_text(path.read_text("utf-8").replace("brief:", review, 1), encoding="utf-8")
    assert "Reviewed by a supervisor, 2026-05-04" in app.open().text
    assert "Reviewed by a supervisor, 2026-05-04" in app.press("Meet Noor").text


def test_a_card_says_the_last_and_the_best_of_ones_own_attempts(app: App) -> None:
    _talk(app, *(f"warm thing at step {step}" for step in ("one", "two", "three", "four", "five")))
    _talk(App(), *(f"small thing at step {step}" for step in ("one", "two", "three", "four", "five")))
    text = App().open().text
    assert "2 attempts of yours · last: empathy not yet · best: empathy " in text
    assert text.count("best: empathy not yet") == 0


def test_an_attempt_that_was_not_finished_is_counted_and_can_be_gone_on_with(app: App) -> None:
    _talk(app, "warm thing at step one")
    again = App().open()
    assert "1 attempt of yours" in again.text
    assert "last:" not in again.text
    text = again.press("Go on where you left off").text
    assert "says at step two" in text
    assert "Resumed where you left off." in text


def test_a_library_without_clients_says_where_they_belong(app: App, library: Path) -> None:
    (library / "scenarios" / "robin.yaml").unlink()
    assert "There are no clients yet. Scenarios belong in the folder 'scenarios'." in app.open().text


def test_authors_are_told_file_line_what_is_wrong_and_what_mends_it(app: App, library: Path) -> None:
    (library / "scenarios" / "kim.yaml").write_text(BROKEN, encoding="utf-8")
    assert "Meet Kim" not in app.open().labels
    text = App().open("authors").text
    for words in (
        "scenarios/kim.yaml",
        "Error SIM201 · line 9, column 8",
        "goes to 'dor'",
        "did you mean 'door' (line 11)?",
    ):
        assert words in text


def test_authors_are_told_of_a_play_that_no_longer_holds(app: App, library: Path) -> None:
    write_noor(library)
    plays = library / "scenarios" / "noor.plays.yaml"
    plays.write_text(plays.read_text("utf-8").replace("ending: over", "ending: elsewhere"), encoding="utf-8")
    assert "scenarios/noor.plays.yaml" in app.open("authors").text
    assert "elsewhere" in app.text


def test_a_broken_scenario_has_no_brief_and_its_address_says_why(app: App, library: Path) -> None:
    (library / "scenarios" / "kim.yaml").write_text(BROKEN, encoding="utf-8")
    assert "The scenario 'kim' has errors" in app.open("brief", scenario="kim").text


def test_the_brief_has_paragraphs_lists_and_the_content_note(app: App) -> None:
    app.open().press("Meet Robin")
    assert "Before you decide" in app.text
    assert "A note with <script>window.hacked = 1</script> in it." in app.text
    assert "<li>second thing</li>" in app.bodies
    assert "Robin is a scripted character, for training." in app.text


def test_the_brief_offers_another_client_who_counts_the_same(app: App, library: Path) -> None:
    write_noor(library)
    app.open().press("Meet Noor")
    assert "Before you decide" not in app.text
    app.press("Meet Robin instead: it counts the same")
    assert "Robin has come in" in app.text


def test_an_alternative_that_cannot_be_played_is_not_offered(app: App, library: Path) -> None:
    write_noor(library)
    (library / "scenarios" / "robin.yaml").write_text("format: 1\n", encoding="utf-8")
    text = app.open("brief", scenario="noor").text
    assert "Noor has half an hour" in text
    assert not any("instead" in label for label in app.labels)


def test_the_brief_says_what_each_way_of_meeting_means(app: App) -> None:
    app.open().press("Meet Robin")
    assert "After each turn you see what you did" in app.text
    app.at.get("button_group")[0].set_value(Mode.ASSESSMENT).run()
    assert "You see nothing until the end, and there is no way back." in app.text


def test_records_that_cannot_be_reached_are_said_in_a_sentence(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise StoreUnavailable("The records at *this* place are locked.")

    app.open("brief", scenario="robin")
    monkeypatch.setattr(Attempts, "begin", unreachable)
    app.press("Let Robin in")
    assert [error.value for error in app.at.error] == ["The records at \\*this\\* place are locked\\."]


def test_the_address_of_a_page_cannot_put_pictures_or_links_on_it(app: App) -> None:
    app.open("brief", scenario="![x](http://127.0.0.1:9/x.png) [y](http://127.0.0.1:9)")
    (error,) = app.at.error
    assert "\\!\\[x\\]\\(http:\u2060//" in error.value
    assert "\\[y\\]" in error.value
