"""The shape of `<scenario>.plays.yaml`: named ways through a talk, and what must hold at their end."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from simulator.content.fields import Id, Part, Slug, Text, Whole
from simulator.content.scenario import Outcome

Expected = Annotated[str, StringConstraints(pattern=r"^\s*(<=|>=|==|!=|<|>)?\s*-?\d{1,9}\s*$|^none$")]
"""A number to meet, such as `>= 6` or `6`; for levels also `none`."""


class Expectation(Part):
    """What must hold at the end of a play."""

    ending: Id | None = None
    outcome: Outcome | None = None
    state: dict[Id, Expected] = {}
    hears: tuple[Text, ...] = ()
    levels: dict[Id, Expected] = {}


class Play(Part):
    """One way through: choices by `node.choice` or by their own id, in order."""

    about: Text | None = None
    choose: tuple[Text, ...]
    expect: Expectation = Expectation()


class Plays(Part):
    """The plays of one scenario."""

    format: Whole = 1
    scenario: Slug
    plays: dict[Id, Play] = Field(min_length=1)
