"""Every interface text passes the translation function: under a pseudo-language none is left in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import pytest
import streamlit as st
import yaml

from simulator import translation
from simulator.audit.by_playing import findings_by_playing
from simulator.audit.findings import findings_of
from simulator.audit.report import audit
from simulator.audit.walks import Sampling
from simulator.content.library import Content, load_library
from simulator.records.attempts import Attempts
from simulator.session.events import Mode
from tests.pages.bracketed import Bracketed
from tests.pages.conftest import App
from tests.pages.noor import write_noor
from tests.pages.reading import AUTHOR_FIELDS, everything_shown, shown_in_html
from tests.robin import PROJECT, STEPS

Records = Callable[[], Attempts]

# What is neither in brackets nor an author's, and may be read all the same:
_NEITHER = re.compile(
    r"\b(scenarios|rubrics)/\S+\.yaml"  # a file's own name
    r"|\bSIM\d{3}\b"  # a diagnostic's code
    r"|\bUTC\b"  # the printout's zone
    r"|(?<![\w-])-(?!\w)"
)


@pytest.fixture
def bracketed(library: Path) -> Iterator[Path]:
    """The app in the pseudo-language, with Robin and Noor in its library."""
    write_noor(library)
    translation.use(Bracketed())
    yield library
    translation.use(None)


@cache
def _words_of(text: str) -> frozenset[str]:
    """Every text in a content file: what authors write is not interface text."""
    words: set[str] = set()

    def gather(part: Any, key: str = "") -> None:
        if isinstance(part, dict):
            if key == "state":
                words.update(name.capitalize() for name in part)  # what a state without a label is called
            for name, value in part.items():
                gather(value, str(name))
        elif isinstance(part, list):
            for item in part:
                gather(item, key)
        elif isinstance(part, str) and (key in AUTHOR_FIELDS or key == "client"):
            for line in (part, *part.replace("- ", "\n").splitlines()):
                words.update({" ".join(line.split()), " ".join(line.lower().split())})

    gather(yaml.load(text, yaml.CSafeLoader))
    return frozenset(words - {""})


@cache
def _any_of(texts: frozenset[str]) -> re.Pattern[str]:
    """Finds whatever authors wrote in these files, the longest first."""
    words = sorted({word for text in texts for word in _words_of(text)}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))


def _what_the_check_says(library: Path) -> set[str]:
    """Messages and hints of findings. They are told in English everywhere: in the terminal, in JSON, in docs/."""
    found = load_library(library)
    findings = [*found.findings(), *findings_by_playing(found)]
    audited = [
        words
        for name, file in found.scenarios.items()
        if file.sound
        for words in _what_the_audit_says(found.content(name))
    ]
    return {" ".join(words.split()) for words in audited} | {
        " ".join(text.split()) for finding in findings for text in (finding.message, finding.hint)
    }


def _what_the_audit_says(content: Content) -> Iterator[str]:
    """Its findings, and the names by which naive players go."""
    audited = audit(content, Sampling(20, 1, numpy.random.default_rng(1).random))
    for finding in findings_of(audited):
        yield from (finding.says, finding.act)
    yield from (name.replace("_", " ") for name in audited.players)


def _left_in_english(shown: Iterator[str], library: Path) -> list[str]:
    """What can be read and is neither in brackets nor an author's."""
    check_says = _what_the_check_says(library)
    authors = _any_of(frozenset(path.read_text("utf-8") for path in library.rglob("*.yaml")))
    found = []
    for text in shown:
        rest = " ".join(text.split())
        if rest in check_says:
            continue
        while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
            rest = shorter
        rest = authors.sub(" ", _NEITHER.sub(" ", rest))
        if re.search(r"[^\W\d_]|[⟦⟧]", rest):
            found.append(text)
    return found


def _check(app: App, library: Path) -> App:
    shown = list(everything_shown(app.at._tree))
    assert any("⟦" in text for text in shown)
    assert _left_in_english(iter(shown), library) == []
    return app


def test_the_search_finds_a_text_that_was_forgotten(app: App, bracketed: Path) -> None:
    translation.use(None)
    app.open()
    left = _left_in_english(everything_shown(app.at._tree), bracketed)
    assert {"Who would you like to meet?", "Meet Robin", "Everything here stays on this computer and belongs to the "
            "person at it."} <= set(left)  # fmt: skip
    app.press("Meet Robin")
    assert {"Practice", "Assessment", "Let Robin in"} <= set(
        _left_in_english(everything_shown(app.at._tree), bracketed)
    )


