"""What can be said of a scenario without playing it: one module for each kind of mistake."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.content.checks import craft, references, rubrics, story, structure
from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding, Severity

__all__ = ["Subject", "check_scenario", "rubrics"]


def check_scenario(subject: Subject) -> Iterator[Finding]:
    """Every finding about a scenario that has the right shape. A later stage is skipped where an earlier one has
    errors that would only be reported again in other words.
    """
    for stage in (structure.check, references.check, story.check, craft.check):
        findings = list(stage(subject))
        yield from findings
        if any(finding.severity is Severity.ERROR for finding in findings):
            return
