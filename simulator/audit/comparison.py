"""Two versions of a scenario held beside each other: what differs, which scores move, and what that means for attempts.

Scores are compared with every choice of a node on offer; choices that a condition hides are taken as earned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from simulator.content.comparison import Change, What, compare, compare_plays
from simulator.content.library import Content
from simulator.content.play_file import Play
from simulator.content.renaming import Renaming
from simulator.session.scoring import Scoring


@dataclass(frozen=True)
class Version:
    """One of the two versions: what it is played with, its data as its author wrote it, and its plays.

    `plays` is empty where it has none, and None where nothing is known of them.
    """

    content: Content
    data: Any
    plays: Mapping[str, Play] | None = None
    plays_text: str = ""

    @cached_property
    def scoring(self) -> Scoring:
        """What its choices are worth."""
        return Scoring(self.content.scenario, self.content.behaviours, self.content.rubric)


class Extent(StrEnum):
    """How far two versions differ."""

    NOTHING = "nothing"
    SPACING = "spacing"
    FORM = "form"
    CONTENT = "content"


class Because(StrEnum):
    """Why attempts at the two versions are not counted together."""

    SCENARIO = "scenario"
    PARTS = "parts"
    BEHAVIOURS = "behaviours"
    STATES = "states"
    WAYS = "ways"
    VARIANTS = "variants"
    SETTINGS = "settings"
    WRITING = "writing"
    RUBRIC = "rubric"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a choice stands on a criterion: its points, and `q` from 0 for the worst on offer to 1 for the best.

    `q` is None where the node gives no room for the criterion, so that nothing is scored there.
    """

    points: int
    q: Fraction | None


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """A choice that stands elsewhere on a criterion than it did; None where there was, or is, nothing scored."""

    choice: str
    criterion: str
    old: Stand | None
    new: Stand | None


@dataclass(frozen=True, slots=True)
class NodeMoves:
    """What moves at one node: choices, how much it weighs, and which choices are best on offer overall.

    `room` says of every criterion compared whether the node gives room for it: before, and now.
    """

    node: str
    weight: tuple[int, int]
    room: Mapping[str, tuple[bool, bool]]
    best: tuple[tuple[str, ...], tuple[str, ...]]
    choices: tuple[ScoreMove, ...]


class Comparison:
    """Everything that can be said of two versions. Names are those of the later one."""

    def __init__(self, old: Version, new: Version) -> None:
        self.old = old
        self.new = new
        self.now = Renaming(old.content.scenario, new.content.scenario)
        self.changes = compare(old.content.scenario, new.content.scenario)
        if old.plays is not None and new.plays is not None:
            self.changes += compare_plays(old.plays, new.plays, self.now)

    @property
    def plays_compared(self) -> bool:
        """Whether the plays of both are known."""
        return self.old.plays is not None and self.new.plays is not None

    @cached_property
    def moves(self) -> tuple[NodeMoves, ...]:
        """The nodes at which scores move, in the order of the later version's file."""
        return tuple(_Moves(self.old.scoring, self.new.scoring, self.now).found())

    @property
    def comparable(self) -> bool:
        """Whether attempts at the two are counted together: the same meaning under the same key."""
        return not self.because

    @cached_property
    def because(self) -> tuple[Because, ...]:
        """Why attempts at the two are not counted together; empty where they are."""
        return tuple(dict.fromkeys(_because(self.old.content, self.new.content, self.changes)))

    @property
    def extent(self) -> Extent:
        """How far the two differ."""
        old, new = self.old, self.new
        if self.changes or self.moves or {Because.RUBRIC, Because.CATALOGUE} & set(self.because):
            return Extent.CONTENT
        same_plays = not self.plays_compared or old.plays_text == new.plays_text
        if old.content.scenario_hash == new.content.scenario_hash and same_plays:
            return Extent.NOTHING
        return Extent.SPACING if _ordered(old.data) == _ordered(new.data) else Extent.FORM


def _ordered(data: Any) -> Any:
    """Data as it was written, with the order of its keys, without the line breaks in its words."""
    if isinstance(data, dict):
        return [(str(key), _ordered(value)) for key, value in data.items()]
    return [_ordered(item) for item in data] if isinstance(data, list) else " ".join(str(data).split())


