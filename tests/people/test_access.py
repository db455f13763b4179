"""Who may do what to whose: asked of the use cases themselves, for every role and every way of standing to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.records.access import ALLOWED, Action, Actor, Relation, Role
from simulator.records.errors import AttemptMissing, NotAllowed
from simulator.records.reviews import Ruled, Step
from simulator.session.events import Mode
from simulator.session.scoring import Level

from .conftest import Programme, roster_of

EVERYBODY = (
    "administrator",
    "lead",
    "instructor",
    "other instructor",
    "trainee",
    "fellow",
    "other trainee",
    "guest",
    "stranger",
)

Deed = Callable[[Programme, Actor], object]


def assessed(here: Programme) -> str:
    """What the trainee of cohort one did for an assignment."""
    return here.does("trainee", here.set_tea(), warm=False)


def practised(here: Programme) -> str:
    return here.does("trainee")


def shared(here: Programme) -> str:
    attempt = here.does("trainee")
    here.own_data.share(here.actors["trainee"], attempt)
    return attempt


def the_incident(here: Programme, attempt: str) -> tuple[int, str]:
    card = here.attempts.open(attempt)
    return card.playthrough.turns[0].number, "judges"


SETTINGS: dict[str, tuple[Callable[[Programme], str], Callable[[Programme, Actor, str], object], set[str]]] = {
    # what is there, what is tried with it, and who may
    "look at an assessed attempt": (
        assessed,
        lambda here, who, attempt: here.reviews.open(who, attempt),
        {"lead", "instructor", "trainee"},
    ),
    "look at practice": (practised, lambda here, who, attempt: here.reviews.open(who, attempt), {"trainee"}),
    "look at shared practice": (
        shared,
        lambda here, who, attempt: here.reviews.open(who, attempt),
        {"lead", "instructor", "trainee"},
    ),
    "read a review": (
        assessed,
        lambda here, who, attempt: here.reviews.of(who, attempt),
        {"lead", "instructor", "trainee"},
    ),
    "comment": (
        assessed,
        lambda here, who, attempt: here.reviews.comment(who, attempt, "Well."),
        {"lead", "instructor"},
    ),
    "comment on practice": (practised, lambda here, who, attempt: here.reviews.comment(who, attempt, "Well."), set()),
    "override": (
        assessed,
        lambda here, who, attempt: here.reviews.override(who, attempt, "empathy", Level.COMPETENT, "Heard more."),
        {"lead", "instructor"},
    ),
    "review": (
        assessed,
        lambda here, who, attempt: here.reviews.take_step(who, attempt, Step.REVIEWED),
        {"lead", "instructor"},
    ),
    "answer a comment": (assessed, lambda here, who, attempt: here.reviews.answer(who, attempt, "I see."), {"trainee"}),
    "appeal": (assessed, lambda here, who, attempt: here.reviews.appeal(who, attempt, "Again, please."), {"trainee"}),
    "play another's attempt": (
        practised,
        lambda here, who, attempt: here.own(_name(here, who)).open(attempt),
        {"trainee"},
    ),
    "share": (practised, lambda here, who, attempt: here.own_data.share(who, attempt), {"trainee"}),
    "erase an attempt": (practised, lambda here, who, attempt: here.own_data.erase_attempt(who, attempt), {"trainee"}),
    "see the book": (
        lambda here: here.set_tea(),
        lambda here, who, assignment: here.book.page(who, assignment),
        {"lead", "instructor"},
    ),
    "see one's own line": (
        lambda here: here.set_tea(),
        lambda here, who, assignment: here.book.mine(who, assignment),
        {"lead", "instructor", "trainee", "fellow"},
    ),
    "begin for an assignment": (
        lambda here: here.set_tea(),
        lambda here, who, assignment: here.assignments.place_for(who, assignment, "tea"),
        {"trainee", "fellow"},
    ),
    "put an assignment away": (
        lambda here: here.set_tea(),
        lambda here, who, assignment: here.assignments.archive(who, assignment),
        {"lead", "instructor"},
    ),
    "set an assignment": (
        lambda here: "one",
        lambda here, who, cohort: here.set_tea(cohort, _name(here, who)),
        {"lead", "instructor"},
    ),
    "list a cohort": (
        lambda here: here.cohorts_by_name["one"],
        lambda here, who, cohort: here.cohorts.members(who, cohort),
        {"administrator", "lead", "instructor"},
    ),
    "bring in a roster": (
        lambda here: here.cohorts_by_name["one"],
        lambda here, who, cohort: here.cohorts.bring_in(who, cohort, roster_of(("s1", "Sol"))),
        {"administrator", "lead", "instructor"},
    ),
    "make a cohort": (
        lambda here: "three",
        lambda here, who, name: here.cohorts.create(who, name, "UTC"),
        # The stranger makes one in their own programme, which is theirs to do.
        {"administrator", "lead", "stranger"},
    ),
    "invite a trainee": (
        lambda here: here.cohorts_by_name["one"],
        lambda here, who, cohort: here.people.invite(who, Role.TRAINEE, cohort),
        {"administrator", "lead", "instructor"},
    ),
    "invite an instructor": (
        lambda here: here.cohorts_by_name["one"],
        lambda here, who, cohort: here.people.invite(who, Role.INSTRUCTOR, cohort),
        {"administrator"},
    ),
    "reset a trainee's password": (
        lambda here: here.actors["trainee"].person_id,
        lambda here, who, person: here.people.reset_link(who, person),
        {"administrator", "lead", "instructor"},
    ),
    "reset the lead's password": (
        lambda here: here.actors["lead"].person_id,
        lambda here, who, person: here.people.reset_link(who, person),
        {"administrator"},
    ),
    "make somebody an administrator": (
        lambda here: here.actors["fellow"].person_id,
        lambda here, who, person: here.people.give_role(who, person, Role.ADMINISTRATOR),
        {"administrator"},
    ),
    "close an account": (
        lambda here: here.actors["fellow"].person_id,
        lambda here, who, person: here.people.close(who, person),
        {"administrator"},
    ),
    "erase a person": (
        lambda here: here.actors["trainee"].person_id,
        lambda here, who, person: here.own_data.erase_person(who, person),
        {"administrator", "trainee"},
    ),
    "say how long practice is kept": (
        lambda here: "",
        lambda here, who, _: here.own_data.set_retention(who, 90),
        {"administrator", "lead", "stranger"},
    ),
    "list shared practice": (
        lambda here: here.cohorts_by_name["one"],
        lambda here, who, cohort: here.reviews.shared_in(who, cohort),
        {"lead", "instructor"},
    ),
    "list people": (
        lambda here: "",
        lambda here, who, _: here.people.seen(who),
        {"administrator", "lead", "instructor", "other instructor", "stranger"},
    ),
}


def _name(here: Programme, actor: Actor) -> str:
    return next(name for name, one in here.actors.items() if one is actor)


@pytest.mark.parametrize("deed", SETTINGS)
def test_each_deed_is_for_exactly_those_who_may(deed: str, programme_of_two: Programme) -> None:
    here = programme_of_two
    prepare, attempted, may = SETTINGS[deed]
    subject = prepare(here)
    refused = set()
    for who in EVERYBODY:
        try:
            attempted(here, here.actors[who], subject)
        except (NotAllowed, AttemptMissing):
            refused.add(who)
        except Exception as other:  # whoever is let in may meet what an earlier one left behind
            assert who in may, (who, other)
    assert set(EVERYBODY) - refused == may


def test_what_is_refused_looks_just_like_what_is_not_there(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = assessed(here)
    told = []
    for wanted in (attempt, "no-such-attempt"):
        with pytest.raises(AttemptMissing) as refused:
            here.reviews.open(here.actors["other instructor"], wanted)
        told.append(str(refused.value))
    assert told[0] == told[1]


MATRIX = """
                   trainee  instructor  lead  administrator
