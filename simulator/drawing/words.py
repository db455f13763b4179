"""Words in a picture: made printable, measured without a font, and broken into lines."""

from __future__ import annotations

import unicodedata

_NARROW, _SLIM, _BROAD = frozenset("iIjl.,:;'|!·’‘"), frozenset('frt()[]{}-/\\" '), frozenset("mwMW@%…—→←↻")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BOLD = 1.1


def clean(text: str) -> str:
    """The text on one line, without what no picture can hold: controls, halves of characters, turned directions."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    printable = (
        character
        for character in spaced
        if character not in _DIRECTIONS
        and unicodedata.category(character) not in {"Cc", "Cs", "Cn"}
        and ord(character) not in {0xFFFE, 0xFFFF}
    )
    return " ".join("".join(printable).split())


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, in a common sans-serif font of this size."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _SLIM:
        return 0.43
    if character in _BROAD:
        return 1.0
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"} or ord(character) > 0xFFFF:
        return 1.1
    if character.isupper():
        return 0.73
    return 0.62 if character.isascii() else 0.72


def lines_of(text: str, width: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most `most` lines of this width; an ellipsis stands for what is left out."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, width, size, bold):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold=bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    if line:
        lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(last + "…", size, bold=bold) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return (*lines[: most - 1], last.rstrip(" ,.;:") + "…")


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    """The words, those that no line can hold cut into pieces."""
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for character in word:
            if piece and width_of(piece + character, size, bold=bold) > width:
                pieces.append(piece)
                piece = ""
            piece += character
        pieces.append(piece)
    return pieces


def first_words(text: str, most: int = 90) -> str:
    """The beginning of a text, cut between words."""
    whole = clean(text)
    if len(whole) <= most:
        return whole
    cut = whole[:most].rpartition(" ")[0] or whole[:most]
    return cut.rstrip(" ,.;:") + "…"
