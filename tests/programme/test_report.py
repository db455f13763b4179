"""Reports to print: what is in the book is in them, with reasons and n, and nothing that is not theirs to see."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sqlalchemy import insert, select, update

from simulator.programme.report import CohortReport, PersonReport, cohort_report, own_report, person_report
from simulator.records.access_log import Looked, looks_at
from simulator.records.assignments import Release
from simulator.records.cohort_attempts import CohortAttempts
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import Scope
from simulator.records.errors import NotAllowed, PersonMissing
from simulator.records.export_rows import State
from simulator.records.exports import CohortExports
from simulator.records.reviews import Ruled, Step
from simulator.records.schema import incident, person, result
from simulator.session.scoring import Level, two_places
from simulator.views.reports import Named, cohort_html, person_html
from tests.people.conftest import Programme
from tests.programme.cohorts import MadeUp, story

NAMED = Named({"tea": "Sam (A cup of tea)"}, {"empathy": "Empathy"}, {"judges": "Judges"})


def on(here: Programme, whom: str, who: str = "instructor", *, assignment: str | None = None) -> PersonReport:
    """A report on somebody of cohort one."""
    results = CohortResults(here.store)
    return person_report(
        CohortExports(here.store, here.clock),
        here.reviews,
        results,
        CohortAttempts(results),
        here.actors[who],
        Scope(here.cohorts_by_name["one"], assignment),
        here.actors[whom].person_id,
        {},
    )


def on_oneself(here: Programme, who: str = "trainee", cohort: str = "one") -> PersonReport:
    """The report that a trainee takes of their own."""
    exports = CohortExports(here.store, here.clock)
    return own_report(exports, here.reviews, here.actors[who], here.cohorts_by_name[cohort], {})


def on_made_up(made: MadeUp) -> CohortReport:
    """A report on a made-up cohort."""
    return cohort_report(CohortExports(made.store), made.results, made.lead, made.scope)


class Read(HTMLParser):
    """What a browser would show, and every tag and attribute that could do more than show."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if not self.tags or self.tags[-1] != "style":
            self.shown.append(data)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.shown)


def test_a_person_s_report_has_every_client_that_was_set(programme_of_two: Programme) -> None:
    here = programme_of_two
    first, second, third = here.set_tea(), here.set_tea(), here.set_tea()
    done = here.does("trainee", first)
    here.own("trainee").begin(
        here.content,
        mode=here.assignments.one(here.actors["trainee"], second).setting.mode,
        place=here.assignments.place_for(here.actors["trainee"], second, "tea"),
    )
    here.does("trainee")
    talks = {talk.assignment.id: talk for talk in on(here, "trainee").talks}
    assert {one: talk.state for one, talk in talks.items()} == {first: State.ENDED, second: State.OPEN, third: None}
    attempt = talks[first].attempt
    assert attempt is not None and attempt.key.id == done
    assert [one.score.criterion for one in talks[first].criteria] == ["empathy"]
    assert [talk.assignment.id for talk in on(here, "trainee", assignment=second).talks] == [second]


