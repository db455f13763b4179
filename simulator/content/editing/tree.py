"""A text as a tree in which every entry knows the stretch of text that it takes up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from simulator.content.editing.refused import EditRefused
from simulator.content.source import read

Path = Sequence[str | int]
_BLOCK_SCALARS = frozenset({"|", ">"})


@dataclass(frozen=True)
class Entry:
    """One entry of a mapping or a list: its key's node (None in a list), its value's, and where it stands.

    `own` is where its first character stands (the key, or the dash of a list), `start` the beginning of its first line
    with the comment lines right above it, `end` the place behind its last line.
    """

    parent: Any
    key: Any
    value: Any
    own: int
    start: int
    end: int


class Tree:
    """A readable text with its nodes.

    Raises:
        EditRefused: the text cannot be read as YAML.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        source = read(text, "the text")
        if source.data is None or source.findings:
            raise EditRefused("The text cannot be read as it stands; mend what its findings say first.")
        self.data = source.data
        self.root: Any = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def node(self, path: Path) -> Any:
        """The node at a path.

        Raises:
            EditRefused: nothing is there.
        """
        here = self.root
        for part in path:
            here = next((value for name, _, value in _entries(here) if name == part), None)
            if here is None:
                raise EditRefused(f"There is nothing at '{'.'.join(map(str, path))}' any more.")
        return here

    def entry(self, path: Path) -> Entry:
        """The entry at a path, which is not empty.

        Raises:
            EditRefused: nothing is there.
        """
        parent = self.node(path[:-1])
        found = next((one for one in self.entries(parent) if one[0] == path[-1]), None)
        if found is None:
            raise EditRefused(f"There is nothing at '{'.'.join(map(str, path))}' any more.")
        return found[1]

    def entries(self, parent: Any) -> list[tuple[str | int, Entry]]:
        """The entries of a node, in order."""
        return [(name, self._entry(parent, key, value)) for name, key, value in _entries(parent)]

    def _entry(self, parent: Any, key: Any, value: Any) -> Entry:
        first = key if key is not None else value
        own: int = first.start_mark.index
        if parent.flow_style:
            return Entry(parent, key, value, own, own, self.end_of(value))
        if key is None:
            own = self._dash_before(first.start_mark.index)
        heads_the_file = parent is self.root and first is _first(parent)  # what is above it is about the whole file
        start = self.line_start(own) if heads_the_file else self._with_comments(own)
        return Entry(parent, key, value, own, start, self.line_end(self.end_of(value)))

    def _dash_before(self, index: int) -> int:
        """The dash of the list item whose value begins at `index`."""
        place = index - 1
        while self.text[place] != "-":
            place -= 1
        return place

    def end_of(self, node: Any) -> int:
        """Where the last character of a node stands, exclusively; blank lines and comments behind it are not of it."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            end: int = node.end_mark.index
            if isinstance(node, yaml.ScalarNode) and node.style in _BLOCK_SCALARS:
                return self._end_of_block(node.start_mark.index, end)
            return end
        last = node.value[-1]
        return self.end_of(last[1] if isinstance(last, tuple) else last)

    def _end_of_block(self, start: int, end: int) -> int:
        """The end of the last line of a block scalar that has words: libyaml counts what follows to it."""
        return start + len(self.text[start:end].rstrip())

    def line_start(self, index: int) -> int:
        """The beginning of the line in which `index` stands."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """The place behind the line in which `index` stands."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def begins_line(self, index: int) -> bool:
        """Whether only spaces stand before `index` in its line."""
        return not self.text[self.line_start(index) : index].strip(" ")

    def _with_comments(self, own: int) -> int:
        """The beginning of the comment lines right above, indented alike; of the own line where there are none."""
        start = self.line_start(own)
        if not self.begins_line(own):
            return own
        indent = own - start
        while start:
            above = self.text.rfind("\n", 0, start - 1) + 1
            line = self.text[above : start - 1]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) != indent:
                break
            start = above
        return start


def _first(parent: Any) -> Any:
    first = parent.value[0]
    return first[0] if isinstance(first, tuple) else first


def _entries(node: Any) -> Iterator[tuple[str | int, Any, Any]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, key, value
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield number, None, value
