"""What differs between two versions of a scenario, part by part, as data. What it is worth is `audit.comparison`'s.

Names are those of the later version: what was renamed (`was:`) is compared with what it was, and conditions and ways
that only follow a renaming do not differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.content.condition import Condition
from simulator.content.identity import WORDING
from simulator.content.play_file import Play
from simulator.content.renaming import Renaming, condition_text, evenly_spaced, renamed
from simulator.content.scenario import Choice, Client, DebriefRule, Ending, Line, Node, Scenario, Ways, Words

Place = tuple[str, ...]
"""A part of a scenario, or of its plays.

(), ("client",), ("client", "state", id), ("client", "reactions", behaviour), ("nodes", id),
("nodes", id, "choices", id), ("endings", id), ("debrief",) or ("plays", id).
"""


class What(StrEnum):
    """What kind of thing a change is. `name` of a `Change` says which."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    FIELD = "field"
    WORDS = "words"
    VARIANT_ADDED = "variant_added"
    VARIANT_REMOVED = "variant_removed"
    VARIANT_WHEN = "variant_when"
    VARIANT_ORDER = "variant_order"
    TAGS = "tags"
    MOVES = "moves"
    WAYS = "ways"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `old` and `new` are text, numbers, truths, or tuples of them; None stands for nothing there.

    `when` is the condition of the line's variant, the debrief rule or the leaving that changed; None where it has none.
    """

    what: What
    place: Place
    name: str = ""
    old: Any = None
    new: Any = None
    when: str | None = None

    @property
    def of_wording(self) -> bool:
        """Whether it is words for people alone, or a play, so that what the scenario does stays the same."""
        if self.place[:1] in {("debrief",), ("plays",)} or self.what is What.WORDS:
            return True
        return self.what is What.FIELD and self.name in WORDING


def compare(old: Scenario, new: Scenario) -> list[Change]:
    """Every difference, in the order of the later version's file; what is gone comes after what is there."""
    return list(_Comparison(old, new).changes())


def compare_plays(old: Mapping[str, Play], new: Mapping[str, Play], now: Renaming) -> list[Change]:
    """Every difference between the plays of two versions; steps that only follow a renaming do not differ."""
    found = []
    for name in _union(old, new):
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            what = What.ADDED if before is None else What.REMOVED
            found.append(Change(what, ("plays", name), "", before and before.about, after and after.about))
        else:
            found += _play(("plays", name), before, after, now)
    return found


def _play(place: Place, old: Play, new: Play, now: Renaming) -> Iterator[Change]:
    yield from _fields(place, old, new, ("about",))
    steps = tuple(map(now.step, old.choose))
    if steps != new.choose:
        yield Change(What.FIELD, place, "choose", steps, new.choose)
    ending = old.expect.ending and now.place(old.expect.ending)
    if ending != new.expect.ending:
        yield Change(What.FIELD, place, "ending", ending, new.expect.ending)
    yield from _fields(place, old.expect, new.expect, ("outcome", "hears"))
    for kind in ("state", "levels"):
        before, after = getattr(old.expect, kind), getattr(new.expect, kind)
        for name in _union(before, after):
            if _spaced(before.get(name)) != _spaced(after.get(name)):
                yield Change(What.FIELD, (*place, kind), name, before.get(name), after.get(name))


