"""What an instructor should mend, the gravest first, each with the act that mends it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.audit.finding import AuditFinding, listed
from simulator.audit.form_findings import findings_on_form
from simulator.audit.players import PlayerKind
from simulator.audit.reading import TOO_LONG_A_LINE
from simulator.audit.report import Audit
from simulator.audit.tradeoffs import weighed
from simulator.audit.vocabulary import only_in_harmful, unsafe_words
from simulator.session.scoring import rounded_to_two

RANDOM_AT_MOST = 0.55
"""Above this, random clicking begins to look competent."""
NEAR_A_CUT = 0.05
BELOW_BEST = 0.20
ENOUGH_TO_WEIGH = 3
"""From so many decisions on, an answer that is best on everything each time is a pattern."""
TOO_LONG_FOR_ITS_MINUTES = 1.5


def findings_of(audit: Audit) -> list[AuditFinding]:
    """All findings, the gravest first."""
    found = [
        *_size(audit),
        *_endings(audit),
        *_criteria(audit),
        *_random(audit),
        *_skills(audit),
        *_story(audit),
        *_never(audit),
        *_debrief(audit),
        *_weighing(audit),
        *findings_on_form(audit.forms, dict(audit.content.scenario.nodes)),
        *_reading(audit),
        *_words(audit),
    ]
    return sorted(found, key=lambda finding: not finding.grave)


def _size(audit: Audit) -> Iterator[AuditFinding]:
    if audit.stopped_during:
        yield AuditFinding(
            "size",
            f"The audit was stopped while {audit.stopped_during}; what follows is a part of it and proves nothing.",
            "Run it again and let it finish.",
            grave=True,
        )
    elif audit.story.endless:
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
            f"There are more than {audit.story.size:,} configurations; this is a sample and not a proof.",
            "Let fewer conditions ask about things long past, or give states a smaller range.",
            grave=True,
        )


def _endings(audit: Audit) -> Iterator[AuditFinding]:
    for name, ending in audit.ways.endings.items() if audit.ways and audit.story.exact else ():
        if not ending.reachable:
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


def _skills(audit: Audit) -> Iterator[AuditFinding]:
    if not audit.exact:
        return
    cut = audit.content.rubric.cuts.competent
    best = float(audit.overall.highest.attained.score) if audit.overall else 1.0
    for name, played in audit.players.items():
        if played.kind is not PlayerKind.SKILL or played.overall is None:
            continue
        if played.overall >= cut or best - played.overall < BELOW_BEST:
            yield AuditFinding(
                "one skill",
                f"Doing one thing throughout ({name.replace('_', ' ')}) scores {played.overall:.2f}; the cut is "
                f"{cut:.2f}.",
                "Let that skill come at the wrong moment somewhere, tagged 'mistimed'.",
            )


def _story(audit: Audit) -> Iterator[AuditFinding]:
    futures = audit.futures
    for node in futures.inconsequential if futures else ():
        yield AuditFinding(
            "consequence",
            f"At node '{node}' every choice leads to the same future.",
            "Let the answers move the client differently, or lead elsewhere.",
            nodes=(node,),
        )
    if futures and futures.untold:
        yield AuditFinding(
            "no way back",
            f"At {listed(futures.untold)} no good ending may be left, and the client says what is also said while one "
            "is.",
            "Give the line there a variant, or the reply before it a manner, that lets the trainee feel it.",
            nodes=futures.untold,
        )
    for node, path in audit.disclosures.items() if audit.story.exact else ():
        if path is None:
            yield AuditFinding(
                "disclosures",
                f"What the client would confide at '{node}' can never be heard.",
                "Loosen the condition that leads there.",
                grave=True,
                nodes=(node,),
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
    for state in audit.witness.idle_states():
        yield AuditFinding(
            "states",
            f"State '{state}' changes nothing: whatever its value, the talk goes the same way.",
            "Let a line, a choice or a way depend on it, or remove it.",
        )


def _debrief(audit: Audit) -> Iterator[AuditFinding]:
    for rule, outcomes in audit.rules:
        if outcomes is None or len(outcomes) > 1 or rule.when is None:
            continue
        always = True in outcomes
        yield AuditFinding(
            "debrief",
            f"The debrief rule 'when: {rule.when.text}' {'always fires' if always else 'can never fire'}.",
            "Remove the condition, or make it tell runs apart." if always else "Mend its condition, or remove it.",
        )


def _weighing(audit: Audit) -> Iterator[AuditFinding]:
    one_best, weighing = weighed(audit.scoring)
    if not weighing and len(one_best) >= ENOUGH_TO_WEIGH:
        yield AuditFinding(
            "weighing",
            f"Wherever more than one quality is at stake ({listed(one_best)}), one answer is best on all of them.",
            "Let two good answers differ in what they serve: the feeling now, or the limit that has to be kept.",
            nodes=tuple(one_best),
        )


def _reading(audit: Audit) -> Iterator[AuditFinding]:
    reading, minutes = audit.reading, audit.content.scenario.minutes
    if reading is None:
        return
    if reading.minutes > minutes * TOO_LONG_FOR_ITS_MINUTES:
        yield AuditFinding(
            "reading",
            f"Reading an average run takes {reading.minutes:.0f} minutes; the scenario says {minutes}.",
            "Shorten the lines, or say a longer time.",
        )
    long = [(node, words) for node, words in reading.longest_lines if words > TOO_LONG_A_LINE]
    if long:
        yield AuditFinding(
            "reading",
            f"The client speaks {long[0][1]} words at a stretch at '{long[0][0]}'"
            + (f", and too long also at {listed([node for node, _ in long[1:]])}." if long[1:] else "."),
            "Let the trainee come in halfway.",
            nodes=tuple(node for node, _ in long),
        )


def _words(audit: Audit) -> Iterator[AuditFinding]:
    scenario = audit.content.scenario
    for unsafe in unsafe_words(scenario):
        yield AuditFinding(
            "words",
            f"In {unsafe.place} stands '{unsafe.words}'.",
            "Such scenes name no method, means or place, and do not speak of suicide as a crime or a success.",
            grave=True,
        )
    for one in only_in_harmful(scenario, audit.content.behaviours):
        yield AuditFinding(
            "words",
            f"Words for {one.identity} ({listed(one.words)}) stand only in answers that do harm: "
            f"{listed(one.choices)}.",
            "Let a good answer name it too, in the client's own words, or take it out of the poor ones.",
        )
