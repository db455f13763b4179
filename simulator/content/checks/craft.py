"""SIM4xx: what plays, and yet an instructor would want to know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.content.checks.subject import Subject
from simulator.content.diagnostics import Finding

_MARKUP = re.compile(r"https?://\S|www\.\S|!\[[^\]]*\]\(|\]\([^)]*\)|</?[a-zA-Z][^>]*>")


def check(subject: Subject) -> Iterator[Finding]:
    """Missing reasons, single or identical choices, states and reactions without effect, markup in words."""
    yield from _choices(subject)
    yield from _unused(subject)
    yield from _markup(subject)


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
                values = {"choice": seen[words], "other": choice_id}
                yield subject.finding("identical-choices", (*place, field), **values)
            seen.setdefault(words, choice_id)


def _unused(subject: Subject) -> Iterator[Finding]:
    client = subject.scenario.client
    asked = {mention.name for _, condition in subject.conditions() for mention in condition.mentions}
    for name, state in client.state.items():
        if not state.visible and name not in asked:
            yield subject.finding("unused-state", ("client", "state", name), at_key=True, state=name)
    shown = {behaviour for _, _, choice in subject.choices() for behaviour in choice.shows}
    for behaviour in client.reactions:
        if behaviour not in shown:
            path = ("client", "reactions", behaviour)
            yield subject.finding("idle-reaction", path, at_key=True, behaviour=behaviour)


def _markup(subject: Subject) -> Iterator[Finding]:
    scenario = subject.scenario
    texts: list[tuple[tuple[str | int, ...], str | None]] = [
        (("title",), scenario.title),
        (("brief",), scenario.brief),
        (("content_note",), scenario.content_note),
        (("client", "about"), scenario.client.about),
    ]
    for path, line in subject.lines():
        for position, words in enumerate(line):
            for field in ("says", "manner", "thought"):
                texts.append(((*path, position, field), getattr(words, field)))
    for node_id, choice_id, choice in subject.choices():
        for field in ("say", "does", "why"):
            texts.append((("nodes", node_id, "choices", choice_id, field), getattr(choice, field)))
    for path, text in texts:
        if text and _MARKUP.search(text):
            yield subject.finding("markup-in-text", path)
