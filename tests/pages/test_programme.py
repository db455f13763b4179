"""The pages of a programme: what each role sees, and what nobody sees before its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select

from simulator.content.library import load_library
from simulator.records.access import Actor, Role
from simulator.records.assignments import Release, Setting, Slot
from simulator.records.clock import utc_now
from simulator.records.own_attempts import OwnAttempts
from simulator.records.reviews import Step
from simulator.records.schema import person, programme
from simulator.session.events import Mode
from simulator.views.services import Services, services
from tests.robin import STEPS

from .conftest import App

WORD = "correct horse battery"


class Here(SimpleNamespace):
    """A programme on the app's own records, with a cookie for each of its people."""

    known: Services
    cookies: dict[str, str]
    cohort: str

    def actor(self, who: str) -> Actor:
        found = self.known.sign_ins.who(self.cookies[who])
        assert found is not None
        return found

    def set(self, release: Release = Release.AT_ONCE, *, reserved: bool = False) -> str:
        now = utc_now()
        setting = Setting(
            "Meeting Robin",
            (Slot("robin", reserved),),
            Mode.ASSESSMENT,
            now - timedelta(days=1),
            now + timedelta(days=1),
            now + timedelta(days=1),
            release=release,
        )
        return self.known.assignments.set(self.actor("instructor"), self.cohort, setting)

    def does(self, who: str, assignment: str | None, library: Path) -> str:
        own = OwnAttempts(self.known.attempts, self.known.store, self.actor(who))
        place = self.known.assignments.place_for(self.actor(who), assignment, "robin") if assignment else None
        mode = Mode.ASSESSMENT if assignment else Mode.PRACTICE
        attempt = own.begin(load_library(library).content("robin"), mode, place=place)
        for number, step in enumerate(STEPS, start=1):
            own.answer(attempt, number, f"secretid_{step}_b")
        return attempt


@pytest.fixture
def here(library: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    """An administrator, an instructor, two trainees and a guest."""
    known = services()
    monkeypatch.setattr(known.accounts._passwords, "_hasher", PasswordHasher(1, 8, 1))
    cookies = {"administrator": known.accounts.set_up("Northern", "UTC", "Ada", "ada", WORD)}
    administrator = known.sign_ins.who(cookies["administrator"])
    assert administrator is not None
    known.people.give_role(administrator, administrator.person_id, Role.LEAD)
    administrator = known.people.actor(administrator.person_id)
    cohort = known.cohorts.create(administrator, "One", "UTC")
    known.people.take_role(administrator, administrator.person_id, Role.LEAD)
    for who, role in (("instructor", Role.INSTRUCTOR), ("trainee", Role.TRAINEE), ("fellow", Role.TRAINEE)):
        link = known.people.invite(administrator, role, cohort)
        cookies[who] = known.accounts.join(link, who.capitalize(), who, WORD)
    cookies["guest"] = known.sign_ins.as_guest()
    return Here(known=known, cookies=cookies, cohort=cohort)


@pytest.fixture
def as_(app: App, here: Here, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], App]:
    """The app in the browser of somebody who has signed in."""

    def signed_in(who: str) -> App:
        monkeypatch.setattr("simulator.views.visitor.session_secret", lambda _cookies: here.cookies.get(who))
        return app

    return signed_in


def test_without_a_sign_in_there_is_the_way_in_and_nothing_else(as_: Callable[[str], App]) -> None:
    app = as_("nobody").open()
    assert "You are not signed in" in app.text
    assert "Robin" not in app.text


@pytest.mark.parametrize("where", ["debrief", "conversation", "what_if", "review"])
@pytest.mark.parametrize("who", ["fellow", "administrator", "guest"])
def test_the_address_of_anothers_attempt_gives_nothing_away(
    where: str, who: str, here: Here, as_: Callable[[str], App], library: Path
) -> None:
    attempt = here.does("trainee", here.set(), library)
    app = as_(who).open(where, attempt=attempt, turn="1")
    assert "This attempt does not exist here" in app.text
    assert "Robin" not in app.text
    assert "SECRET" not in app.bodies


def test_each_role_has_its_own_pages_in_the_navigation(here: Here) -> None:
    from simulator.views import places, visitor

    seen = {}
    for who in ("administrator", "instructor", "trainee", "guest"):
        actor = here.actor(who)
        with pytest.MonkeyPatch.context() as patched:
            for module in (places, visitor):
                patched.setattr(module, "me", lambda actor=actor: actor)
            seen[who] = {name for name, page in places.pages().items() if page.visibility == "visible"}
    own = {"library", "attempts", "progress", "account"}
    assert seen == {
        "administrator": own | {"cohorts", "people"},
        "instructor": own | {"cohorts", "people", "authors", "studio"},
        "trainee": own | {"work"},
        "guest": own,
    }


@pytest.mark.parametrize("where", ["people", "cohorts", "authors", "proof"])
def test_a_page_that_is_not_for_a_trainee_opens_for_none(where: str, here: Here, as_: Callable[[str], App]) -> None:
    app = as_("trainee").open(where, scenario="robin")
    assert "Instructor" not in app.text
    assert "SECRET" not in app.bodies
    assert "is not yours to see" in app.text or "no cohort of yours" in app.text


