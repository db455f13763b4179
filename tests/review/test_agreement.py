"""What is said of the blind readers comes from their files, and from all of them."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.robin import PROJECT

REVIEW = PROJECT / "docs" / "review"


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("agreement", REVIEW / "agreement.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["agreement"] = module
    spec.loader.exec_module(module)
    return module


agreement = _module()


def test_the_page_on_agreement_is_made_from_the_files() -> None:
    """After a change: python docs/review/agreement.py"""
    assert (REVIEW / "agreement.md").read_text("utf-8") == agreement.page()


@pytest.mark.parametrize("folder", sorted(REVIEW.glob("round-*/*")), ids=lambda folder: "/".join(folder.parts[-2:]))
def test_every_reader_rated_every_answer_from_minus_three_to_three(folder: Path) -> None:
    with (folder / "key.csv").open(encoding="utf-8", newline="") as file:
        key = list(csv.DictReader(file))
    criteria = [name for name in key[0] if name not in {"item", "node", "choice"}]
    readers = sorted(folder.glob("reader-*.csv"))
    for path in readers:
        with path.open(encoding="utf-8", newline="") as file:
            rated = list(csv.DictReader(file))
        assert {row["item"] for row in rated} == {row["item"] for row in key}, path
        assert len(rated) == len(key)
        assert all(-3 <= int(row[name]) <= 3 for row in rated for name in criteria)
    assert len(readers) >= (2 if folder.parent.name == "round-1" else 1)


def test_each_round_is_tied_to_the_very_files_that_were_read() -> None:
    for path in REVIEW.glob("round-*/*/version.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            (version,) = csv.DictReader(file)
        for name in ("scenario_hash", "behaviours_hash", "rubric_hash"):
            assert re.fullmatch(r"[0-9a-f]{64}", version[name])


def test_the_sheet_that_readers_were_given_has_no_points_and_no_tags() -> None:
    for path in REVIEW.glob("round-*/*/sheet.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][:3] == ["item", "client_says", "counsellor"]
        assert all(cell == "" for row in rows[1:] for cell in row[3:])


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ([1, 2, 3], [10, 20, 30], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 1, 1], [1, 2, 3], None),
        # ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4, worked out by hand
        ([1, 2, 2, 3], [1, 2, 3, 4], 0.9486832980505138),
    ],
)
def test_the_rank_correlation_is_spearmans(one: list[float], other: list[float], wanted: float | None) -> None:
    found = agreement.spearman(one, other)
    assert found == wanted if wanted is None else found == pytest.approx(wanted)
