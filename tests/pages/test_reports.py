"""Reports to print on the pages: from the results book, and a trainee's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.records.assignments import Release

from .conftest import App
from .test_programme import Here, as_, here

__all__ = ["as_", "here"]


def test_a_report_is_made_of_somebody_in_the_results_book_and_they_read_that_it_was(
    here: Here, as_: Callable[[str], App], library: Path
) -> None:
    task = here.set()
    here.does("trainee", task, library)
    app = as_("instructor").open("book", assignment=task)
    field = next(one for one in app.at.selectbox if one.label == "A trainee to report on")
    assert sorted(field.options) == ["Fellow", "Trainee"]
    field.select_index(field.options.index("Trainee"))
    app.press("Make the report")
    assert len(app.at.get("download_button")) == 1
    assert "report" in as_("trainee").open("account").text
    assert "Nobody has looked" in as_("fellow").open("account").text


@pytest.mark.parametrize("release", [Release.AT_ONCE, Release.BY_HAND])
def test_a_trainee_makes_their_own_report_and_nobody_hears_of_it(
    here: Here, as_: Callable[[str], App], library: Path, release: Release
) -> None:
    here.does("trainee", here.set(release), library)
    app = as_("trainee").open("work")
    app.press("Make the report")
    assert len(app.at.get("download_button")) == 1
    assert not app.at.error
    assert "Nobody has looked" in as_("trainee").open("account").text


def test_who_has_nothing_set_is_offered_no_report(here: Here, as_: Callable[[str], App]) -> None:
    assert "Make the report" not in as_("trainee").open("work").labels
