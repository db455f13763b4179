"""What is one's own: a copy of it, erasing it, and how long it is kept."""

from __future__ import annotations

import json

import pytest

from simulator.records.attempts import Writing
from simulator.records.erasing import ERASED_NAME
from simulator.records.errors import AttemptMissing, SignInRefused, Unfit
from simulator.records.results_book import Status
from simulator.records.schema import metadata

from .conftest import WORD, Programme


def everything(here: Programme) -> str:
    """All that is in the database, as text."""
    with here.store.reading() as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(table.select()))


def test_a_copy_has_everything_and_only_ones_own_and_can_be_written_as_json(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = here.does("trainee", here.set_tea())
    here.own("trainee").write(attempt, Writing.REFLECTION, "Sam looked cold.")
    here.does("fellow")
    here.reviews.comment(here.actors["instructor"], attempt, "Warmly met.")
    copy = json.loads(json.dumps(here.own_data.copy(here.actors["trainee"])))
    told = json.dumps(copy)
    for words in ("Tom", "tom@example.org", "Sam looked cold.", "Warmly met.", "nod_3", "commented"):
        assert words in told, words
    assert [one["id"] for one in copy["attempts"]] == [attempt]
    assert len(copy["events"]) == 8
    assert "Fay" not in told
    assert "$argon2" not in told


def test_practice_can_be_erased_and_nothing_of_it_is_left(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = here.does("trainee")
    here.own("trainee").write(attempt, Writing.SAID_FIRST, "My own words.", 1)
    here.own_data.erase_attempt(here.actors["trainee"], attempt)
    left = everything(here)
    assert "My own words." not in left
    assert left.count(attempt) == 1  # in the list of what was erased
    with pytest.raises(AttemptMissing):
        here.own("trainee").open(attempt)


def test_what_was_done_for_an_assignment_stays_with_its_results(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = here.does("trainee", here.set_tea())
    with pytest.raises(Unfit, match="own words"):
        here.own_data.erase_attempt(here.actors["trainee"], attempt)


def test_an_erased_person_is_nobody_and_their_results_stay_without_a_name(programme_of_two: Programme) -> None:
    here = programme_of_two
    tea = here.set_tea()
    attempt = here.does("trainee", tea)
    practised = here.does("trainee")
    here.own("trainee").write(attempt, Writing.REFLECTION, "Sam looked cold.")
    here.reviews.comment(here.actors["instructor"], attempt, "Dear Tom, well met.")
    here.own_data.erase_person(here.actors["trainee"], here.actors["trainee"].person_id)
    left = everything(here)
    for words in ("Tom", "tom@example.org", "Sam looked cold."):
        assert words not in left, words
    assert left.count(practised) == 0
    rows = {row.name: row for row in here.book.page(here.actors["instructor"], tea).rows}
    assert rows[ERASED_NAME].cells["tea"].status is Status.DONE
    with pytest.raises(SignInRefused):
        here.sign_ins.with_password("tom@example.org", WORD)


def test_the_last_administrator_can_be_neither_erased_nor_closed_nor_made_less(programme_of_two: Programme) -> None:
    from simulator.records.access import Role

    here = programme_of_two
    ada = here.actors["administrator"]
    for deed in (
        lambda: here.own_data.erase_person(ada, ada.person_id),
        lambda: here.people.close(ada, ada.person_id),
        lambda: here.people.take_role(ada, ada.person_id, Role.ADMINISTRATOR),
    ):
        with pytest.raises(Unfit, match="last administrator"):
            deed()
    here.people.give_role(ada, here.actors["lead"].person_id, Role.ADMINISTRATOR)
    here.people.take_role(ada, ada.person_id, Role.ADMINISTRATOR)
    assert here.again("administrator").roles == frozenset()


def test_practice_past_its_time_goes_and_assigned_work_and_fresh_practice_stay(programme_of_two: Programme) -> None:
    here = programme_of_two
    old, assigned = here.does("trainee"), here.does("trainee", here.set_tea())
    here.clock.pass_by(days=100)
    fresh = here.does("trainee")
    assert here.own_data.apply_retention() == 0  # nobody has said how long
    with pytest.raises(Unfit):
        here.own_data.set_retention(here.actors["lead"], 3)
    here.own_data.set_retention(here.actors["lead"], 90)
    assert here.own_data.apply_retention() == 1
    assert {one.id for one in here.own("trainee").all()} == {fresh, assigned}
    assert old not in {one.id for one in here.own("trainee").all()}


def test_what_was_erased_is_erased_again_in_a_restored_copy(programme_of_two: Programme) -> None:
    from simulator.records.erasing import erase_again

    here = programme_of_two
    kept, gone = here.does("trainee"), here.does("trainee")
    fay = here.actors["fellow"].person_id
    erased = [
        (here.actors["lead"].programme_id, "attempt", gone, here.clock.now),
        (here.actors["lead"].programme_id, "person", fay, here.clock.now),
    ]
    with here.store.writing() as connection:
        assert erase_again(connection, erased) == 2
    with here.store.writing() as connection:
        assert erase_again(connection, erased) == 0
    assert [one.id for one in here.own("trainee").all()] == [kept]
    assert "Fay" not in everything(here)
