"""What plays touch of a scenario, and a small set of plays that would touch all that can be touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from simulator.audit.afterwards import way_to_the_end
from simulator.audit.exploration import Story, explore
from simulator.audit.paths import Path
from simulator.content.scenario import Line, Scenario
from simulator.session.interview import Interview
from simulator.session.situation import Situation, Step


class Kind(StrEnum):
    """What can be touched."""

    CHOICE = "choice"
    LINE = "line"
    REPLY = "reply"
    ENDING = "ending"
    RULE = "debrief rule"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a run can touch: its kind, and its path in the scenario's file.

    Lines and replies are told apart by their variants: the last part of their path is the number of the variant.
    """

    kind: Kind
    path: tuple[str | int, ...]


@dataclass(frozen=True)
class Cover:
    """A set of ways through that together touch everything that can be touched.

    No set has fewer than `at_least`; `smallest` says whether this one is proved to be smallest. `never` are the items
    that no run touches.
    """

    paths: tuple[Path, ...]
    at_least: int
    never: frozenset[Item]

    @property
    def smallest(self) -> bool:
        """Whether no smaller set can do the same."""
        return len(self.paths) == self.at_least


class TooLarge(Exception):
    """The story cannot be explored in full, so nothing can be said of all its runs."""


class Items:
    """All that can be touched in a scenario, and what a run touches."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.scenario = interview.scenario
        self._of_words = dict(_words(self.scenario))
        self.every = frozenset(_every(self.scenario, self._of_words))

    def touched(self, path: Iterable[str]) -> frozenset[Item]:
        """What a run of choices touches, each as `node.choice` or the bare id. It may stop before an ending."""
        step = self.interview.begin()
        found = {self._of_words[id(heard.words)] for heard in step.heard}
        for written in path:
            place, choice = step.situation.at, written.rpartition(".")[2]
            step = self.interview.choose(step.situation, choice)
            found |= self.on_the_way(place, choice, step)
        return frozenset(found | self._at_the_end(step.situation))

    def on_the_way(self, place: str, choice: str, step: Step) -> set[Item]:
        """What one choice touches: itself, what is heard, and the ending it comes to."""
        found = {self._of_words[id(heard.words)] for heard in step.heard}
        found.add(Item(Kind.CHOICE, ("nodes", place, "choices", choice)))
        if step.situation.ended:
            found.add(Item(Kind.ENDING, ("endings", step.situation.at)))
        return found

    def _at_the_end(self, situation: Situation) -> set[Item]:
        if not situation.ended:
            return set()
        found = {
            Item(Kind.RULE, ("debrief", number))
            for number, rule in enumerate(self.scenario.debrief)
            if rule.when is None or rule.when.holds(situation)
        }
        return found | {Item(Kind.ENDING, ("endings", situation.at))}


def _every(scenario: Scenario, of_words: dict[int, Item]) -> Iterator[Item]:
    yield from of_words.values()
    for node_id, node in scenario.nodes.items():
        yield from (Item(Kind.CHOICE, ("nodes", node_id, "choices", choice)) for choice in node.choices)
    yield from (Item(Kind.ENDING, ("endings", ending)) for ending in scenario.endings)
    yield from (Item(Kind.RULE, ("debrief", number)) for number in range(len(scenario.debrief)))


def _words(scenario: Scenario) -> Iterator[tuple[int, Item]]:
    """Every possibility of every line, by the identity of its words."""
    for node_id, node in scenario.nodes.items():
        yield from _possibilities(Kind.LINE, ("nodes", node_id, "client"), node.client)
        for choice_id, choice in node.choices.items():
            path = ("nodes", node_id, "choices", choice_id, "reply")
            yield from _possibilities(Kind.REPLY, path, choice.reply or ())
    for ending_id, ending in scenario.endings.items():
        yield from _possibilities(Kind.LINE, ("endings", ending_id, "client"), ending.client or ())


def _possibilities(kind: Kind, path: tuple[str, ...], line: Line) -> Iterator[tuple[int, Item]]:
    return ((id(words), Item(kind, (*path, number))) for number, words in enumerate(line))


def cover(interview: Interview) -> Cover:
    """Ways through that touch everything, few of them: the way that adds most, again and again, then none too many.

    Raises:
        TooLarge: the story is larger than the bound, or goes round in a circle.
    """
    items = Items(interview)
    moves = _Moves(items)
    story = explore(interview, watch=moves)
    if not story.exact or story.endless:
        raise TooLarge
    wanted = {item for on_move in moves.touched for touched in on_move for item in touched}
    wanted |= items.touched(())
    paths: list[Path] = []
    missing = wanted - items.touched(())
    at_least = _at_least(story, wanted)
    while missing:
        path, adds_at_most = _adding_most(story, moves, missing)
        # However one begins, no run touches more than the one that touches most.
        if not paths:
            at_least = max(at_least, ceil(len(missing) / adds_at_most))
        paths.append(path)
        missing -= items.touched(path)
    paths += _for_rules(story, items, paths, wanted)
    paths = _none_too_many(items, paths or [()], wanted)
    return Cover(tuple(paths), at_least, items.every - wanted)


class _Moves:
    """Watches an exploration, and keeps for every configuration what each of its moves touches."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.touched: list[list[frozenset[Item]]] = []
        self._kept: dict[frozenset[Item], frozenset[Item]] = {}

    def stands(self, situation: Situation, offered: tuple[str, ...]) -> None:
        """Configurations that are no endings come by in their own order."""
        self.touched.append([])

    def moves(self, situation: Situation, choice: str, step: Step, target: int) -> None:
        """Keep what it touches; equal sets once."""
        found = frozenset(self.items.on_the_way(situation.at, choice, step))
        self.touched[-1].append(self._kept.setdefault(found, found))

    def of(self, story: Story) -> list[list[frozenset[Item]]]:
        """The same by the story's own numbers; endings have no moves."""
        waiting = iter(self.touched)
        return [next(waiting) if offered else [] for offered in story.offered]


