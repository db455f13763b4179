"""The smallest pieces of what `simulator diff` prints: old and new words under each other, cut to what differs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from simulator.commands.transcript import WIDTH
from simulator.drawing.words import clean, first_words

_LONG = 160
"""Characters from which on only the sentences that differ are shown."""
_SHORT = 32
"""Characters up to which an old and a new value stand beside each other."""
_ELLIPSIS = "…"
_BETWEEN = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)|(?<=[.!?])\s+|(?<=[.!?][\"'”’)])\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """One difference: a sentence, or the old and new words under a heading, or all of it."""

    said: str
    old: str | None = None
    new: str | None = None

    def lines(self, indent: str) -> Iterator[str]:
        """The lines it is printed in."""
        colon = ":" if (self.old or self.new) and not self.said.endswith(":") else ""
        if self.said:
            yield from filled(self.said + colon, indent, indent + "  ")
        for old, new in _hunks(self.old, self.new):
            for sign, words in (("−", old), ("+", new)):
                if words:
                    yield from filled(f"{sign} {words}", f"{indent}  ", f"{indent}    ")


def beside(label: str, old: object, new: object) -> Told:
    """A value that is another: side by side where both are short, else under each other."""
    before, after = _value(old), _value(new)
    if max(len(before), len(after)) <= _SHORT:
        return Told(f"{label}: {before} → {after}")
    return Told(label, None if old is None else before, None if new is None else after)


def quoted(words: str | None, most: int = 56) -> str:
    """The beginning of somebody's words, to know them by."""
    return f"“{first_words(words, most)}”" if words else ""


def _value(value: object) -> str:
    if value is None or value == ():
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def filled(text: str, first: str, later: str) -> list[str]:
    """The text broken to the width of other commands, without anything that a terminal would obey."""
    return textwrap.wrap(clean(text), WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False)


def _hunks(old: str | None, new: str | None) -> Iterator[tuple[str, str]]:
    """What differs between two texts: the whole of them, or where they are long, sentence by sentence."""
    if not old or not new or max(len(old), len(new)) < _LONG:
        yield old or "", new or ""
        return
    before, after = _sentences(old), _sentences(new)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield _cut(before, a, b), _cut(after, c, d)


def _sentences(text: str) -> list[str]:
    return [clean(part) for part in _BETWEEN.split(text) if part.strip()]


def _cut(sentences: list[str], begin: int, end: int) -> str:
    """Some of a text's sentences, with a sign that others stand before or after them."""
    if begin == end:
        return ""
    before = [_ELLIPSIS] if begin else []
    return " ".join([*before, *sentences[begin:end], *([_ELLIPSIS] if end < len(sentences) else [])])
