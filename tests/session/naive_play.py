"""The rules of play once more, written from content-format.md as plainly as can be, to compare the engine with.

Conditions are read by Python itself: `eval`, which the product must not use, is an independent reader of them.
"""

from __future__ import annotations

import re
from typing import Any

from simulator.content.condition import Condition
from simulator.content.scenario import Scenario

_ARGUMENTS = re.compile(r"(visited|visits|chose|count|showed)\s*\(([^()]*)\)")


def true_of(
    text: str, state: dict[str, int], visits: dict[str, int], chosen: dict[str, int], shown: dict[str, int]
) -> bool:
    """Whether a condition's text is true, as Python reads it."""

    def quoted(match: re.Match[str]) -> str:
        return f"{match[1]}({', '.join(repr(name.strip()) for name in match[2].split(','))})"

    names = {
        **state,
        "visited": lambda name: visits.get(name, 0) > 0,
        "visits": lambda name: visits.get(name, 0),
        "chose": lambda name: chosen.get(name, 0) > 0,
        "showed": lambda name: shown.get(name, 0),
        "count": lambda *things: len({name for name in things if {**visits, **chosen}.get(name, 0) > 0}),
    }
    return bool(eval(_ARGUMENTS.sub(quoted, text.strip()), {"__builtins__": {}}, names))


class NaiveTalk:
    """A talk, told by the page and not by a machine."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.state = {name: variable.start for name, variable in scenario.client.state.items()}
        self.visits: dict[str, int] = {}
        self.chosen: dict[str, int] = {}
        self.shown: dict[str, int] = {}
        self.heard: list[tuple[str, str, Any]] = []
        self.at = ""
        self.meet(scenario.start)

    @property
    def ended(self) -> bool:
        return self.at in self.scenario.endings

    def holds(self, when: Condition | None) -> bool:
        return when is None or true_of(when.text, self.state, self.visits, self.chosen, self.shown)

    def first(self, entries: Any) -> Any:
        return next(entry for entry in entries if self.holds(entry.when))

    def offered(self) -> set[str]:
        if self.ended:
            return set()
        return {
            name
            for name, choice in self.scenario.nodes[self.at].choices.items()
            if self.holds(choice.when) and (choice.repeatable or not self.chosen.get(f"{self.at}.{name}"))
        }

    def meet(self, place: str) -> None:
        """Come to a node or ending; `visited` holds from the moment it is spoken, so also in its own line."""
        self.at = place
        before = dict(self.visits)
        self.visits[place] = self.visits.get(place, 0) + 1
        if self.ended:
            line = self.scenario.endings[place].client
            if line:
                self.heard.append(("ending", place, self.first(line)))
        elif self.offered():
            self.heard.append(("node", place, self.first(self.scenario.nodes[place].client)))
        else:  # met with nothing left to offer: not spoken, so not visited
            self.visits = before
            otherwise = self.scenario.nodes[place].otherwise
            assert otherwise is not None
            self.meet(self.first(otherwise).to)

    def choose(self, name: str) -> None:
        node_id, node = self.at, self.scenario.nodes[self.at]
        choice = node.choices[name]
        self.heard = []
        self.chosen[f"{node_id}.{name}"] = self.chosen.get(f"{node_id}.{name}", 0) + 1
        for behaviour in choice.shows + choice.mistimed:
            self.shown[behaviour] = self.shown.get(behaviour, 0) + 1
        total = dict.fromkeys(self.state, 0)
        for moves in [
            choice.effects,
            *(self.scenario.client.reactions.get(behaviour, {}) for behaviour in choice.shows),
        ]:
            for state, amount in moves.items():
                total[state] += amount
        for state, amount in total.items():
            variable = self.scenario.client.state[state]
            self.state[state] = max(variable.min, min(variable.max, self.state[state] + amount))
        if choice.reply:
            self.heard.append(("reply", f"{node_id}.{name}", self.first(choice.reply)))
        for leaving in self.scenario.client.leaves:
            if self.holds(leaving.when):
                self.meet(leaving.to)
                return
        self.meet(self.first(choice.goto or node.goto).to)
