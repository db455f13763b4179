"""Findings on form: where the better answer can be told by how it looks, with the nodes to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from simulator.audit.finding import AuditFinding, listed
from simulator.audit.giveaways import FormDecision, gains_by_form, longest_is_best, predicted_gains
from simulator.audit.players import WRITTEN_ORDER
from simulator.content.scenario import Node

GAIN_PER_DECISION = 0.15
PREDICTED_GAIN = 0.10
STANDARD_ERRORS = 2.0
LONGEST_BEYOND_CHANCE = 0.15
UNEVEN = 0.30
"""How far a `say` may be longer or shorter than the others at its node are on average, as a share."""
MANY_UNEVEN = 0.5
"""Share of the nodes from which on uneven lengths are worth a finding."""


def findings_on_form(decisions: Sequence[FormDecision], nodes: Mapping[str, Node]) -> Iterator[AuditFinding]:
    """What the form of the answers gives away in one scenario, where it is more than chance would do."""
    for one in gains_by_form(decisions):
        if one.player in WRITTEN_ORDER:
            continue
        if one.gain > GAIN_PER_DECISION and one.gain > STANDARD_ERRORS * one.error:
            where = _greatest(decisions, [decision.gain(one.player) for decision in decisions])
            yield AuditFinding(
                "give-aways",
                f"Going by form alone ({one.player.replace('_', ' ')}) gains {one.gain:.2f} a decision over random "
                f"clicking, most of it at {listed(where)}.",
                "Reword choices there so that this no longer shows the better one, and not the opposite either.",
                nodes=where,
            )
    gains = predicted_gains(decisions)
    if gains and fmean(gains) > PREDICTED_GAIN:
        where = _greatest(decisions, gains)
        yield AuditFinding(
            "give-aways",
            f"Whoever knows how good answers look elsewhere in this scenario gains {fmean(gains):.2f} a decision, most "
            f"of it at {listed(where)}.",
            "Write some good answers there short, plain or clumsy, and some poor ones polished.",
            nodes=where,
        )
    yield from _lengths(decisions, nodes)


def _greatest(decisions: Sequence[FormDecision], gains: Sequence[float]) -> tuple[str, ...]:
    """The nodes that give most away, until three quarters of all that is gained is explained."""
    ranked = sorted(zip(gains, (decision.node for decision in decisions), strict=True), reverse=True)
    wanted = 0.75 * sum(gain for gain, _ in ranked if gain > 0)
    found, explained = [], 0.0
    for gain, node in ranked:
        if gain <= 0 or explained >= wanted:
            break
        found.append(node)
        explained += gain
    return tuple(found)


def _lengths(decisions: Sequence[FormDecision], nodes: Mapping[str, Node]) -> Iterator[AuditFinding]:
    if not decisions:
        return
    longest, expected = longest_is_best(decisions, nodes)
    if len(longest) > expected + LONGEST_BEYOND_CHANCE * len(decisions):
        yield AuditFinding(
            "give-aways",
            f"The longest answer is a best one at {len(longest)} of {len(decisions)} decisions; chance would make it "
            f"{expected:.0f}: {listed(longest)}.",
            "Shorten the best answer there, or lengthen a poor one.",
            nodes=tuple(longest),
        )
    uneven = [decision.node for decision in decisions if _uneven(nodes[decision.node], decision.choices)]
    if len(uneven) > MANY_UNEVEN * len(decisions):
        yield AuditFinding(
            "give-aways",
            f"At {len(uneven)} of {len(decisions)} decisions an answer is more than {UNEVEN:.0%} longer or shorter "
            f"than the others: {listed(uneven)}.",
            "Bring them nearer together; what is said without words is free.",
            nodes=tuple(uneven),
        )


def _uneven(node: Node, choices: Sequence[str]) -> bool:
    lengths = [len(said) for key in choices if (said := node.choices[key].say)]
    if len(lengths) < 2:
        return False
    middle = fmean(lengths)
    return any(abs(length - middle) > UNEVEN * middle for length in lengths)
