"""The author's page of a scenario: what to mend, the drawing, and what is proved."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from tests.pages.conftest import App
from tests.pages.noor import write_noor


def _drawing(app: App) -> str:
    data = re.search(r"data:image/svg\+xml;base64,([^\"]+)", app.bodies)
    assert data
    return base64.b64decode(data.group(1)).decode()


def test_the_page_for_authors_leads_to_the_proof_of_each_scenario(app: App, library: Path) -> None:
    write_noor(library)
    app.open("authors").press("Proof and drawing of")
    assert "Ways through" in app.text
    assert "What it can measure" in app.text


def test_the_proof_tells_what_to_mend_and_what_was_counted(app: App) -> None:
    text = app.open("proof", scenario="robin").text
    assert "To mend" in text
    assert "All complete ways through were counted" in text
    for words in ("Random clicking comes to it", "Empathy", "Opportunities at least"):
        assert words in text


def test_the_story_is_drawn_and_a_best_way_can_be_drawn_on_it(app: App) -> None:
    app.open("proof", scenario="robin")
    plain = _drawing(app)
    assert plain.startswith("<svg")
    app.at.get("button_group")[0].set_value("A best way").run()
    assert "highest score overall" in _drawing(app)
    assert _drawing(app) != plain


def test_the_drawing_has_a_table_that_says_the_same(app: App) -> None:
    text = app.open("proof", scenario="robin").text
    assert "The story as a table" in text
    assert "Leads to" in text


def test_a_proof_without_a_scenario_leads_back(app: App) -> None:
    assert "No scenario was named." in app.open("proof").text
    assert "There is no scenario 'nobody'" in app.open("proof", scenario="nobody").text


def test_a_proof_is_worked_out_again_when_the_file_has_changed(app: App, library: Path) -> None:
    assert "not_there_before" not in app.open("proof", scenario="robin").text
    path = library / "scenarios" / "robin.yaml"
    path.write_text(path.read_text("utf-8").replace("secretid_one", "not_there_before"), encoding="utf-8")
    assert "not_there_before" in App().open("proof", scenario="robin").text
