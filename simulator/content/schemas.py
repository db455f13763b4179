"""JSON Schemas of the content files, for completion and first checks in an editor.

`python -m simulator.content.schemas` writes them beside this module. They say what belongs where; `simulator check`
says more (names that must exist, conditions, stories that must end) and has the last word.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from simulator.content.play_file import Plays
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario
from simulator.content.schema_words import DESCRIPTIONS

MODELS: dict[str, type[BaseModel]] = {
    "scenario": Scenario,
    "plays": Plays,
    "behaviours": Behaviours,
    "rubric": Rubric,
}
"""The kinds of content file by the name of their schema."""

FOLDER = Path(__file__).resolve().parent
_BOUNDS = {"ge": "minimum", "le": "maximum"}
_FORMAT = {"const": 1, "description": "The edition of the format that this file is written in."}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    made = MODELS[kind].model_json_schema()
    models = {made["title"]: made, **made.pop("$defs", {})}
    tidied = {name: _described(name, _tidied(schema)) for name, schema in models.items()}
    root = tidied.pop(MODELS[kind].__name__)
    root["properties"]["format"] = dict(_FORMAT)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": dict(sorted(tidied.items()))}


def schema_text(kind: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _tidied(schema: Any) -> Any:
    """Pydantic's schema as an author's editor needs it: an entry that is not wanted is left out, never null."""
    if isinstance(schema, list):
        return [_tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {_BOUNDS.get(name, name): _tidied(part) for name, part in schema.items()}
    if "anyOf" in tidy:
        options = [option for option in tidy["anyOf"] if option != {"type": "null"}]
        if len(options) == 1:
            del tidy["anyOf"]
            tidy = {**options[0], **tidy}
        else:
            tidy["anyOf"] = options
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    if tidy.get("default", ...) in (None, []) or isinstance(tidy.get("default"), dict):
        del tidy["default"]
    return tidy


def _described(model: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what an author reads at each key, in place of the titles that pydantic makes up."""
    for name, entry in schema.get("properties", {}).items():
        entry.pop("title", None)
        if description := DESCRIPTIONS.get(f"{model}.{name}"):
            entry["description"] = description
    if "description" in schema:
        schema["description"] = " ".join(schema["description"].split())
    return schema


def write() -> list[Path]:
    """Write all schemas. Returns where."""
    paths = []
    for kind in MODELS:
        paths.append(FOLDER / f"{kind}.schema.json")
        paths[-1].write_text(schema_text(kind), encoding="utf-8")
    return paths


if __name__ == "__main__":
    for path in write():
        print(path)
