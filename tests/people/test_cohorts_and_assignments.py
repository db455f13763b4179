"""Rosters, assignments and the results book."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.records.access import Role
from simulator.records.assignments import Counts, Release
from simulator.records.errors import NotAllowed, Unfit
from simulator.records.results_book import Status, counting
from simulator.records.reviews import Ruled, Step
from simulator.records.roster import MOST_LINES, read_roster
from simulator.session.events import Mode
from simulator.session.scoring import Level
from tests.records.conftest import NOON

from .conftest import Programme, roster_of


def cell(here: Programme, assignment: str, who: str = "trainee", by: str = "instructor"):  # type: ignore[no-untyped-def]
    """Somebody's place in the book."""
    rows = {row.person_id: row for row in here.book.page(here.actors[by], assignment).rows}
    return rows[here.actors[who].person_id].cells["tea"]


# --- rosters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "reference,name,email\ns1,Sol Sand,sol@example.org\n",
        "Reference;Name;E-mail\r\ns1;Sol Sand;sol@example.org\r\n",
        "\ufeffStudent number\tFull name\tEmail address\ns1\t Sol  Sand \tsol@example.org\n\n",
        'email,name,reference\nsol@example.org,"Sol Sand",s1\n',
    ],
)
def test_a_roster_is_read_as_spreadsheets_write_it(text: str) -> None:
    roster = read_roster(text.encode())
    assert roster.errors == ()
    assert [(line.reference, line.name, line.email) for line in roster.lines] == [("s1", "Sol Sand", "sol@example.org")]


@pytest.mark.parametrize(
    ("data", "line", "told"),
    [
        (b"who,when\na,b\n", 1, "lacks reference and name"),
        (b"", 1, "lacks"),
        (b"reference,name\n", 1, "nobody"),
        (b"reference,name\n,Sol\n", 2, "reference is missing"),
        (b"reference,name\ns1,\n", 2, "name of 's1'"),
        (b"reference,name\ns1,Sol\ns2,Sal\ns1,Sil\n", 4, "line 2 already"),
        (b"reference,name,email\ns1,Sol,none\n", 2, "e-mail"),
        (b"\xff\xfe\x00a", 1, "UTF-8"),
        (b"reference,name\n\x00", 1, "not a CSV"),
        (b"reference,name\n" + b"".join(b"s%d,N\n" % n for n in range(MOST_LINES + 1)), MOST_LINES + 2, "at most"),
    ],
)
def test_what_is_wrong_with_a_roster_is_told_by_line(data: bytes, line: int, told: str) -> None:
    error = read_roster(data).errors[-1]
    assert (error.number, told in error.told) == (line, True), error


@given(st.binary(max_size=300))
def test_any_bytes_are_a_roster_or_tell_why_not(data: bytes) -> None:
    roster = read_roster(data)
    assert roster.lines or roster.errors


def test_bringing_a_roster_in_twice_changes_nothing_and_a_changed_name_follows(programme_of_two: Programme) -> None:
    here = programme_of_two
    instructor, cohort = here.actors["instructor"], here.cohorts_by_name["one"]
    first = here.cohorts.bring_in(instructor, cohort, roster_of(("s1", "Sol"), ("s2", "Sal")))
    assert [line.reference for line in first.new] == ["s1", "s2"]
    people = here.cohorts.members(instructor, cohort)
    second = here.cohorts.bring_in(instructor, cohort, roster_of(("s1", "Sol"), ("s2", "Sally")))
    assert (second.new, second.joining, len(second.there)) == ((), (), 2)
    after = here.cohorts.members(instructor, cohort)
    assert [one.person_id for one in people if one.role is Role.TRAINEE and one.reference] == [
        one.person_id for one in after if one.role is Role.TRAINEE and one.reference
    ]
    assert "Sally" in {one.name for one in after}


def test_a_preview_writes_nothing_and_a_roster_with_errors_brings_nobody_in(programme_of_two: Programme) -> None:
    here = programme_of_two
    instructor, cohort = here.actors["instructor"], here.cohorts_by_name["one"]
    before = here.cohorts.members(instructor, cohort)
    roster = read_roster(b"reference,name\ns1,Sol\ns2,\n")
    assert [line.reference for line in here.cohorts.preview_roster(instructor, cohort, roster).new] == ["s1"]
    with pytest.raises(Unfit, match="nothing was brought in"):
        here.cohorts.bring_in(instructor, cohort, roster)
    assert here.cohorts.members(instructor, cohort) == before


