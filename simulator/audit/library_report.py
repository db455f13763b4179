"""The audit of a whole library: every scenario's own, and what form gives away over all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy

from simulator.audit.finding import AuditFinding
from simulator.audit.giveaways import PooledGain, pooled_gains
from simulator.audit.players import WRITTEN_ORDER
from simulator.audit.report import Audit, Progress, audit
from simulator.audit.walks import Sampling
from simulator.content.library import Content

MOST_GAIN = 0.05
"""A form player must not beat random clicking by more, pooled over the library."""
SURE = 0.05
"""Below this chance of coming up among dealt-out answers, for any player of the list, an advantage is a finding."""


@dataclass(frozen=True)
class LibraryAudit:
    """The audits of all scenarios and the pooled advantages of form players, the greatest first.

    `left_out` counts the scenarios that were not reached before an interruption.
    """

    audits: tuple[Audit, ...]
    pooled: tuple[PooledGain, ...]
    decisions: int
    left_out: int


def audit_library(
    contents: Sequence[Content],
    new_sampling: Callable[[], Sampling],
    dealing: Callable[[], numpy.random.Generator],
    *,
    progress: Progress,
) -> LibraryAudit:
    """Audit every scenario in turn; interrupted, it gives back those that were reached. Each begins with a fresh
    source of chance, so that its figures are those of its own audit.
    """
    audits: list[Audit] = []
    for number, content in enumerate(contents, start=1):
        name = f"{content.scenario.id} ({number} of {len(contents)})"
        found = audit(
            content,
            new_sampling(),
            progress=lambda doing, done, total, name=name: progress(f"{name}: {doing}", done, total),  # type: ignore[misc]
        )
        audits.append(found)
        if found.stopped_during:
            break
    decisions = [decision for found in audits for decision in found.forms]
    pooled = pooled_gains(decisions, dealing())
    return LibraryAudit(tuple(audits), tuple(pooled), len(decisions), len(contents) - len(audits))


def library_findings(found: LibraryAudit) -> list[AuditFinding]:
    """What to mend over the library: form players that beat random clicking."""
    return list(_pooled(found.pooled, found.audits))


def _pooled(pooled: Iterable[PooledGain], audits: Sequence[Audit]) -> Iterator[AuditFinding]:
    for one in pooled:
        if one.gain <= MOST_GAIN or one.player in WRITTEN_ORDER:
            continue
        decisions = [decision for audit_of_one in audits for decision in audit_of_one.forms]
        worst = sorted(decisions, key=lambda decision: -decision.gain(one.player))[:6]
        yield AuditFinding(
            "give-aways",
            f"Over the library going by form alone ({one.player.replace('_', ' ')}) gains {one.gain:.2f} a decision "
            f"over random clicking (p {one.p:.3f}; {one.p_of_all:.3f} for any form of the list).",
            "Reword first: " + ", ".join(f"{decision.scenario}/{decision.node}" for decision in worst) + ".",
            grave=one.p_of_all < SURE,
            nodes=tuple(f"{decision.scenario}/{decision.node}" for decision in worst),
        )