def test_a_level_put_in_place_is_told_with_its_reason(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = here.does("trainee", here.set_tea())
    here.reviews.override(here.actors["instructor"], done, "empathy", Level.COMPETENT, "He heard <b>her</b>.")
    report = on(here, "trainee", "lead")
    (judged,) = report.talks[0].criteria
    assert judged.override is not None and judged.override.reason == "He heard <b>her</b>."
    shown = Read(person_html(report, NAMED))
    assert "Competent (worked out: Harmful)" in shown.text
    assert "Empathy: put in place by Ines. He heard <b>her</b>." in shown.text
    assert "b" not in shown.tags


def test_the_person_can_read_that_a_report_was_taken_and_nobody_else(programme_of_two: Programme) -> None:
    here = programme_of_two
    on(here, "trainee")
    assert [(look.what, look.detail) for look in looks_at(here.store, here.actors["trainee"])] == [
        (Looked.EXPORTED, "report")
    ]
    assert not looks_at(here.store, here.actors["fellow"])


@pytest.mark.parametrize("who", ["trainee", "fellow", "other instructor", "administrator", "stranger"])
def test_nobody_reports_on_who_is_not_theirs(programme_of_two: Programme, who: str) -> None:
    with pytest.raises(NotAllowed):
        on(programme_of_two, "trainee", who)


def test_nobody_reports_on_somebody_of_another_cohort(programme_of_two: Programme) -> None:
    with pytest.raises(PersonMissing):
        on(programme_of_two, "other trainee")


def test_a_trainee_takes_their_own_report_and_it_says_what_the_instructor_s_does(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = here.does("trainee", here.set_tea())
    here.does("fellow", here.set_tea())
    here.reviews.override(here.actors["instructor"], done, "empathy", Level.COMPETENT, "He heard her.")
    own = on_oneself(here)
    theirs = on(here, "trainee")
    assert (own.person, own.talks, own.standing) == (theirs.person, theirs.talks, theirs.standing)
    assert own.standing and own.own and not theirs.own
    shown = Read(person_html(own, NAMED)).text
    assert "open to you" in shown and "He heard her." in shown and "Fay" not in shown


def test_one_s_own_report_says_nothing_of_a_talk_before_its_feedback_is_open(programme_of_two: Programme) -> None:
    here = programme_of_two
    done = here.does("trainee", here.set_tea(release=Release.BY_HAND), warm=False)
    with here.store.writing() as connection:
        connection.execute(update(result).where(result.c.attempt_id == done).values(overall=0.625))
        of = connection.execute(select(result.c.programme_id).where(result.c.attempt_id == done)).scalar_one()
        connection.execute(insert(incident).values(attempt_id=done, programme_id=of, number=1, behaviour="judges"))
    instructor = here.actors["instructor"]
    here.reviews.override(instructor, done, "empathy", Level.COMPETENT, "SECRET reason")
    here.reviews.rule(instructor, done, 1, "judges", Ruled.CONFIRMED, "SECRET ruling")
    before = on_oneself(here)
    (talk,) = before.talks
    assert talk.attempt is not None and talk.state is State.ENDED
    told = (talk.attempt.overall, talk.attempt.outcome, talk.attempt.ended_at, talk.criteria, talk.incidents)
    assert told == (None, None, None, (), ())
    assert before.standing == ()
    html = Read(person_html(before, NAMED)).text
    assert not [word for word in ("SECRET", "0.63", "0.62", "Competent", "Harmful", "Judges") if word in html]
    here.reviews.take_step(instructor, done, Step.RELEASED)
    after = on_oneself(here)
    assert after.standing and after.talks[0].criteria and after.talks[0].incidents
    assert "SECRET reason" in Read(person_html(after, NAMED)).text


@pytest.mark.parametrize(
    ("who", "cohort"),
    [
        ("trainee", "two"),
        ("instructor", "one"),
        ("lead", "one"),
        ("administrator", "one"),
        ("guest", "one"),
        ("stranger", "one"),
    ],
)
def test_who_does_not_learn_in_a_cohort_has_no_report_of_their_own_there(
    programme_of_two: Programme, who: str, cohort: str
) -> None:
    with pytest.raises(NotAllowed):
        on_oneself(programme_of_two, who, cohort)


def test_one_s_own_report_is_in_nobody_s_log(programme_of_two: Programme) -> None:
    here = programme_of_two
    on_oneself(here)
    for who in ("trainee", "fellow", "instructor"):
        assert not looks_at(here.store, here.actors[who])


def test_criteria_of_several_rubrics_are_told_apart_and_of_one_are_not_cluttered(programme_of_two: Programme) -> None:
    here = programme_of_two
    here.does("trainee", here.set_tea())
    report = on(here, "trainee")
    assert "Empathy (" not in Read(person_html(report, NAMED)).text
    (one,) = report.standing
    both = replace(report, standing=(one, replace(one, rubric="other")))
    shown = Read(person_html(both, NAMED)).shown
    assert f"Empathy ({one.rubric})" in shown and "Empathy (other)" in shown


def test_a_cohort_s_report_has_figures_with_their_n(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    with cohort_of.at_once():
        for number, who in enumerate(cohort_of.enrol(7)):
            if number < 6:
                cohort_of.does(who, story(), ["ask", "judge"] * 4 if number else ["reflect"] * 8, task)
    report = on_made_up(cohort_of)
    assert [(one.done, one.due, one.late, one.waiting) for one in report.people] == [
        (1, 1, 1, 0), *[(1, 1, 1, 4)] * 5, (0, 1, 0, 0),
    ]  # fmt: skip
    shown = Read(cohort_html(report, NAMED)).text
    (empathy,) = [one for one in report.criteria if one.criterion == "empathy"]
    assert f"{two_places(empathy.score.value)} (" in shown and "n 6)" in shown  # type: ignore[union-attr]
    assert "1 of 1" in shown and "0 of 1" in shown and "7 trainees" in shown


def test_of_too_few_people_no_figure_is_given(cohort_of: MadeUp) -> None:
    task = cohort_of.set("walk")
    with cohort_of.at_once():
        for who in cohort_of.enrol(4):
            cohort_of.does(who, story(), ["ask"] * 8, task)
    assert "too few to say" in Read(cohort_html(on_made_up(cohort_of), NAMED)).text


def test_a_report_is_one_page_that_does_nothing_but_show(cohort_of: MadeUp) -> None:
    cohort_of.set("walk")
    (who,) = cohort_of.enrol(1)
    with cohort_of.store.writing() as connection:
        name = "<script>alert(1)</script><img src=x onerror=alert(1)>"
        connection.execute(update(person).where(person.c.id == who).values(name=name))
    page = Read(cohort_html(on_made_up(cohort_of), NAMED))
    assert name in page.text
    assert not set(page.tags) & {"script", "img", "link", "iframe", "form", "a"}
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "scope", "class"}
