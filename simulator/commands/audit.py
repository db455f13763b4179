"""`simulator audit`: what is proved about a scenario, as a first screen with the rest below, Markdown or JSON."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

from simulator.audit.expectation import Sampling
from simulator.audit.findings import AuditFinding, findings_of
from simulator.audit.report import Audit, audit
from simulator.commands.content_root import library_for
from simulator.commands.transcript import wrapped
from simulator.commands.versions import versions_of
from simulator.content.library import ContentMissing
from simulator.translation import translate as _
from simulator.translation import translate_plural

FIRST_SCREEN = 7
"""Most findings on the first screen; nobody mends forty things at once."""

_RUNS, _SEED = 2_000, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("scenario", metavar="SCENARIO", help=_("a scenario's id, or the path of its file"))
    parser.add_argument("--rubric", default=None, metavar="ID", help=_("score under this rubric"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print JSON (docs/audit-json.md)"))
    form.add_argument("--markdown", action="store_true", help=_("print Markdown"))
    parser.add_argument("--all", action="store_true", help=_("print every finding, not only the first seven"))


def run(options: argparse.Namespace) -> int:
    """Audit and print. Returns 0, or 1 when the scenario cannot be audited."""
    library, scenario_id = library_for(options.scenario)
    try:
        content = library.content(scenario_id, options.rubric)
    except ContentMissing as error:
        print(f"simulator audit: {error}", file=sys.stderr)
        return 1
    show = _progress if sys.stderr.isatty() else (lambda doing: None)
    proved = audit(content, Sampling(_RUNS, random.Random(_SEED).random), progress=show)
    show("")
    if options.json:
        print(json.dumps(as_json(proved), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(proved, markdown=options.markdown, every=options.all)))
    return 0


def _progress(doing: str) -> None:
    print(f"\r\033[K{doing}", end="", file=sys.stderr, flush=True)


def _lines(proved: Audit, *, markdown: bool, every: bool) -> Iterator[str]:
    scenario = proved.content.scenario
    heading = "## " if markdown else ""
    yield f"{'# ' if markdown else ''}{scenario.title} ({scenario.id}), rubric {proved.content.rubric.id}"
    yield ""
    findings = findings_of(proved)
    shown = findings if every else findings[:FIRST_SCREEN]
    yield heading + (_("To mend") if findings else _("Nothing to mend was found."))
    for finding in shown:
        yield _told(finding, markdown=markdown)
    if len(shown) < len(findings):
        yield _("... and {n} more; --all prints them.").format(n=len(findings) - len(shown))
    yield ""
    yield heading + _("Ways through")
    yield from _ways(proved)
    yield ""
    yield heading + _("Criteria, over all complete paths")
    yield from _criteria(proved)
    yield ""
    yield heading + _("Naive players (overall)")
    yield from _players(proved)
    if proved.disclosures:
        yield ""
        yield heading + _("Disclosures, and the fewest choices to each")
        for node, path in proved.disclosures.items():
            what = scenario.nodes[node].discloses
            yield f"- {node} ({what}): " + (str(len(path)) if path is not None else _("never"))


def _told(finding: AuditFinding, *, markdown: bool) -> str:
    return f"- {finding.says} {finding.act}" if markdown else wrapped(f"{finding.says} {finding.act}", "- ")


def _ways(proved: Audit) -> Iterator[str]:
    ways = proved.ways
    counted = "?" if ways.complete is None else str(ways.complete)
    if len(counted) > 30:
        counted = f"{counted[:6]}... ({len(counted)} digits)"
    proof = _("exact") if proved.exact else _("NOT a proof")
    yield _("- {n} configurations ({proof}); {paths} complete paths of {short} to {long} choices").format(
        n=proved.story.size, proof=proof, paths=counted, short=ways.shortest, long=ways.longest
    )
    for name, ending in ways.endings.items():
        kind = proved.content.scenario.endings[name]
        early = _(", early") if kind.early else ""
        if ending.shortest is None:
            yield _("- {ending} ({outcome}{early}): never reached").format(
                ending=name, outcome=kind.outcome, early=early
            )
            continue
        choices = translate_plural("{n} choice", "{n} choices", len(ending.shortest))
        yield _("- {ending} ({outcome}{early}): {share:.1%} of random play, at the soonest after {choices}").format(
            ending=name, outcome=kind.outcome, early=early, share=ending.random_share, choices=choices
        )
    lost = proved.futures
    if lost.lost_at:
        yield _("- no good ending is left in {share:.1%} of random play, from: {nodes}").format(
            share=lost.lost_share, nodes=", ".join(lost.lost_at)
        )


def _criteria(proved: Audit) -> Iterator[str]:
    for name, reach in proved.reach.items():
        low = "-" if reach.lowest is None else f"{float(reach.lowest.score):.2f}"
        high = "-" if reach.highest is None else f"{float(reach.highest.score):.2f}"
        clicking = proved.random.get(name)
        told = "-" if clicking is None else f"{clicking:.2f}"
        yield _("- {name}: {low} to {high}, random {random}, opportunities {least} to {most}").format(
            name=name, low=low, high=high, random=told, least=reach.opportunities_min, most=reach.opportunities_max
        )


def _players(proved: Audit) -> Iterator[str]:
    for name, played in sorted(proved.players.items(), key=lambda item: -(item[1].overall or 0)):
        if played.overall is None:
            yield _("- {name} ({kind}): never comes to a scored ending").format(name=name, kind=played.kind)
            continue
        low, high = played.interval or (0.0, 1.0)
        yield f"- {name} ({played.kind}): {played.overall:.2f} ({low:.2f}-{high:.2f})"


def as_json(proved: Audit) -> dict[str, Any]:
    """The audit as documented in docs/audit-json.md."""
    content = proved.content
    return {
        "scenario": content.scenario.id,
        "versions": versions_of(content),
        "rubric": content.rubric.id,
        "exact": proved.exact,
        "configurations": proved.story.size,
        "paths": None if proved.ways.complete is None else str(proved.ways.complete),
        "shortest": proved.ways.shortest,
        "longest": proved.ways.longest,
        "endings": {
            name: {
                "reachable": ending.reachable,
                "random_share": ending.random_share,
                "shortest": None if ending.shortest is None else list(ending.shortest),
            }
            for name, ending in proved.ways.endings.items()
        },
        "criteria": {
            name: {
                "lowest": None if reach.lowest is None else float(reach.lowest.score),
                "lowest_path": None if reach.lowest is None else list(reach.lowest.path),
                "highest": None if reach.highest is None else float(reach.highest.score),
                "highest_path": None if reach.highest is None else list(reach.highest.path),
                "random": proved.random.get(name),
                "opportunities_min": reach.opportunities_min,
                "opportunities_max": reach.opportunities_max,
            }
            for name, reach in proved.reach.items()
        },
        "players": {
            name: {
                "kind": str(played.kind),
                "overall": played.overall,
                "interval": None if played.interval is None else list(played.interval),
                "exact": played.exact,
            }
            for name, played in proved.players.items()
        },
        "disclosures": {node: None if path is None else list(path) for node, path in proved.disclosures.items()},
        "lost": {"share": proved.futures.lost_share, "at": sorted(proved.futures.lost_at)},
        "findings": [
            {"about": finding.about, "says": finding.says, "act": finding.act, "grave": finding.grave}
            for finding in findings_of(proved)
        ],
    }
