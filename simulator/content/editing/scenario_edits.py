"""Changes to a scenario in the words of the field: moments, answers, endings and states added, renamed, taken out.

A name is changed in every place that names it: ways, conditions, effects, reactions. Each function gives the changed
text and raises `EditRefused` with one sentence where the change cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulator.content.condition import Mention
from simulator.content.condition_parser import ConditionError, parse_condition
from simulator.content.editing.edits import insert, move, remove, rename_key, set_value
from simulator.content.editing.refused import EditRefused
from simulator.content.source import read

Place = tuple[str | int, ...]


def add_node(text: str, node: str, *, line: str, first_answer: str, answer_id: str, goto: str) -> str:
    """A moment of the talk behind all others: what the client says, one answer to it, and where the talk goes."""
    value = {"client": line, "goto": goto, "choices": {answer_id: {"say": first_answer, "shows": [], "scored": False}}}
    return insert(text, ("nodes",), node, value, after=_last(text, ("nodes",)))


def rename_node(text: str, old: str, new: str) -> str:
    """Another id for a moment, wherever it is named."""
    return _rename_place(rename_key(text, ("nodes", old), new), old, new)


def remove_node(text: str, node: str) -> str:
    """A moment taken out, to which nothing leads any more."""
    _nothing_leads_to(text, node, "moment")
    return remove(text, ("nodes", node))


def add_choice(text: str, node: str, choice: str, *, say: str) -> str:
    """An answer behind the others of its moment. It only steers until it is said what it shows."""
    path = ("nodes", node, "choices")
    return insert(text, path, choice, {"say": say, "shows": [], "scored": False}, after=_last(text, path))


def rename_choice(text: str, node: str, old: str, new: str) -> str:
    """Another id for an answer, in every condition that names it too."""
    text = rename_key(text, ("nodes", node, "choices", old), new)
    return _in_conditions(text, lambda mention: f"{node}.{new}" if mention.name == f"{node}.{old}" else None)


def move_choice(text: str, node: str, choice: str, step: int) -> str:
    """An answer one place earlier (-1) or later (+1) in the file."""
    return move(text, ("nodes", node, "choices", choice), step)


def add_ending(text: str, ending: str, *, outcome: str, summary: str) -> str:
    """An ending behind the others."""
    return insert(text, ("endings",), ending, {"outcome": outcome, "summary": summary}, after=_last(text, ("endings",)))


def rename_ending(text: str, old: str, new: str) -> str:
    """Another id for an ending, wherever it is named."""
    return _rename_place(rename_key(text, ("endings", old), new), old, new)


def remove_ending(text: str, ending: str) -> str:
    """An ending taken out, to which nothing leads any more."""
    _nothing_leads_to(text, ending, "ending")
    return remove(text, ("endings", ending))


def add_state(text: str, state: str, *, label: str) -> str:
    """Something else that moves inside the client, from 0 to 10, beginning in the middle."""
    value = {"start": 5, "min": 0, "max": 10, "label": label}
    data = _data(text)
    client = data.get("client")
    if not isinstance(client, Mapping):
        raise EditRefused("There is no client yet to whom this could belong.")
    if not client.get("state"):
        after = next((name for name in ("about", "age", "pronouns", "name") if name in client), None)
        if "state" in client:
            return set_value(text, ("client", "state"), {state: value})
        return insert(text, ("client",), "state", {state: value}, after=after)
    return insert(text, ("client", "state"), state, value, after=_last(text, ("client", "state")))


def rename_state(text: str, old: str, new: str) -> str:
    """Another id for a state, in every effect, reaction and condition too."""
    text = rename_key(text, ("client", "state", old), new)
    for path in list(_changes_of(_data(text), old)):
        text = rename_key(text, path, new)
    return _in_conditions(text, lambda mention: new if mention.kind == "state" and mention.name == old else None)


def rename_in_plays(plays: str, old: str, new: str) -> str:
    """A plays file after a moment (`node`), or an answer (`node.choice`), has another name."""
    data = _data(plays)
    played = data.get("plays")
    for name, play in played.items() if isinstance(played, Mapping) else ():
        chosen = play.get("choose") if isinstance(play, Mapping) else None
        for number, step in enumerate(chosen if isinstance(chosen, list) else ()):
            renamed = _renamed_step(str(step), old, new)
            if renamed is not None:
                plays = set_value(plays, ("plays", name, "choose", number), renamed)
        expected = play.get("expect") if isinstance(play, Mapping) else None
        if isinstance(expected, Mapping) and str(expected.get("ending")) == old:
            plays = set_value(plays, ("plays", name, "expect", "ending"), new)
    return plays


def _renamed_step(step: str, old: str, new: str) -> str | None:
    node, dot, choice = step.rpartition(".")
    if "." in old:
        if step == old:
            return new
        return new.partition(".")[2] if not dot and step == old.partition(".")[2] else None
    return f"{new}.{choice}" if dot and node == old else None


def ways(data: Any) -> Iterator[tuple[Place, str]]:
    """Every place in a scenario's data that names where the talk goes, with the name."""
    if not isinstance(data, Mapping):
        return
    if isinstance(data.get("start"), str):
        yield ("start",), str(data["start"])
    client = data.get("client")
    if isinstance(client, Mapping):
        yield from _named(("client", "leaves"), client.get("leaves"))
    nodes = data.get("nodes")
    for name, node in nodes.items() if isinstance(nodes, Mapping) else ():
        if not isinstance(node, Mapping):
            continue
        for key in ("goto", "otherwise"):
            yield from _named(("nodes", name, key), node.get(key))
        choices = node.get("choices")
        for choice_name, choice in choices.items() if isinstance(choices, Mapping) else ():
            if isinstance(choice, Mapping):
                yield from _named(("nodes", name, "choices", choice_name, "goto"), choice.get("goto"))


