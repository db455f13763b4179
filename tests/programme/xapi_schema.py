"""What a statement has to be, written down from the text of the specification and from nothing of ours.

Experience API 1.0.3, Part Two (https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md): sections are named beside
what they ask for. Only the parts that an Activity as object can use; no property is allowed that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

IRI = r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+$"
UUID = r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$"
TAG = r"^(?:[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{5,8})*|und)$"
TIMESTAMP = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,}(Z|[+-]\d\d:\d\d)$"

TEXT = {"type": "string", "minLength": 1}


def _object(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(required), "additionalProperties": False,
        "minProperties": 1,
    }  # fmt: skip


_COMPONENTS = {  # 2.4.4.1, Interaction Components
    "type": "array",
    "minItems": 1,
    "items": _object(("id",), id={"type": "string", "pattern": r"^\S+$"}, description={"$ref": "#/$defs/languages"}),
}

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "#/$defs/statement",
    "$defs": {
        # 2.4.1 to 2.4.10; a provider of statements sets neither stored nor authority, and version only to 1.0.0
        "statement": _object(
            ("id", "actor", "verb", "object", "timestamp"),
            id={"type": "string", "pattern": UUID},
            actor={"$ref": "#/$defs/agent"},
            verb={"$ref": "#/$defs/verb"},
            object={"$ref": "#/$defs/activity"},
            result={"$ref": "#/$defs/result"},
            context={"$ref": "#/$defs/context"},
            timestamp={"type": "string", "pattern": TIMESTAMP},
            version={"const": "1.0.0"},
        ),
        # 2.4.2.1, 2.4.2.3, 2.4.2.4: exactly one identifier; ours has to be an account
        "agent": _object(
            ("account",),
            objectType={"const": "Agent"},
            account=_object(
                ("homePage", "name"), homePage={"type": "string", "pattern": r"^https?://[^\s/]+"}, name=TEXT
            ),
        ),
        # 2.4.3
        "verb": _object(("id",), id={"type": "string", "pattern": IRI}, display={"$ref": "#/$defs/languages"}),
        # 2.4.4.1
        "activity": _object(
            ("id",),
            objectType={"const": "Activity"},
            id={"type": "string", "pattern": IRI},
            definition={"$ref": "#/$defs/definition"},
        ),
        "definition": {
            **_object(
                (),
                name={"$ref": "#/$defs/languages"},
                description={"$ref": "#/$defs/languages"},
                type={"type": "string", "pattern": IRI},
                moreInfo={"type": "string", "pattern": IRI},
                extensions={"$ref": "#/$defs/extensions"},
                interactionType={
                    "enum": [
                        "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing",
                        "likert", "numeric", "other",
                    ]
                },
                correctResponsesPattern={"type": "array", "items": {"type": "string"}},
                choices=_COMPONENTS,
            ),
            "if": {
                "properties": {"type": {"const": "http://adlnet.gov/expapi/activities/cmi.interaction"}},
                "required": ["type"],
            },
            "then": {"required": ["interactionType"]},
            "dependentRequired": {"choices": ["interactionType"], "correctResponsesPattern": ["interactionType"]},
            "dependentSchemas": {
                "choices": {"properties": {"interactionType": {"enum": ["choice", "sequencing"]}}}
            },
        },
        # 2.4.5
        "result": _object(
            (),
            score=_object(
                (),
                scaled={"type": "number", "minimum": -1, "maximum": 1},
                raw={"type": "number"},
                min={"type": "number"},
                max={"type": "number"},
            ),
            success={"type": "boolean"},
            completion={"type": "boolean"},
            response=TEXT,
            duration={"type": "string", "pattern": "^P"},
            extensions={"$ref": "#/$defs/extensions"},
        ),
        # 2.4.6
        "context": _object(
            (),
            registration={"type": "string", "pattern": UUID},
            contextActivities={
                **_object((), **{name: {"$ref": "#/$defs/activities"} for name in ("parent", "grouping", "category")}),
            },
            revision=TEXT,
            platform=TEXT,
            language={"type": "string", "pattern": TAG},
            extensions={"$ref": "#/$defs/extensions"},
        ),
        "activities": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/activity"}},
        # 4.2: keys are tags of RFC 5646
        "languages": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": TAG},
            "additionalProperties": TEXT,
        },
        # 4.1: keys are IRIs; values are anything
        "extensions": {"type": "object", "propertyNames": {"pattern": IRI}},
    },
}  # fmt: skip

Draft202012Validator.check_schema(SCHEMA)
_VALIDATOR = Draft202012Validator(SCHEMA)


def complaints(statement: Any) -> Iterator[str]:
    """What the specification has against a statement."""
    for error in _VALIDATOR.iter_errors(statement):
        yield f"{error.json_path}: {error.message}"
    definition = statement.get("object", {}).get("definition", {})
    ids = [component["id"] for component in definition.get("choices", [])]
    if len(set(ids)) < len(ids):
        yield "$.object.definition.choices: ids are not distinct (2.4.4.1)"