def test_a_whole_practice_talk_from_the_library_to_its_debrief(
    app: App, bracketed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    whole = st.download_button
    monkeypatch.setattr(st, "download_button", lambda *a, **k: (printed.append(k["data"]), whole(*a, **k))[1])
    _check(app.open(), bracketed)
    _check(app.press("Meet⟧ Robin" if "Meet⟧ Robin" in str(app.labels) else "Robin"), bracketed)
    _check(app.press("Let"), bracketed)
    for step in STEPS:
        _check(app.press(f"small thing at step {step}"), bracketed)
    _check(app.press("To the debrief"), bracketed)
    assert len(app.at.expander) > 0
    assert _left_in_english(shown_in_html(printed[-1].partition("<body>")[2]), bracketed) == []
    app.at.text_area(key="reflection").set_value("1")
    app.press("Keep my notes")
    assert _check(app, bracketed).at.toast
    app.at.run()
    app.press("Erase my notes")
    assert _check(app, bracketed).at.toast
    _check(app.press("What if you had answered otherwise?"), bracketed)
    _check(app.press("warm thing at step one"), bracketed)


def test_a_talk_with_something_missed_crossed_steered_and_taken_back(app: App, bracketed: Path) -> None:
    app.open("brief", scenario="noor")
    _check(app, bracketed)
    _check(app.press("Let").press("Nothing you say"), bracketed)
    app.press("Take this turn back").press("You could give me your number")
    _check(app.press("You leave the question"), bracketed)
    _check(app.press("To the debrief"), bracketed)
    app.open("brief", scenario="noor").press("Let").press("Nothing you say").press("what the clock says")
    _check(app, bracketed)
    _check(app.press("To the debrief"), bracketed)
    app.open("brief", scenario="noor").press("Let").press("Nothing you say").press("What you say stays here")
    _check(app.press("To the debrief"), bracketed)


def test_saying_it_first_and_an_assessment_that_is_paused_and_ended(app: App, bracketed: Path) -> None:
    app.open("brief", scenario="robin")
    app.at.get("button_group")[0].set_value(Mode.ASSESSMENT).run()
    app.at.toggle(key="say-first").set_value(True).run()
    _check(app, bracketed)
    _check(app.press("Let"), bracketed)
    app.at.text_area[0].set_value("1")
    _check(app.press("Now show the answers"), bracketed)
    _check(app.press("warm thing at step one").press("Not this time"), bracketed)
    _check(app.press("Pause"), bracketed)
    app.at.button(key="pause").click()
    app.at.button(key="pause-stop").click().run()
    _check(app, bracketed)
    _check(App().open("attempts"), bracketed)
    _check(App().open("conversation", attempt=app.at.query_params["attempt"]), bracketed)


def test_several_attempts_in_the_library_the_list_and_the_progress(
    app: App, met: Callable[..., str], bracketed: Path
) -> None:
    for manner, times in (("warm", 5), ("small", 5), ("warm", 1)):
        met(manner, times)
    app.open("brief", scenario="noor").press("Let").press("Nothing you say").press("What you say stays here")
    for page in ("library", "attempts", "progress"):
        _check(app.open(page), bracketed)
    app.at.button(key="drill-1").click().run()
    _check(app, bracketed)
    _check(app.open("attempts"), bracketed)


@pytest.mark.parametrize(
    "place", ["attempts", "progress", "conversation", "debrief", "brief", "what_if", "authors", "proof"]
)
def test_pages_with_nothing_to_show(app: App, bracketed: Path, place: str) -> None:
    _check(app.open(place), bracketed)


def test_what_went_wrong(app: App, bracketed: Path, records: Records) -> None:
    _check(app.open("debrief", attempt="not-there"), bracketed)
    app.open("brief", scenario="robin").press("Let")
    attempt = app.at.query_params["attempt"]
    _check(App().open("debrief", attempt=attempt), bracketed)
    _check(App().open("what_if", attempt=attempt), bracketed)
    records().answer(attempt, 1, "secretid_one_a")
    _check(app.press("warm thing at step one"), bracketed)
    records().answer(attempt, 2, "secretid_two_a")
    _check(app.press("Take this turn back"), bracketed)
    _check(App().open("conversation", attempt=attempt), bracketed)


def test_a_library_with_broken_scenarios_and_one_with_none(app: App, bracketed: Path) -> None:
    (bracketed / "scenarios" / "noor.yaml").write_text("format: 1\n", encoding="utf-8")
    _check(app.open(), bracketed)
    _check(app.open("authors"), bracketed)
    (bracketed / "scenarios" / "robin.yaml").unlink()
    _check(app.open(), bracketed)


def test_the_proof_of_a_scenario_names_nothing_untranslated_but_the_files_own_names(app: App, bracketed: Path) -> None:
    app.open("proof", scenario="noor")
    text = (bracketed / "scenarios" / "noor.yaml").read_text("utf-8")
    names = set(re.findall(r"[a-z][a-z0-9_]*", text))
    left = _left_in_english(everything_shown(app.at._tree), bracketed)
    answers = re.compile(r"^[a-z][a-z0-9_]*: (?=[A-Z])")  # in the story's table a choice's id stands before its words
    left = _left_in_english((answers.sub("", one) for one in left), bracketed)
    assert [one for one in left if set(re.findall(r"[^\W\d]+\w*", one)) - names] == []


def test_the_door_that_stays_shut(app: App, bracketed: Path) -> None:
    st.config.set_option("server.address", "0.0.0.0")
    _check(app.open(), bracketed)


def test_the_titles_of_the_browsers_tab_and_of_the_navigation(
    app: App, bracketed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles: list[str] = []
    configure = st.set_page_config
    monkeypatch.setattr(st, "set_page_config", lambda **k: (titles.append(k["page_title"]), configure(**k)))
    navigate = st.navigation
    monkeypatch.setattr(st, "navigation", lambda p, **k: (titles.extend(one.title for one in p), navigate(p, **k))[1])
    app.open()
    pages = len(list((PROJECT / "simulator" / "views").glob("*_page.py")))
    assert len(titles) == pages + 2, "the app's, one for each page, and that of the page that is open"
    assert [title for title in titles if not re.fullmatch(r"⟦[^⟦⟧]+⟧( · ⟦[^⟦⟧]+⟧)?", title)] == []
