"""What makes a piece of content the same: its text, and its meaning.

The text hash pins an attempt to exact words. The meaning hash leaves wording out (ids, graph, tags, guards and
effects stay in), so that results keep together over a corrected typo.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel

from simulator.content.condition import Condition
from simulator.content.scenario import Scenario

WORDING = frozenset(
    {
        "title", "about", "why", "say", "does", "says", "manner", "thought", "summary", "brief", "facilitator",
        "content_note", "objectives", "authors", "sources", "review", "label", "name", "pronouns", "age", "minutes",
        "level", "topics", "language", "unverified", "debrief", "equal_alternative", "was", "discloses",
    }
)  # fmt: skip
"""Fields that hold words for people, which the meaning hash leaves out."""


def text_hash(text: str) -> str:
    """SHA-256 of a file's text, in hexadecimal; line endings do not count."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def meaning_hash(scenario: Scenario) -> str:
    """SHA-256 of what a scenario does, whatever its words, in hexadecimal."""
    meaning = json.dumps(_meaning(scenario), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(meaning.encode()).hexdigest()


def _meaning(part: Any) -> Any:
    if isinstance(part, Condition):
        return repr(part.test)
    if isinstance(part, BaseModel):
        fields = {name: getattr(part, name) for name in type(part).model_fields if name not in WORDING}
        return {name: _meaning(value) for name, value in fields.items() if value is not None}
    if isinstance(part, dict):
        return {key: _meaning(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_meaning(item) for item in part]
    return part
