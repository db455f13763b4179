"""How conditions turn out that are read when the talk is over: the rules of the debrief.

What such a rule asks about need not matter on the way, so the exploration has merged runs that differ in it. Here the
facts that one rule asks about are carried through the explored story again, without playing anything anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.audit.exploration import Story
from simulator.audit.paths import Path
from simulator.audit.relevance import facts_of
from simulator.content.condition import Condition

_Counts = tuple[int, ...]

MOST_HELD = 400_000
"""How many (configuration, facts) pairs are carried for one condition before it is given up."""


@dataclass(frozen=True, slots=True)
class _AtTheEnd:
    """What a condition is asked of at an ending (`condition.Facts`)."""

    state: Mapping[str, int]
    visits: Mapping[str, int]
    chosen: Mapping[str, int]
    shown: Mapping[str, int]


def outcomes_at_the_end(story: Story, condition: Condition) -> frozenset[bool] | None:
    """The ways in which a condition can turn out over all endings that runs come to; None where it is too much to say.

    The story must be explored in full; it may go round in circles.
    """
    carried = _Carried(story, condition)
    outcomes: set[bool] = set()
    for index, counts in carried.endings():
        outcomes.add(_holds(story, index, carried.facts, counts, condition))
        if len(outcomes) == 2:
            break
    return None if carried.too_many else frozenset(outcomes)


class _Carried:
    """The facts that one condition asks about, carried through a story. Remembers how each place was come to."""

    def __init__(self, story: Story, condition: Condition) -> None:
        asked: dict[tuple[str, str], int] = {}
        for fact, limit in facts_of(condition.test):
            asked[fact] = max(asked.get(fact, 0), limit)
        self.story = story
        self.facts, self.most = list(asked), list(asked.values())
        self.too_many = False
        self._before: dict[tuple[int, _Counts], tuple[int, _Counts, str] | None] = {}

    def endings(self) -> Iterator[tuple[int, _Counts]]:
        """Every ending with the facts that runs can come to it with. Stops short where there are too many."""
        story = self.story
        first = tuple(int(kind == "visits" and name == story.places[0]) for kind, name in self.facts)
        self._before[0, first] = None
        waiting = [(0, first)]
        for carried, (index, counts) in enumerate(waiting):
            if carried > MOST_HELD:
                self.too_many = True
                return
            if story.ended(index):
                yield index, counts
                continue
            for choice, target in zip(story.offered[index], story.moves[index], strict=True):
                after = _counted(story, index, choice, target, self.facts, self.most, counts)
                if (target, after) not in self._before:
                    self._before[target, after] = index, counts, choice
                    waiting.append((target, after))

    def way_to(self, index: int, counts: _Counts) -> Path:
        """The choices that led there."""
        path = []
        while (before := self._before[index, counts]) is not None:
            index, counts, choice = before
            path.append(f"{self.story.places[index]}.{choice}")
        return tuple(reversed(path))


def way_to_the_end(story: Story, condition: Condition) -> Path | None:
    """A way through to an ending at which a condition holds; None where there is none, or it is too much to say."""
    carried = _Carried(story, condition)
    for index, counts in carried.endings():
        if _holds(story, index, carried.facts, counts, condition):
            return carried.way_to(index, counts)
    return None


def _counted(
    story: Story,
    index: int,
    choice: str,
    target: int,
    facts: list[tuple[str, str]],
    most: list[int],
    counts: _Counts,
) -> _Counts:
    place = story.places[index]
    shown = story.scenario.nodes[place].choices[choice].behaviours
    taken = {("chosen", f"{place}.{choice}"), ("visits", story.places[target])}
    return tuple(
        min(count + (shown.count(fact[1]) if fact[0] == "shown" else fact in taken), limit)
        for count, fact, limit in zip(counts, facts, most, strict=True)
    )


def _holds(story: Story, index: int, facts: list[tuple[str, str]], counts: _Counts, condition: Condition) -> bool:
    history: dict[str, dict[str, int]] = {"visits": {}, "chosen": {}, "shown": {}}
    for (kind, name), count in zip(facts, counts, strict=True):
        if count:
            history[kind][name] = count
    states = dict(zip(story.scenario.client.state, story.states[index], strict=True))
    return condition.holds(_AtTheEnd(states, history["visits"], history["chosen"], history["shown"]))
