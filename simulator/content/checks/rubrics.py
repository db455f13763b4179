"""What can be wrong between the behaviour catalogue and the rubrics."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.content.diagnostics import Finding
from simulator.content.rubric import Behaviours, Critical, Rubric
from simulator.content.shape import nearest
from simulator.content.source import Source


def check_behaviours(source: Source, behaviours: Behaviours) -> Iterator[Finding]:
    """Critical behaviours whose repair is missing or unknown."""
    known = list(behaviours.behaviours)
    for name, behaviour in behaviours.behaviours.items():
        path = ("behaviours", name)
        needs_repair = behaviour.critical is Critical.UNLESS_REPAIRED
        if needs_repair and not behaviour.repaired_by:
            values = {
                "behaviour": name,
                "problem": "critical unless repaired, but nothing repairs it",
                "remedy": "list the behaviours that do under 'repaired_by:'",
            }
            yield Finding("unknown-repair", source.path, source.span((*path, "critical")), values)
        if behaviour.repaired_by and not needs_repair:
            values = {
                "behaviour": name,
                "problem": "repaired by others, but not critical unless repaired",
                "remedy": "write 'critical: unless_repaired', or remove 'repaired_by'",
            }
            yield Finding("unknown-repair", source.path, source.span((*path, "repaired_by"), at_key=True), values)
        for position, repair in enumerate(behaviour.repaired_by):
            if repair not in behaviours.behaviours:
                span = source.span((*path, "repaired_by", position))
                yield Finding("unknown-behaviour", source.path, span, _unknown(repair, known))


def check_rubric(source: Source, rubric: Rubric, behaviours: Behaviours) -> Iterator[Finding]:
    """Criteria and behaviours that the catalogue does not have."""
    criteria, known = list(behaviours.criteria), list(behaviours.behaviours)
    for name, criterion in rubric.criteria.items():
        path = ("criteria", name)
        if name not in behaviours.criteria:
            values = {**_unknown(name, criteria), "where": ""}
            yield Finding("unknown-criterion", source.path, source.span(path, at_key=True), values)
        for behaviour in criterion.scores:
            if behaviour not in behaviours.behaviours:
                span = source.span((*path, "scores", behaviour), at_key=True)
                yield Finding("unknown-behaviour", source.path, span, _unknown(behaviour, known))


def _unknown(found: str, known: list[str]) -> dict[str, object]:
    return {"found": found, "nearest": nearest(found, known)}
