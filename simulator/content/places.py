"""What the reader keeps of each part of a file: how it was written, and where it stands."""

from __future__ import annotations

from typing import Any

import yaml

from simulator.content.diagnostics import Span


class Plain(str):
    """A scalar written without quotes: the only kind that can be read as a number or as true or false."""

    __slots__ = ()


class Cut(Plain):
    """A scalar written without quotes that ends at ` #`: after a number a comment follows, of words a tail is lost.

    One space makes the difference: with two or more, as comments are usually set off, it is taken for a comment.
    """

    __slots__ = ()


Place = tuple[Any, Any]
"""The libyaml events of a key (None in a list) and of its value. A bare tuple: a large file has 50,000 of them."""

Places = dict[int, dict[str | int, Place]]
"""By the identity of each dict and list of the data: where its entries stand."""

START = Span(1, 1, 1, 2)
"""The first character, for what is wrong with a file as a whole."""


def span_of(event: Any) -> Span:
    """Where a libyaml event stands. A block is pointed at by its first character, other text by all of it."""
    start, end = event.start_mark, event.end_mark
    text = isinstance(event, yaml.ScalarEvent | yaml.DocumentStartEvent)
    inline = text and getattr(event, "style", "") not in {"|", ">"}
    if inline and start.line != end.line:
        return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    end_column = max(end.column, start.column + 1) if inline else start.column + 1
    return Span(start.line + 1, start.column + 1, start.line + 1, end_column + 1)
