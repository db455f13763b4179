"""How conditions turn out that are read when the talk is over: the rules of the debrief.

What such a rule asks about need not matter on the way, so the exploration has merged runs that differ in it. Here the
facts that one rule asks about are carried through the explored story again, without playing anything anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.audit.exploration import Story
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
    asked: dict[tuple[str, str], int] = {}
    for fact, limit in facts_of(condition.test):
        asked[fact] = max(asked.get(fact, 0), limit)
    facts, most = list(asked), list(asked.values())
    held: list[set[_Counts]] = [set() for _ in range(story.size)]
    first = tuple(int(kind == "visits" and name == story.places[0]) for kind, name in facts)
    held[0].add(first)
    waiting = [(0, first)]
    outcomes: set[bool] = set()
    carried = 0
    while waiting and len(outcomes) < 2:
        index, counts = waiting.pop()
        carried += 1
        if carried > MOST_HELD:
            return None
        if story.ended(index):
            outcomes.add(_holds(story, index, facts, counts, condition))
            continue
        for choice, target in zip(story.offered[index], story.moves[index], strict=True):
            after = _counted(story, index, choice, target, facts, most, counts)
            if after not in held[target]:
                held[target].add(after)
                waiting.append((target, after))
    return frozenset(outcomes)


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