def test_a_trainee_goes_from_what_is_due_into_the_talk(here: Here, as_: Callable[[str], App]) -> None:
    here.set()
    app = as_("trainee").open("work")
    assert "Meeting Robin" in app.text
    assert "Not started" in app.text
    app.press("Meet Robin")
    assert "You see nothing until the end" in app.text
    app.press("Let Robin in")
    assert "Take this turn back" not in "".join(app.labels)
    app.press("small thing")
    assert "SECRET" not in app.bodies


def test_before_it_is_released_nothing_of_the_key_reaches_the_browser(
    here: Here, as_: Callable[[str], App], library: Path
) -> None:
    assignment = here.set(Release.BY_HAND)
    attempt = here.does("trainee", assignment, library)
    for page in ("conversation", "debrief", "what_if", "progress", "library", "work", "attempts"):
        app = as_("trainee").open(page, attempt=attempt, turn="1")
        for secret in ("SECRETWHY", "SECRETTHOUGHT", "SECRETRULE", "Not yet", "Competent"):
            assert secret not in app.bodies, (page, secret)
    here.known.reviews.take_step(here.actor("instructor"), attempt, Step.RELEASED)
    assert "SECRETRULE" in as_("trainee").open("debrief", attempt=attempt).bodies


def test_a_reserved_client_is_neither_in_the_library_nor_behind_its_address(
    here: Here, as_: Callable[[str], App]
) -> None:
    here.set(reserved=True)
    assert "Meet Robin" not in "".join(as_("fellow").open().labels)
    app = as_("fellow").open("brief", scenario="robin")
    assert "kept for an assignment" in app.text
    assert "Let Robin in" not in "".join(app.labels)


def test_an_instructor_reviews_and_the_trainee_reads_it_and_answers(
    here: Here, as_: Callable[[str], App], library: Path
) -> None:
    assignment = here.set()
    attempt = here.does("trainee", assignment, library)
    app = as_("instructor").open("cohort", cohort=here.cohort)
    assert "Meeting Robin" in app.text
    app.press("Results book").press("Open it")
    assert "Trainee with Robin" in app.text
    here.known.reviews.comment(here.actor("instructor"), attempt, "Stay a little longer <b>there</b>.", 1)
    app = as_("trainee").open("debrief", attempt=attempt)
    assert "Stay a little longer <b>there</b>." in app.text
    app.at.text_area(key="answer-text").set_value("I will.").run()
    app.press("Answer")
    assert "I will." in [one.text for one in here.known.reviews.of(here.actor("instructor"), attempt).remarks]
    account = as_("trainee").open("account").text
    assert "opened an attempt" in account
    assert "commented on an attempt" in account


def test_cohort_results_ask_a_question_over_each_figure_and_say_where_there_are_too_few(
    here: Here, as_: Callable[[str], App], library: Path
) -> None:
    app = as_("instructor").open("results", cohort=here.cohort)
    assert "No talk for an assignment has come to an end yet" in app.text
    here.does("trainee", here.set(), library)
    app = as_("instructor").open("results", cohort=here.cohort)
    for question in (
        "How does the cohort do on each criterion?",
        "Do people do better with a client they meet later?",
        "Which decisions split the cohort?",
        "What would move under another rubric?",
    ):
        assert question in app.text
    assert "too few to say" in app.text
    who = next(box for box in app.at.selectbox if box.label == "Of whom")
    who.select_index(1).run()
    assert "not determined yet" in app.text or "Nothing was done" in app.text
    assert "no cohort of yours" in as_("trainee").open("results", cohort=here.cohort).text.casefold()


@pytest.mark.parametrize("which", range(5))
def test_results_are_taken_out_in_every_form_and_the_trainee_can_read_that(
    which: int, here: Here, as_: Callable[[str], App], library: Path
) -> None:
    here.does("trainee", here.set(), library)
    app = as_("instructor").open("results", cohort=here.cohort)
    app.at.selectbox(key="export-form").select_index(which).run()
    app.press("Make the file")
    assert "in the file" in app.text
    assert app.at.get("download_button")
    assert "exported results" in as_("trainee").open("account").text


def test_looking_on_at_a_review_is_one_look(here: Here, as_: Callable[[str], App], library: Path) -> None:
    from simulator.records.access_log import looks_at

    attempt = here.does("trainee", here.set(), library)
    app = as_("instructor").open("review", attempt=attempt)
    app.at.run()
    app.at.run()
    assert len(looks_at(here.known.store, here.actor("trainee"))) == 1


def test_practice_is_shared_only_by_its_trainee(here: Here, as_: Callable[[str], App], library: Path) -> None:
    attempt = here.does("trainee", None, library)
    assert "does not exist" in as_("instructor").open("review", attempt=attempt).text
    app = as_("trainee").open("debrief", attempt=attempt)
    app.at.toggle(key="share").set_value(True).run()
    listed = as_("instructor").open("cohort", cohort=here.cohort).press("Open it")
    assert "Trainee with Robin" in listed.text
    assert "Trainee with Robin" in as_("instructor").open("review", attempt=attempt).text


