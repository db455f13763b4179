"""Small changes to a text, as slips, merges and malice make them."""

from __future__ import annotations

import random

from fuzzing.oracle import CONDITION
from fuzzing.pieces import PIECES, TOKENS

_MOST_CHANGES = 6
LONGEST = 20_000
"""Longer texts are cut, so that time goes into changes and not into length."""


def mutated(text: str, kind: str, others: list[str], chance: random.Random) -> str:
    """The text after a few changes; now and then with a stretch of another text of its kind."""
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        change = chance.choice((_put_in, _take_out, _lose_a_line, _double_a_line, _indent, _swap_lines))
        crossed = chance.random() < 0.15
        text = _crossed(text, chance.choice(others), chance) if crossed else change(text, kind, chance)
    return text[:LONGEST]


def _put_in(text: str, kind: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    piece = chance.choice(TOKENS if kind == CONDITION else PIECES)
    if chance.random() < 0.2:
        piece = chr(chance.choice((chance.randrange(1, 0xD7FF), chance.randrange(0xE000, 0x110000)))) * chance.randint(
            1, 3
        )
    if chance.random() < 0.05:
        piece *= chance.choice((10, 100, 1000))
    return text[:at] + piece + text[at:]


def _take_out(text: str, kind: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(1, 30) :]


def _lose_a_line(text: str, kind: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.pop(chance.randrange(len(lines)))
    return "".join(lines)


def _double_a_line(text: str, kind: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return "".join(lines)


def _indent(text: str, kind: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    lines[at] = "  " + lines[at] if chance.random() < 0.5 else lines[at].removeprefix("  ")
    return "".join(lines)


def _swap_lines(text: str, kind: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _crossed(text: str, other: str, chance: random.Random) -> str:
    start, length = chance.randint(0, len(other)), chance.randint(1, 400)
    at = chance.randint(0, len(text))
    return text[:at] + other[start : start + length] + text[at:]