class _Comparison:
    """One walk through both versions."""

    def __init__(self, old: Scenario, new: Scenario) -> None:
        self.old = old
        self.new = new
        self.now = Renaming(old, new)

    def changes(self) -> Iterator[Change]:
        fields = [name for name in Scenario.model_fields if name not in _APART]
        yield from _fields((), self.old, self.new, fields)
        start = self.now.place(self.old.start)
        if start != self.new.start:
            yield Change(What.FIELD, (), "start", start, self.new.start)
        yield from self._client(self.old.client, self.new.client)
        yield from _parts(("nodes",), self.old.nodes, self.new.nodes, self._node)
        yield from _parts(("endings",), self.old.endings, self.new.endings, self._ending)
        yield from self._debrief(self.old.debrief, self.new.debrief)

    def _client(self, old: Client, new: Client) -> Iterator[Change]:
        place = ("client",)
        yield from _fields(place, old, new, ("name", "pronouns", "age", "about"))
        for name in _union(old.state, new.state):
            before, after = old.state.get(name), new.state.get(name)
            if before is None or after is None:
                what = What.ADDED if before is None else What.REMOVED
                yield Change(what, ("client", "state", name))
            else:
                yield from _fields(("client", "state", name), before, after, type(after).model_fields)
        for name in _union(old.reactions, new.reactions):
            yield from _moves(("client", "reactions", name), old.reactions.get(name, {}), new.reactions.get(name, {}))
        leaving = tuple((self.now.condition(one.when), self.now.place(one.to)) for one in old.leaves)
        leaves = tuple((condition_text(one.when), one.to) for one in new.leaves)
        if leaving != leaves:
            yield Change(What.WAYS, place, "leaves", leaving, leaves)

    def _node(self, place: Place, old: Node, new: Node) -> Iterator[Change]:
        yield from self._line(place, "client", old.client, new.client)
        yield from _fields(place, old, new, ("discloses", "weight", "scored"))
        yield from self._ways(place, "goto", old.goto, new.goto)
        yield from self._ways(place, "otherwise", old.otherwise, new.otherwise)
        yield from _parts((*place, "choices"), old.choices, new.choices, self._choice)

    def _choice(self, place: Place, old: Choice, new: Choice) -> Iterator[Change]:
        yield from _fields(place, old, new, ("say", "does"))
        for name in ("shows", "mistimed"):
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                yield Change(What.TAGS, place, name, before, after)
        yield from _moves(place, old.effects, new.effects)
        yield from self._line(place, "reply", old.reply or (), new.reply or ())
        if self.now.condition(old.when) != condition_text(new.when):
            yield Change(What.FIELD, place, "when", self.now.condition(old.when), condition_text(new.when))
        yield from self._ways(place, "goto", old.goto, new.goto)
        yield from _fields(place, old, new, ("repeatable", "scored", "why"))

    def _ending(self, place: Place, old: Ending, new: Ending) -> Iterator[Change]:
        yield from self._line(place, "client", old.client or (), new.client or ())
        yield from _fields(place, old, new, ("outcome", "early", "summary"))

    def _line(self, place: Place, name: str, old: Line, new: Line) -> Iterator[Change]:
        """Variants of a line belong together by their condition, or else by their words."""
        before, after = _numbered(old, self.now.condition), _numbered(new, condition_text)
        was_under = _same_words(before, after)
        for key, words in after.items():
            when = key[0]
            if key not in before and key not in was_under:
                yield Change(What.VARIANT_ADDED, place, name, None, _said(words), when)
                continue
            earlier = was_under.get(key, key)
            if earlier != key:
                yield Change(What.VARIANT_WHEN, place, name, earlier[0], when, when)
            for part in ("says", "manner", "thought"):
                was, now = getattr(before[earlier], part), getattr(words, part)
                if _spaced(was) != _spaced(now):
                    yield Change(What.WORDS, place, f"{name}.{part}", was, now, when)
        for key, words in before.items():
            if key not in after and key not in was_under.values():
                yield Change(What.VARIANT_REMOVED, place, name, _said(words), None, key[0])
        if [key for key in before if key in after] != [key for key in after if key in before]:
            order = tuple(when for when, _number in before), tuple(when for when, _number in after)
            yield Change(What.VARIANT_ORDER, place, name, *order)

    def _ways(self, place: Place, name: str, old: Ways | None, new: Ways | None) -> Iterator[Change]:
        before = tuple((self.now.condition(way.when), self.now.place(way.to)) for way in old or ())
        after = tuple((condition_text(way.when), way.to) for way in new or ())
        if before != after:
            yield Change(What.WAYS, place, name, before, after)

    def _debrief(self, old: Sequence[DebriefRule], new: Sequence[DebriefRule]) -> Iterator[Change]:
        """Rules belong together by their condition, or else by their words."""
        before, after = _numbered(old, self.now.condition), _numbered(new, condition_text)
        gone = {key: rule for key, rule in before.items() if key not in after}
        for key, rule in after.items():
            earlier = before.get(key)
            if earlier is None:
                same = next((one for one, lost in gone.items() if _spaced(lost.say) == _spaced(rule.say)), None)
                if same is None:
                    yield Change(What.ADDED, ("debrief",), new=rule.say, when=key[0])
                    continue
                earlier = gone.pop(same)
                yield Change(What.FIELD, ("debrief",), "when", same[0], key[0], key[0])
            yield from _fields(("debrief",), earlier, rule, ("about", "say"), key[0])
        for key, rule in gone.items():
            yield Change(What.REMOVED, ("debrief",), old=rule.say, when=key[0])


