"""The changes that everything else is made of: each gives a text that reads back as exactly the data that is meant.

A path leads into the data as `simulator.content.source` has it: keys of mappings and numbers of list items. Values are
words, whole numbers, decimals, true and false, and lists and mappings of these. Space around words is not kept.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import yaml

from simulator.content.editing.refused import EditRefused
from simulator.content.editing.tree import Entry, Path, Tree
from simulator.content.editing.writing import Value, block, entry, flow, item, scalar_forms
from simulator.content.source import read

_MARK = "\ufeff"


def set_value(text: str, path: Path, value: Value) -> str:
    """Another value in the place of the one at `path`. Words keep the way in which the old ones were written.

    Raises:
        EditRefused: nothing is there, the text cannot be read, or the value cannot be written there.
    """

    def forms(tree: Tree) -> Iterable[str]:
        old = tree.node(path)
        single = not isinstance(value, Mapping) and (isinstance(value, str) or not isinstance(value, Sequence))
        if isinstance(old, yaml.ScalarNode) and single:
            yield from _scalar_forms(tree, path, old, value)
        elif not path:
            raise EditRefused("The whole of a text is not changed at once.")
        else:
            yield _whole(tree, path, value)

    return _changed(text, forms, lambda data: _set(data, path, value))


def insert(text: str, parent: Path, key: str | int, value: Value, *, after: str | None = None) -> str:
    """A new entry: with the key `key` behind the entry `after` (first without one), or as item number `key` of a list.

    Raises:
        EditRefused: nothing is at `parent`, the key is there already, or the value cannot be written there.
    """

    def forms(tree: Tree) -> Iterable[str]:
        node = tree.node(parent)
        if isinstance(node, yaml.ScalarNode):
            raise EditRefused(f"At '{_told(parent)}' stands a single value; nothing can be put into it.")
        if not node.value:
            new = {key: value} if isinstance(node, yaml.MappingNode) else [value]
            yield _whole(tree, parent, new) if parent else _spliced(tree, 0, len(tree.text), block(new, 0).lstrip("\n"))
            return
        if node.flow_style:
            yield _inserted_in_brackets(tree, parent, key, value, after)
        else:
            yield _inserted(tree, parent, key, value, after)

    return _changed(text, forms, lambda data: _insert(data, parent, key, value, after))


def remove(text: str, path: Path) -> str:
    """The entry at `path` taken out, with the comment lines right above it. The last of its kind takes all out.

    Raises:
        EditRefused: nothing is there, or nothing would be left at all.
    """
    if not path:
        raise EditRefused("The whole of a text is not taken out.")
    siblings = Tree(_split(text)[1]).node(path[:-1]).value
    if len(siblings) == 1:
        return remove(text, path[:-1])

    def forms(tree: Tree) -> Iterable[str]:
        yield _without(tree, path)

    return _changed(text, forms, lambda data: _remove(data, path))


def rename_key(text: str, path: Path, new: str) -> str:
    """The entry at `path` under another key, in its place.

    Raises:
        EditRefused: nothing is there, or the new key is there already.
    """

    def forms(tree: Tree) -> Iterable[str]:
        found = tree.entry(path).key
        if found is None:
            raise EditRefused("The items of a list have no names.")
        yield _spliced(tree, found.start_mark.index, found.end_mark.index, new)

    return _changed(text, forms, lambda data: _rename(data, path, new))


def move(text: str, path: Path, step: int) -> str:
    """The entry at `path` one place earlier (-1) or later (+1); at the end of its kind it stays where it is.

    Raises:
        EditRefused: nothing is there.
    """

    def forms(tree: Tree) -> Iterable[str]:
        entries = tree.entries(tree.node(path[:-1]))
        place = next(number for number, (name, _) in enumerate(entries) if name == path[-1])
        other = place + step
        if not 0 <= other < len(entries):
            yield tree.text
            return
        first, second = (entries[number][1] for number in sorted((place, other)))
        yield _swapped(tree, first, second)

    Tree(_split(text)[1]).entry(path)
    return _changed(text, forms, lambda data: _move(data, path, step))


def _split(text: str) -> tuple[str, str, bool]:
    """The mark at the beginning, the text with plain line ends, and whether its lines end in two characters."""
    mark = _MARK if text.startswith(_MARK) else ""
    rest = text[len(mark) :]
    doubled = "\r\n" in rest
    return mark, rest.replace("\r\n", "\n") if doubled else rest, doubled


def _changed(text: str, forms: Callable[[Tree], Iterable[str]], mean: Callable[[Any], Any]) -> str:
    """The first of several forms of a text that reads back as what is meant."""
    mark, plain, doubled = _split(text)
    if doubled and "\n" in text.replace("\r\n", ""):
        raise EditRefused("The lines of this file end in two different ways; save it with one of them first.")
    tree = Tree(plain)
    meant = mean(_plain(tree.data))
    for form in forms(tree):
        found = read(form, "the text")
        if not found.findings and _same(_plain(found.data), meant):
            return mark + (form.replace("\n", "\r\n") if doubled else form)
    raise EditRefused("This cannot be written at this place as a form; change it in the text.")


def _same(found: Any, meant: Any) -> bool:
    """Whether two data are equal, the order of their entries included."""
    return json.dumps(found) == json.dumps(meant)


def _plain(data: Any) -> Any:
    """Data with its words as they are read: without the space around them."""
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    return str(data).strip()


def _scalar_forms(tree: Tree, path: Path, old: Any, value: Value) -> Iterable[str]:
    start, end = old.start_mark.index, tree.end_of(old)
    parent = tree.node(path[:-1]) if path else old
    in_flow = bool(path) and parent.flow_style is True
    indent = _indent_below(tree, path)
    for form in scalar_forms(value, old.style or "", indent, start - tree.line_start(start), in_flow=in_flow):
        space = " " if tree.text[start - 1 : start] == ":" else ""  # an empty value stands right behind its colon
        yield _spliced(tree, start, end, space + form)


def _indent_below(tree: Tree, path: Path) -> int:
    """How far lines begin that stand below the entry at a path."""
    if not path:
        return 0
    found = tree.entry(path)
    return found.own - tree.line_start(found.own) + 2


def _whole(tree: Tree, path: Path, value: Value) -> str:
    """The value at a path written anew, with what stands behind it on the line of its key kept there."""
    found = tree.entry(path)
    if found.parent.flow_style:
        start, end = found.value.start_mark.index, tree.end_of(found.value)
        return _spliced(tree, start, end, flow(value))
    if found.key is None:
        written = item(value, found.own - tree.line_start(found.own)).lstrip(" ")
        return _spliced(tree, found.own, tree.end_of(found.value), written)
    colon = tree.text.index(":", found.key.end_mark.index) + 1
    written = block(value, found.own - tree.line_start(found.own) + 2)
    return _spliced(tree, colon, max(tree.end_of(found.value), colon), written)


def _inserted(tree: Tree, parent: Path, key: str | int, value: Value, after: str | None) -> str:
    entries = tree.entries(tree.node(parent))
    names = [name for name, _ in entries]
    place = _place_of(names, key, after)
    first = entries[0][1]
    indent = first.own - tree.line_start(first.own)
    written = item(value, indent) if isinstance(key, int) else entry(key, value, indent)
    if place == 0 and not tree.begins_line(first.own):  # the new one takes the place behind the dash of a list
        return _spliced(
            tree, first.own, first.own, f"{written.lstrip(' ')}\n{_gap(tree, entries, place)}{' ' * indent}"
        )
    if place == 0:
        return _spliced(tree, first.start, first.start, f"{written}\n{_gap(tree, entries, place)}")
    before = entries[place - 1][1]
    lead = "" if tree.text[: before.end].endswith("\n") else "\n"
    tail = "" if lead else "\n"
    return _spliced(tree, before.end, before.end, lead + _gap(tree, entries, place) + written + tail)


def _place_of(names: Sequence[str | int], key: str | int, after: str | None) -> int:
    """How many entries stand before a new one."""
    if isinstance(key, int):
        return min(max(key, 0), len(names))
    return names.index(after) + 1 if after in names else 0


def _gap(tree: Tree, entries: Sequence[tuple[str | int, Entry]], place: int) -> str:
    """An empty line, where those beside the place of a new entry stand apart by one."""
    if len(entries) < 2:
        return ""
    upper = min(max(place - 1, 0), len(entries) - 2)
    between = tree.text[entries[upper][1].end : entries[upper + 1][1].start]
    return "\n" if "\n" in between else ""


def _inserted_in_brackets(tree: Tree, parent: Path, key: str | int, value: Value, after: str | None) -> str:
    entries = tree.entries(tree.node(parent))
    names = [name for name, _ in entries]
    written = flow(value) if isinstance(key, int) else f"{key}: {flow(value)}"
    place = _place_of(names, key, after)
    if place == 0:
        return _spliced(tree, entries[0][1].own, entries[0][1].own, f"{written}, ")
    end = entries[place - 1][1].end
    return _spliced(tree, end, end, f", {written}")


def _without(tree: Tree, path: Path) -> str:
    entries = tree.entries(tree.node(path[:-1]))
    place = next((number for number, (name, _) in enumerate(entries) if name == path[-1]), None)
    if place is None:
        raise EditRefused(f"There is nothing at '{_told(path)}' any more.")
    found = entries[place][1]
    later = entries[place + 1][1] if place + 1 < len(entries) else None
    before = entries[place - 1][1] if place else None
    if found.parent.flow_style:
        return _cut(tree, found.own, later.own) if later else _cut(tree, before.end if before else found.own, found.end)
    if not tree.begins_line(found.own):  # it shares its line with the dash of a list
        return _cut(tree, found.own, later.own if later else found.end)
    if later is not None:
        return _cut(tree, found.start, max(found.end, _first_line_of(tree, found.end, later)))
    assert before is not None
    return _cut(tree, before.end, found.end)


def _first_line_of(tree: Tree, end: int, later: Entry) -> int:
    """Where the next entry begins with its comments, if only empty lines lie between; else where this one ends."""
    return later.start if not tree.text[end : later.start].strip() else end


def _swapped(tree: Tree, first: Entry, second: Entry) -> str:
    text = tree.text
    shares_line = not first.parent.flow_style and not tree.begins_line(first.own)
    begin, end = (first.own if shares_line else first.start), first.end
    upper, lower = text[begin:end], text[second.start : second.end]
    if shares_line:  # with the dash of a list, which stays where it is
        margin = " " * (second.own - tree.line_start(second.own))
        upper, lower = margin + upper, lower.lstrip(" ")
    if upper.endswith("\n") and not lower.endswith("\n"):
        upper, lower = upper[:-1], lower + "\n"
    return text[:begin] + lower + text[end : second.start] + upper + text[second.end :]


def _spliced(tree: Tree, start: int, end: int, new: str) -> str:
    return tree.text[:start] + new + tree.text[end:]


def _cut(tree: Tree, start: int, end: int) -> str:
    return tree.text[:start] + tree.text[end:]


def _told(path: Path) -> str:
    return ".".join(map(str, path))


def _parent(data: Any, path: Path) -> tuple[Any, Any]:
    changed = copy.deepcopy(data)
    here = changed
    for part in path[:-1]:
        here = here[part]
    return changed, here


def _set(data: Any, path: Path, value: Value) -> Any:
    changed, here = _parent(data, path)
    here[path[-1]] = _plain(value)
    return changed


def _remove(data: Any, path: Path) -> Any:
    changed, here = _parent(data, path)
    del here[path[-1]]
    return changed


def _insert(data: Any, parent: Path, key: str | int, value: Value, after: str | None) -> Any:
    changed, here = _parent(data, (*parent, key))
    if isinstance(here, list) and isinstance(key, int):
        here.insert(key, _plain(value))
        return changed
    if key in here:
        raise EditRefused(f"'{key}' is there already.")
    return _in_place_of(changed, parent, _with_new(here, str(key), _plain(value), after))


def _with_new(entries: dict[str, Any], key: str, value: Any, after: str | None) -> dict[str, Any]:
    if after not in entries:
        return {key: value, **entries}
    found: dict[str, Any] = {}
    for name, one in entries.items():
        found[name] = one
        if name == after:
            found[key] = value
    return found


def _rename(data: Any, path: Path, new: str) -> Any:
    changed, here = _parent(data, path)
    if new in here:
        raise EditRefused(f"'{new}' is there already.")
    return _in_place_of(changed, path[:-1], {new if name == path[-1] else name: one for name, one in here.items()})


def _move(data: Any, path: Path, step: int) -> Any:
    changed, here = _parent(data, path)
    names = list(range(len(here))) if isinstance(here, list) else list(here)
    place = names.index(path[-1])
    other = place + step
    if 0 <= other < len(names):
        names[place], names[other] = names[other], names[place]
    moved = [here[name] for name in names] if isinstance(here, list) else {name: here[name] for name in names}
    return _in_place_of(changed, path[:-1], moved)


def _in_place_of(data: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    changed, here = _parent(data, path)
    here[path[-1]] = new
    return changed
