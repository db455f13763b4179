"""The interview as a state machine: nodes and endings are its states, choices its triggers.

One machine serves every attempt at a scenario version. It holds nothing of an attempt: a throw-away `_Turn` is
moved through it for each choice, never registered with `add_model` (which would keep it for ever).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from transitions import Machine

from simulator.content.scenario import Choice, Line, Scenario, Words
from simulator.session.situation import (
    ChoiceRefused,
    Heard,
    InterviewOver,
    Situation,
    Spoken,
    Step,
    StoryStuck,
    UnknownChoice,
)

ENGINE_VERSION = 1
"""Changes when the same events could come to another end. Kept with every attempt."""

_NOTHING_LEFT = "otherwise"


class _Turn:
    """A situation while it changes: what the machine moves from node to node. It answers conditions as `Facts`."""

    __slots__ = (
        "accepted",
        "at",
        "changes",
        "chosen",
        "ended",
        "heard",
        "passing",
        "shown",
        "state",
        "taking",
        "visits",
    )

    def __init__(self, situation: Situation) -> None:
        self.at = situation.at
        self.ended = situation.ended
        self.state = dict(situation.state)
        self.visits = dict(situation.visits)
        self.chosen = dict(situation.chosen)
        self.shown = dict(situation.shown)
        self.heard: list[Heard] = []
        self.changes: dict[str, int] = {}
        self.taking: _Taking | None = None
        self.accepted = False
        self.passing = False

    def situation(self) -> Situation:
        return Situation(self.at, self.ended, self.state, self.visits, self.chosen, self.shown)


class _Taking:
    """A choice prepared for being taken: its key and all it moves in the client, added up."""

    __slots__ = ("choice", "key", "moves")

    def __init__(self, key: str, choice: Choice, scenario: Scenario) -> None:
        self.key = key
        self.choice = choice
        moves: dict[str, int] = {}
        for behaviour in choice.shows:
            _add(moves, scenario.client.reactions.get(behaviour, {}))
        _add(moves, choice.effects)
        self.moves = {state: amount for state, amount in moves.items() if amount}


def _add(total: dict[str, int], more: Mapping[str, int]) -> None:
    for name, amount in more.items():
        total[name] = total.get(name, 0) + amount


class Interview:
    """How one scenario is played. Shared by every attempt at it, from any thread; it never changes.

    The scenario must be free of error findings.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._taking = {
            f"{node_id}.{choice_id}": _Taking(f"{node_id}.{choice_id}", choice, scenario)
            for node_id, node in scenario.nodes.items()
            for choice_id, choice in node.choices.items()
        }
        self._machine = self._build()

    def _build(self) -> Any:
        scenario = self.scenario
        machine: Any = Machine(
            model=None,
            states=[*scenario.nodes, *scenario.endings],
            initial=scenario.start,
            auto_transitions=False,
            send_event=True,
            model_attribute="at",
            prepare_event=self._take,
            after_state_change=self._arrive,
        )
        for node_id, node in scenario.nodes.items():
            for choice_id in node.choices:
                trigger = f"{node_id}.{choice_id}"
                for leaving in scenario.client.leaves:
                    machine.add_transition(trigger, node_id, leaving.to, [_accepted, _when(leaving)])
                for way in scenario.ways_from(node_id, choice_id):
                    machine.add_transition(trigger, node_id, way.to, [_accepted, _when(way)])
            for way in node.otherwise or ():
                machine.add_transition(_NOTHING_LEFT, node_id, way.to, [_when(way)])
        return machine

    def begin(self) -> Step:
        """The client comes in: the first situation, and the line it opens with."""
        return self.begin_at(self.scenario.start, {}, ())

    def begin_at(self, node: str, state: Mapping[str, int], visited: Iterable[str]) -> Step:
        """The talk as if it had come to a node with the client in this state and these nodes spoken: for trying out.

        States that are not named are as at the start. Nothing counts as chosen or shown before.
        """
        variables = self.scenario.client.state
        states = {name: state.get(name, variable.start) for name, variable in variables.items()}
        turn = _Turn(Situation(node, False, states, dict.fromkeys(visited, 1), {}, {}))
        self._speak(turn)
        self._go_on_while_nothing_is_left(turn)
        return Step(turn.situation(), tuple(turn.heard), {})

    def offered(self, situation: Situation, seed: str) -> tuple[str, ...]:
        """The ids of the choices on offer, in the order in which this attempt shows them.

        The order depends on the seed alone, so that neither the author's habits nor chance give the best away.
        """
        if situation.ended:
            return ()
        return shown_order(seed, situation.at, self._offered(situation, situation.at))

    def on_offer(self, situation: Situation) -> tuple[str, ...]:
        """The ids of the choices on offer in the order in which they were written. Never shown to a trainee."""
        return () if situation.ended else tuple(self._offered(situation, situation.at))

    def _offered(self, facts: Situation | _Turn, node_id: str) -> list[str]:
        return [
            choice_id
            for choice_id, choice in self.scenario.nodes[node_id].choices.items()
            if (choice.repeatable or f"{node_id}.{choice_id}" not in facts.chosen)
            and (choice.when is None or choice.when.holds(facts))
        ]

    def choose(self, situation: Situation, choice: str) -> Step:
        """Take a choice at the present node.

        Raises:
            InterviewOver: the situation is an ending.
            UnknownChoice: the node has no choice of this id.
            ChoiceRefused: it is not on offer now.
        """
        if situation.ended:
            raise InterviewOver(f"The talk has ended at '{situation.at}'; nothing more can be chosen.")
        turn = _Turn(situation)
        trigger = f"{situation.at}.{choice}"
        turn.taking = self._taking.get(trigger)
        if turn.taking is None:
            raise UnknownChoice(f"There is no choice '{choice}' at '{situation.at}'.")
        moved = self._machine.events[trigger].trigger(turn)
        if not turn.accepted:
            raise ChoiceRefused(f"The choice '{choice}' is not on offer at '{situation.at}' now.")
        if not moved:
            raise StoryStuck(f"The choice '{trigger}' leads nowhere in this situation.")
        self._go_on_while_nothing_is_left(turn)
        return Step(turn.situation(), tuple(turn.heard), turn.changes)

    def taken(self, situation: Situation, choice: str) -> Situation:
        """What the ways on are weighed by: the choice counted and the client moved, but nowhere gone yet.

        Raises:
            UnknownChoice: the node has no choice of this id.
        """
        turn = _Turn(situation)
        turn.taking = self._taking.get(f"{situation.at}.{choice}")
        if turn.taking is None:
            raise UnknownChoice(f"There is no choice '{choice}' at '{situation.at}'.")
        self._weigh(turn)
        return turn.situation()

    def _take(self, event: Any) -> None:
        """Before the ways on are weighed: count the choice, move the client, hear the reply."""
        self._weigh(event.model)

    def _weigh(self, turn: _Turn) -> None:
        taking = turn.taking
        if taking is None:
            return
        choice = taking.choice
        if taking.key in turn.chosen and not choice.repeatable:
            return
        if choice.when is not None and not choice.when.holds(turn):
            return
        turn.accepted = True
        turn.taking = None
        turn.chosen[taking.key] = turn.chosen.get(taking.key, 0) + 1
        for behaviour in choice.behaviours:
            turn.shown[behaviour] = turn.shown.get(behaviour, 0) + 1
        self._move(turn, taking.moves)
        if choice.reply:
            turn.heard.append(Heard(Spoken.REPLY, taking.key, _first_that_holds(choice.reply, turn)))

    def _move(self, turn: _Turn, moves: Mapping[str, int]) -> None:
        """Apply everything a choice moves at once, kept within each state's range."""
        for name, amount in moves.items():
            variable = self.scenario.client.state[name]
            before = turn.state[name]
            after = min(max(before + amount, variable.min), variable.max)
            if after != before:
                turn.state[name] = after
                turn.changes[name] = after - before

    def _arrive(self, event: Any) -> None:
        self._speak(event.model)

    def _speak(self, turn: _Turn) -> None:
        """The node or ending just reached is spoken, unless it is a node with nothing left to offer.

        What a node offers is asked as if it had been spoken, for that is when the trainee sees it: a guard may ask
        about the very node it stands at. A node passed by was never spoken, so there the visit does not count.
        """
        visits = turn.visits.get(turn.at, 0)
        turn.visits[turn.at] = visits + 1
        if ending := self.scenario.endings.get(turn.at):
            turn.ended = True
            if ending.client:
                turn.heard.append(Heard(Spoken.ENDING, turn.at, _first_that_holds(ending.client, turn)))
            return
        turn.passing = not self._offered(turn, turn.at)
        if not turn.passing:
            line = self.scenario.nodes[turn.at].client
            turn.heard.append(Heard(Spoken.NODE, turn.at, _first_that_holds(line, turn)))
        elif visits:
            turn.visits[turn.at] = visits
        else:
            del turn.visits[turn.at]

    def _go_on_while_nothing_is_left(self, turn: _Turn) -> None:
        passed = 0
        while turn.passing and not turn.ended:
            passed += 1
            stuck = not self.scenario.nodes[turn.at].otherwise or passed > len(self.scenario.nodes)
            if stuck or not self._machine.events[_NOTHING_LEFT].trigger(turn):
                raise StoryStuck(f"Node '{turn.at}' has nothing left to offer and no way on.")


def shown_order(seed: str, node: str, choices: Iterable[str]) -> tuple[str, ...]:
    """Choices by SHA-256 of `seed/node/choice`: the order in which an attempt shows them."""
    prefix = f"{seed}/{node}/"
    return tuple(sorted(choices, key=lambda choice: hashlib.sha256((prefix + choice).encode()).digest()))


def _accepted(event: Any) -> bool:
    accepted: bool = event.model.accepted
    return accepted


def _when(way: Any) -> Callable[[Any], bool]:
    condition = way.when
    if condition is None:
        return _always

    def holds(event: Any) -> bool:
        met: bool = condition.holds(event.model)
        return met

    return holds


def _always(event: Any) -> bool:
    return True


def _first_that_holds(line: Line, facts: _Turn) -> Words:
    for words in line:
        if words.when is None or words.when.holds(facts):
            return words
    raise StoryStuck("A line has no possibility that holds.")
