"""A finding: one mistake at one place in one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.content.diagnostics.catalogue import CATALOGUE
from simulator.content.diagnostics.diagnostic import Severity

_LONGEST = 1_000
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines that spans count, without their ends. `str.splitlines` knows more line ends than YAML 1.2 does."""
    lines = _LINE_BREAK.split(text)
    return lines[:-1] if lines[-1] == "" else lines


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake, found. `name` is a diagnostic's; `values` fill its message and hint."""

    name: str
    path: str
    span: Span
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable code, such as SIM301."""
        return CATALOGUE[self.name].code

    @property
    def severity(self) -> Severity:
        """Error, warning or note."""
        return CATALOGUE[self.name].severity

    @property
    def message(self) -> str:
        """What was found and what was expected, in one sentence."""
        return _fitting(CATALOGUE[self.name].message.format_map(self.values))

    @property
    def hint(self) -> str:
        """The act that mends it, or a question; may be empty."""
        return _fitting(CATALOGUE[self.name].hint.format_map(self.values))


def _fitting(text: str) -> str:
    """The text, cut where no screen could hold it: what a file calls its parts may be a million characters long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
