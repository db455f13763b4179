"""An audit for programs, as documented in docs/audit-json.md. Keys are stable; more may be added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.audit.extremes import Extreme
from simulator.audit.finding import AuditFinding
from simulator.audit.findings import findings_of
from simulator.audit.library_report import LibraryAudit, library_findings
from simulator.audit.overall import Overall
from simulator.audit.report import Audit
from simulator.commands.versions import versions_of


def as_json(found: Audit) -> dict[str, Any]:
    """One scenario's audit."""
    content = found.content
    ways = found.ways
    return {
        "scenario": content.scenario.id,
        "versions": versions_of(content),
        "rubric": content.rubric.id,
        "exact": found.exact,
        "stopped_during": found.stopped_during,
        "configurations": found.story.size,
        "paths": None if ways is None or ways.complete is None or not found.exact else str(ways.complete),
        "shortest": _length(found, "shortest"),
        "longest": _length(found, "longest"),
        "endings": _endings(found),
        "criteria": _criteria(found),
        "overall": None
        if found.overall is None
        else {"lowest": _overall(found.overall.lowest), "highest": _overall(found.overall.highest)},
        "players": {
            name: {
                "kind": str(played.kind),
                "overall": played.overall,
                "interval": None if played.interval is None else list(played.interval),
                "exact": played.exact,
            }
            for name, played in found.players.items()
        },
        "disclosures": {node: None if path is None else list(path) for node, path in found.disclosures.items()},
        "lost": None
        if found.futures is None
        else {
            "share": found.futures.lost_share,
            "at": sorted(found.futures.lost_at),
            "untold": list(found.futures.untold),
        },
        "reading": None
        if found.reading is None
        else {
            "words": found.reading.words,
            "minutes": found.reading.minutes,
            "turns": found.reading.turns,
            "words_per_turn": found.reading.words_per_turn,
        },
        "sample": None
        if found.sample is None
        else {"runs": found.sample.runs, "seed": found.sample.seed, "given_up": found.sample.given_up},
        "findings": _findings(findings_of(found)),
    }


def _length(found: Audit, which: str) -> int | None:
    """The shortest or longest complete path; of a story that is not explored in full, the one seen."""
    source = found.sample or found.ways
    length: int | None = None if source is None else getattr(source, which)
    return length


def _endings(found: Audit) -> dict[str, Any]:
    told = {}
    for name in found.content.scenario.endings:
        reached = found.ways.endings[name] if found.ways else None
        seen = found.sample.endings[name] if found.sample else None
        shortest = None if reached is None or reached.shortest is None else list(reached.shortest)
        met = shortest is not None or (seen is not None and seen.share > 0)
        exact_share = reached.random_share if reached and found.story.exact else None
        told[name] = {
            # Not met is not the same as never: only a story explored in full can say never.
            "reachable": True if met else (False if found.story.exact else None),
            "random_share": exact_share if exact_share is not None else (seen.share if seen else None),
            "random_interval": None if seen is None else list(seen.interval),
            "shortest": shortest,
        }
    return told


def _criteria(found: Audit) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: {
            **_extreme("lowest", reach.lowest),
            **_extreme("highest", reach.highest),
            "random": found.random.get(name),
            "opportunities_min": reach.opportunities_min,
            "opportunities_max": reach.opportunities_max,
            "level_reachable": int(found.levels[name]) if name in found.levels else None,
        }
        for name, reach in found.reach.items()
    }
    for name, seen in found.sample.criteria.items() if found.sample else ():
        told[name] = {
            "lowest": seen.lowest,
            "highest": seen.highest,
            "random": found.random.get(name),
            "opportunities_min": seen.opportunities_min,
            "seen_only": True,
        }
    return told


def _extreme(which: str, extreme: Extreme | None) -> dict[str, Any]:
    if extreme is None:
        return {which: None, f"{which}_path": None}
    return {which: float(extreme.score), f"{which}_path": list(extreme.path)}


def _overall(overall: Overall) -> dict[str, Any]:
    return {
        "attained": float(overall.attained.score),
        "path": list(overall.attained.path),
        "bound": float(overall.bound),
        "proved": overall.proved,
    }


def _findings(findings: Iterable[AuditFinding]) -> list[dict[str, Any]]:
    return [
        {
            "about": finding.about,
            "says": finding.says,
            "act": finding.act,
            "grave": finding.grave,
            "nodes": list(finding.nodes),
        }
        for finding in findings
    ]


def library_as_json(found: LibraryAudit) -> dict[str, Any]:
    """The audit of a library: `scenarios` by id as above, `forms` pooled over all, `findings` on the whole."""
    return {
        "scenarios": {one.content.scenario.id: as_json(one) for one in found.audits},
        "left_out": found.left_out,
        "decisions": found.decisions,
        "forms": {one.player: {"gain": one.gain, "p": one.p, "p_of_all": one.p_of_all} for one in found.pooled},
        "findings": _findings(library_findings(found)),
    }
