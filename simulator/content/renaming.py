"""What was renamed between two versions of a scenario: `was:` keeps a part the same under another name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulator.content.condition import Condition
from simulator.content.scenario import Scenario


class Renaming:
    """Which names of the earlier version have become which of the later one's."""

    def __init__(self, old: Scenario, new: Scenario) -> None:
        self.places = {**renamed(old.nodes, new.nodes), **renamed(old.endings, new.endings)}
        self._choices: dict[str, str] = {}
        for node_id, node in old.nodes.items():
            there = new.nodes.get(self.place(node_id))
            within = renamed(node.choices, there.choices) if there else {}
            for choice_id in node.choices:
                now = f"{self.place(node_id)}.{within.get(choice_id, choice_id)}"
                self._choices[f"{node_id}.{choice_id}"] = now

    def place(self, old: str) -> str:
        """What a node or ending is called now."""
        return self.places.get(old, old)

    def choice(self, old: str) -> str:
        """What `node.choice` is called now."""
        return self._choices.get(old, old)

    def step(self, old: str) -> str:
        """What a step of a play is called now: `node.choice`, or a bare choice where all of that name changed alike."""
        if "." in old:
            return self.choice(old)
        called = {new.partition(".")[2] for was, new in self._choices.items() if was.partition(".")[2] == old}
        return called.pop() if len(called) == 1 else old

    def condition(self, condition: Condition | None) -> str | None:
        """A condition of the earlier version as the later one would write it."""
        if condition is None:
            return None
        text = condition.text
        for mention in sorted(condition.mentions, key=lambda one: -one.offset):
            now = self.choice(mention.name) if "." in mention.name else mention.name
            if mention.kind not in {"state", "behaviour"} and "." not in mention.name:
                now = self.place(mention.name)
            end = mention.offset + len(mention.name)
            if text[mention.offset : end] == mention.name:
                text = text[: mention.offset] + now + text[end:]
        return _evenly_signed(text)


def renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """The names of parts that are now called otherwise, with what they are called now.

    Where two parts have become one, that one was the first of them it names, and the other is gone. A version that is
    held against an earlier one finds its names again the other way round.
    """
    found = _by_earlier_names(old, new)
    backwards = _by_earlier_names(new, old)
    return {**{earlier: now for now, earlier in backwards.items() if earlier not in found}, **found}


def _by_earlier_names(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, part in new.items():
        earlier = [one for one in part.was if one in old and one not in new and one not in found]
        if name not in old and earlier:
            found[earlier[0]] = name
    return found


def condition_text(condition: Condition | None) -> str | None:
    """A condition as its author wrote it, evenly spaced."""
    return None if condition is None else _evenly_signed(condition.text)


def evenly_spaced(text: str) -> str:
    """The text in one line, with single spaces."""
    return " ".join(text.split())


_SIGN = re.compile(r"\s*([<>=!]=|[<>])\s*")
_BRACKETS = ((re.compile(r"\(\s+"), "("), (re.compile(r"\s+\)"), ")"), (re.compile(r"\s*,\s*"), ", "))
_NAMED_BEFORE = re.compile(r"\b(?!(?:and|or|not)\b)(\w+)\s+\(")


def _evenly_signed(text: str) -> str:
    """A condition with the same spaces around signs, commas and brackets, however it was typed."""
    text = _SIGN.sub(r" \1 ", evenly_spaced(text))
    for pattern, instead in _BRACKETS:
        text = pattern.sub(instead, text)
    return _NAMED_BEFORE.sub(r"\1(", text)
