"""Writes the sheets on which readers rate a scenario's answers blind, and the key they are compared with.

    python docs/review/sheets.py ROUND SCENARIO...
    python docs/review/sheets.py ROUND SCENARIO:NODE,NODE...      # only where words have changed since

For each scenario: `round-N/SCENARIO/sheet.csv` (what a reader is given: words and their context, no tags),
`round-N/SCENARIO/key.csv` (what the tags make of each answer under its rubric at that moment) and
`round-N/SCENARIO/version.csv` (the hashes of the very files). A round that has been rated is never written again.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from simulator.content.library import Content, load_library  # noqa: E402
from simulator.content.scenario import Line  # noqa: E402
from simulator.session.scoring import Scoring  # noqa: E402


def write_sheets(content: Content, folder: Path, only: frozenset[str] = frozenset()) -> None:
    """Write sheet, key and version of one scenario, or of some of its nodes."""
    folder.mkdir(parents=True, exist_ok=True)
    if list(folder.glob("reader-*.csv")):
        raise SystemExit(f"{folder} has been rated already; begin a new round.")
    scenario = content.scenario
    scoring = Scoring(scenario, content.behaviours, content.rubric)
    criteria = scoring.assesses
    sheet, key = [], []
    for name, node in scenario.nodes.items():
        if only and name not in only:
            continue
        choices = list(node.choices.items())
        random.Random(name).shuffle(choices)  # the order that the author wrote them in is a hint
        for position, (choice_id, choice) in enumerate(choices, start=1):
            if not scenario.counts_for_score(name, choice_id):
                continue
            item = f"{name}/{position}"
            words = choice.say or f"[{choice.does}]"
            sheet.append([item, _told(node.client) if position == 1 else "(as above)", " ".join(words.split())])
            key.append([item, name, choice_id, *(scoring.points(name, choice_id)[one] for one in criteria)])
    _write(
        folder / "sheet.csv",
        ["item", "client_says", "counsellor", *criteria],
        [[*row, *[""] * len(criteria)] for row in sheet],
    )
    _write(folder / "key.csv", ["item", "node", "choice", *criteria], key)
    hashes = [content.scenario_hash, content.behaviours_hash, content.rubric.id, content.rubric_hash]
    _write(folder / "version.csv", ["scenario_hash", "behaviours_hash", "rubric", "rubric_hash"], [hashes])


def _told(line: Line) -> str:
    """What the client may be heard to say at a node, one possibility after the other; no thoughts."""
    heard = [
        " ".join(part for part in (words.says, f"({words.manner})" if words.manner else "") if part) for words in line
    ]
    return " || ".join(" ".join(one.split()) for one in heard)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(head)
        table.writerows(rows)


if __name__ == "__main__":
    library = load_library(ROOT)
    for wanted in sys.argv[2:]:
        scenario_id, _, nodes = wanted.partition(":")
        folder = HERE / f"round-{sys.argv[1]}" / scenario_id
        write_sheets(library.content(scenario_id), folder, frozenset(nodes.split(",")) if nodes else frozenset())
