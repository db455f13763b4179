"""SIM4xx: what plays, and yet an instructor would want to know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding
from simulator.content.rubric import Kind
from simulator.content.scenario import StateVariable

_MARKUP = re.compile(r"https?://\S+|\bwww\.\S+|!\[[^\]\n]{0,200}\]\(|\]\([^)\n]{0,400}\)|</?[a-zA-Z][^<>\n]{0,200}>")


def check(subject: Subject) -> Iterator[Finding]:
    """Missing reasons, choices without an alternative, states and reactions without effect, markup in words."""
    yield from _choices(subject)
    yield from _nothing_helpful(subject)
    yield from _unused(subject)
    yield from _unmoved(subject)
    for path, text in subject.texts():
        if found := _MARKUP.search(text):
            span = subject.source.words_span(path, found.group())
            yield Finding("markup-in-text", subject.source.path, span)


def _choices(subject: Subject) -> Iterator[Finding]:
    for node_id, node in subject.scenario.nodes.items():
        path = ("nodes", node_id)
        if len(node.choices) == 1:
            yield subject.finding("one-choice", path, at_key=True, node=node_id)
        seen: dict[str, str] = {}
        for choice_id, choice in node.choices.items():
            place = (*path, "choices", choice_id)
            if choice.why is None:
                yield subject.finding("no-why", place, at_key=True, choice=choice_id)
            words = " ".join(choice.words.lower().split())
            if words in seen:
                field = "say" if choice.say else "does"
                yield subject.finding("identical-choices", (*place, field), choice=seen[words], other=choice_id)
            seen.setdefault(words, choice_id)


def _nothing_helpful(subject: Subject) -> Iterator[Finding]:
    """Scored nodes at which a trainee can only choose among mistakes."""
    kinds = {name: behaviour.kind for name, behaviour in subject.behaviours.behaviours.items()}
    for node_id, node in subject.scenario.nodes.items():
        scored = [choice for name, choice in node.choices.items() if subject.scenario.counts_for_score(node_id, name)]
        helpful = any(kinds.get(tag) is Kind.HELPFUL for choice in scored for tag in choice.shows)
        if len(scored) > 1 and not helpful:
            yield subject.finding("nothing-helpful", ("nodes", node_id), at_key=True, node=node_id)


def _unused(subject: Subject) -> Iterator[Finding]:
    client = subject.scenario.client
    asked = {mention.name for _, condition in subject.conditions for mention in condition.mentions}
    for name, state in client.state.items():
        if not state.visible and name not in asked:
            yield subject.finding("unused-state", ("client", "state", name), at_key=True, state=name)
    shown = {behaviour for _, _, choice in subject.choices for behaviour in choice.shows}
    mistimed = {behaviour for _, _, choice in subject.choices for behaviour in choice.mistimed}
    for behaviour in client.reactions:
        if behaviour not in shown:
            path = ("client", "reactions", behaviour)
            how = "which choices show only at the wrong moment" if behaviour in mistimed else "but no choice shows it"
            yield subject.finding("idle-reaction", path, at_key=True, behaviour=behaviour, how=how)


def _unmoved(subject: Subject) -> Iterator[Finding]:
    """Effects and reactions that are zero, or push a state against the end at which it always stands."""
    changes = list(_changes(subject))
    rises = {name for _, moves in changes for name, amount in moves.items() if amount > 0}
    falls = {name for _, moves in changes for name, amount in moves.items() if amount < 0}
    for path, moves in changes:
        for name, amount in moves.items():
            reason = _why_unmoved(name, amount, subject.scenario.client.state[name], rises, falls)
            if reason:
                yield subject.finding("moves-nothing", (*path, name), state=name, reason=reason)


def _changes(subject: Subject) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, int]]]:
    for behaviour, moves in subject.scenario.client.reactions.items():
        yield ("client", "reactions", behaviour), moves
    for node_id, choice_id, choice in subject.choices:
        yield ("nodes", node_id, "choices", choice_id, "effects"), choice.effects


def _why_unmoved(name: str, amount: int, state: StateVariable, rises: set[str], falls: set[str]) -> str:
    if amount == 0:
        return "a change of 0 moves nothing"
    if amount > 0 and state.start == state.max and name not in falls:
        return f"it starts at its highest, {state.max}, and nothing lowers it"
    if amount < 0 and state.start == state.min and name not in rises:
        return f"it starts at its lowest, {state.min}, and nothing raises it"
    return ""
