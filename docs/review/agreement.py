"""Compares what blind readers rated with what the tags make of the same answers: `python docs/review/agreement.py`.

Writes docs/review/agreement.md. For each round, scenario and criterion: how many answers were rated, how far the mean
rating lies from the key, the share that lies within 1.5, the rank correlation of both (Spearman), and how far two
readers agree among themselves: the share within 1.5 and the rank correlation of their ratings.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean

HERE = Path(__file__).parent
PAGE = HERE / "agreement.md"
CLOSE = 1.5
"""A difference up to this is not worth mending."""


@dataclass(frozen=True)
class Agreement:
    """Figures of one criterion in one scenario and round. Correlations are None where one side never differs."""

    criterion: str
    answers: int
    readers: int
    difference: float
    within: float
    rank: float | None
    readers_within: float | None
    readers_rank: float | None


@dataclass(frozen=True)
class Apart:
    """An answer whose mean rating lies more than 1.5 from its key."""

    node: str
    choice: str
    criterion: str
    key: int
    rated: float


def rounds() -> Iterator[tuple[str, str, Path]]:
    """Every round and scenario that has been rated."""
    for folder in sorted(HERE.glob("round-*/*")):
        if list(folder.glob("reader-*.csv")):
            yield folder.parent.name, folder.name, folder


def agreements(folder: Path) -> list[Agreement]:
    """The figures of one scenario in one round."""
    key, readers = _key(folder), _readers(folder)
    return [
        _agreement(name, [row[name] for row in key.values()], _columns(key, readers, name)) for name in _criteria(key)
    ]


def apart(folder: Path) -> list[Apart]:
    """The answers on which the readers' mean and the key differ by more than 1.5, the furthest first."""
    key, readers = _key(folder), _readers(folder)
    found = []
    for name in _criteria(key):
        columns = _columns(key, readers, name)
        for position, row in enumerate(key.values()):
            rated = fmean(column[position] for column in columns)
            if abs(rated - int(row[name])) > CLOSE:
                found.append(Apart(row["node"], row["choice"], name, int(row[name]), rated))
    return sorted(found, key=lambda one: -abs(one.rated - one.key))


def _key(folder: Path) -> dict[str, dict[str, str]]:
    return {row["item"]: row for row in _rows(folder / "key.csv")}


def _readers(folder: Path) -> list[dict[str, dict[str, str]]]:
    return [{row["item"]: row for row in _rows(path)} for path in sorted(folder.glob("reader-*.csv"))]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _criteria(key: dict[str, dict[str, str]]) -> list[str]:
    return [name for name in next(iter(key.values())) if name not in {"item", "node", "choice"}]


def _columns(
    key: dict[str, dict[str, str]], readers: Sequence[dict[str, dict[str, str]]], name: str
) -> list[list[int]]:
    """Each reader's ratings on a criterion, in the order of the key."""
    return [[int(reader[item][name]) for item in key] for reader in readers]


def _agreement(name: str, key: Sequence[str], columns: Sequence[Sequence[int]]) -> Agreement:
    wanted = [int(value) for value in key]
    rated = [fmean(ratings) for ratings in zip(*columns, strict=True)]
    pairs = list(combinations(columns, 2))
    ranks = [rank for one, other in pairs if (rank := spearman(one, other)) is not None]
    return Agreement(
        name,
        len(wanted),
        len(columns),
        fmean(abs(mean - value) for mean, value in zip(rated, wanted, strict=True)),
        _within(rated, wanted),
        spearman(rated, wanted),
        fmean(_within(one, other) for one, other in pairs) if pairs else None,
        fmean(ranks) if ranks else None,
    )