def test_somebody_of_a_roster_joins_as_who_they_are_there(programme_of_two: Programme) -> None:
    here = programme_of_two
    instructor, cohort = here.actors["instructor"], here.cohorts_by_name["one"]
    here.cohorts.bring_in(instructor, cohort, roster_of(("s1", "Sol")))
    sol = next(one for one in here.cohorts.members(instructor, cohort) if one.reference == "s1")
    link = here.people.invite(instructor, Role.TRAINEE, cohort, sol.person_id)
    assert here.accounts.invited(link).name == "Sol"
    assert here.joined(link, "Sol").person_id == sol.person_id


def test_an_instructor_lists_their_own_cohorts_and_who_looks_after_all_lists_all(programme_of_two: Programme) -> None:
    here = programme_of_two
    for who, names in (
        ("instructor", ["one"]),
        ("other instructor", ["two"]),
        ("lead", ["one", "two"]),
        ("administrator", ["one", "two"]),
        ("trainee", []),
        ("stranger", []),
    ):
        assert [one.name for one in here.cohorts.seen(here.actors[who])] == names, who
    assert [one.trainees for one in here.cohorts.seen(here.actors["lead"])] == [2, 1]


# --- assignments ----------------------------------------------------------------------------------------------------


def test_an_assignment_is_begun_only_in_its_window_and_as_often_as_it_allows(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea = here.set_tea(attempts_allowed=2)
    here.does("trainee", tea)
    here.does("trainee", tea)
    with pytest.raises(Unfit, match="used up"):
        here.does("trainee", tea)
    here.clock.pass_by(days=-2)
    with pytest.raises(Unfit, match="not open"):
        here.does("fellow", tea)
    here.clock.pass_by(days=12)
    with pytest.raises(Unfit, match="not open"):
        here.does("fellow", tea)


def test_an_attempt_that_goes_on_is_gone_on_with_and_not_begun_again(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea = here.set_tea(attempts_allowed=None)
    place = here.assignments.place_for(here.actors["trainee"], tea, "tea")
    here.own("trainee").begin(here.content, Mode.ASSESSMENT, place=place)
    with pytest.raises(Unfit, match="begun this one"):
        here.assignments.place_for(here.actors["trainee"], tea, "tea")
    with pytest.raises(Unfit, match="begun this one"):  # a second tab that had asked for leave before
        here.own("trainee").begin(here.content, Mode.ASSESSMENT, place=place)


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        ({"slots": ()}, "one client or more"),
        ({"attempts_allowed": 0}, "At least one"),
        ({"title": " "}, "name is needed"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    otherwise: dict[str, object], told: str, programme_of_two: Programme
) -> None:
    here = programme_of_two
    from dataclasses import replace

    kept = here.assignments.one(here.actors["instructor"], here.set_tea()).setting
    with pytest.raises(Unfit, match=told):
        here.assignments.set(
            here.actors["instructor"],
            here.cohorts_by_name["one"],
            replace(kept, **otherwise),  # type: ignore[arg-type]
        )


def test_a_reserved_client_is_met_nowhere_else_until_the_assignment_closes(programme_of_two: Programme) -> None:
    here = programme_of_two
    from dataclasses import replace

    from simulator.records.assignments import Slot

    instructor = here.actors["instructor"]
    setting = here.assignments.one(instructor, here.set_tea()).setting
    here.assignments.set(instructor, here.cohorts_by_name["one"], replace(setting, slots=(Slot("tea", reserved=True),)))
    assert here.assignments.reserved_now(instructor.programme_id) == {"tea"}
    assert here.assignments.reserved_now("next-door") == frozenset()
    here.clock.pass_by(days=10)
    assert here.assignments.reserved_now(instructor.programme_id) == frozenset()


# --- the book -------------------------------------------------------------------------------------------------------


def test_the_book_tells_where_everybody_stands(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea = here.set_tea(attempts_allowed=3)
    assert cell(here, tea).status is Status.NOT_STARTED
    place = here.assignments.place_for(here.actors["trainee"], tea, "tea")
    going = here.own("trainee").begin(here.content, Mode.ASSESSMENT, place=place)
    assert cell(here, tea).status is Status.IN_PROGRESS
    here.own("trainee").answer(going, 1, "greet")
    here.own("trainee").answer(going, 2, "close")
    done = cell(here, tea)
    assert (done.status, done.attempt_id, done.attempts) == (Status.DONE, going, 1)
    here.reviews.take_step(here.actors["instructor"], going, Step.REVIEWED)
    assert cell(here, tea).status is Status.REVIEWED
    here.reviews.appeal(here.actors["trainee"], going, "Please look again.")
    assert cell(here, tea).status is Status.FOR_REVIEW
    here.clock.pass_by(seconds=1)
    here.reviews.take_step(here.actors["instructor"], going, Step.REVIEWED, "Looked again; it stands.")
    assert cell(here, tea).status is Status.REVIEWED
    here.reviews.take_step(here.actors["instructor"], going, Step.REOPENED, "Somebody else should look.")
    assert cell(here, tea).status is Status.FOR_REVIEW
    assert cell(here, tea, "fellow").status is Status.NOT_STARTED


def test_what_ends_after_it_was_due_is_late(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea = here.set_tea()
    here.clock.pass_by(days=8)
    here.does("trainee", tea)
    assert (cell(here, tea).status, cell(here, tea).late) == (Status.LATE, True)


@pytest.mark.parametrize(
    ("counts", "which"), [(Counts.FIRST, "poor"), (Counts.LAST, "undetermined"), (Counts.BEST, "good")]
)
def test_which_attempt_counts_is_as_it_was_set(counts: Counts, which: str) -> None:
    def over(name: str, overall: float | None, **otherwise: object) -> SimpleNamespace:
        told = {"id": name, "ended": True, "ended_at": NOON, "stopped": False, "overall": overall}
        return SimpleNamespace(**{**told, **otherwise})

    rows = [
        over("stopped first", None, stopped=True),
        over("poor", 0.2),
        over("good", 0.9),
        over("undetermined", None),
        over("stopped last", None, stopped=True),
        over("going on", None, ended=False, ended_at=None),
    ]
    assert counting(rows, counts).id == which
    assert counting(rows[-1:], counts) is None
    assert counting(rows[:1], counts).id == "stopped first"  # there is no other


def test_a_level_put_in_place_shows_everywhere_and_goes_back(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea = here.set_tea()
    attempt = here.does("trainee", tea)
    worked_out = cell(here, tea).levels["empathy"]
    assert worked_out is not Level.NOT_YET
    here.reviews.override(here.actors["instructor"], attempt, "empathy", Level.NOT_YET, "It did not reach Sam.")
    assert (cell(here, tea).levels["empathy"], cell(here, tea).overridden) == (Level.NOT_YET, {"empathy"})
    assert here.book.mine(here.actors["trainee"], tea)["tea"].levels["empathy"] is Level.NOT_YET
    with pytest.raises(Unfit, match="reason"):
        here.reviews.override(here.actors["instructor"], attempt, "empathy", None, " ")
    here.reviews.override(here.actors["instructor"], attempt, "empathy", None, "I was wrong.")
    assert (cell(here, tea).levels["empathy"], cell(here, tea).overridden) == (worked_out, frozenset())
    history = here.reviews.of(here.actors["trainee"], attempt).overrides
    assert [one.level for one in history] == [Level.NOT_YET, None]
    assert history[0].author == "Ines"


def test_feedback_opens_when_it_was_set_to(programme_of_two: Programme) -> None:
    here = programme_of_two
    tom, instructor = here.actors["trainee"], here.actors["instructor"]
    for release in Release:
        tea = here.set_tea(release=release)
        attempt = here.does("trainee", tea)
        here.reviews.comment(instructor, attempt, "Well met.")
        open_at_once = release is Release.AT_ONCE
        assert here.reviews.feedback_open(tom, attempt) is open_at_once
        assert here.reviews.feedback_open(instructor, attempt)
        assert bool(here.reviews.of(tom, attempt).remarks) is open_at_once
        assert bool(here.book.mine(tom, tea)["tea"].levels) is open_at_once
        if release is Release.BY_HAND:
            here.clock.pass_by(days=20)
            assert not here.reviews.feedback_open(tom, attempt)
            here.reviews.take_step(instructor, attempt, Step.RELEASED)
        if release is Release.AT_CLOSE:
            here.clock.pass_by(days=9, hours=1)
        assert here.reviews.feedback_open(tom, attempt)
        here.clock.pass_by(days=30)


def test_comments_are_answered_and_every_look_is_there_to_be_read(programme_of_two: Programme) -> None:
    from simulator.records.access_log import Looked, looks_at

    here = programme_of_two
    attempt = here.does("trainee", here.set_tea())
    here.reviews.open(here.actors["lead"], attempt)
    here.reviews.comment(here.actors["instructor"], attempt, "What made you scold him?", 1)
    here.reviews.answer(here.actors["trainee"], attempt, "I was nervous.", 1)
    with pytest.raises(Unfit, match="nothing written"):
        here.reviews.comment(here.actors["instructor"], attempt, "  ")
    remarks = here.reviews.of(here.actors["trainee"], attempt).remarks
    assert [(one.author, one.mine, one.number) for one in remarks] == [("Ines", False, 1), ("Tom", True, 1)]
    looks = [(look.who, look.what, look.subject) for look in looks_at(here.store, here.actors["trainee"])]
    assert looks == [("Ines", Looked.COMMENTED, attempt), ("Lea", Looked.OPENED_ATTEMPT, attempt)]
    assert looks_at(here.store, here.actors["fellow"]) == ()


def test_an_incident_that_nobody_ruled_on_keeps_an_attempt_for_review(programme_of_two: Programme) -> None:
    from sqlalchemy import insert

    from simulator.records.schema import incident

    here = programme_of_two
    tea = here.set_tea()
    attempt = here.does("trainee", tea, warm=False)
    with here.store.writing() as connection:
        connection.execute(
            insert(incident).values(
                attempt_id=attempt, number=1, behaviour="judges", programme_id=here.actors["lead"].programme_id
            )
        )
    assert cell(here, tea).status is Status.FOR_REVIEW
    here.reviews.take_step(here.actors["instructor"], attempt, Step.REVIEWED)
    assert cell(here, tea).status is Status.FOR_REVIEW  # a review does not stand in for a ruling
    here.reviews.rule(here.actors["instructor"], attempt, 1, "judges", Ruled.CLEARED, "A joke between them.")
    assert cell(here, tea).status is Status.REVIEWED
    ruling = here.reviews.of(here.actors["trainee"], attempt).standing[1, "judges"]
    assert (ruling.ruling, ruling.reason, ruling.author) == (Ruled.CLEARED, "A joke between them.", "Ines")


def test_who_left_the_cohort_stays_in_the_book_with_what_they_did(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea, later = here.set_tea(), here.set_tea()
    here.does("trainee", tea)
    here.cohorts.take_out(
        here.actors["instructor"], here.cohorts_by_name["one"], here.actors["trainee"].person_id, Role.TRAINEE
    )
    assert "Tom" in {row.name for row in here.book.page(here.actors["instructor"], tea).rows}
    assert "Tom" not in {row.name for row in here.book.page(here.actors["instructor"], later).rows}
    with pytest.raises(NotAllowed):
        here.assignments.place_for(here.actors["trainee"], later, "tea")


def test_the_book_comes_page_by_page(programme_of_two: Programme) -> None:
    here = programme_of_two
    instructor, cohort = here.actors["instructor"], here.cohorts_by_name["one"]
    here.cohorts.bring_in(instructor, cohort, roster_of(*((f"s{n:03}", f"Person {n:03}") for n in range(23))))
    tea = here.set_tea()
    pages = [here.book.page(instructor, tea, page, size=10) for page in range(4)]
    assert {page.people for page in pages} == {25}
    names = [row.name for page in pages for row in page.rows]
    assert len(names) == len(set(names)) == 25
    assert names == sorted(names)


def test_practice_does_not_show_in_the_book_and_what_is_late_by_the_clock_is_by_the_instant(
    programme_of_two: Programme,
) -> None:
    here = programme_of_two
    tea = here.set_tea()
    here.does("trainee")
    assert cell(here, tea).status is Status.NOT_STARTED
    due = here.assignments.one(here.actors["instructor"], tea).setting.due_at
    here.clock.now = due - timedelta(minutes=1)
    here.does("trainee", tea)
    assert not cell(here, tea).late
