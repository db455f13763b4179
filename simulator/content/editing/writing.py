"""Values as an author would write them: words without quotes where that reads back, long ones folded."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.content.source import read

WIDTH = 118
"""The longest line that is written."""
_SHORT_LIST = 100

Value = Any
"""What can be written: words, whole numbers, decimals, true and false, lists and mappings of these."""


def scalar_forms(value: Value, style: str, indent: int, column: int, *, in_flow: bool) -> Iterator[str]:
    """Ways to write a single value, the one that is wanted most first; not every one reads back everywhere.

    `style` is how the value before it was written ('' plain, or one of ' " > |), `indent` how far the lines below
    begin, `column` where the value begins.
    """
    if not isinstance(value, str):
        yield _plain(value)
        return
    words = value.strip()
    long = column + len(words) > WIDTH
    if in_flow:
        yield from _quoted(words, style) if style in {"'", '"'} else ()
        yield words
        yield from _quoted(words, "'")
        yield json.dumps(words, ensure_ascii=False)
        return
    if "\n" in words or style == "|":
        yield _literal(words, indent, "|" if style == "|" else "|-")
    elif style == ">" or (long and style == ""):
        yield _folded(words, indent)
    if style in {"'", '"'}:
        yield from _quoted(words, style)
    if "\n" not in words:
        yield words
        yield _folded(words, indent)
    yield json.dumps(words, ensure_ascii=False)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _quoted(words: str, style: str) -> Iterator[str]:
    if "\n" in words:
        return
    if style == "'":
        yield "'" + words.replace("'", "''") + "'"
    else:
        yield json.dumps(words, ensure_ascii=False)


def _folded(words: str, indent: int) -> str:
    margin = " " * indent
    lines = textwrap.wrap(words, max(WIDTH - indent, 40), break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(margin + line for line in lines or [""])


def _literal(words: str, indent: int, header: str) -> str:
    margin = " " * indent
    lines = words.split("\n")
    return f"{header}\n" + "\n".join(margin + line.rstrip() if line.strip() else "" for line in lines)


def block(value: Value, indent: int) -> str:
    """What stands behind `key:` (or behind `-`, less its first space): on the same line, or below it.

    The lines below begin at `indent`. Words are written in the first form that cannot be misread by itself.
    """
    if isinstance(value, Mapping) and value:
        return "\n" + "\n".join(entry(key, inner, indent) for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        if _is_short(value):
            return " " + flow(value)
        return "\n" + "\n".join(item(inner, indent) for inner in value)
    if isinstance(value, Mapping | Sequence) and not isinstance(value, str):
        return " {}" if isinstance(value, Mapping) else " []"
    return " " + _safe(value, indent)


def entry(key: str, value: Value, indent: int) -> str:
    """An entry of a mapping, its lines indented."""
    return f"{' ' * indent}{key}:{block(value, indent + 2)}"


def item(value: Value, indent: int) -> str:
    """An item of a list, its lines indented."""
    margin = " " * indent
    if isinstance(value, Mapping) and value:
        lines = "\n".join(entry(key, inner, indent + 2) for key, inner in value.items())
        return f"{margin}- {lines[indent + 2 :]}"
    return f"{margin}-{block(value, indent + 2)}"


def flow(value: Value) -> str:
    """A value on one line, as it stands inside brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if not isinstance(value, str):
        return _plain(value)
    return value if _reads_back(f"[{value}]", [value]) else json.dumps(value, ensure_ascii=False)


def _is_short(values: Sequence[Value]) -> bool:
    """Whether a list is of the kind that is written on one line: a few ids."""
    plain = all(isinstance(value, str | int) and " " not in str(value) for value in values)
    return plain and sum(len(str(value)) + 2 for value in values) < _SHORT_LIST


def _safe(value: Value, indent: int) -> str:
    """A single value in the first of its forms that reads back by itself."""
    for form in scalar_forms(value, "", indent, indent, in_flow=False):
        if _reads_back(f"k: {form}\n", {"k": str(value).strip()}, value):
            return form
    return json.dumps(value, ensure_ascii=False)


def _reads_back(text: str, meant: Value, value: Value = None) -> bool:
    source = read(text, "a value")
    if source.findings:
        return False
    if isinstance(value, bool | int | float):
        return bool(source.data == {"k": _plain(value)})
    if isinstance(source.data, dict):
        return bool({key: str(found).strip() for key, found in source.data.items()} == meant)
    return bool(source.data == meant)
