"""What each page shows and does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit import config

from simulator.content.library import load_library
from simulator.records.attempts import Attempts
from simulator.session.events import Mode
from simulator.views import places
from tests.pages.conftest import App
from tests.robin import STEPS

Records = Callable[[], Attempts]


def _begun(app: App, *, assessment: bool = False) -> App:
    app.open().press("Meet Robin")
    if assessment:
        app.at.get("button_group")[0].set_value(Mode.ASSESSMENT).run()
    return app.press("Let Robin in")


def _answered(app: App, words: str, times: int = 1) -> App:
    for step in STEPS[:times]:
        app.press(f"{words} thing at step {step}")
    return app


def _attempt(app: App) -> str:
    named = app.at.query_params["attempt"]
    return named if isinstance(named, str) else named[0]


def test_two_presses_lead_from_the_library_into_a_conversation(app: App) -> None:
    _begun(app)
    assert "This is what Robin says at step one" in app.text
    assert "Robin looks at window one." in app.text
    assert len([label for label in app.labels if "at step one" in label]) == 3


def test_a_page_named_before_anybody_came_opens_like_every_other(app: App) -> None:
    places._looked_up.cache_clear()
    places._page("brief", "Before you meet", "description", hidden=True)  # outside a run: one that cannot be opened
    app.open("brief", scenario="robin")
    assert "Let Robin in" in app.labels


def test_a_card_says_what_a_client_asks_and_that_nobody_has_reviewed_it(app: App) -> None:
    text = app.open().text
    for words in (
        "Foundation",
        "about 2 minutes",
        "looks at: Empathy",
        "touches on: work",
        "Not reviewed by anybody yet",
    ):
        assert words in text


def test_a_card_says_how_ones_own_attempts_went(app: App) -> None:
    _answered(_begun(app), "small", 5)
    _answered(_begun(App()), "warm", 5)
    text = App().open().text
    assert "2 attempts of yours" in text
    assert "last: empathy competent" in text


def test_a_broken_scenario_leaves_the_others_playable_and_is_explained_to_authors(app: App, library: Path) -> None:
    (library / "scenarios" / "broken.yaml").write_text("format: 1\ntitle: [open\n", encoding="utf-8")
    assert "1 scenario cannot be played." in app.open().text
    assert "Meet Robin" in app.labels
    text = App().open("authors").text
    assert "scenarios/broken.yaml" in text
    assert "SIM001" in text


def test_practice_shows_after_each_turn_what_was_done_how_it_landed_why_and_the_best_on_offer(app: App) -> None:
    text = _answered(_begun(app), "small").text
    for words in (
        "Makes it smaller",
        "Trust fell by 1.",
        "SECRETTHOUGHT two",
        "SECRETWHY small one.",
        "The best on offer",
        "You say the warm thing at step one",
        "Trust 3 of 10",
    ):
        assert words in text
    assert "Fear" not in text


def test_the_best_choice_is_told_that_nothing_better_was_on_offer(app: App) -> None:
    assert "Nothing better was on offer here." in _answered(_begun(app), "warm").text


def test_the_clients_thought_is_a_hint_before_the_first_answer_in_practice_only(app: App) -> None:
    assert "SECRETTHOUGHT one" in _begun(app).text
    assert "SECRETTHOUGHT" not in _begun(App(), assessment=True).text


def test_assessment_shows_nothing_until_the_debrief(app: App) -> None:
    _answered(_begun(app, assessment=True), "small", 4)
    for words in ("SECRET", "Makes it smaller", "Trust", "best on offer", "Take this turn back"):
        assert words not in app.text + str(app.labels)
    app.press("small thing at step five").press("To the debrief")
    assert "SECRETWHY small five." in app.text


def test_a_turn_taken_back_is_answered_anew_and_the_first_answer_counts(app: App) -> None:
    _answered(_begun(app), "small").press("Take this turn back")
    _answered(app, "warm", 5).press("To the debrief")
    assert "Your first answer here, which counts for the score" in app.text


def test_an_answer_to_a_turn_that_another_tab_has_answered_adds_nothing_and_says_so(app: App, records: Records) -> None:
    _begun(app)
    (attempt,) = records().of(records()._store.local_person().id)
    records().answer(attempt.id, 1, "secretid_one_b")
    app.press("warm thing at step one")
    assert "That turn was answered already." in app.text
    assert [turn.choice for turn in records().open(attempt.id).playthrough.turns] == ["secretid_one_b"]


def test_the_second_press_of_a_double_click_does_not_answer_the_next_turn(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answered(_begun(app), "warm")
    monkeypatch.setattr("simulator.views.resources.DEAD_TIME", 60.0)
    app.at.run()
    app.press("warm thing at step two")
    assert "says at step two" in app.text
    assert "says at step three" not in app.text


def test_coming_back_to_a_talk_says_that_it_was_resumed(app: App) -> None:
    _answered(_begun(app), "warm")
    attempt = _attempt(app)
    assert "Resumed where you left off." in App().open("conversation", attempt=attempt).text


def test_pause_names_somebody_to_turn_to(app: App) -> None:
    text = _begun(app).press("Pause").text
    assert "Everything up to here is kept." in text
    assert "emergency number" in text


def test_an_attempt_ended_by_choice_has_a_debrief_without_a_score(app: App, records: Records) -> None:
    _answered(_begun(app), "warm")
    records().stop(_attempt(app), 2)
    text = App().open("debrief", attempt=_attempt(app)).text
    assert "It has no score." in text
    assert "SECRETWHY warm one." in text
    assert "How you were with" not in text


def test_the_debrief_has_levels_in_words_evidence_rules_states_and_every_turn(app: App) -> None:
    text = _answered(_begun(app), "small", 5).press("To the debrief").text
    for words in (
        "Empathy: Not yet",
        "How this was worked out: Empathy",
        "90 % interval",
        "SECRETRULE was always going to be said.",
        "After turn",
        "Fear rose by 1",
        "SECRETWHY small three.",
        "never a pass",
    ):
        assert words in text


def test_the_debrief_of_a_talk_that_goes_on_waits_for_its_end(app: App) -> None:
    _begun(app)
    attempt = _attempt(app)
    assert "still going on" in App().open("debrief", attempt=attempt).text


@pytest.mark.parametrize(
    ("page", "query", "sentence"),
    [
        ("conversation", {}, "No conversation is open."),
        ("conversation", {"attempt": "not-there"}, "attempt"),
        ("debrief", {"attempt": "00000000-0000-4000-8000-000000000000"}, "attempt"),
        ("brief", {}, "Choose a client first."),
        ("brief", {"scenario": "nobody"}, "There is no scenario 'nobody'"),
        ("what_if", {}, "No conversation was named."),
        ("attempts", {}, "You have not met anybody yet."),
        ("progress", {}, "After your first whole conversation"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(app: App, page: str, query: dict[str, str], sentence: str) -> None:
    assert sentence in app.open(page, **query).text


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", ""])
def test_a_network_address_is_refused_while_there_are_no_accounts(app: App, address: str) -> None:
    config.set_option("server.address", address)
    text = app.open().text
    assert "it may listen on this computer only" in text
    assert app.labels == []


def test_no_author_text_reaches_the_page_as_markup(app: App) -> None:
    _answered(_begun(app), "small", 5).press("To the debrief")
    assert "<script>window" not in app.bodies
    assert "&lt;script&gt;window.hacked=1&lt;/script&gt;" in app.bodies


def test_an_attempt_is_played_and_debriefed_after_its_file_has_gone(app: App, library: Path) -> None:
    _answered(_begun(app), "warm")
    (library / "scenarios" / "robin.yaml").unlink()
    for step in STEPS[1:]:
        app.press(f"warm thing at step {step}")
    assert "SECRETWHY warm two." in app.press("To the debrief").text
    assert not load_library(library).scenarios