def _named(path: Place, written: Any) -> Iterator[tuple[Place, str]]:
    if isinstance(written, str):
        yield path, str(written)
    for number, way in enumerate(written if isinstance(written, list) else ()):
        if isinstance(way, Mapping) and isinstance(way.get("to"), str):
            yield (*path, number, "to"), str(way["to"])


def _rename_place(text: str, old: str, new: str) -> str:
    for path, to in ways(_data(text)):
        if to == old:
            text = set_value(text, path, new)

    def renamed(mention: Mention) -> str | None:
        if mention.kind not in {"place", "choice"}:
            return None
        if mention.name == old:
            return new
        return f"{new}{mention.name[len(old) :]}" if mention.name.startswith(f"{old}.") else None

    return _in_conditions(text, renamed)


def _nothing_leads_to(text: str, place: str, what: str) -> None:
    leading = [path for path, to in ways(_data(text)) if to == place and path[:2] != ("nodes", place)]
    if leading:
        first = leading[0]
        where = (
            f"the moment '{first[1]}'" if first[0] == "nodes" else "the beginning" if first == ("start",) else "a way"
        )
        raise EditRefused(f"The {what} '{place}' is still where {where} leads; let that go elsewhere first.")
    for path, condition in _conditions(_data(text)):
        if path[:2] != ("nodes", place) and any(
            mention.name == place or mention.name.startswith(f"{place}.") for mention in _mentions(condition)
        ):
            raise EditRefused(f"The condition '{condition}' still asks about '{place}'; change that first.")


def _in_conditions(text: str, renamed: Callable[[Mention], str | None]) -> str:
    for path, condition in list(_conditions(_data(text))):
        new = condition
        for mention in sorted(_mentions(condition), key=lambda one: -one.offset):
            name = renamed(mention)
            if name is not None:
                new = new[: mention.offset] + name + new[mention.offset + len(mention.name) :]
        if new != condition:
            text = set_value(text, path, new)
    return text


def _mentions(condition: str) -> tuple[Mention, ...]:
    try:
        return parse_condition(condition).mentions
    except ConditionError:
        return ()  # what is not a condition yet names nothing


def _conditions(data: Any, path: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every condition of a scenario, by its place."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "when" and isinstance(value, str) and path[:1] != ("review",):
                yield (*path, key), str(value)
            else:
                yield from _conditions(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _conditions(value, (*path, number))


def _changes_of(data: Any, state: str) -> Iterator[Place]:
    """Every reaction and effect that moves a state."""
    client, nodes = data.get("client"), data.get("nodes")
    reactions = client.get("reactions") if isinstance(client, Mapping) else None
    for behaviour, moves in reactions.items() if isinstance(reactions, Mapping) else ():
        if isinstance(moves, Mapping) and state in moves:
            yield ("client", "reactions", behaviour, state)
    for node_name, node in nodes.items() if isinstance(nodes, Mapping) else ():
        choices = node.get("choices") if isinstance(node, Mapping) else None
        for name, choice in choices.items() if isinstance(choices, Mapping) else ():
            effects = choice.get("effects") if isinstance(choice, Mapping) else None
            if isinstance(effects, Mapping) and state in effects:
                yield ("nodes", node_name, "choices", name, "effects", state)


def _data(text: str) -> Any:
    data = read(text, "the text").data
    if not isinstance(data, Mapping):
        raise EditRefused("The text cannot be read as it stands; mend what its findings say first.")
    return data


def _last(text: str, path: Place) -> str | None:
    """The last entry of a mapping; None where it has none."""
    here: Any = _data(text)
    for part in path:
        here = here.get(part) if isinstance(here, Mapping) else None
    return str(next(reversed(here))) if isinstance(here, Mapping) and here else None
