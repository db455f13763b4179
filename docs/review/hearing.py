"""Writes two listening sheets for a blind reader, and checks their answers: `python docs/review/hearing.py [check]`.

- `hearing/trusting.csv`: two ways in which a client says the same thing. In which do they trust the counsellor more?
- `hearing/voices.csv`: three lines of a client's, and two more sets of three. Which set is the same person?

The keys stand in `hearing/key.csv`; readers' answers in `hearing/reader-*.csv` (item, answer: A or B).
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent / "hearing"
ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from simulator.content.library import load_library  # noqa: E402
from simulator.content.scenario import Scenario, Words  # noqa: E402

_TRUSTING = re.compile(r"trust (>=|>) \d+")
PAIRS_FROM_EACH = 6
VOICES_FROM_EACH = 4
SHORTEST_LINE = 25


def clients() -> Iterator[Scenario]:
    """The clients that are shipped, without the three minutes of orientation."""
    for name, file in sorted(load_library(ROOT).scenarios.items()):
        if file.sound and file.model and name != "orientation":
            yield file.model


def write() -> None:
    """Write both sheets and their key."""
    HERE.mkdir(exist_ok=True)
    if list(HERE.glob("reader-*.csv")):
        raise SystemExit("These sheets have been answered already.")
    chance = random.Random("hearing")
    every = list(clients())
    key: list[list[str]] = []
    _sheet("trusting.csv", ["item", "A", "B"], _trusting(every, chance, key))
    _sheet("voices.csv", ["item", "three lines", "A", "B"], _voices(every, chance, key))
    _sheet("key.csv", ["item", "answer"], key)


def _trusting(every: list[Scenario], chance: random.Random, key: list[list[str]]) -> list[list[str]]:
    rows = []
    for scenario in every:
        pairs = []
        for name, node in scenario.nodes.items():
            guarded = [one for one in node.client if one.when and _TRUSTING.fullmatch(one.when.text) and one.says]
            plain = [one for one in node.client if one.when is None and one.says]
            if guarded and plain:
                pairs.append((name, _told(guarded[0]), _told(plain[0])))
        for name, more, less in chance.sample(pairs, min(PAIRS_FROM_EACH, len(pairs))):
            first = chance.random() < 0.5
            item = f"{scenario.id}/{name}"
            rows.append([item, *((more, less) if first else (less, more))])
            key.append([item, "A" if first else "B"])
    return rows


def _voices(every: list[Scenario], chance: random.Random, key: list[list[str]]) -> list[list[str]]:
    rows = []
    for scenario in every:
        others = [one for one in every if one.client.name != scenario.client.name]
        for number in range(1, VOICES_FROM_EACH + 1):
            lines = chance.sample(_lines(scenario), 6)
            other = chance.sample(_lines(chance.choice(others)), 3)
            shown, same, strange = " / ".join(lines[:3]), " / ".join(lines[3:]), " / ".join(other)
            first = chance.random() < 0.5
            item = f"voice/{scenario.id}/{number}"
            rows.append(
                [item.replace(scenario.id, str(len(rows))), shown, *((same, strange) if first else (strange, same))]
            )
            key.append([rows[-1][0], "A" if first else "B"])
    return rows


def _lines(scenario: Scenario) -> list[str]:
    told = [_told(words) for node in scenario.nodes.values() for words in node.client if words.says]
    return [line for line in dict.fromkeys(told) if len(line) >= SHORTEST_LINE]


def _told(words: Words) -> str:
    return " ".join((words.says or "").split())


def _sheet(name: str, head: list[str], rows: list[list[str]]) -> None:
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


def right_answers(reader: Path) -> dict[str, tuple[int, int]]:
    """How many a reader got right of how many, by sheet."""
    key = _answers(HERE / "key.csv")
    found = {"trusting": [0, 0], "voices": [0, 0]}
    for item, answer in _answers(reader).items():
        sheet = found["voices" if item.startswith("voice/") else "trusting"]
        sheet[0] += answer == key[item]
        sheet[1] += 1
    return {name: (right, of) for name, (right, of) in found.items()}


def _answers(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["item"]: row["answer"].strip().upper() for row in csv.DictReader(file)}


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        for answered in sorted(HERE.glob("reader-*.csv")):
            print(answered.name, right_answers(answered))
    else:
        write()
