"""From data to models: every way in which a file has the wrong shape, as findings at their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.content.diagnostics import Finding, Span
from simulator.content.fields import OTHER_FORMS, SLUG_PATTERN
from simulator.content.places import START, Plain
from simulator.content.prose import quoted
from simulator.content.reader import MOST_FINDINGS
from simulator.content.source import Source

Model = TypeVar("Model", bound=BaseModel)

_VERSION = re.compile(r"-?\d{1,9}", re.ASCII)


def nearest(found: str, known: list[str], lines: Mapping[str, int] | None = None) -> str:
    """What to do about an unknown name: the likely one with its line, all where they are few, or nothing."""
    close = get_close_matches(found, known, n=1, cutoff=0.6)
    if close:
        line = f" (line {lines[close[0]]})" if lines and close[0] in lines else ""
        return f"did you mean '{close[0]}'{line}?"
    if 0 < len(known) <= 7:
        return "there are: " + ", ".join(known)
    return f"choose one of the {len(known)} there are" if known else "there are none yet"


def shaped(source: Source, model: type[Model], what: str) -> tuple[Model | None, list[Finding]]:
    """The source's data as `model`, or None with every finding that stands in the way.

    `what` is what the file is called in messages: "the scenario".
    """
    if source.data is None:
        return None, []
    version = source.data.get("format") if isinstance(source.data, dict) else None
    if isinstance(version, Plain) and _VERSION.fullmatch(version) and version != "1":
        return None, [Finding("format-version", source.path, source.span(("format",)), {"found": version})]
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return None, _findings(source, model, what, details)


def _findings(source: Source, model: type[BaseModel], what: str, details: list[ErrorDetails]) -> list[Finding]:
    """One finding for each cause: not for the key that a misspelt one was meant to be, nor twice for one place."""
    misspelt = {
        (*detail["loc"][:-1], close)
        for detail in details[:MOST_FINDINGS]
        if detail["type"] == "extra_forbidden"
        for close in get_close_matches(str(detail["loc"][-1]), _keys_at(model, list(detail["loc"][:-1])), n=1)
    }
    found: dict[tuple[str, Span], Finding] = {}
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        finding = _finding(source, model, what, detail)
        if len(found) >= MOST_FINDINGS:
            found.setdefault(("more-findings", START), Finding("more-findings", source.path, finding.span))
            break
        found.setdefault((finding.name, finding.span), finding)
    return list(found.values())


def _finding(source: Source, model: type[BaseModel], what: str, detail: ErrorDetails) -> Finding:
    kind, found = detail["type"], detail["input"]
    path = [part for part in detail["loc"] if part != "[key]"]
    key = str(path[-1]) if path else what
    context = detail.get("ctx", {})
    if kind == "missing":
        parent = path[:-1]
        values: dict[str, object] = {"where": _called(parent, what), "key": key}
        return Finding("missing-key", source.path, source.span(parent, at_key=True), values)
    if kind == "extra_forbidden":
        return _unknown_key(source, model, what, path)
    if kind in {"condition", "empty_text", "lost_after_hash"}:
        return _in_text(source, path, what, kind, context)
    if kind == "enum" and isinstance(found, str):
        return _not_one_of(source, path, key, found, context["expected"])
    if kind in {"string_pattern_mismatch", "string_too_long"}:
        return _bad_id(source, detail, path, str(found), context)
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        values = {"key": _entry(path, what), "found": found, "expected": bound}
        return Finding("out-of-range", source.path, source.span(path), values)
    if kind == "model_type" and isinstance(found, str) and "says" in _keys_at(model, path):
        written = source.written(path[:-1])
        if written.startswith("["):  # client: [long pause]
            return _needs_quotes(source, path[:-1], written)
    return _wrong_type(source, path, what, kind, found, context)


def _in_text(source: Source, path: list[Any], what: str, kind: str, context: Mapping[str, Any]) -> Finding:
    if kind == "condition":
        span = source.scalar_span(path, context["offset"], context["length"])
        return Finding("condition", source.path, span, context)
    if kind == "empty_text":
        return Finding("empty-text", source.path, source.span(path, at_key=True), {"key": _entry(path, what)})
    span, whole = source.lost_tail(path)
    return Finding("lost-after-hash", source.path, span, {"quoted": quoted(whole)})


def _unknown_key(source: Source, model: type[BaseModel], what: str, path: list[Any]) -> Finding:
    key, known = str(path[-1]), _keys_at(model, path[:-1])
    written = source.written(path[:-1])
    if "says" in known and written.startswith("{") and ":" not in written:  # client: {shrugs}
        return _needs_quotes(source, path[:-1], written)
    values = {"key": key, "where": _called(path[:-1], what), "nearest": nearest(key, known)}
    return Finding("unknown-key", source.path, source.span(path, at_key=True), values)


def _needs_quotes(source: Source, path: list[Any], written: str) -> Finding:
    values = {"character": written[:1], "quoted": quoted(written)}
    return Finding("special-first-character", source.path, source.span(path), values)


def _not_one_of(source: Source, path: list[Any], key: str, found: str, expected: str) -> Finding:
    known = re.findall(r"'([^']+)'", expected)
    values = {"found": found, "key": key, "expected": ", ".join(known), "nearest": _nearest_or_choose(found, known)}
    return Finding("not-one-of", source.path, source.span(path), values)


def _nearest_or_choose(found: str, known: list[str]) -> str:
    close = get_close_matches(found, known, n=1)
    return f"did you mean '{close[0]}'?" if close else "choose one of them"


def _bad_id(source: Source, detail: ErrorDetails, path: list[Any], found: str, context: Mapping[str, Any]) -> Finding:
    pattern = context.get("pattern", SLUG_PATTERN)
    at_key = detail["loc"][-1] == "[key]"
    if pattern in OTHER_FORMS:
        expected, remedy = OTHER_FORMS[pattern]
        values = {"key": _entry(path, ""), "expected": expected, "found": _noun(found), "remedy": remedy}
        return Finding("wrong-type", source.path, source.span(path), values)
    hyphens = pattern == SLUG_PATTERN
    plain = re.sub(r"[^a-z0-9]+", "-" if hyphens else "_", found.lower()).strip("-_")[:60]
    suggested = plain if plain[:1].isalpha() else f"a_{plain}".rstrip("_")
    joiner = "hyphens" if hyphens else "underscores"
    values = {"found": _shortened(found), "joiner": joiner, "suggested": suggested}
    return Finding("id-form", source.path, source.span(path, at_key=at_key), values)


_EXPECTED = {
    "tuple_type": "a list",
    "dict_type": "a block of entries",
    "model_type": "a block of entries",
    "string_type": "words",
    "enum": "one word",
}


def _wrong_type(
    source: Source, path: list[Any], what: str, kind: str, found: Any, context: Mapping[str, Any]
) -> Finding:
    expected = str(context["expected"]) if kind == "wrong_type" else _EXPECTED.get(kind, "something else")
    if kind == "too_short":
        expected = "a list of at least one" if isinstance(found, list | tuple) else "a block of at least one entry"
    written = source.written(path)
    if expected == "words" and isinstance(found, dict | list):
        if written[:1] in {"[", "{"}:
            return _needs_quotes(source, path, written)
        if ":" in written and isinstance(found, dict) and len(found) == 1 and isinstance(path[-1], int):
            return _colon_in_item(source, path, found, written)
    values = {
        "key": _entry(path, what),
        "expected": expected,
        "found": _noun(found),
        "remedy": _remedy(expected, found),
    }
    return Finding("wrong-type", source.path, source.span(path), values)


def _colon_in_item(source: Source, path: list[Any], found: Mapping[str, Any], written: str) -> Finding:
    """`- Look: I'm fine` in a list of texts: YAML reads an entry called 'Look'."""
    key = source.span((*path, next(iter(found))), at_key=True)
    colon = Span(key.end_line, key.end_column, key.end_line, key.end_column + 1)
    return Finding("colon-in-text", source.path, colon, {"quoted": quoted(written)})


def _noun(found: Any) -> str:
    if isinstance(found, str):
        return f"'{_shortened(found)}'" if found else "nothing"
    if not found:
        return "an empty one"
    return "a block of entries" if isinstance(found, dict) else "a list"


def _shortened(found: str) -> str:
    return found if len(found) <= 40 else f"{found[:37]}..."


def _remedy(expected: str, found: Any) -> str:
    if expected == "a list":
        return f"write [{found}]" if isinstance(found, str) and found else "write it as a list: [one, two]"
    if expected in {"a whole number", "a number", "true or false"} and type(found) is str:
        return "take the quotes away" if found else "write it after the colon"
    if expected == "a block of entries":
        return "write its entries below it, indented by two spaces"
    if expected == "words":
        return "write words on this line; is something below it indented too far?"
    return f"write {expected}"


def _entry(path: list[Any], what: str) -> str:
    names = [str(part) for part in path if not isinstance(part, int)]
    return f"'{names[-1]}'" if names else what


_CONTAINERS = {
    "nodes": "node",
    "choices": "choice",
    "endings": "ending",
    "state": "state",
    "plays": "play",
    "behaviours": "behaviour",
    "criteria": "criterion",
    "reactions": "reaction",
}


def _called(path: list[Any], what: str) -> str:
    """What an author would call the part at `path`: "node 'arrival'", "the client"."""
    names = [part for part in path if not isinstance(part, int)]
    if not names:
        return what
    if len(names) > 1 and names[-2] in _CONTAINERS:
        return f"{_CONTAINERS[str(names[-2])]} '{names[-1]}'"
    return f"an entry of '{names[-1]}'" if path[-1] != names[-1] else f"'{names[-1]}'"


@cache
def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _keys_at(model: type[BaseModel], path: list[Any]) -> list[str]:
    """The keys that the part at `path` may have, read from the model's own JSON Schema."""
    whole = _schema_of(model)

    def opened(schema: dict[str, Any]) -> list[dict[str, Any]]:
        if "$ref" in schema:
            return opened(whole["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
        return [part for option in schema.get("anyOf", ()) for part in opened(option)] or [schema]

    here = opened(whole)
    for part in path:
        inside: list[dict[str, Any]] = []
        for schema in here:
            if part in schema.get("properties", {}):
                inside += opened(schema["properties"][part])
            elif isinstance(part, str):
                for below in schema.get("patternProperties", {}).values():
                    inside += opened(below)
            elif isinstance(part, int) and isinstance(schema.get("items"), dict):
                inside += opened(schema["items"])
        here = inside or here
    return list(dict.fromkeys(key for schema in here for key in schema.get("properties", {})))
