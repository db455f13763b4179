"""Why a step went as it did: what moved the client, which lines were weighed, and which way was taken.

Nothing is decided here a second time: what the ways were weighed by comes from the interview itself, and what was
heard and reached is read from its step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.content.condition import Condition
from simulator.content.scenario import Leaving, Line, Scenario, Way
from simulator.session.interview import Interview
from simulator.session.situation import Heard, Situation, Spoken, Step


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that was asked: its text, whether it held, and the client's states that it names as they were."""

    text: str
    held: bool
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """What moved a state, and how far: a behaviour that the client reacts to, or (None) the choice's own effect."""

    behaviour: str | None
    amount: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A state and what moved it. `held_back`: its range kept it from moving as far as the causes add up to."""

    state: str
    before: int
    after: int
    causes: tuple[Cause, ...]

    @property
    def held_back(self) -> bool:
        """Whether it stood at the end of its range."""
        return self.after - self.before != sum(cause.amount for cause in self.causes)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line with several forms: where it is from, the place of the form that was said (from 1), and what was asked."""

    part: Spoken
    of: str
    said: int
    forms: int
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Went:
    """A way that was taken, and what was asked before. `leaving`: the client goes. `passing`: nothing was left here."""

    to: str
    asked: tuple[Asked, ...]
    leaving: bool = False
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that decided one step."""

    moved: tuple[Moved, ...]
    unmoved: tuple[str, ...]
    """Behaviours that were shown at another moment than theirs, and so moved nothing."""
    weighed: tuple[Weighed, ...]
    went: tuple[Went, ...]


def trace_of(interview: Interview, before: Situation, choice: str, step: Step) -> Trace:
    """Why `choice` at `before` led to `step`.

    Raises:
        UnknownChoice: the node has no such choice.
    """
    taken = interview.taken(before, choice)
    scenario = interview.scenario
    chosen = scenario.nodes[before.at].choices[choice]
    return Trace(
        moved=tuple(_moved(scenario, before, taken, choice)),
        unmoved=tuple(chosen.mistimed),
        weighed=tuple(_weighed(scenario, step, taken)),
        went=tuple(_went(scenario, before.at, choice, taken, step.situation)),
    )


def _moved(scenario: Scenario, before: Situation, taken: Situation, choice: str) -> Iterable[Moved]:
    chosen = scenario.nodes[before.at].choices[choice]
    for state in scenario.client.state:
        causes = [
            Cause(behaviour, scenario.client.reactions[behaviour][state])
            for behaviour in chosen.shows
            if scenario.client.reactions.get(behaviour, {}).get(state)
        ]
        if own := chosen.effects.get(state):
            causes.append(Cause(None, own))
        if causes:
            yield Moved(state, before.state[state], taken.state[state], tuple(causes))


def _weighed(scenario: Scenario, step: Step, taken: Situation) -> Iterable[Weighed]:
    for heard in step.heard:
        line = _line_of(scenario, heard)
        if len(line) > 1:
            facts = taken if heard.part is Spoken.REPLY else step.situation
            said = next(number for number, words in enumerate(line) if words is heard.words)
            asked = _asked((words.when for words in line[: said + 1]), facts)
            yield Weighed(heard.part, heard.of, said + 1, len(line), asked)


def _line_of(scenario: Scenario, heard: Heard) -> Line:
    if heard.part is Spoken.REPLY:
        node, _dot, choice = heard.of.partition(".")
        return scenario.nodes[node].choices[choice].reply or ()
    if heard.part is Spoken.ENDING:
        return scenario.endings[heard.of].client or ()
    return scenario.nodes[heard.of].client


def _went(scenario: Scenario, node: str, choice: str, taken: Situation, after: Situation) -> Iterable[Went]:
    leaves = scenario.client.leaves
    number, here, asked = _first([*leaves, *scenario.ways_from(node, choice)], taken)
    yield Went(here, asked, leaving=number < len(leaves))
    for _passed in scenario.nodes:
        if here == after.at:
            return
        _number, here, asked = _first(scenario.nodes[here].otherwise or (), taken)
        yield Went(here, asked, passing=True)


def _first(ways: Sequence[Way | Leaving], facts: Situation) -> tuple[int, str, tuple[Asked, ...]]:
    """The first way that holds: its place, where it leads, and every condition that was asked up to it."""
    number = next(number for number, way in enumerate(ways) if way.when is None or way.when.holds(facts))
    return number, ways[number].to, _asked((way.when for way in ways[: number + 1]), facts)


def _asked(conditions: Iterable[Condition | None], facts: Situation) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            " ".join(condition.text.split()),
            condition.holds(facts),
            tuple(
                (name, facts.state[name])
                for name in dict.fromkeys(mention.name for mention in condition.mentions)
                if name in facts.state
            ),
        )
        for condition in conditions
        if condition is not None
    )
