"""The shape of a scenario, as on `docs/authoring.md`. A scenario holds no points: those are a rubric's."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from simulator.content.fields import Id, Language, OneOrSeveral, Part, Slug, Text, Truth, When, Whole


class Level(StrEnum):
    """How much a scenario asks of a trainee."""

    FOUNDATION = "foundation"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Outcome(StrEnum):
    """What an ending means for the work between the two."""

    ALLIANCE = "alliance"
    PROGRESS = "progress"
    STALLED = "stalled"
    RUPTURE = "rupture"
    REFERRAL = "referral"


class Words(Part):
    """What the client says, what can be seen, and what they think: one possibility of a line."""

    when: When | None = None
    says: Text | None = None
    manner: Text | None = None
    thought: Text | None = None


def _as_possibilities(value: Any) -> Any:
    if isinstance(value, str):
        return [{"says": value}]
    return [value] if isinstance(value, dict) else value


Line = Annotated[
    tuple[Words, ...],
    BeforeValidator(_as_possibilities),
    Field(min_length=1),
    OneOrSeveral(
        "A line of the client's: words; or says, manner and thought; or a list of these with 'when', the last without.",
        ("string", "number", "boolean", "null"),
        or_one=True,
    ),
]
"""The possibilities of a line; the first whose `when` holds is spoken."""


class Way(Part):
    """Where the talk goes, if `when` holds."""

    when: When | None = None
    to: Id


def _as_ways(value: Any) -> Any:
    return [{"to": value}] if isinstance(value, str) else value


Ways = Annotated[
    tuple[Way, ...],
    BeforeValidator(_as_ways),
    Field(min_length=1),
    OneOrSeveral("A node or an ending; or a list of 'when' and 'to', the last without 'when'.", ("string",)),
]
"""The ways on; the first whose `when` holds is taken."""

Changes = dict[Id, Whole]
"""How much each of the client's states moves."""


class StateVariable(Part):
    """Something that moves inside the client: an integer kept between min and max."""

    start: Whole
    min: Whole
    max: Whole
    label: Text | None = None
    visible: Truth = True


class Leaving(Part):
    """The client goes when this holds; read after every reply, before `goto`."""

    when: When
    to: Id


class Client(Part):
    """The person in the other chair."""

    name: Text
    pronouns: Text | None = None
    age: Whole | None = Field(default=None, ge=0, le=120)
    about: Text | None = None
    state: dict[Id, StateVariable] = Field(default_factory=dict)
    reactions: dict[Id, Changes] = Field(default_factory=dict)
    leaves: tuple[Leaving, ...] = ()


class Choice(Part):
    """Something the trainee may say or do, tagged with the behaviours it shows."""

    say: Text | None = None
    does: Text | None = None
    shows: tuple[Id, ...] = ()
    mistimed: tuple[Id, ...] = ()
    effects: Changes = Field(default_factory=dict)
    why: Text | None = None
    reply: Line | None = None
    when: When | None = None
    repeatable: Truth = False
    scored: Truth = True
    goto: Ways | None = None
    was: tuple[Id, ...] = ()

    @property
    def words(self) -> str:
        """What the trainee reads: the words to say, or the act."""
        return self.say or self.does or ""

    @property
    def behaviours(self) -> tuple[str, ...]:
        """Everything the choice shows, at the right moment or not."""
        return (*self.shows, *self.mistimed)


class Node(Part):
    """A moment of the talk: the client's line and what the trainee may answer.

    `discloses` names what the client confides here ("what his brother asked of him"), for a debrief that says
    what was never heard.
    """

    client: Line
    discloses: Text | None = None
    weight: Whole = Field(default=1, ge=1, le=3)
    scored: Truth = True
    goto: Ways | None = None
    otherwise: Ways | None = None
    choices: dict[Id, Choice] = Field(min_length=1)
    was: tuple[Id, ...] = ()


class Ending(Part):
    """How the talk can end."""

    outcome: Outcome
    early: Truth = False
    client: Line | None = None
    summary: Text
    was: tuple[Id, ...] = ()


class DebriefRule(Part):
    """Something a supervisor would say afterwards, if `when` holds."""

    when: When | None = None
    about: Id | None = None
    say: Text


class ReviewStatus(StrEnum):
    """Whether somebody qualified has read the scenario."""

    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"


class Review(Part):
    """Who reviewed the scenario, in which role, and when. Never invented."""

    status: ReviewStatus = ReviewStatus.UNREVIEWED
    who: Text | None = None
    when: Text | None = None


class Scenario(Part):
    """One client, one meeting."""

    format: Whole
    id: Slug
    title: Text
    language: Language = "en"
    level: Level
    minutes: Whole = Field(ge=1, le=120)
    rubric: Slug = "core"
    assesses: tuple[Id, ...] = Field(min_length=1)
    objectives: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    content_note: Text | None = None
    equal_alternative: Slug | None = None
    authors: tuple[Text, ...] = ()
    review: Review = Review()
    sources: tuple[Text, ...] = ()
    unverified: Truth = False
    brief: Text
    facilitator: Text | None = None
    client: Client
    start: Id
    nodes: dict[Id, Node] = Field(min_length=1)
    endings: dict[Id, Ending] = Field(min_length=1)
    debrief: tuple[DebriefRule, ...] = ()

    def ways_from(self, node: str, choice: str) -> tuple[Way, ...]:
        """Where a choice leads, in the order in which it is read: its own goto, or its node's."""
        return self.nodes[node].choices[choice].goto or self.nodes[node].goto or ()

    def counts_for_score(self, node: str, choice: str) -> bool:
        """Whether taking this choice is a scored decision, rather than only steering."""
        return self.nodes[node].scored and self.nodes[node].choices[choice].scored