def test_a_guest_practises_and_is_offered_nothing_else(here: Here, as_: Callable[[str], App]) -> None:
    app = as_("guest").open("brief", scenario="robin")
    assert not app.at.get("segmented_control")
    app.press("Let Robin in")
    assert "What might be going on" in app.text


def test_whoever_was_signed_out_meanwhile_does_nothing_more(here: Here, as_: Callable[[str], App]) -> None:
    app = as_("trainee").open("brief", scenario="robin")
    app.press("Let Robin in")
    here.known.sign_ins.end_everywhere(here.actor("trainee").person_id)
    app.press("small thing")
    assert "You are not signed in" in app.text


def test_a_roster_with_errors_is_told_by_line_and_without_them_brought_in(
    here: Here, as_: Callable[[str], App]
) -> None:
    app = as_("instructor").open("cohort", cohort=here.cohort)
    app.at.file_uploader(key="roster-file").upload("r.csv", b"reference,name\ns1,Sol\ns2,\n", "text/csv").run()
    assert "name of 's2' is missing" in app.text
    app.at.file_uploader(key="roster-file").upload("r.csv", b"reference,name\ns1,Sol\n", "text/csv").run()
    assert "Sol" in app.text
    app.press("Bring them in")
    members = here.known.cohorts.members(here.actor("instructor"), here.cohort)
    assert "Sol" in {one.name for one in members}


def test_a_form_that_is_filled_in_wrongly_says_so_and_loses_nothing(here: Here, as_: Callable[[str], App]) -> None:
    app = as_("instructor").open("cohort", cohort=here.cohort)
    app.press("Set it")
    assert "A name is needed" in app.text
    assert "People" in app.text


def test_an_administrator_sees_people_and_no_results(here: Here, as_: Callable[[str], App]) -> None:
    assignment = here.set()
    app = as_("administrator").open("people")
    assert "Trainee" in app.text
    assert "is not yours to see" in as_("administrator").open("book", assignment=assignment).text
    assert "Results book" not in "".join(as_("administrator").open("cohort", cohort=here.cohort).labels)


@pytest.mark.parametrize("page", ["studio", "draft", "versions", "group"])
@pytest.mark.parametrize("who", ["trainee", "administrator", "guest"])
def test_the_studio_is_for_authors_only(as_: Callable[[str], App], who: str, page: str) -> None:
    assert "is not yours to see" in as_(who).open(page).text


def test_an_instructor_finds_the_studio(as_: Callable[[str], App]) -> None:
    assert "Begin a draft" in as_("instructor").open("studio").labels


@pytest.mark.parametrize("whose", ["", "Trainee"])
def test_a_report_to_print_is_made_of_a_cohort_and_of_a_person_and_the_person_reads_that_it_was(
    here: Here, as_: Callable[[str], App], library: Path, whose: str
) -> None:
    here.does("trainee", here.set(), library)
    app = as_("instructor").open("results", cohort=here.cohort)
    field = next(one for one in app.at.selectbox if one.label == "On")
    field.select_index(field.options.index(whose) if whose else 0).run()
    app.press("Make the report")
    assert len(app.at.get("download_button")) == 1
    assert "report" in as_("trainee").open("account").text


def test_statements_are_made_on_the_page(here: Here, as_: Callable[[str], App], library: Path) -> None:
    here.does("trainee", here.set(), library)
    app = as_("instructor").open("results", cohort=here.cohort)
    field = next(one for one in app.at.selectbox if one.label == "As")
    field.select_index(next(n for n, told in enumerate(field.options) if "xAPI" in told)).run()
    app.press("Make the file")
    assert "statements are in the file" in "\n".join(one.value for one in app.at.success)


def test_records_that_never_had_an_owner_let_nobody_in_without_a_sign_in(
    app: App, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.views.visitor.session_secret", lambda _cookies: None)
    with services().store.writing() as connection:
        at = utc_now()
        connection.execute(insert(programme).values(id="p", name="Elsewhere", created_at=at, accounts_since=at))
    assert "You are not signed in" in app.open().text
    with services().store.reading() as connection:
        assert connection.execute(select(person.c.id)).first() is None


def test_an_assignment_is_changed_on_the_page_and_its_clients_stay(here: Here, as_: Callable[[str], App]) -> None:
    assignment = here.set()
    app = as_("instructor").open("cohort", cohort=here.cohort)
    title = next(one for one in app.at.text_input if one.value == "Meeting Robin")
    title.input("Meeting Robin, at last")
    changing = next(one for one in app.at.button if one.label == "Change it")
    judged = next(one for one in app.at.selectbox if one.label == "Judged by")
    judged.select_index(1)
    changing.click().run()
    assert not app.at.exception, app.at.exception
    kept = here.known.assignments.one(here.actor("instructor"), assignment).setting
    assert kept.title == "Meeting Robin, at last"
    assert kept.rubric is not None
    assert [slot.scenario for slot in kept.slots] == ["robin"]
