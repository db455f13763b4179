"""The talk as it reads: the client's words, what can be seen, and what the trainee said or did."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.content.scenario import Choice, Scenario
from simulator.session.replay import Turn
from simulator.session.situation import Heard
from simulator.translation import translate as _
from simulator.views.text import as_html


def client_turn(name: str, heard: Iterable[Heard], *, now: bool = False) -> str:
    """What is heard and seen of the client in one turn, as HTML."""
    parts = []
    for line in heard:
        if line.words.says:
            parts.append(f'<p class="says">{as_html(line.words.says)}</p>')
        if line.words.manner:
            parts.append(f'<p class="manner">{as_html(line.words.manner)}</p>')
    if not parts:
        return ""
    marked = " now" if now else ""
    return f'<div class="client{marked}"><span class="who">{as_html(name)}</span>{"".join(parts)}</div>'


def trainee_turn(choice: Choice) -> str:
    """What the trainee said or did, as HTML."""
    act = ' class="act"' if choice.does else ""
    who = as_html(_("You"))
    return f'<div class="trainee"><span class="who">{who}</span><p{act}>{as_html(choice.words)}</p></div>'


def transcript(scenario: Scenario, opening: Iterable[Heard], turns: Iterable[Turn]) -> str:
    """The talk so far, as HTML. The client's latest turn is marked."""
    standing = list(turns)
    name = scenario.client.name
    parts = [client_turn(name, opening, now=not standing)]
    for turn in standing:
        parts.append(trainee_turn(scenario.nodes[turn.node].choices[turn.choice]))
        parts.append(client_turn(name, turn.heard, now=turn is standing[-1]))
    return f'<div class="talk">{"".join(parts)}</div>'


def thoughts(heard: Iterable[Heard]) -> str:
    """What the client thought beside what is heard, as HTML; empty where nothing is known of it."""
    known = (line.words.thought for line in heard if line.words.thought)
    return "".join(f'<p class="thought">{as_html(thought)}</p>' for thought in known)


def behind(heard: Iterable[Heard]) -> str:
    """The same with its heading, as it stands in a debrief under the words themselves."""
    thought = thoughts(heard)
    if not thought:
        return ""
    return f'<div class="prose"><p class="label">{as_html(_("What might be going on behind that?"))}</p>{thought}</div>'


def spoken(name: str, heard: Iterable[Heard]) -> str:
    """A client's turn as one plain text, for a screen reader."""
    words = (part for line in heard for part in (line.words.says, line.words.manner) if part)
    return f"{name}: " + " ".join(" ".join(words).split())