def _adding_most(story: Story, moves: _Moves, missing: set[Item]) -> tuple[Path, int]:
    """The way to an ending, early or not, that touches most of what is missing, and how much that is at most.

    An item met twice may count twice.
    """
    adds: dict[frozenset[Item], int] = {}
    on_moves = moves.of(story)
    worth = [0] * story.size
    taken = [-1] * story.size
    for index in reversed(story.order):
        for position, target in enumerate(story.moves[index]):
            touched = on_moves[index][position]
            if touched not in adds:
                adds[touched] = len(touched & missing)
            gain = adds[touched] + worth[target]
            if taken[index] < 0 or gain > worth[index]:
                worth[index], taken[index] = gain, position
    path, index = [], 0
    while taken[index] >= 0:
        path.append(f"{story.places[index]}.{story.offered[index][taken[index]]}")
        index = story.moves[index][taken[index]]
    return tuple(path), worth[0]


def _for_rules(story: Story, items: Items, paths: Sequence[Path], wanted: set[Item]) -> list[Path]:
    """Ways to the debrief rules that the paths do not bring up. Rules that can be brought up are added to `wanted`."""
    brought_up = {item for path in paths for item in items.touched(path) if item.kind is Kind.RULE}
    more = []
    for number, rule in enumerate(story.scenario.debrief):
        item = Item(Kind.RULE, ("debrief", number))
        if item in brought_up:
            wanted.add(item)
        elif rule.when is not None and (way := way_to_the_end(story, rule.when)) is not None:
            more.append(way)
            brought_up |= {one for one in items.touched(way) if one.kind is Kind.RULE}
            wanted.add(item)
    return more


def _none_too_many(items: Items, paths: list[Path], wanted: set[Item]) -> list[Path]:
    """The paths without those that the others make needless, the least telling tried first."""
    touched = {path: items.touched(path) for path in paths}
    kept = list(touched)
    for path in sorted(touched, key=lambda path: len(touched[path])):
        others = [touched[one] for one in kept if one != path]
        if others and wanted <= frozenset().union(*others):
            kept.remove(path)
    return kept


def _at_least(story: Story, wanted: set[Item]) -> int:
    """No fewer can do: each run comes to one ending, and at a node met once takes one choice and hears one line."""
    again = _met_again(story)
    endings = sum(item.kind is Kind.ENDING for item in wanted)
    per_node: dict[tuple[Kind, str | int], int] = {}
    for item in wanted:
        if item.path[0] == "nodes" and item.kind in {Kind.CHOICE, Kind.LINE} and item.path[1] not in again:
            per_node[item.kind, item.path[1]] = per_node.get((item.kind, item.path[1]), 0) + 1
    return max([endings, 1, *per_node.values()])


def _met_again(story: Story) -> set[str]:
    """The nodes that some run meets more than once."""
    ahead: list[int] = [0] * story.size
    bits = {place: 1 << number for number, place in enumerate(dict.fromkeys(story.places))}
    found = set()
    for index in reversed(story.order):
        for target in story.moves[index]:
            ahead[index] |= ahead[target] | bits[story.places[target]]
        if ahead[index] & bits[story.places[index]]:
            found.add(story.places[index])
    return found
