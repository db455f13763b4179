"""The shape of `<scenario>.plays.yaml`: named ways through a talk, and what must hold at their end."""

from __future__ import annotations

from pydantic import Field

from simulator.content.fields import Expected, Id, Part, Slug, Step, Text, Whole
from simulator.content.scenario import Outcome


class Expectation(Part):
    """What must hold at the end of a play."""

    ending: Id | None = None
    outcome: Outcome | None = None
    state: dict[Id, Expected] = Field(default_factory=dict)
    hears: tuple[Text, ...] = ()
    levels: dict[Id, Expected] = Field(default_factory=dict)


class Play(Part):
    """One way through: choices by `node.choice` or by their own id, in order."""

    about: Text | None = None
    choose: tuple[Step, ...]
    expect: Expectation = Expectation()


class Plays(Part):
    """The plays of one scenario."""

    format: Whole = 1
    scenario: Slug
    plays: dict[Id, Play] = Field(min_length=1)
