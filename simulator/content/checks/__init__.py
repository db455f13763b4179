"""What can be said of a scenario without playing it: one module for each kind of mistake."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from simulator.content.checks import care, craft, references, rubrics, story, structure
from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding, Severity
from simulator.content.reader import MOST_FINDINGS

__all__ = ["Subject", "check_scenario", "rubrics"]

_STAGES = ((structure.check,), (references.check,), (story.check,), (craft.check, care.check))


def check_scenario(subject: Subject) -> Iterator[Finding]:
    """Every finding about a scenario that has the right shape. A later stage is skipped where an earlier one has
    errors that would only be reported again in other words.
    """
    for stage in _STAGES:
        findings = [finding for check in stage for finding in islice(check(subject), MOST_FINDINGS + 1)]
        if len(findings) > MOST_FINDINGS:
            findings.sort(key=lambda finding: finding.span)
            first_left_out = findings[MOST_FINDINGS]
            findings[MOST_FINDINGS:] = [Finding("more-findings", first_left_out.path, first_left_out.span)]
        yield from findings
        if any(finding.severity is Severity.ERROR for finding in findings):
            return
