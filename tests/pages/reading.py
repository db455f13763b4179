"""Everything that a page shows, read from what is sent to the browser and not only from known widgets."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Fields that steer the browser; nobody reads them. All other text counts as shown, also in kinds of element to come.
STEERING = _words(
    "id form_id icon shortcut type tag url theme page_script_hash component_name css_content css_source_path "
    "html_content js_content js_source_path page"
)

AUTHOR_FIELDS = _words(
    "title brief content_note name pronouns about label says manner thought say does why reply summary discloses "
    "topics objectives facilitator authors sources question harmful not_yet competent advanced means example needs "
    "emergency contact reach hours checked source who when"
)
"""Fields of content files in which an author writes words for people, besides a client's line in one word."""


def everything_sent(tree: Any) -> Iterator[tuple[str, str]]:
    """Every text of every element with the name of its field: `Html/body`, `Button/label`."""
    proto = getattr(tree, "proto", None)
    if proto is not None:
        yield from _texts(proto, proto.DESCRIPTOR.name)
    for child in getattr(tree, "children", {}).values():
        yield from everything_sent(child)


def _texts(message: Any, path: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        if field.name in STEERING:
            continue
        name = f"{path}/{field.name}"
        values = [value] if isinstance(value, str) or hasattr(value, "ListFields") else value
        if field.type == field.TYPE_STRING:
            for text in values:
                yield name, text
        elif field.type == field.TYPE_MESSAGE:
            for inner in values:
                if hasattr(inner, "ListFields"):
                    yield from _texts(inner, name)
                else:
                    yield name, str(inner)  # a map's key; its values would have to be looked at when there is one


def everything_shown(tree: Any) -> Iterator[str]:
    """What can be read or heard on the page, stretch by stretch, as a reader meets it: no tags, no escapes."""
    for name, text in everything_sent(tree):
        if name == "Html/body":
            yield from shown_in_html(text)
        elif name in {"VegaLiteChart/spec", "BidiComponent/json"}:
            yield from _shown_in_json(json.loads(text))
        else:
            yield _unescaped(text)


def shown_in_html(body: str) -> Iterator[str]:
    """The text between the tags, and the names that only a screen reader says."""
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.S)
    for name in re.findall(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"", body):
        yield html.unescape(name)
    for part in re.split(r"<[^>]+>", body):
        if part.strip():
            yield html.unescape(part).strip()


def _shown_in_json(part: Any, key: str = "") -> Iterator[str]:
    """Words of a chart or a component; those that are the chart's own grammar are left out."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _shown_in_json(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from _shown_in_json(value, key)
    elif isinstance(part, str) and key not in {"type", "field", "interpolate", "align", "filter", "mark", "contains"}:
        yield part


def _unescaped(text: str) -> str:
    """A Markdown label as it is read."""
    return re.sub(r"\\([^\w\s])", r"\1", text.replace("\u2060", "")).strip("*")
