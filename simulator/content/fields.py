"""The kinds of value a field can hold, read from text as the author wrote it.

Scalars reach pydantic as text (`simulator.content.source.Plain` where unquoted); the field decides what they mean.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from simulator.content.condition import Condition
from simulator.content.condition_parser import ConditionError, parse_condition
from simulator.content.source import Plain

_WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,8})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?\d{1,9}(\.\d{1,9})?", re.ASCII)

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
SLUG_PATTERN = r"^[a-z][a-z0-9_-]*$"


class Part(BaseModel):
    """A part of a content file: no unknown keys, and never changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _wrong(expected: str) -> PydanticCustomError:
    return PydanticCustomError("wrong_type", "expected {expected}", {"expected": expected})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong("words")
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


Text = Annotated[
    str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1})
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
When = Annotated[
    Condition,
    BeforeValidator(_condition),
    WithJsonSchema({"type": "string", "description": "a condition, such as: trust >= 6 and not visited(gift)"}),
]
"""A condition, parsed."""