play               s        s           s     s
share              s        s           s     s
see_attempt        s        sc          scp   s
review             -        c           cp    -
answer_review      s        s           s     s
see_results        -        c           scp   -
export             -        c           scp   -
assign             -        c           scp   -
manage_cohort      -        c           scp   scp
create_cohort      -        -           scp   scp
invite_trainee     -        c           scp   scp
reset_password     -        c           cp    cp
see_people         -        c           scp   scp
manage_people      -        -           -     scp
manage_programme   -        -           scp   scp
read_log           s        s           s     s
take_copy          s        s           s     s
erase              s        s           s     scp
author             -        scp         scp   -
"""
"""Once more by hand. s: oneself, c: a cohort one teaches and who learns in it, p: anybody of the programme."""


def test_the_table_says_of_every_role_and_action_what_is_written_here() -> None:
    head, *lines = MATRIX.strip().splitlines()
    letters = {Relation.SELF: "s", Relation.OWN_COHORT: "c", Relation.PROGRAMME: "p", Relation.ELSEWHERE: "!"}
    assert [line.split()[0] for line in lines] == [action.value for action in Action]
    for line in lines:
        action, *cells = line.split()
        for role, cell in zip(head.split(), cells, strict=True):
            allowed = ALLOWED[Role(role)].get(Action(action), frozenset())
            told = "".join(letter for relation, letter in letters.items() if relation in allowed)
            assert told == cell.strip("-"), (action, role)


def test_nothing_reaches_into_another_programme() -> None:
    for role in Role:
        for action in Action:
            assert Relation.ELSEWHERE not in ALLOWED[role].get(action, frozenset())


def test_a_guest_is_never_assessed(programme_of_two: Programme) -> None:
    here = programme_of_two
    with pytest.raises(NotAllowed):
        here.own("guest").begin(here.content, Mode.ASSESSMENT)
    assert here.own("guest").begin(here.content, Mode.PRACTICE)


def test_an_incident_is_ruled_on_by_who_reviews(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = assessed(here)
    for who in ("trainee", "other instructor", "administrator"):
        with pytest.raises(AttemptMissing):
            here.reviews.rule(here.actors[who], attempt, *the_incident(here, attempt), Ruled.CLEARED, "A slip.")
