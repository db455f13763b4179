"""The page that tells how fast it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from benchmarks import report
from benchmarks.__main__ import BENCHMARKS
from benchmarks.ratio import Ratio

STEP = Ratio("a step", "a trigger", 6.5, "at most 8x", True, 90.4, 12_345.6, "us", 30)
PAGE = """Before.

<!-- the table is written by `python -m benchmarks --page` -->

<!-- end of the table -->
After.
"""
FIRST, THEN = date(2026, 11, 1), date(2026, 11, 2)


def test_what_is_measured_anew_takes_the_place_of_what_was_and_the_rest_stays() -> None:
    page = report.renew(PAGE, {"step": STEP, "load": STEP}, ["load", "step"], FIRST)
    page = report.renew(page, {"step": replace(STEP, ratio=7.25)}, ["load", "step"], THEN)
    assert "| `load` | a step, against a trigger | 6.50 | at most 8x | 90.4 against 12,346 us | 2026-11-01 |" in page
    assert "| `step` | a step, against a trigger | 7.25 | at most 8x | 90.4 against 12,346 us | 2026-11-02 |" in page
    assert report.rows(page) == ["load", "step"]
    assert page.startswith("Before.")
    assert page.endswith("After.\n")


def test_a_figure_outside_its_limit_says_so_on_the_page() -> None:
    page = report.renew(PAGE, {"step": replace(STEP, ratio=9, met=False)}, ["step"], FIRST)
    assert "| 9.00 | **outside:** at most 8x |" in page


def test_a_benchmark_that_is_no_more_leaves_the_page() -> None:
    page = report.renew(PAGE, {"step": STEP, "gone": STEP}, ["step", "gone"], FIRST)
    assert report.rows(report.renew(page, {}, ["step"], THEN)) == ["step"]


def test_every_benchmark_has_been_run_and_has_its_row() -> None:
    assert report.rows(report.PAGE.read_text("utf-8")) == list(BENCHMARKS)
