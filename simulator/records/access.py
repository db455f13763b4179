"""Who may do what to whose: one table, asked by every use case.

What is not allowed on what one may not even know of is told as if it were not there: see `AttemptMissing` and its kin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from simulator.records.errors import NotAllowed


class Role(StrEnum):
    """What a person is in a programme. One person may be several."""

    TRAINEE = "trainee"
    INSTRUCTOR = "instructor"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


class Relation(StrEnum):
    """How the person or cohort concerned stands to who acts, the nearest of what holds."""

    SELF = "self"
    OWN_COHORT = "own_cohort"
    PROGRAMME = "programme"
    ELSEWHERE = "elsewhere"


class Action(StrEnum):
    """What can be done to what is somebody's."""

    PLAY = "play"
    SHARE = "share"
    SEE_ATTEMPT = "see_attempt"
    REVIEW = "review"
    ANSWER_REVIEW = "answer_review"
    SEE_RESULTS = "see_results"
    EXPORT = "export"
    ASSIGN = "assign"
    MANAGE_COHORT = "manage_cohort"
    CREATE_COHORT = "create_cohort"
    INVITE_TRAINEE = "invite_trainee"
    RESET_PASSWORD = "reset_password"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_PROGRAMME = "manage_programme"
    READ_LOG = "read_log"
    TAKE_COPY = "take_copy"
    ERASE = "erase"
    AUTHOR = "author"


_SELF = frozenset({Relation.SELF})
_COHORT = frozenset({Relation.OWN_COHORT})
_PROGRAMME = frozenset({Relation.SELF, Relation.OWN_COHORT, Relation.PROGRAMME})
_OTHERS = frozenset({Relation.OWN_COHORT, Relation.PROGRAMME})

_OWN: Mapping[Action, frozenset[Relation]] = {
    Action.PLAY: _SELF,
    Action.SHARE: _SELF,
    Action.SEE_ATTEMPT: _SELF,
    Action.ANSWER_REVIEW: _SELF,
    Action.READ_LOG: _SELF,
    Action.TAKE_COPY: _SELF,
    Action.ERASE: _SELF,
}
"""What everybody may, with what is their own."""

ALLOWED: Mapping[Role, Mapping[Action, frozenset[Relation]]] = {
    Role.TRAINEE: _OWN,
    Role.INSTRUCTOR: {
        **_OWN,
        Action.SEE_ATTEMPT: _SELF | _COHORT,
        Action.REVIEW: _COHORT,
        Action.SEE_RESULTS: _COHORT,
        Action.EXPORT: _COHORT,
        Action.ASSIGN: _COHORT,
        Action.MANAGE_COHORT: _COHORT,
        Action.INVITE_TRAINEE: _COHORT,
        Action.RESET_PASSWORD: _COHORT,
        Action.SEE_PEOPLE: _COHORT,
        Action.AUTHOR: _PROGRAMME,
    },
    Role.LEAD: {
        **_OWN,
        Action.SEE_ATTEMPT: _PROGRAMME,
        Action.REVIEW: _OTHERS,
        Action.SEE_RESULTS: _PROGRAMME,
        Action.EXPORT: _PROGRAMME,
        Action.ASSIGN: _PROGRAMME,
        Action.MANAGE_COHORT: _PROGRAMME,
        Action.CREATE_COHORT: _PROGRAMME,
        Action.INVITE_TRAINEE: _PROGRAMME,
        Action.RESET_PASSWORD: _OTHERS,
        Action.SEE_PEOPLE: _PROGRAMME,
        Action.MANAGE_PROGRAMME: _PROGRAMME,
        Action.AUTHOR: _PROGRAMME,
    },
    Role.ADMINISTRATOR: {
        **_OWN,
        Action.MANAGE_COHORT: _PROGRAMME,
        Action.CREATE_COHORT: _PROGRAMME,
        Action.INVITE_TRAINEE: _PROGRAMME,
        Action.RESET_PASSWORD: _OTHERS,
        Action.SEE_PEOPLE: _PROGRAMME,
        Action.MANAGE_PEOPLE: _PROGRAMME,
        Action.MANAGE_PROGRAMME: _PROGRAMME,
        Action.ERASE: _PROGRAMME,
    },
}
"""An administrator looks after people and never reads a conversation; a lead sees the programme's results and gives
nobody a role. Nothing reaches into another programme."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `alone`: the one person at the computer, before there are accounts. A guest is never assessed."""

    person_id: str
    programme_id: str
    name: str
    roles: frozenset[Role]
    guest: bool = False
    alone: bool = False

    def may(self, action: Action, relation: Relation) -> bool:
        """Whether any of the person's roles allows it. Somebody without a role is a trainee in what is their own."""
        own = relation in _OWN.get(action, frozenset())
        return own or any(relation in ALLOWED[role].get(action, frozenset()) for role in self.roles)

    def must(self, action: Action, relation: Relation) -> None:
        """Refuse what the person may not do.

        Raises:
            NotAllowed: none of their roles allows it.
        """
        if not self.may(action, relation):
            raise NotAllowed


def may_give(actor: Actor, role: Role) -> bool:
    """Whether an actor may make somebody this: an administrator anything, who may invite trainees a trainee."""
    if actor.may(Action.MANAGE_PEOPLE, Relation.PROGRAMME):
        return True
    return role is Role.TRAINEE and any(
        actor.may(Action.INVITE_TRAINEE, relation) for relation in (Relation.OWN_COHORT, Relation.PROGRAMME)
    )
