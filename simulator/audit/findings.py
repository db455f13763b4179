"""What an instructor should mend, the gravest first, each with the act that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.audit.players import PlayerKind
from simulator.audit.report import Audit
from simulator.session.scoring import rounded_to_two

RANDOM_AT_MOST = 0.55
"""Above this, random clicking begins to look competent."""
NEAR_A_CUT = 0.05
FORM_GAIN = 0.05
BELOW_BEST = 0.20


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing to mend: what is so, and what to do. `grave` ones come first."""

    about: str
    says: str
    act: str
    grave: bool = False


def findings_of(audit: Audit) -> list[AuditFinding]:
    """All findings, the gravest first."""
    found = [
        *_size(audit),
        *_endings(audit),
        *_criteria(audit),
        *_random(audit),
        *_players(audit),
        *_story(audit),
        *_never(audit),
    ]
    return sorted(found, key=lambda finding: not finding.grave)


def _size(audit: Audit) -> Iterator[AuditFinding]:
    if audit.story.endless:
        yield AuditFinding(
            "size",
            "Repeatable choices let the talk come back to exactly where it was, so paths cannot be counted and scores "
            "not be bounded.",
            "Take 'repeatable' off, or let the choice change something each time.",
            grave=True,
        )
    elif not audit.story.exact:
        yield AuditFinding(
            "size",
            f"There are more than {audit.story.size:,} configurations; this is not a proof.",
            "Let fewer conditions ask about things long past, or give states a smaller range.",
            grave=True,
        )


def _endings(audit: Audit) -> Iterator[AuditFinding]:
    for name, ending in audit.ways.endings.items():
        if not ending.reachable and audit.story.exact:
            yield AuditFinding(
                "endings",
                f"Ending '{name}' can never be reached: the conditions on the way to it never hold together.",
                "Loosen a condition on the way, or remove the ending.",
                grave=True,
            )


def _criteria(audit: Audit) -> Iterator[AuditFinding]:
    cuts = audit.content.rubric.cuts
    for name, reach in audit.reach.items():
        if reach.opportunities_min is not None and reach.opportunities_min < cuts.enough:
            yield AuditFinding(
                "criteria",
                f"On the poorest complete path {name} has {reach.opportunities_min} opportunities; "
                f"a figure needs {cuts.enough}.",
                "Give the short ways through another decision that calls for it, or take it out of 'assesses'.",
                grave=True,
            )
        if reach.highest is not None and rounded_to_two(reach.highest.score) < rounded_to_two(cuts.competent):
            yield AuditFinding(
                "criteria",
                f"The best path comes to {float(reach.highest.score):.2f} on {name}, below the cut of "
                f"{cuts.competent:.2f}: nobody can be competent.",
                "Put a better answer on offer where it matters.",
                grave=True,
            )


def _random(audit: Audit) -> Iterator[AuditFinding]:
    cut = audit.content.rubric.cuts.competent
    for name, score in audit.random.items():
        if score is None:
            continue
        if score > RANDOM_AT_MOST or abs(score - cut) < NEAR_A_CUT:
            yield AuditFinding(
                "random",
                f"Random clicking scores {score:.2f} on {name}; above {RANDOM_AT_MOST:.2f}, or near the cut of "
                f"{cut:.2f}, it looks competent.",
                "Make the middling answers at its decisions a little worse, or the best a little rarer.",
            )


def _players(audit: Audit) -> Iterator[AuditFinding]:
    clicking = audit.players.get("random")
    if clicking is None or clicking.overall is None:
        return
    cut = audit.content.rubric.cuts.competent
    best = _best(audit)
    for name, played in audit.players.items():
        if played.overall is None:
            continue
        if played.kind is PlayerKind.FORM and played.overall > clicking.overall + FORM_GAIN:
            yield AuditFinding(
                "give-aways",
                f"Going by form alone ({name.replace('_', ' ')}) scores {played.overall:.2f}; random clicking "
                f"{clicking.overall:.2f}.",
                "Reword choices where this shows the better one; one scenario is too few decisions to be sure.",
            )
        if played.kind is PlayerKind.SKILL and (played.overall >= cut or best - played.overall < BELOW_BEST):
            yield AuditFinding(
                "one skill",
                f"Doing one thing throughout ({name.replace('_', ' ')}) scores {played.overall:.2f}; the cut is "
                f"{cut:.2f}.",
                "Let that skill come at the wrong moment somewhere, tagged 'mistimed'.",
            )


def _best(audit: Audit) -> float:
    highest = [float(reach.highest.score) for reach in audit.reach.values() if reach.highest]
    return sum(highest) / len(highest) if highest else 1.0


def _story(audit: Audit) -> Iterator[AuditFinding]:
    for node in audit.futures.inconsequential:
        yield AuditFinding(
            "consequence",
            f"At node '{node}' every choice leads to the same future.",
            "Let the answers move the client differently, or lead elsewhere.",
        )
    for node, path in audit.disclosures.items():
        if path is None and audit.story.exact:
            yield AuditFinding(
                "disclosures",
                f"What the client would confide at '{node}' can never be heard.",
                "Loosen the condition that leads there.",
                grave=True,
            )


def _never(audit: Audit) -> Iterator[AuditFinding]:
    if not audit.story.exact:
        return
    for choice in audit.witness.never_offered():
        yield AuditFinding("never", f"Choice '{choice}' is never offered.", "Loosen its 'when', or remove it.")
    for owner, number in audit.witness.never_spoken():
        yield AuditFinding(
            "never", f"Possibility {number} of {owner} is never heard.", "Loosen its 'when', or remove it."
        )
    for owner, text, holds in audit.witness.one_sided():
        if holds is not None:
            how = "always" if holds else "never"
            act = "Remove the condition." if holds else "Loosen it, or remove what it guards."
            yield AuditFinding("conditions", f"The condition '{text}' of {owner} {how} holds.", act)
