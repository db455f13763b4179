"""What can be seen of a choice without knowing what it is worth: its form.

The list is fixed here, and the audit reports all of it: a give-away that was not looked for is still a give-away.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator.content.scenario import Choice, Node

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
_SELF = frozenset({"i", "me", "my", "mine", "i'm", "i've", "i'd", "i'll"})
_OTHER = frozenset({"you", "your", "yours", "you're", "you've", "you'd", "you'll"})
_HEDGES = frozenset(
    {"maybe", "perhaps", "might", "could", "sort", "kind", "seems", "sounds", "wonder", "wondering", "possibly",
     "somehow", "guess", "probably", "bit"}
)  # fmt: skip
_FEELINGS = frozenset(
    {"feel", "feels", "feeling", "felt", "sad", "angry", "anger", "afraid", "scared", "fear", "lonely", "alone",
     "hurt", "hurts", "ashamed", "shame", "guilty", "guilt", "proud", "tired", "hard", "heavy", "lost", "relief",
     "relieved", "worried", "worry", "upset", "miss", "love", "loved", "grief", "painful", "pain"}
)  # fmt: skip
_COMMON = frozenset(
    {"the", "and", "that", "this", "you", "your", "for", "was", "with", "have", "not", "but", "what", "are", "has",
     "had", "his", "her", "him", "she", "they", "them", "from", "there", "just", "about", "it's", "i'm", "don't"}
)  # fmt: skip

Measure = Callable[[Choice, Node], float]


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def _among(vocabulary: frozenset[str]) -> Measure:
    return lambda choice, node: sum(word in vocabulary for word in words_of(choice.words))


def _echo(choice: Choice, node: Node) -> float:
    """How many of the client's own words the choice takes up."""
    spoken = {word for line in node.client for word in words_of(line.says or "")}
    telling = {word for word in spoken if len(word) > 2} - _COMMON
    return sum(word in telling for word in words_of(choice.words))


FORMS: dict[str, Measure] = {
    "length": lambda choice, node: len(choice.words),
    "sentences": lambda choice, node: len(_SENTENCE.findall(choice.words)) or 1,
    "commas": lambda choice, node: choice.words.count(","),
    "question_marks": lambda choice, node: choice.words.count("?"),
    "self_words": _among(_SELF),
    "you_words": _among(_OTHER),
    "hedges": _among(_HEDGES),
    "echo": _echo,
    "tags": lambda choice, node: len(choice.behaviours),
}
"""Each is played both ways: most of it, and least of it."""

FEELING_WORDS: Measure = _among(_FEELINGS)
"""How many feeling words a choice has: a skill rather than a form, if a shallow one."""

TIE = 0.15
"""Differences smaller than this share are ties."""


def preferred(values: dict[str, float], *, most: bool) -> list[str]:
    """The choices with the most (or least) of something, those within a tie of it included."""
    extreme = max(values.values()) if most else min(values.values())
    reach = abs(max(values.values(), key=abs)) * TIE
    return [choice for choice, value in values.items() if abs(value - extreme) <= reach]