_APART = {"format", "client", "start", "nodes", "endings", "debrief"}
"""Fields of a scenario that are not compared as they stand."""


def _parts(
    within: Place,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    compared: Callable[[Place, Any, Any], Iterator[Change]],
) -> Iterator[Change]:
    """Every part that came or went or was renamed, and what differs in those that are in both."""
    called = renamed(old, new)
    before = {called.get(name, name): name for name in old}
    for name, part in new.items():
        place = (*within, name)
        if name not in before:
            yield Change(What.ADDED, place, new=_words_of(part))
            continue
        if before[name] != name:
            yield Change(What.RENAMED, place, old=before[name], new=name)
        gone, come = set(old[before[name]].was) - {name}, set(part.was) - {before[name]}
        if gone != come:
            yield Change(What.FIELD, place, "was", tuple(sorted(gone)), tuple(sorted(come)))
        yield from compared(place, old[before[name]], part)
    for now, name in before.items():
        if now not in new:
            yield Change(What.REMOVED, (*within, name), old=_words_of(old[name]))


def _fields(place: Place, old: Any, new: Any, names: Iterable[str], when: str | None = None) -> Iterator[Change]:
    for name in names:
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if _spaced(before) != _spaced(after):
            yield Change(What.FIELD, place, name, before, after, when)


def _spaced(value: Any) -> Any:
    """A value without the line breaks and spaces that only its place in the file gives it."""
    if isinstance(value, str):
        return evenly_spaced(value)
    return tuple(map(_spaced, value)) if isinstance(value, tuple) else value


def _plain(value: Any) -> Any:
    """A value that can be told and written as JSON."""
    if hasattr(value, "model_dump"):
        return ", ".join(f"{name}: {part}" for name, part in value.model_dump(exclude_none=True).items())
    return str(value) if isinstance(value, StrEnum) else value


def _moves(place: Place, old: Mapping[str, int], new: Mapping[str, int]) -> Iterator[Change]:
    for state in _union(old, new):
        if old.get(state, 0) != new.get(state, 0):
            yield Change(What.MOVES, place, state, old.get(state, 0), new.get(state, 0))


def _union(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys((*new, *old)))


_Key = tuple[str | None, int]
"""The condition of an entry in a list, and a number that tells those of the same condition apart."""


def _numbered(entries: Sequence[Any], told: Callable[[Condition | None], str | None]) -> dict[_Key, Any]:
    """Entries by their condition."""
    found: dict[_Key, Any] = {}
    for entry in entries:
        when, number = told(entry.when), 0
        while (when, number) in found:
            number += 1
        found[when, number] = entry
    return found


def _same_words(before: Mapping[_Key, Words], after: Mapping[_Key, Words]) -> dict[_Key, _Key]:
    """Variants under a condition that is new, with the condition under which the same words stood."""
    gone = [key for key in before if key not in after]
    found: dict[_Key, _Key] = {}
    for key, words in after.items():
        if key not in before:
            same = next((one for one in gone if _spaced(_said(before[one])) == _spaced(_said(words))), None)
            if same is not None:
                gone.remove(same)
                found[key] = same
    return found


def _said(words: Words) -> str:
    manner = f"({words.manner})" if words.manner else ""
    return " ".join(part for part in (manner, words.says) if part) or f"[{words.thought}]"


def _words_of(part: Any) -> str | None:
    """What a part says, to be recognised by."""
    if isinstance(part, Choice):
        return part.words
    if isinstance(part, Node):
        return _said(part.client[-1])
    return part.summary if isinstance(part, Ending) else None
