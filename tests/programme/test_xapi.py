"""Statements for a learning record store: valid by others' reading of the specification, and without key or names."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import tincan
from sqlalchemy import update

from simulator.content.library import content_from_texts
from simulator.programme.xapi import OURS, Written, write_statements
from simulator.records.access_log import looks_at
from simulator.records.assignments import Release
from simulator.records.attempts import PlaceInAssignment
from simulator.records.errors import NotAllowed, Unfit
from simulator.records.exports import CohortExports
from simulator.records.reviews import Step
from simulator.records.schema import event, result
from simulator.session.events import Mode
from tests.people.conftest import Programme
from tests.programme.xapi_schema import complaints

Statement = dict[str, Any]


def told(here: Programme, who: str = "lead", **otherwise: Any) -> tuple[Statement, ...]:
    """The statements of cohort one."""
    return tuple(json.loads(line) for line in written(here, who, **otherwise)[0].splitlines())


def written(here: Programme, who: str = "lead", **otherwise: Any) -> tuple[str, Written]:
    """The same as text, and what was said of it."""
    file = io.StringIO()
    exports = CohortExports(here.store, here.clock)
    count = write_statements(exports, here.actors[who], here.cohorts_by_name["one"], file, **otherwise)
    return file.getvalue(), count


def verbs(statements: tuple[Statement, ...]) -> list[str]:
    """The verbs, by their last word."""
    return [one["verb"]["id"].rpartition("/")[2] for one in statements]


def everything_that_can_happen(here: Programme) -> None:
    """One who finished and is released, one who stopped, one who is in the middle, one with the equal alternative."""
    task = here.set_tea(release=Release.BY_HAND, attempts_allowed=None)
    done = here.does("trainee", task)
    with here.store.writing() as connection:
        connection.execute(update(result).where(result.c.attempt_id == done).values(overall=0.625))
    here.reviews.take_step(here.actors["instructor"], done, Step.RELEASED)
    own = here.own("fellow")
    for answers in (1, 2):
        attempt = own.begin(
            here.content, Mode.ASSESSMENT, place=here.assignments.place_for(here.actors["fellow"], task, "tea")
        )
        own.answer(attempt, 1, "scold")
        if answers == 1:
            own.stop(attempt, 2)
    meets_another_client(here, task)


def meets_another_client(here: Programme, task: str) -> str:
    """Tom meets the equal alternative in Sam's place."""
    content = here.content
    other = content_from_texts(
        content.scenario_text.replace("id: tea", "id: secret").replace("Sam", "Pat").replace("A cup of tea", "Broth"),
        content.behaviours_text,
        content.rubric_text,
    )
    person_id = here.actors["trainee"].person_id
    attempt = here.attempts.begin(other, Mode.ASSESSMENT, person_id, place=PlaceInAssignment(task, "tea"))
    for number, choice in enumerate(("greet", "close"), start=1):
        here.attempts.answer(attempt, number, choice)
    return attempt


@pytest.mark.parametrize("pseudonymous", [False, True])
def test_every_statement_is_valid_by_the_text_of_the_specification(
    programme_of_two: Programme, pseudonymous: bool
) -> None:
    everything_that_can_happen(programme_of_two)
    statements = told(programme_of_two, pseudonymous=pseudonymous)
    assert {"initialized", "answered", "completed", "terminated"} == set(verbs(statements))
    assert [complaint for one in statements for complaint in complaints(one)] == []
    assert len({one["id"] for one in statements}) == len(statements)


@pytest.mark.parametrize("pseudonymous", [False, True])
def test_every_statement_is_read_by_another_s_library_and_comes_back_as_it_was(
    programme_of_two: Programme, pseudonymous: bool
) -> None:
    everything_that_can_happen(programme_of_two)
    for one in told(programme_of_two, pseudonymous=pseudonymous):
        read = json.loads(tincan.Statement.from_json(json.dumps(one)).to_json())
        assert _without_moment(read) == _without_moment(one)


def test_the_other_library_refuses_what_is_no_statement() -> None:
    for wrong in ({"id": "1"}, {"context": {"registration": "7"}}, {"points": 3}, {"timestamp": "yesterday"}):
        with pytest.raises((ValueError, AttributeError)):
            tincan.Statement.from_json(json.dumps(wrong))


