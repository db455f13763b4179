"""An audit as text for the terminal, or as Markdown: what to mend first, then everything that was found."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.audit.finding import AuditFinding
from simulator.audit.findings import findings_of
from simulator.audit.library_report import LibraryAudit, library_findings
from simulator.audit.overall import Overall
from simulator.audit.report import Audit
from simulator.commands.transcript import wrapped
from simulator.session.scoring import Level
from simulator.translation import translate as _
from simulator.translation import translate_plural

FIRST_SCREEN = 7
"""Most findings on the first screen; nobody mends forty things at once."""


def audit_lines(found: Audit, *, markdown: bool = False, every: bool = False) -> Iterator[str]:
    """The whole report, line by line."""
    scenario = found.content.scenario
    heading = "## " if markdown else ""
    yield f"{'# ' if markdown else ''}{scenario.title} ({scenario.id}), rubric {found.content.rubric.id}"
    yield ""
    yield from _to_mend(findings_of(found), markdown=markdown, every=every)
    for title, lines in (
        (_("Ways through"), _ways(found)),
        (_("Criteria, over all complete paths") if found.exact else _("Criteria, as sampled"), _criteria(found)),
        (_("Naive players (overall)"), _players(found)),
        (_("Disclosures, and the fewest choices to each"), _disclosures(found)),
        (_("Reading"), _reading(found)),
    ):
        told = list(lines)
        if told:
            yield ""
            yield heading + title
            yield from told


def _to_mend(findings: list[AuditFinding], *, markdown: bool, every: bool) -> Iterator[str]:
    shown = findings if every else findings[:FIRST_SCREEN]
    heading = "## " if markdown else ""
    yield heading + (_("To mend") if findings else _("Nothing to mend was found."))
    for finding in shown:
        told = f"{finding.says} {finding.act}"
        yield f"- {told}" if markdown else wrapped(told, "- ")
    if len(shown) < len(findings):
        yield _("... and {n} more; --all prints them.").format(n=len(findings) - len(shown))


def _ways(found: Audit) -> Iterator[str]:
    if found.ways is None:
        yield _("- {n} configurations were met").format(n=f"{found.story.size:,}")
        return
    if found.exact:
        yield _("- {n} configurations (exact); {paths} complete paths of {short} to {long} choices").format(
            n=f"{found.story.size:,}",
            paths=_digits(found.ways.complete),
            short=found.ways.shortest,
            long=found.ways.longest,
        )
    elif found.sample:
        yield _("- NOT a proof: {n} configurations are known, and {runs} random runs were played (seed {seed})").format(
            n=f"{found.story.size:,}", runs=found.sample.runs, seed=found.sample.seed
        )
        if found.sample.given_up:
            yield _("- {n} of them had not ended after a thousand choices").format(n=found.sample.given_up)
    yield from _endings(found)
    if found.futures and found.futures.lost_at:
        yield _("- no good ending is left in {share:.1%} of random play, from: {nodes}").format(
            share=found.futures.lost_share, nodes=", ".join(found.futures.lost_at)
        )


def _digits(count: int | None) -> str:
    counted = "?" if count is None else str(count)
    return f"{counted[:6]}... ({len(counted)} digits)" if len(counted) > 30 else counted


def _endings(found: Audit) -> Iterator[str]:
    assert found.ways is not None
    for name, ending in found.ways.endings.items():
        kind = found.content.scenario.endings[name]
        called = f"{name} ({kind.outcome}{_(', early') if kind.early else ''})"
        if ending.shortest is None:
            yield f"- {called}: " + (_("never reached") if found.story.exact else _("not met"))
            continue
        choices = translate_plural("{n} choice", "{n} choices", len(ending.shortest))
        if found.sample and not found.story.exact:
            seen = found.sample.endings[name]
            low, high = seen.interval
            yield _("- {ending}: {share:.1%} of random play ({low:.1%} to {high:.1%})").format(
                ending=called, share=seen.share, low=low, high=high
            )
            continue
        yield _("- {ending}: {share:.1%} of random play, at the soonest after {choices}").format(
            ending=called, share=ending.random_share, choices=choices
        )


def _criteria(found: Audit) -> Iterator[str]:
    for name, reach in found.reach.items():
        low = "-" if reach.lowest is None else f"{float(reach.lowest.score):.2f}"
        high = "-" if reach.highest is None else f"{float(reach.highest.score):.2f}"
        clicking = found.random.get(name)
        told = "-" if clicking is None else f"{clicking:.2f}"
        yield _("- {name}: {low} to {high}, random {random}, opportunities {least} to {most}; {level}").format(
            name=name,
            low=low,
            high=high,
            random=told,
            least=reach.opportunities_min,
            most=reach.opportunities_max,
            level=_level(found.levels.get(name)),
        )
    if found.overall:
        yield _("- overall: {low} to {high}").format(
            low=_overall(found.overall.lowest), high=_overall(found.overall.highest)
        )
    if found.sample:
        for name, seen in found.sample.criteria.items():
            clicking = found.random.get(name)
            yield _(
                "- {name}: {low:.2f} to {high:.2f} seen, random {random:.2f}, fewest opportunities seen {least}"
            ).format(name=name, low=seen.lowest, high=seen.highest, random=clicking or 0, least=seen.opportunities_min)


def _overall(overall: Overall) -> str:
    attained = f"{float(overall.attained.score):.2f}"
    return attained if overall.proved else _("{attained} (attained; the bound is {bound:.2f})").format(
        attained=attained, bound=float(overall.bound)
    )  # fmt: skip


def _level(level: Level | None) -> str:
    names = {
        Level.HARMFUL: _("at best harmful"),
        Level.NOT_YET: _("at best not yet"),
        Level.COMPETENT: _("at best competent"),
        Level.ADVANCED: _("up to advanced"),
    }
    return names[level] if level else _("no level")


def _players(found: Audit) -> Iterator[str]:
    for name, played in sorted(found.players.items(), key=lambda item: -(item[1].overall or 0)):
        if played.overall is None:
            yield _(
                "- {name} ({kind}): never an overall score, because a criterion lacks room on every way it takes"
            ).format(name=name, kind=played.kind)
            continue
        low, high = played.interval or (0.0, 1.0)
        yield f"- {name} ({played.kind}): {played.overall:.2f} ({low:.2f}-{high:.2f})"


def _disclosures(found: Audit) -> Iterator[str]:
    for node, path in found.disclosures.items():
        what = found.content.scenario.nodes[node].discloses
        never = _("never") if found.story.exact else _("not met")
        yield f"- {node} ({what}): " + (str(len(path)) if path is not None else never)


def _reading(found: Audit) -> Iterator[str]:
    if found.reading:
        yield _(
            "- {words:.0f} words on an average run, about {minutes:.0f} minutes: {turns:.1f} turns of {turn:.0f} words"
        ).format(
            words=found.reading.words,
            minutes=found.reading.minutes,
            turn=found.reading.words_per_turn,
            turns=found.reading.turns,
        )


def library_lines(found: LibraryAudit, *, markdown: bool = False) -> Iterator[str]:
    """The report on a library: a line for each scenario, then what form gives away over all."""
    heading = "## " if markdown else ""
    yield from _to_mend(library_findings(found), markdown=markdown, every=True)
    if found.left_out:
        yield _("Stopped before the end: {n} scenarios were not reached.").format(n=found.left_out)
    yield ""
    yield heading + _("Scenarios")
    for one in found.audits:
        findings = findings_of(one)
        grave = sum(finding.grave for finding in findings)
        clicking = one.players.get("random")
        told = "-" if clicking is None or clicking.overall is None else f"{clicking.overall:.2f}"
        proof = _("exact") if one.exact else _("NOT a proof")
        line = _("- {scenario}: {n} configurations ({proof}), random {random}; {findings} to mend, {grave} grave")
        yield line.format(
            scenario=one.content.scenario.id,
            n=f"{one.story.size:,}",
            proof=proof,
            random=told,
            findings=len(findings),
            grave=grave,
        )  # fmt: skip
    yield ""
    yield heading + _("Form players over {n} decisions: advantage over random clicking, and its p").format(
        n=found.decisions
    )
    for pooled in found.pooled:
        yield f"- {pooled.player}: {pooled.gain:+.3f} (p {pooled.p:.3f}; {pooled.p_of_all:.3f})"
