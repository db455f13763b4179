"""Gradebooks as Moodle and Canvas read them: the right mark at the right person, and none that is not released."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import update

from simulator.programme.gradebooks import Gradebook, Platform, canvas_title, gradebook
from simulator.records.access_log import Looked, looks_at
from simulator.records.assignments import Release
from simulator.records.errors import NotAllowed
from simulator.records.exports import CohortExports
from simulator.records.reviews import Step
from simulator.records.schema import assignment, person, result
from tests.people.conftest import Programme
from tests.programme.cohorts import MadeUp, story


def book_of(here: Programme, platform: Platform, who: str = "instructor", **otherwise: bool) -> Gradebook:
    """The gradebook of cohort one."""
    exports = CohortExports(here.store, here.clock)
    return gradebook(exports, here.actors[who], here.cohorts_by_name["one"], platform, **otherwise)  # type: ignore[arg-type]


def lines(book: Gradebook) -> list[list[str]]:
    """What a CSV reader makes of it."""
    return list(csv.reader(io.StringIO(book.text, newline="")))


def as_canvas_imports(text: str) -> tuple[dict[str, float], dict[tuple[str, str], str]]:
    """Points possible by title, and marks by SIS id and title, read as Canvas's importer is documented to read.

    The header is known by its first two cells and by Section in the fifth; columns named as totals are passed over; a
    line that says Points Possible is about assignments; a number in brackets at the end of a title is an id.
    """
    header, *rest = csv.reader(io.StringIO(text, newline=""))
    assert "Student" in header[0] and "ID" in header[1] and "Section" in header[4]
    assert re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3])
    totals = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
    titles = [title for title in header[5:] if not totals.search(title)]
    assert titles == header[5:] and not any(re.search(r"\(\d+\)$", title) for title in titles)
    possible, marks = {}, {}
    for row in rest:
        for title in titles:
            cell = row[header.index(title)]
            if "Points Possible" in row[0]:
                possible[title] = float(cell)
            else:
                marks[row[2], title] = cell
    return possible, marks


def came_to(here: Programme, attempt_id: str, overall: float) -> None:
    """Have it that an attempt came to this: Sam is too short a talk to determine anything."""
    with here.store.writing() as connection:
        connection.execute(update(result).where(result.c.attempt_id == attempt_id).values(overall=overall))


def known_by_reference(here: Programme) -> None:
    """Tom and Fay get the numbers that their university knows them by."""
    with here.store.writing() as connection:
        for name in ("Tom", "Fay"):
            connection.execute(update(person).where(person.c.name == name).values(reference=f"S-{name}"))


def test_moodle_gets_a_column_to_know_people_by_and_one_for_each_item(programme_of_two: Programme) -> None:
    here = programme_of_two
    known_by_reference(here)
    task = here.set_tea()
    came_to(here, here.does("trainee", task), 0.725)
    header, fay, tom = lines(book_of(here, Platform.MOODLE))
    assert header == ["ID number", "Email address", "Full name", "Tea with Sam"]
    assert tom == ["S-Tom", "tom@example.org", "Tom", "73"]
    assert (fay[0], fay[-1]) == ("S-Fay", "")


def test_canvas_reads_marks_and_points_possible(programme_of_two: Programme) -> None:
    here = programme_of_two
    known_by_reference(here)
    task = here.set_tea()
    came_to(here, here.does("trainee", task), 0.0)
    possible, marks = as_canvas_imports(book_of(here, Platform.CANVAS).text)
    assert possible == {"Tea with Sam": 100}
    assert marks == {("S-Tom", "Tea with Sam"): "0", ("S-Fay", "Tea with Sam"): ""}


@pytest.mark.parametrize("platform", Platform)
def test_a_mark_is_held_back_until_its_trainee_may_see_it(programme_of_two: Programme, platform: Platform) -> None:
    here = programme_of_two
    done = here.does("trainee", here.set_tea(release=Release.BY_HAND))
    came_to(here, done, 0.5)
    held = book_of(here, platform)
    assert (held.marks, held.held_back) == (0, 1)
    assert not any(cell.isdigit() for cell in lines(held)[-1])
    asked = book_of(here, platform, unreleased=True)
    assert (asked.marks, asked.held_back) == (1, 0)
    here.reviews.take_step(here.actors["instructor"], done, Step.RELEASED)
    assert book_of(here, platform) == asked


def test_where_overall_is_not_determined_there_is_no_mark(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    here.does("trainee", task, warm=False)
    assert here.book.page(here.actors["instructor"], task).rows[1].cells["tea"].overall is None
    assert lines(book_of(here, Platform.MOODLE))[2][-1] == ""


def test_the_attempt_that_counts_gives_the_mark(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk", counts="best")
    with cohort_of.at_once():
        (who,) = cohort_of.enrol(1)
        for choice in ("advise", "reflect", "judge"):
            cohort_of.does(who, story(), [choice] * 8, task)
    book = gradebook(CohortExports(cohort_of.store), cohort_of.lead, "c", Platform.MOODLE)
    assert lines(book)[1][-1] == "100"


def test_each_client_of_an_assignment_and_each_of_two_of_one_title_has_a_column(cohort_of: MadeUp) -> None:
    for slots in (("walk", "talk"), ("walk",), ("talk",)):
        cohort_of.set(*slots)
    with cohort_of.store.writing() as connection:
        connection.execute(update(assignment).values(title="Term one"))
    book = gradebook(CohortExports(cohort_of.store), cohort_of.lead, "c", Platform.MOODLE)
    assert lines(book)[0][3:] == ["Term one: walk", "Term one: talk", "Term one", "Term one, 2"]


@pytest.mark.parametrize("title", ["Section", "Final Score", "Unposted Current Grade", "Tea (12)", "ID", "Tea (3) "])
def test_canvas_takes_no_title_for_something_of_its_own(cohort_of: MadeUp, title: str) -> None:
    cohort_of.set("walk")
    cohort_of.enrol(1)
    with cohort_of.store.writing() as connection:
        connection.execute(update(assignment).values(title=title))
    book = gradebook(CohortExports(cohort_of.store), cohort_of.lead, "c", Platform.CANVAS)
    possible, _ = as_canvas_imports(book.text)
    assert possible == {canvas_title(title): 100}
    assert canvas_title("Tea with Sam") == "Tea with Sam"


def test_names_in_a_gradebook_are_harmless(cohort_of: MadeUp) -> None:
    cohort_of.set("walk")
    cohort_of.enrol(1)
    with cohort_of.store.writing() as connection:
        connection.execute(update(person).where(person.c.id == "t000").values(name='=HYPERLINK("http://x")'))
        connection.execute(update(assignment).values(title="=1+1"))
    for platform in Platform:
        book = gradebook(CohortExports(cohort_of.store), cohort_of.lead, "c", platform)
        assert not [cell for line in lines(book) for cell in line if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("who", ["trainee", "other instructor", "administrator", "stranger"])
def test_nobody_takes_out_the_marks_of_another_s_cohort(programme_of_two: Programme, who: str) -> None:
    with pytest.raises(NotAllowed):
        book_of(programme_of_two, Platform.MOODLE, who)


def test_who_took_the_marks_out_is_told(programme_of_two: Programme) -> None:
    here = programme_of_two
    book_of(here, Platform.CANVAS)
    (look,) = looks_at(here.store, here.actors["fellow"])
    assert (look.what, look.detail) == (Looked.EXPORTED, "canvas")