def _within(one: Sequence[float], other: Sequence[float]) -> float:
    return fmean(abs(a - b) <= CLOSE for a, b in zip(one, other, strict=True))


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Rank correlation, ties at their mean rank: the correlation of the ranks (C. Spearman 1904)."""
    left, right = _ranks(one), _ranks(other)
    middle = fmean(left)
    spread = sum((rank - middle) ** 2 for rank in left) * sum((rank - middle) ** 2 for rank in right)
    if not spread:
        return None
    together = sum((a - middle) * (b - middle) for a, b in zip(left, right, strict=True))
    return float(together / spread**0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    first = {value: ordered.index(value) for value in set(values)}
    return [first[value] + (ordered.count(value) + 1) / 2 for value in values]


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for round_name, scenario, folder in rounds():
        parts.append(f"## {round_name.replace('-', ' ').capitalize()}: {scenario}\n")
        parts.append(_table(agreements(folder)))
        parts.append(_told(apart(folder)))
    parts.append(_by_ear())
    return "\n".join(parts)


def _by_ear() -> str:
    """What readers heard in lines alone: `hearing.py` makes the sheets."""
    rows = []
    for path in sorted((HERE / "hearing").glob("reader-*.csv")):
        right, of = _right(path, voices=False), _right(path, voices=True)
        rows.append(
            f"- {path.stem}: the more trusting of two variants {right[0]} of {right[1]}, whose voice {of[0]} of {of[1]}"
        )
    return _HEARD + "\n" + "\n".join(rows) + "\n"


def _right(reader: Path, *, voices: bool) -> tuple[int, int]:
    key = {row["item"]: row["answer"] for row in _rows(HERE / "hearing" / "key.csv")}
    answers = [row for row in _rows(reader) if row["item"].startswith("voice/") is voices]
    return sum(row["answer"].strip().upper() == key[row["item"]] for row in answers), len(answers)


_HEARD = """\
## By ear

A reader of the same kind was shown pairs of lines that a client says at one moment, in one of which trust is higher,
without a label; and three lines of a client's, with two more sets of three, one of them the same person's. Guessing
would get half of each. The reader said that dialect and the names of people and places give a voice away, so the
second says less about ear than it seems to.
"""


_INTRODUCTION = """\
# Do the tags say what the words say?

This page is made from the CSV files beside it (`python docs/review/agreement.py`), and a test makes it again.

A choice carries tags, and a rubric turns tags into points. Whether the points fit the *words* was tried blind. Readers
were given the brief, what the client may be heard to say, and the words of every answer in a shuffled order: no tags,
no points, no `why`, no replies, no thoughts. They rated each answer on each assessed criterion from -3 to +3.

**Who read.** The readers are language models instructed to read as careful people; each worked alone and had not
written or seen the scenario. They are not supervisors, not clients and not a panel of experts, and readers of one kind
may share blind spots. What this can show is that words and tags do not contradict each other for a fresh reader. What
it cannot show is that either is right. Rounds are kept as they were rated, before anything was mended, with the hashes
of the very files (`version.csv`).

**Between the rounds** points and tags were mended, and no words: points that were missing where an act costs or gives
something beside its own quality (`rubrics/core.yaml`, `rubrics/relationship.yaml`), and a dozen tags. Fresh readers of
round two, who had seen neither tags nor the first ratings, were given the same words. They read while the mending was
done, as it touched nothing that they were shown. Some scenarios have one reader only in that round.
"""


_HEAD = (
    "| criterion | answers | readers | mean distance from the key | within 1.5 | rank correlation "
    "| readers among themselves: within 1.5 | their rank correlation |"
)


def _table(found: Sequence[Agreement]) -> str:
    rows = [
        [
            one.criterion,
            str(one.answers),
            str(one.readers),
            f"{one.difference:.2f}",
            f"{one.within:.0%}",
            _two(one.rank),
            "–" if one.readers_within is None else f"{one.readers_within:.0%}",
            _two(one.readers_rank),
        ]
        for one in found
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in [["---"] * 8, *rows]]
    return "\n".join([_HEAD, *lines]) + "\n"


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _told(found: Sequence[Apart]) -> str:
    if not found:
        return "No answer lies more than 1.5 from its key.\n"
    rows = [
        f"- `{one.node}.{one.choice}` on {one.criterion}: key {one.key:+d}, rated {one.rated:+.1f}" for one in found
    ]
    return f"{len(found)} lie more than 1.5 apart:\n\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(page())
