"""All that `check` finds by playing rather than by reading: plays that do not hold, and worth that cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.audit.plays import play_findings
from simulator.audit.worth import worth_findings
from simulator.content.diagnostics import Finding
from simulator.content.library import ContentMissing, Library


def findings_by_playing(library: Library, only: frozenset[str] | None = None) -> Iterator[Finding]:
    """The findings in every scenario that can be played and in its plays; `only` names the files of interest."""
    for name, scenario in library.scenarios.items():
        plays = library.plays.get(name)
        try:
            content = library.content(name)
        except ContentMissing:
            continue  # the scenario's own findings say why
        if only is None or scenario.source.path in only:
            yield from _new_ones(worth_findings(content, scenario.source), scenario.findings)
        if plays is not None and plays.model is not None and (only is None or plays.source.path in only):
            yield from play_findings(content, plays.model, plays.source)


def _new_ones(found: Iterable[Finding], known: Iterable[Finding]) -> Iterator[Finding]:
    """Those whose cause has not been found by reading: a node with nothing helpful to say gives no room either."""
    names = {finding.name for finding in known}
    return (one for one in found if not (one.name == "criterion-without-room" and "nothing-helpful" in names))