def _because(old: Content, new: Content, changes: Sequence[Change]) -> Iterator[Because]:
    if old.scenario.id != new.scenario.id:
        yield Because.SCENARIO
    if old.meaning_hash != new.meaning_hash:
        reasons = [_reason(change) for change in changes if not change.of_wording and change.name != "id"]
        yield from sorted(set(reasons), key=list(Because).index)
        if not reasons and old.scenario.id == new.scenario.id:
            yield Because.WRITING
    if (old.rubric.id, old.rubric_hash) != (new.rubric.id, new.rubric_hash):
        yield Because.RUBRIC
    if old.behaviours_hash != new.behaviours_hash:
        yield Because.CATALOGUE


def _reason(change: Change) -> Because:
    if change.what in {What.VARIANT_ADDED, What.VARIANT_REMOVED, What.VARIANT_WHEN, What.VARIANT_ORDER}:
        return Because.VARIANTS
    if change.what is What.MOVES or change.place[:2] == ("client", "state"):
        return Because.STATES
    if change.what in {What.ADDED, What.REMOVED, What.RENAMED}:
        return Because.PARTS
    if change.what is What.TAGS:
        return Because.BEHAVIOURS
    return Because.WAYS if change.what is What.WAYS or change.name in {"when", "start"} else Because.SETTINGS


class _Moves:
    """Compares what two versions' choices are worth."""

    def __init__(self, old: Scoring, new: Scoring, now: Renaming) -> None:
        self.old = old
        self.new = new
        self.now = now
        self.criteria = [name for name in new.assesses if name in old.assesses]

    def found(self) -> Iterator[NodeMoves]:
        """Every node that both versions have and at which something moves."""
        before = {self.now.place(name): name for name in self.old.scenario.nodes}
        for node in self.new.scenario.nodes:
            if node in before:
                moves = self._node(before[node], node)
                if moves.choices or moves.best[0] != moves.best[1] or moves.weight[0] != moves.weight[1]:
                    yield moves

    def _node(self, earlier: str, node: str) -> NodeMoves:
        called = {
            choice: self.now.choice(f"{earlier}.{choice}").partition(".")[2]
            for choice in self.old.scenario.nodes[earlier].choices
        }
        choices = []
        room = {name: (_room(self.old, earlier, name), _room(self.new, node, name)) for name in self.criteria}
        for criterion in self.criteria:
            was = {called[choice]: stand for choice, stand in _stands(self.old, earlier, criterion).items()}
            now = _stands(self.new, node, criterion)
            for choice in dict.fromkeys((*self.new.scenario.nodes[node].choices, *was)):
                old, new = was.get(choice), now.get(choice)
                if old != new and not (_unscored(old) and _unscored(new) and (old is None or new is None)):
                    choices.append(ScoreMove(choice, criterion, old, new))
        order = list(dict.fromkeys((*self.new.scenario.nodes[node].choices, *called.values())))
        choices.sort(key=lambda move: order.index(move.choice))
        best = (
            tuple(sorted(called[choice] for choice in _best(self.old, earlier))),
            tuple(sorted(_best(self.new, node))),
        )
        return NodeMoves(node, (_weight(self.old, earlier), _weight(self.new, node)), room, best, tuple(choices))


def _room(scoring: Scoring, node: str, criterion: str) -> bool:
    return criterion in scoring.opportunities(node, tuple(scoring.scenario.nodes[node].choices))


def _weight(scoring: Scoring, node: str) -> int:
    """How often a decision at the node counts; 0 where it is not scored."""
    made = scoring.scenario.nodes[node]
    return made.weight if made.scored else 0


def _best(scoring: Scoring, node: str) -> Sequence[str]:
    return scoring.best_on_offer(node, tuple(scoring.scenario.nodes[node].choices))


def _unscored(stand: Stand | None) -> bool:
    return stand is None or stand.q is None


def _stands(scoring: Scoring, node: str, criterion: str) -> dict[str, Stand]:
    """Where every scored choice of a node stands, all of them on offer."""
    choices = tuple(scoring.scenario.nodes[node].choices)
    room = scoring.opportunities(node, choices).get(criterion)
    return {
        choice: Stand(scoring.points(node, choice)[criterion], room.q[choice] if room else None)
        for choice in choices
        if scoring.scenario.counts_for_score(node, choice)
    }
