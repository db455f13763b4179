"""The JSON Schemas fit what the models read, are fresh, and say enough for an editor to help."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from simulator.content.diagnostics.smallest import TEXTS
from simulator.content.schema_words import DESCRIPTIONS
from simulator.content.schemas import FOLDER, MODELS, schema_of, schema_text
from tests.content.test_prose import PLACES, WORKS, with_words

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [
    *((path, "plays" if path.name.endswith(".plays.yaml") else "scenario") for path in ROOT.glob("scenarios/*.yaml")),
    *((path, "behaviours" if path.stem == "behaviours" else "rubric") for path in ROOT.glob("rubrics/*.yaml")),
]


class _Core(yaml.CSafeLoader):
    """Resolves plain scalars as YAML 1.2's core schema does, and an editor with it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def problems(kind: str, text: str) -> list[str]:
    """What the schema of a kind finds in a text."""
    data = yaml.load(text, Loader=_Core)
    return [error.message for error in Draft202012Validator(schema_of(kind)).iter_errors(data)]


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_is_fresh_and_is_one(kind: str) -> None:
    """After a change: python -m simulator.content.schemas"""
    assert (FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8") == schema_text(kind)
    Draft202012Validator.check_schema(json.loads(schema_text(kind)))


@pytest.mark.parametrize("kind", MODELS)
def test_the_smallest_files_fit(kind: str) -> None:
    """A valid file is valid to an editor."""
    assert problems(kind, TEXTS[kind]) == []


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=[path.name for path, _ in SHIPPED])
def test_every_shipped_file_fits(path: Path, kind: str) -> None:
    """So do those that come with the program."""
    assert problems(kind, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", WORKS)
def test_words_that_look_like_something_else_fit(words: str, place: str) -> None:
    """`says: 50` is no mistake in an editor either."""
    assert problems("scenario", with_words(words, place)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes: 1", "minuts: 1"),
        ("minutes: 1", "minutes: 999"),
        ("minutes: 1", "minutes: soon"),
        ("level: foundation", "level: easy"),
        ("format: 1", "format: 2"),
        ("title: A first minute\n", ""),
        ("  arrival:", "  The Arrival:"),
        ("reply: Right.", "reply: [Right.]"),
        ("goto: over", "goto: [over]"),
        ("weight", "weight"),
    ],
)
def test_everyday_slips_are_marked_while_typing(old: str, new: str) -> None:
    """Unknown and missing keys, wrong types and values, ids that cannot be."""
    assert bool(problems("scenario", TEXTS["scenario"].replace(old, new))) == (old != new)


def test_every_key_is_described() -> None:
    """And no description is of a key that is gone."""
    keys = set()
    for kind in MODELS:
        schema = schema_of(kind)
        for name, part in {MODELS[kind].__name__: schema, **schema["$defs"]}.items():
            for key, entry in part.get("properties", {}).items():
                if name != "Anchors":
                    assert entry.get("description"), f"{name}.{key}"
                keys.add(f"{name}.{key}")
    assert set(DESCRIPTIONS) - keys == set()


def test_values_to_choose_from_are_listed() -> None:
    """Levels, outcomes, kinds."""
    scenario = schema_of("scenario")
    assert scenario["$defs"]["Level"]["enum"] == ["foundation", "intermediate", "advanced"]
    assert "alliance" in scenario["$defs"]["Outcome"]["enum"]
    assert schema_of("behaviours")["$defs"]["Kind"]["enum"] == ["helpful", "unhelpful", "harmful"]
