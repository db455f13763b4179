"""Words that deserve a second look: how hard topics are spoken of, and who people are said to be.

The lists are short on purpose. They are a prompt to read the place again, never a verdict on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.content.rubric import Behaviours, Kind
from simulator.content.scenario import Line, Scenario

_UNSAFE = (
    # What media guidelines on suicide advise against; the wording of the list is ours.
    r"commit(?:s|ted|ting)? suicide",
    r"(?:un)?successful (?:suicide|attempt)",
    r"failed (?:suicide|attempt)",
    r"suicide epidemic",
)
_METHODS = (
    r"overdos\w*", r"hang(?:s|ed|ing)? (?:him|her|them|my|your)sel\w+", r"noose", r"razor\w*", r"slit\w*",
    r"cut(?:s|ting)? (?:my|your|his|her|their)\w* (?:wrist|arm)\w*", r"jump(?:s|ed|ing)? (?:off|from|in front)",
    r"pills?", r"paracetamol", r"bleach", r"shotgun", r"gun", r"rope", r"bridge", r"railway", r"cliffs?",
)  # fmt: skip
"""Method, means and place: nothing of these belongs in a scene on suicide or self-harm."""

_ABOUT_HARM = re.compile(r"suicid|self[ _-]?harm|self[ _-]?injur", re.I)

_IDENTITIES = {
    "faith": r"muslims?|islam\w*|christians?|catholics?|jew(?:s|ish)?|hindus?|sikhs?|buddhis\w+|religio\w+|"
    r"mosque|church",
    "origin": r"immigrants?|foreign\w*|asians?|africans?|arabs?|black|white|gyps(?:y|ies)|refugees?|your culture|"
    r"your people|your country|where you(?:'re| are) from",
    "gender": r"men|women|man|woman|lads?|girls?|boys?|mothers?|fathers?|mums?|dads?|husbands?|wi(?:fe|ves)",
    "sexuality": r"gay|lesbians?|bisexual\w*|straight|queer|trans(?:gender)?",
    "disability": r"disab\w+|deaf|blind|autis\w+|wheelchair\w*",
    "age": r"old people|young people|elderly|pensioners?|your age|generation",
    "class": r"working[- ]class|posh|unemployed|on benefits",
}


@dataclass(frozen=True, slots=True)
class Unsafe:
    """A word that should not stand in a scene on this topic: where it is, and what was found."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class OnlyHarmful:
    """An identity that answers name only where they do harm: what kind, the words, the choices as `node.choice`."""

    identity: str
    words: tuple[str, ...]
    choices: tuple[str, ...]


def unsafe_words(scenario: Scenario) -> list[Unsafe]:
    """Words to reconsider: everywhere those about suicide that hurt, and in scenes on it method, means and place."""
    patterns = _UNSAFE + (_METHODS if any(_ABOUT_HARM.search(topic) for topic in scenario.topics) else ())
    search = re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.I)
    return [
        Unsafe(place, found.group(0)) for place, text in _texts(scenario) for found in [search.search(text)] if found
    ]


def only_in_harmful(scenario: Scenario, behaviours: Behaviours) -> list[OnlyHarmful]:
    """Identities whose words stand only in choices that show something unhelpful or harmful, and at least twice.

    One such choice may be the very slip a scene is about; a pattern teaches that naming who somebody is does harm.
    """
    found = []
    for identity, pattern in _IDENTITIES.items():
        search = re.compile(rf"\b(?:{pattern})\b", re.I)
        named = [
            (f"{node_id}.{choice_id}", _harms(behaviours, choice.behaviours), search.findall(choice.words))
            for node_id, node in scenario.nodes.items()
            for choice_id, choice in node.choices.items()
            if search.search(choice.words)
        ]
        if len(named) >= 2 and all(harms for _, harms, _ in named):
            words = dict.fromkeys(word.lower() for _, _, said in named for word in said)
            found.append(OnlyHarmful(identity, tuple(words), tuple(place for place, _, _ in named)))
    return found


def _harms(behaviours: Behaviours, shown: tuple[str, ...]) -> bool:
    kinds = {behaviours.behaviours[name].kind for name in shown}
    return bool(kinds - {Kind.HELPFUL}) and Kind.HELPFUL not in kinds


def _texts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield "the brief", scenario.brief
    for node_id, node in scenario.nodes.items():
        yield from _spoken(f"node '{node_id}'", node.client)
        for choice_id, choice in node.choices.items():
            yield f"choice '{node_id}.{choice_id}'", choice.words
            yield from _spoken(f"the reply to '{node_id}.{choice_id}'", choice.reply or ())
    for ending_id, ending in scenario.endings.items():
        yield from _spoken(f"ending '{ending_id}'", ending.client or ())
        yield f"ending '{ending_id}'", ending.summary


def _spoken(place: str, line: Line) -> Iterator[tuple[str, str]]:
    for words in line:
        yield place, " ".join(part for part in (words.says, words.manner, words.thought) if part)
