"""What the client would have confided, and did not: worked out from the story's graph and the run itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.content.condition import Compare, Every, Not, Number, Some, StateOf, Test, opposite
from simulator.content.scenario import Scenario
from simulator.session.interview import Interview
from simulator.session.replay import Playthrough, Turn
from simulator.session.situation import IllegalMove, Situation


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A state that stood in the way: what was asked of it, and what it was."""

    state: str
    sign: str
    needed: int
    was: int

    @property
    def distance(self) -> int:
        """How far it was from enough."""
        return abs(self.needed - self.was)


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """A choice at an earlier turn that, with the rest of the talk as it was, would have led there."""

    turn: Turn
    choice: str


@dataclass(frozen=True, slots=True)
class MissedChance:
    """Something the client did not get to confide.

    `turn` is where the talk came nearest to it, `shortfalls` what was lacking there, `nearest` the latest turn at
    which another answer alone would have changed it, if there is one.
    """

    node: str
    discloses: str
    turn: Turn
    shortfalls: tuple[Shortfall, ...]
    nearest: OtherAnswer | None


def missed_chances(interview: Interview, playthrough: Playthrough) -> tuple[MissedChance, ...]:
    """Every disclosure that the talk passed by because of how the client then felt, the nearest first."""
    scenario = interview.scenario
    visited = playthrough.situation.visits
    found = []
    for node_id, node in scenario.nodes.items():
        if not node.discloses or node_id in visited:
            continue
        passes = [
            (sum(shortfall.distance for shortfall in shortfalls), -turn.number, turn, shortfalls)
            for turn in playthrough.turns
            for shortfalls in _passed_by(scenario, turn, node_id)
        ]
        if passes:
            _distance, _latest, turn, shortfalls = min(passes, key=lambda passing: passing[:2])
            nearest = _nearest_turn(interview, playthrough, node_id)
            found.append(MissedChance(node_id, node.discloses, turn, shortfalls, nearest))
    return tuple(sorted(found, key=lambda chance: sum(shortfall.distance for shortfall in chance.shortfalls)))


def _passed_by(scenario: Scenario, turn: Turn, node_id: str) -> Iterator[tuple[Shortfall, ...]]:
    """What stood between a turn and a node: for a way not taken, and for choices leading there not offered."""
    for way in scenario.ways_from(turn.node, turn.choice):
        if way.to == node_id and way.when is not None:
            shortfalls = tuple(_shortfalls(way.when.test, turn.after))
            if shortfalls:
                yield shortfalls
    for choice_id, choice in scenario.nodes[turn.node].choices.items():
        leads_there = any(way.to == node_id for way in scenario.ways_from(turn.node, choice_id))
        if leads_there and choice.when is not None and choice_id not in turn.offered:
            shortfalls = tuple(_shortfalls(choice.when.test, turn.before))
            if shortfalls:
                yield shortfalls


def _shortfalls(test: Test, situation: Situation) -> Iterator[Shortfall]:
    """The comparisons of a state that would have to turn out otherwise for the condition to hold."""
    if isinstance(test, Not):
        inward = opposite(test.inner)
        if not isinstance(inward, Not):  # a `not visited(...)` is no matter of how the client feels
            yield from _shortfalls(inward, situation)
    elif isinstance(test, Every | Some):
        if not test.holds(situation):
            for part in test.parts:
                yield from _shortfalls(part, situation)
    elif isinstance(test, Compare) and not test.holds(situation):
        yield from _shortfall(test, situation)


def _shortfall(test: Compare, situation: Situation) -> Iterator[Shortfall]:
    if isinstance(test.left, StateOf) and isinstance(test.right, Number):
        yield Shortfall(test.left.name, test.sign, test.right.value, test.left.of(situation))


def _nearest_turn(interview: Interview, playthrough: Playthrough, node_id: str) -> OtherAnswer | None:
    for position in range(len(playthrough.turns) - 1, -1, -1):
        turn = playthrough.turns[position]
        later = [following.choice for following in playthrough.turns[position + 1 :]]
        for choice in turn.offered:
            if choice != turn.choice and _leads_to(interview, turn.before, [choice, *later], node_id):
                return OtherAnswer(turn, choice)
    return None


def _leads_to(interview: Interview, start: Situation, choices: list[str], node_id: str) -> bool:
    """Whether these choices, for as long as they are on offer, come by the node."""
    situation = start
    for choice in choices:
        try:
            situation = interview.choose(situation, choice).situation
        except IllegalMove:
            return False
        if node_id in situation.visits:
            return True
    return False
