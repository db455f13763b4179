"""What was seen while a whole story was explored, and so what never happens in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from simulator.content.condition import Condition
from simulator.content.scenario import Leaving, Line, Scenario, Way, Words
from simulator.session.interview import Interview
from simulator.session.situation import Situation, Spoken, Step

Arrivals = frozenset[tuple[int, ...]]
"""What is heard on coming to a configuration, by any way: the identities of reply and lines, in order."""


class Witness:
    """Watches an exploration (`exploration.Watcher`) and remembers what was offered, spoken, and asked."""

    def __init__(self, interview: Interview) -> None:
        self.scenario = interview.scenario
        self.offered: set[str] = set()
        self.spoken: set[int] = set()
        self.answers: dict[int, set[bool]] = defaultdict(set)
        self.moved: set[str] = set()
        self.heard_at: dict[int, Arrivals] = {}
        self._sets: dict[Arrivals, Arrivals] = {}
        for heard in interview.begin().heard:
            self.spoken.add(id(heard.words))

    def stands(self, situation: Situation, offered: tuple[str, ...]) -> None:
        """Remember what is on offer, and how the choices' conditions turn out."""
        for choice_id, choice in self.scenario.nodes[situation.at].choices.items():
            self._asked(choice.when, situation)
            if choice_id in offered:
                self.offered.add(f"{situation.at}.{choice_id}")

    def moves(self, situation: Situation, choice: str, step: Step, target: int) -> None:
        """Remember what is heard, which states move, and how the conditions on the way turn out."""
        self.moved.update(step.changes)
        self.spoken.update(id(heard.words) for heard in step.heard)
        self._arrived(step, target)
        underway = _before_arriving(step.situation)
        taken = self.scenario.nodes[situation.at].choices[choice]
        self._list_asked(taken.reply or (), underway)
        for leaving in self.scenario.client.leaves:
            if self._asked(leaving.when, underway):
                break
        else:
            self._list_asked(self.scenario.ways_from(situation.at, choice), underway)
        for heard in step.heard:
            if heard.part is not Spoken.REPLY:
                self._list_asked(self._line_of(heard.of), step.situation)

    def _arrived(self, step: Step, target: int) -> None:
        """Remember what is heard on coming to a configuration. Equal sets are kept once: there are many."""
        heard = tuple(id(line.words) for line in step.heard)
        before = self.heard_at.get(target, frozenset())
        if heard not in before:
            known = before | {heard}
            self.heard_at[target] = self._sets.setdefault(known, known)

    def idle_states(self) -> Iterator[str]:
        """States that change nothing: every condition that asks about one always turns out the same way."""
        telling = set()
        for _, condition in _conditions(self.scenario):
            if len(self.answers.get(id(condition), set())) > 1:
                telling |= {mention.name for mention in condition.mentions if mention.kind == "state"}
        yield from (name for name in self.scenario.client.state if name not in telling)

    def _line_of(self, place: str) -> Line:
        if place in self.scenario.nodes:
            return self.scenario.nodes[place].client
        return self.scenario.endings[place].client or ()

    def _asked(self, condition: Condition | None, situation: Situation) -> bool:
        if condition is None:
            return True
        holds = condition.holds(situation)
        self.answers[id(condition)].add(holds)
        return holds

    def _list_asked(self, entries: tuple[Words, ...] | tuple[Way, ...], situation: Situation) -> None:
        for entry in entries:
            if self._asked(entry.when, situation):
                return

    def never_offered(self) -> Iterator[str]:
        """Choices that no run is ever offered, as `node.choice`."""
        for node_id, node in self.scenario.nodes.items():
            for choice_id in node.choices:
                if f"{node_id}.{choice_id}" not in self.offered:
                    yield f"{node_id}.{choice_id}"

    def never_spoken(self) -> Iterator[tuple[str, int]]:
        """Possibilities of a line that no run hears: what the line belongs to, and which one, from 1."""
        for owner, line in _lines(self.scenario):
            for number, words in enumerate(line, start=1):
                if id(words) not in self.spoken:
                    yield owner, number

    def one_sided(self) -> Iterator[tuple[str, str, bool | None]]:
        """Conditions that always turn out the same way wherever they are asked: owner, text, and how.

        None stands for a condition that is never asked.
        """
        for owner, condition in _conditions(self.scenario):
            seen = self.answers.get(id(condition), set())
            if len(seen) < 2:
                yield owner, condition.text, next(iter(seen), None)


def _before_arriving(situation: Situation) -> Situation:
    """The situation as conditions on the way saw it: before the place arrived at counted as visited."""
    visits = dict(situation.visits)
    visits[situation.at] = visits.get(situation.at, 1) - 1
    return replace(situation, visits=visits)


def _lines(scenario: Scenario) -> Iterator[tuple[str, Line]]:
    for node_id, node in scenario.nodes.items():
        yield f"node '{node_id}'", node.client
        for choice_id, choice in node.choices.items():
            if choice.reply:
                yield f"the reply to '{node_id}.{choice_id}'", choice.reply
    for ending_id, ending in scenario.endings.items():
        if ending.client:
            yield f"ending '{ending_id}'", ending.client


def _conditions(scenario: Scenario) -> Iterator[tuple[str, Condition]]:
    guarded: list[tuple[str, tuple[Words, ...] | tuple[Way, ...] | tuple[Leaving, ...]]] = list(_lines(scenario))
    guarded.append(("the client's 'leaves'", scenario.client.leaves))
    for node_id, node in scenario.nodes.items():
        guarded.append((f"'goto' of node '{node_id}'", node.goto or ()))
        for choice_id, choice in node.choices.items():
            guarded.append((f"'goto' of choice '{node_id}.{choice_id}'", choice.goto or ()))
            if choice.when:
                yield f"choice '{node_id}.{choice_id}'", choice.when
    for owner, entries in guarded:
        for entry in entries:
            if entry.when is not None:
                yield owner, entry.when
