"""Which character of the file each character of a scalar's value came from.

A condition is parsed from the value, and its mistakes are shown in the file. Between the two stand quotes, escapes,
the indentation of a block, and lines folded into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}
_SPACE_ESCAPES = frozenset(" \tnNrtveLP_\n\r\v\f")
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n)?")


def character_places(written: str, value: str) -> list[int]:
    """For each character of `value`, its offset in `written`, the scalar as it stands in the file.

    Folding changes only white space, so the two are laid beside each other by everything else; a space of the value
    has the place of what comes next. One place more than there are characters: where the scalar ends.
    """
    shown = _shown(written)
    places: list[int] = []
    waiting = 0
    for character in value:
        waiting += 1
        if not character.isspace():
            place = next(shown, len(written))
            places += [place] * waiting
            waiting = 0
    end = next(shown, len(written))
    return places + [end] * (waiting + 1)


def _shown(written: str) -> Iterator[int]:
    """Offsets of all characters that are not white space, an escape counting as the one character it stands for."""
    if written[:1] in {"|", ">"}:
        header = _BLOCK_HEADER.match(written)
        start = header.end() if header else 0
        yield from (place for place in range(start, len(written)) if not written[place].isspace())
    elif written[:1] == '"':
        yield from _double_quoted(written)
    elif written[:1] == "'":
        yield from _single_quoted(written)
    else:
        yield from (place for place, character in enumerate(written) if not character.isspace())


def _single_quoted(written: str) -> Iterator[int]:
    place = 1
    while place < len(written):
        if not written[place].isspace():
            yield place
        place += 2 if written[place : place + 2] == "''" else 1


def _double_quoted(written: str) -> Iterator[int]:
    place = 1
    while place < len(written):
        if written[place] != "\\":
            if not written[place].isspace():
                yield place
            place += 1
            continue
        escape = written[place + 1 : place + 2]
        length = 2 + _HEX_ESCAPES.get(escape, 0)
        if not _is_space(escape, written[place + 2 : place + length]):
            yield place
        place += length


def _is_space(escape: str, digits: str) -> bool:
    if escape in _HEX_ESCAPES:
        try:
            return chr(int(digits, 16)).isspace()
        except (ValueError, OverflowError):
            return False
    return escape in _SPACE_ESCAPES