def _without_moment(statement: Statement) -> Statement:
    """The library writes the same moment with more digits and another sign for UTC."""
    return {name: value for name, value in statement.items() if name != "timestamp"}


def _set(path: str, value: Any) -> Callable[[Statement], None]:
    def change(statement: Statement) -> None:
        *way, last = path.split(".")
        place: Any = statement
        for step in way:
            place = place[int(step)] if step.isdigit() else place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value

    return change


@pytest.mark.parametrize(
    "broken",
    [
        _set("id", "1"),
        _set("actor.mbox", "mailto:tom@example.org"),
        _set("actor.account.homePage", "here"),
        _set("actor.account.name", ""),
        _set("verb.id", "answered"),
        _set("verb.display", {"in English": "answered"}),
        _set("object.definition.interactionType", "guess"),
        _set("object.definition.interactionType", None),
        _set("object.definition.choices.0.id", "nod_0"),
        _set("object.definition.choices.0.id", "two words"),
        _set("result.score", {"scaled": 62.5}),
        _set("result.response", 3),
        _set("context.registration", "attempt"),
        _set("context.extensions", {"versions": 1}),
        _set("context.contextActivities", {"child": []}),
        _set("timestamp", "yesterday"),
        _set("timestamp", "2026-03-01 12:00:00"),
        _set("version", "1.0.3"),
        _set("stored", "2026-03-01T12:00:00.000Z"),
    ],
)
def test_the_validator_refuses_what_the_specification_does(broken: Callable[[Statement], None]) -> None:
    choices = [{"id": "greet", "description": {"en": "You look frozen."}}, {"id": "nod_0"}]
    definition = {
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction", "interactionType": "choice", "choices": choices,
    }  # fmt: skip
    statement = {
        "id": "5a2b2a3e-4f0f-5d5e-9c3a-0d6a1c9f7b11",
        "actor": {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "p-1"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {"id": "urn:example:door", "definition": definition},
        "result": {"response": "greet"},
        "context": {"registration": "5a2b2a3e-4f0f-4d5e-9c3a-0d6a1c9f7b11"},
        "timestamp": "2026-03-01T12:00:00.000Z",
    }
    assert not list(complaints(statement))
    worse = copy.deepcopy(statement)
    broken(worse)
    assert list(complaints(worse))


def test_an_answer_says_what_was_chosen_among_what(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = here.does("trainee", here.set_tea())
    statements = told(here)
    assert verbs(statements) == ["initialized", *["answered"] * 7, "completed"]
    first = statements[1]
    definition = first["object"]["definition"]
    assert definition["interactionType"] == "choice"
    assert definition["choices"] == [
        {"id": "greet", "description": {"en": "You look frozen."}},
        {"id": "scold", "description": {"en": "You are late."}},
    ]
    assert first["result"] == {"response": "greet"}
    context = first["context"]
    assert context["registration"] == attempt
    assert [one["id"] for one in context["contextActivities"]["parent"]] == [statements[0]["object"]["id"]]
    extensions = context["extensions"]
    assert sorted(extensions[f"{OURS}:xapi:offered"]) == ["greet", "scold"]
    assert extensions[f"{OURS}:xapi:versions"]["scenario"] == here.content.scenario_hash == context["revision"]
    assert extensions[f"{OURS}:xapi:versions"]["rubric_text"] == here.content.rubric_hash
    assert [one["timestamp"] for one in statements] == sorted(one["timestamp"] for one in statements)


def test_nothing_of_the_key_is_in_it(programme_of_two: Programme) -> None:
    here = programme_of_two
    everything_that_can_happen(here)
    text, _ = written(here)
    for secret in ("correctResponsesPattern", "success", *here.content.behaviours.behaviours, "points", "empathy"):
        assert secret not in text
    assert all(set(one["result"]) == {"response"} for one in told(here) if one["verb"]["id"].endswith("answered"))


def test_actors_have_no_names_and_are_the_same_from_one_time_to_the_next(programme_of_two: Programme) -> None:
    here = programme_of_two
    everything_that_can_happen(here)
    first, again = written(here)[0], written(here)[0]
    assert first == again
    actors = {one["actor"]["account"]["name"] for one in told(here)}
    assert len(actors) == 2 and all(set(one["actor"]) == {"objectType", "account"} for one in told(here))
    for who in ("trainee", "fellow"):
        assert here.actors[who].name not in first and here.actors[who].person_id not in first
    assert {one["actor"]["account"]["homePage"] for one in told(here, home_page="https://college.example/")} == {
        "https://college.example/"
    }


def test_nothing_links_two_pseudonymous_exports(programme_of_two: Programme) -> None:
    here = programme_of_two
    everything_that_can_happen(here)
    times = [told(here, pseudonymous=True), told(here, pseudonymous=True), told(here)]
    for what in (
        lambda one: one["id"],
        lambda one: one["actor"]["account"]["name"],
        lambda one: one["context"]["registration"],
    ):
        seen = [{what(one) for one in statements} for statements in times]
        assert not seen[0] & seen[1] and not seen[0] & seen[2]
    assert {one["timestamp"][11:17] for one in times[0]} == {"00:00:"}
    for registration in {one["context"]["registration"] for one in times[0]}:
        of_one = [one for one in times[0] if one["context"]["registration"] == registration]
        numbers = [one["context"]["extensions"][f"{OURS}:xapi:event"] for one in of_one]
        assert numbers == sorted(numbers)
        assert [one["timestamp"] for one in of_one] == sorted(one["timestamp"] for one in of_one)


def test_the_score_is_told_once_the_trainee_may_see_it_and_as_another_statement(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = here.does("trainee", here.set_tea(release=Release.BY_HAND))
    with here.store.writing() as connection:
        connection.execute(update(result).where(result.c.attempt_id == done).values(overall=0.625))
    before = told(here)[-1]
    assert before["result"] == {"completion": True}
    here.reviews.take_step(here.actors["instructor"], done, Step.RELEASED)
    after = told(here)[-1]
    assert after["result"] == {"completion": True, "score": {"scaled": 0.625}}
    assert before["id"] != after["id"]


def test_who_stopped_has_not_completed(programme_of_two: Programme) -> None:
    here = programme_of_two
    task = here.set_tea()
    own = here.own("trainee")
    attempt = own.begin(
        here.content, Mode.ASSESSMENT, place=here.assignments.place_for(here.actors["trainee"], task, "tea")
    )
    own.stop(attempt, 1)
    statements = told(here)
    assert verbs(statements) == ["initialized", "terminated"]
    assert statements[-1]["result"] == {"completion": False}


def test_the_equal_alternative_is_not_to_be_seen(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = meets_another_client(here, here.set_tea())
    text, _ = written(here)
    statements = told(here)
    assert verbs(statements) == ["initialized", "completed"]
    assert {one["object"]["id"] for one in statements} == {f"{OURS}:scenario:tea"}
    opened = here.attempts.open(attempt)
    for secret in ("secret", "Broth", "Pat", opened.content.scenario_hash, opened.content.meaning_hash):
        assert secret not in text


def test_practice_and_other_cohorts_are_not_in_it(programme_of_two: Programme) -> None:
    here = programme_of_two
    here.does("trainee")
    other = here.set_tea("two", "other instructor")
    here.does("other trainee", other)
    assert told(here) == ()


@pytest.mark.parametrize("who", ["trainee", "other instructor", "administrator", "stranger"])
def test_nobody_takes_out_what_is_not_theirs(programme_of_two: Programme, who: str) -> None:
    with pytest.raises(NotAllowed):
        told(programme_of_two, who)


@pytest.mark.parametrize("wrong", ["college", "", "https://", "https:// college", "mailto:us@college.example"])
def test_accounts_of_no_site_are_refused_and_nothing_is_taken_out(programme_of_two: Programme, wrong: str) -> None:
    with pytest.raises(Unfit, match="address of a site"):
        written(programme_of_two, home_page=wrong)
    assert not looks_at(programme_of_two.store, programme_of_two.actors["trainee"])


def test_it_is_written_down_for_everybody_concerned(programme_of_two: Programme) -> None:
    here = programme_of_two
    told(here, "instructor", pseudonymous=True)
    assert [look.detail for look in looks_at(here.store, here.actors["trainee"])] == ["xapi, pseudonymous"]


def test_an_attempt_that_cannot_be_read_is_counted_and_passed_over(programme_of_two: Programme) -> None:
    here = programme_of_two
    attempt = here.does("trainee", here.set_tea())
    with here.store.writing() as connection:
        connection.execute(
            update(event).where(event.c.attempt_id == attempt, event.c.number == 3).values(body={"version": 99})
        )
    assert written(here) == ("", Written(0, 1, 1))
