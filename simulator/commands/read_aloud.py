"""`simulator check --read`: every turn of the client's as it can be heard, reply and next line joined."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.commands.transcript import wrapped
from simulator.content.scenario import Choice, Line, Scenario, Way, Words


def joins(scenario: Scenario) -> Iterator[str]:
    """Every choice with every turn of the client's that may follow it, for reading aloud."""
    for node_id, node in scenario.nodes.items():
        yield f"== {node_id}"
        for choice_id, choice in node.choices.items():
            yield wrapped(f"{choice_id}: {choice.words}", "   > ")
            for heard in _turns(scenario, choice, scenario.ways_from(node_id, choice_id)):
                yield wrapped(heard, "       ")
            yield ""


def _turns(scenario: Scenario, choice: Choice, ways: tuple[Way, ...]) -> Iterator[str]:
    for reply in choice.reply or (None,):
        for way in ways:
            for following in _line_of(scenario, way.to) or (None,):
                guards = [part.when.text for part in (reply, way, following) if part and part.when]
                spoken = " ".join(_told(words) for words in (reply, following) if words)
                when = f"  [{'; '.join(guards)}]" if guards else ""
                yield f"-> {way.to}{when}: {spoken}"


def _line_of(scenario: Scenario, place: str) -> Line | None:
    return scenario.nodes[place].client if place in scenario.nodes else scenario.endings[place].client


def _told(words: Words) -> str:
    manner = f"({words.manner}) " if words.manner else ""
    return f"{manner}{words.says or ''}".strip()
