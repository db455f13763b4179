"""Every diagnostic by its name and by its code."""

from __future__ import annotations

from simulator.content.diagnostics import care, craft, plays, reading, references, shape, story, worth
from simulator.content.diagnostics.diagnostic import Diagnostic

_EVERY: tuple[Diagnostic, ...] = (
    *reading.DIAGNOSTICS,
    *shape.DIAGNOSTICS,
    *references.DIAGNOSTICS,
    *story.DIAGNOSTICS,
    *craft.DIAGNOSTICS,
    *care.DIAGNOSTICS,
    *worth.DIAGNOSTICS,
    *plays.DIAGNOSTICS,
)

CATALOGUE: dict[str, Diagnostic] = {diagnostic.name: diagnostic for diagnostic in _EVERY}
BY_CODE: dict[str, Diagnostic] = {diagnostic.code: diagnostic for diagnostic in _EVERY}
