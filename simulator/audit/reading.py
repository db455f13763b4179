"""How much there is to read: words on an average run, minutes, and the turns that ask for most at once."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from simulator.audit.exploration import Story
from simulator.audit.paths import random_visits
from simulator.audit.wording import words_of
from simulator.content.scenario import Line, Scenario

WORDS_A_MINUTE = 200
"""A careful reader of English; silent reading of non-fiction averages 238 (M. Brysbaert 2019, Journal of Memory and
Language 109:104047), and answers are weighed rather than read through.
"""

TOO_LONG_A_LINE = 90
"""Words of one turn of the client's above which a reader loses the talk."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that a run has to read on average, the brief included; and the longest turns.

    `words_per_turn` is the client's words and the answers on offer together. `longest_lines` are nodes with the words
    of their longest line, the longest first.
    """

    words: float
    turns: float
    words_per_turn: float
    longest_lines: tuple[tuple[str, int], ...]

    @property
    def minutes(self) -> float:
        """How long the reading takes."""
        return self.words / WORDS_A_MINUTE


def reading_of(story: Story) -> Reading:
    """Work out what random clicking reads on average. The story must be explored in full.

    Where a line has variants their mean length stands for whichever is heard.
    """
    scenario = story.scenario
    often: dict[tuple[str, tuple[str, ...]], float] = {}
    for index, share in enumerate(random_visits(story)):
        standing = story.places[index], story.offered[index]
        often[standing] = often.get(standing, 0.0) + share
    turns = sum(share for (place, _), share in often.items() if place in scenario.nodes)
    talk = sum(share * _words_at(scenario, *standing) for standing, share in often.items())
    lines = sorted(((name, _longest(node.client)) for name, node in scenario.nodes.items()), key=lambda one: -one[1])
    per_turn = talk / turns if turns else 0.0
    return Reading(talk + _beforehand(scenario), turns, per_turn, tuple(lines))


def _words_at(scenario: Scenario, place: str, offered: tuple[str, ...]) -> float:
    """Words to read at a place: the client's, the answers on offer, and the reply that follows."""
    if place not in scenario.nodes:
        ending = scenario.endings[place]
        return _words(ending.client or ()) + len(words_of(ending.summary))
    node = scenario.nodes[place]
    answers = sum(len(words_of(node.choices[choice].words)) for choice in offered)
    replies = fmean(_words(node.choices[choice].reply or ()) for choice in offered) if offered else 0
    return _words(node.client) + answers + replies


def _beforehand(scenario: Scenario) -> int:
    return len(words_of(scenario.brief)) + len(words_of(scenario.content_note or ""))


def _spoken(line: Line) -> list[int]:
    return [len(words_of(f"{words.says or ''} {words.manner or ''}")) for words in line]


def _words(line: Line) -> float:
    return fmean(_spoken(line)) if line else 0.0


def _longest(line: Line) -> int:
    return max(_spoken(line), default=0)
