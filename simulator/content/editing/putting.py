"""Changes that a form makes to a text: a value put where there may be none yet, a line or a way in another form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.content.editing import insert, remove, set_value
from simulator.content.scenario import Choice, Client, DebriefRule, Ending, Node, Scenario, StateVariable, Words
from simulator.content.source import Source, read

Path = Sequence[str | int]
Value = Any

_ORDER = tuple(
    dict.fromkeys(
        name
        for part in (Scenario, Client, StateVariable, Words, Node, Choice, Ending, DebriefRule)
        for name in part.model_fields
    )
)


def put(text: str, path: Path, value: Value) -> str:
    """The text with `value` at `path`: changed, added behind what usually stands before it, or, if empty, taken out.

    What leads there is made where it is missing.

    Raises:
        EditRefused: the text cannot be read, or the change would not read back.
    """
    source = read(text, "draft")
    if source.contains(path):
        return remove(text, path) if _empty(value) else set_value(text, path, value)
    if _empty(value):
        return text
    *parent, last = path
    if parent and not source.contains(parent):
        return put(text, parent, {last: value} if isinstance(last, str) else [value])
    beside = _at(source, parent)
    if isinstance(beside, list) or not isinstance(last, str):
        return insert(text, parent, last, value)
    return insert(text, parent, last, value, after=_before(last, beside))


def put_in_line(text: str, path: Path, variant: int, field: str, words: str) -> str:
    """One of says, manner, thought or when in a line, which may be written as words, as one form, or as several."""
    line = _at(read(text, "draft"), path)
    if line is None:
        return put(text, path, words if field == "says" else {field: words})
    if isinstance(line, str):
        if field == "says":
            return put(text, path, words)
        return put(text, path, {"says": _plain(line), field: words}) if words else text
    return put(text, (*path, variant, field) if isinstance(line, list) else (*path, field), words)


def add_to_line(text: str, path: Path, when: str) -> str:
    """Another form of a line, heard first where `when` holds; its words begin as those of the last."""
    line = _at(read(text, "draft"), path)
    forms = _forms(line)
    another = {"when": when, "says": forms[-1].get("says", "…")}
    if isinstance(line, list):
        return insert(text, path, len(line) - 1, another)
    return put(text, path, [another, *forms])


def put_way(text: str, path: Path, to: str) -> str:
    """A way on, whatever the client's state; none where `to` is empty."""
    return put(text, path, to)


def add_way(text: str, path: Path, when: str, to: str) -> str:
    """Another way on, taken first where `when` holds."""
    ways = _at(read(text, "draft"), path)
    if isinstance(ways, list):
        return insert(text, path, len(ways) - 1, {"when": when, "to": to})
    return put(text, path, [{"when": when, "to": to}, {"to": str(ways)}]) if ways else put(text, path, to)


def remove_form(text: str, path: Path, which: int) -> str:
    """One of several lines or ways taken out. A last one that is left stands by itself, without a condition."""
    several = _at(read(text, "draft"), path)
    rest = [one for number, one in enumerate(several) if number != which]
    if len(rest) > 1:
        without = remove(text, (*path, which))
        return remove(without, (*path, len(rest) - 1, "when")) if "when" in rest[-1] else without
    alone = {key: _data(value) for key, value in rest[0].items() if key != "when"}
    return put(text, path, alone["to"] if set(alone) == {"to"} else alone)


def _forms(line: Value) -> list[dict[str, str]]:
    if isinstance(line, str):
        return [{"says": _plain(line)}]
    return [_data(line)] if isinstance(line, Mapping) else [_data(one) for one in line or ()] or [{}]


def _plain(words: str) -> str:
    return str(words).strip()


def _data(value: Value) -> Value:
    """Data as it was read, without what the reader remembers of how it was written."""
    if isinstance(value, Mapping):
        return {str(key): _data(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_data(inner) for inner in value]
    return str(value)


def _empty(value: Value) -> bool:
    return value is None or value == "" or (isinstance(value, Sequence | Mapping) and not value)


def _at(source: Source, path: Path) -> Value:
    here = source.data
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def _before(key: str, beside: Mapping[str, Value]) -> str | None:
    """The last of the entries that usually stand before `key`; None where it comes first."""
    if key not in _ORDER:
        return next(reversed(list(beside)), None)
    earlier = [name for name in beside if name in _ORDER and _ORDER.index(name) < _ORDER.index(key)]
    return earlier[-1] if earlier else None
