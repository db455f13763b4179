"""The kinds of value a field can hold, read from text as the author wrote it.

Scalars reach pydantic as text (`simulator.content.source.Plain` where unquoted); the field decides what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, StringConstraints, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from simulator.content.condition import Condition
from simulator.content.condition_parser import ConditionError, parse_condition
from simulator.content.places import Cut, Plain

_WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,8})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?\d{1,9}(\.\d{1,9})?", re.ASCII)

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
SLUG_PATTERN = r"^[a-z][a-z0-9_-]*$"
STEP_PATTERN = r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
EXPECTED_PATTERN = r"^\s*(<=|>=|==|!=|<|>)?\s*-?\d{1,9}\s*$|^none$"

OTHER_FORMS = {
    STEP_PATTERN: ("a choice", "write the choice's id, or node.choice"),
    LANGUAGE_PATTERN: ("a language", "write its short form, such as en, de or pt-BR"),
    EXPECTED_PATTERN: ("a number to meet, such as '>= 6'", "write a sign and a whole number"),
}
"""Forms of text that are not ids: what each is called, and how it is written."""


class Part(BaseModel):
    """A part of a content file: no unknown keys, and never changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _wrong(expected: str) -> PydanticCustomError:
    return PydanticCustomError("wrong_type", "expected {expected}", {"expected": expected})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong("words")
    if isinstance(value, Cut):
        raise PydanticCustomError("lost_after_hash", "a tail is lost")
    words = value.strip()
    if not words:
        raise PydanticCustomError("empty_text", "empty")
    return words


def _whole(value: Any) -> int:
    if isinstance(value, Plain) and _WHOLE.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _wrong("a whole number")


def _decimal(value: Any) -> float:
    if isinstance(value, Plain) and _DECIMAL.fullmatch(value):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise _wrong("a number")


def _truth(value: Any) -> bool:
    if isinstance(value, Plain) and value in {"true", "false"}:
        return value == "true"
    if isinstance(value, bool):
        return value
    raise _wrong("true or false")


def _condition(value: Any) -> Condition:
    if isinstance(value, Condition):
        return value
    if not isinstance(value, str):
        raise _wrong("a condition, written as words")
    try:
        return parse_condition(value)
    except ConditionError as error:
        details = {
            "problem": error.problem,
            "remedy": error.remedy,
            "offset": error.offset,
            "length": error.length,
        }
        raise PydanticCustomError("condition", "{problem}", details) from None


@dataclass(frozen=True)
class OneOrSeveral:
    """Says in a JSON Schema that a list may also be written as a single scalar, or as a single one of its items."""

    description: str
    scalars: tuple[str, ...]
    or_one: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The list's own schema, beside what else may be written."""
        listed = handler(schema)
        forms: list[JsonSchemaValue] = [{"type": list(self.scalars)}]
        if self.or_one:
            forms.append(listed["items"])
        return {"description": self.description, "anyOf": [*forms, listed]}


Text = Annotated[
    str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number", "boolean", "null"], "minLength": 1})
]
"""Words people read, taken as they are written; never empty."""
Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number written without quotes or leading zeros."""
Decimal = Annotated[float, BeforeValidator(_decimal)]
"""A number such as 0.60, written without quotes."""
Truth = Annotated[bool, BeforeValidator(_truth)]
"""`true` or `false`, and nothing else."""
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
"""An id inside a file: lower-case letters, digits and underscores."""
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
"""The id of a file: as an id, and hyphens."""
Step = Annotated[str, StringConstraints(pattern=STEP_PATTERN, max_length=161)]
"""A choice by `node.choice`, or by its own id."""
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=35)]
"""A language in its short form: en, de, pt-BR."""
Expected = Annotated[
    str,
    StringConstraints(pattern=EXPECTED_PATTERN, max_length=40),
    WithJsonSchema({"type": ["string", "integer"], "pattern": EXPECTED_PATTERN}),
]
"""A number to meet, such as `>= 6` or `6`; for levels also `none`."""
When = Annotated[
    Condition,
    BeforeValidator(_condition),
    WithJsonSchema({"type": "string", "description": "a condition, such as: trust >= 6 and not visited(gift)"}),
]
"""A condition, parsed."""
