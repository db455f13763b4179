"""The shape of the behaviour catalogue and of rubrics: what an act is called, and what it is worth."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from simulator.content.fields import Decimal, Id, Part, Slug, Text, Whole


class Kind(StrEnum):
    """Whether a behaviour helps the relationship, does not, or does harm."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    HARMFUL = "harmful"


class Critical(StrEnum):
    """When a behaviour marks an attempt for a person to look at."""

    AT_ONCE = "at_once"
    UNLESS_REPAIRED = "unless_repaired"


class CriterionName(Part):
    """A quality of the relationship, named once for all scenarios and rubrics."""

    title: Text
    about: Text


class Behaviour(Part):
    """Something a counsellor can be seen to do."""

    title: Text
    means: Text
    example: Text
    kind: Kind
    critical: Critical | None = None
    repaired_by: tuple[Id, ...] = ()
    needs: Text | None = None
    sources: tuple[Text, ...] = ()


class Behaviours(Part):
    """The catalogue that choices are tagged from."""

    format: Whole
    criteria: dict[Id, CriterionName] = Field(min_length=1)
    behaviours: dict[Id, Behaviour] = Field(min_length=1)


class Anchors(Part):
    """What each level of a criterion looks like, in words."""

    harmful: Text
    not_yet: Text
    competent: Text
    advanced: Text


Points = Annotated[Whole, Field(ge=-3, le=3)]


class Criterion(Part):
    """How one quality is judged: the question a rater asks, the levels, and the points of each behaviour."""

    question: Text
    levels: Anchors
    weight: Whole = Field(default=1, ge=1, le=10)
    scores: dict[Id, Points] = Field(min_length=1)


Share = Annotated[Decimal, Field(ge=0, le=1)]


class Cuts(Part):
    """From which score a level is reached, and from how many opportunities a figure is given."""

    competent: Share = 0.60
    advanced: Share = 0.85
    advanced_from: Whole = Field(default=6, ge=1)
    enough: Whole = Field(default=4, ge=1)


class KeySetter(StrEnum):
    """Who decided the points."""

    AUTHOR = "author"
    PANEL = "panel"


class Key(Part):
    """Where the points come from: one author, or a panel of n people."""

    by: KeySetter = KeySetter.AUTHOR
    n: Whole | None = Field(default=None, ge=1)


class Rubric(Part):
    """What behaviours are worth, criterion by criterion."""

    format: Whole
    id: Slug
    title: Text
    about: Text | None = None
    key: Key = Key()
    cuts: Cuts = Cuts()
    criteria: dict[Id, Criterion] = Field(min_length=1)
