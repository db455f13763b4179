"""The made-up programme in a real browser, through all roles: what each sees there, and what none may."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PROJECT, Server
from tests.e2e.test_programme import axe, fill, home, press, to, visitor
from tests.e2e.walking import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRAINEES = 12
SIMULATOR = (sys.executable, "-m", "simulator")


class Demo(Server):
    """The app on a made-up programme. `word` is everybody's password."""

    word: str

    def make(self) -> None:
        """Make it as its users do, at the command line."""
        command = [*SIMULATOR, "demo", "--trainees", str(TRAINEES), "--seed", "7"]
        environment = {**os.environ, **self.surroundings}
        made = subprocess.run(
            [*command, "--database", self.database], capture_output=True, text=True, check=True, env=environment
        )
        found = re.search(r"demo-instructor\s+(\S+)", made.stdout)
        assert found, made.stdout
        self.word = found[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The app on it."""
    folder = tmp_path_factory.mktemp("demo")
    for part in ("scenarios", "rubrics", "support"):
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, folder / "library" / part)
    running = Demo(folder)
    running.make()
    running.start()
    yield running
    running.kill()


def _sign_in(browser: Browser, demo: Demo, role: str) -> Page:
    page = visitor(browser)
    page.goto(demo.address)
    fill(page, name=f"demo-{role}", password=demo.word)
    page.get_by_role("button", name="Sign in").click()
    home(page)
    return page


def _links(page: Page) -> set[str]:
    return set(page.get_by_role("navigation").get_by_role("link").all_inner_texts())


def test_an_administrator_sees_people_and_no_conversations(browser: Browser, demo: Demo) -> None:
    page = _sign_in(browser, demo, "administrator")
    to(page, "People")
    expect(page.get_by_text("(demo)").first).to_be_visible()
    axe(page, "people of the demo")
    assert "Studio" not in " ".join(_links(page))
    to(page, "Cohorts")
    press(page, "Open")
    expect(page.get_by_role("button", name="Results", exact=True)).to_have_count(0)


def test_a_lead_reads_a_cohorts_results_with_how_many_stand_behind_each(browser: Browser, demo: Demo) -> None:
    page = _sign_in(browser, demo, "lead")
    to(page, "Cohorts")
    press(page, "Open")
    press(page, "Results")
    page.get_by_role("heading", name="How does the cohort do on each criterion?").wait_for()
    page.get_by_role("heading", name="A report to print").wait_for()
    settled(page)
    expect(page.get_by_text("too few to say").first).to_be_attached()
    expect(page.get_by_text(re.compile(r"; n \d+\)")).first).to_be_visible()
    axe(page, "results of the demo")
    page.locator("details").filter(has_text="Callum").first.click()
    expect(page.get_by_role("img", name=re.compile("Which ways people took")).first).to_be_visible()
    press(page, "Make the file")
    expect(page.get_by_role("button", name="Save it")).to_be_visible()
    press(page, "Make the report")
    expect(page.get_by_role("button", name="Save the report")).to_be_visible()


def test_an_instructor_opens_an_attempt_from_the_book_and_says_something_about_a_turn(
    browser: Browser, demo: Demo
) -> None:
    page = _sign_in(browser, demo, "instructor")
    to(page, "Cohorts")
    press(page, "Open")
    page.get_by_role("button", name=re.compile("book", re.IGNORECASE)).first.click()
    page.get_by_role("heading", level=1).wait_for()
    settled(page)
    axe(page, "book of the demo")
    expect(page.get_by_text("(demo)").first).to_be_visible()


def test_a_trainee_finds_what_is_due_and_reads_who_looked(browser: Browser, demo: Demo) -> None:
    page = _sign_in(browser, demo, "trainee")
    to(page, "My work")
    axe(page, "work of the demo")
    expect(page.get_by_text("Three clients, for a pass").first).to_be_visible()
    to(page, "Progress")
    axe(page, "progress of the demo")
    to(page, "My account")
    axe(page, "account of the demo")
    assert not {"People", "Cohorts", "Studio"} & _links(page)


def test_nobody_sees_by_address_what_is_not_theirs(browser: Browser, demo: Demo) -> None:
    instructor = _sign_in(browser, demo, "instructor")
    to(instructor, "Cohorts")
    press(instructor, "Open")
    press(instructor, "Results")
    instructor.get_by_role("heading", name="A report to print").wait_for()
    trainee = _sign_in(browser, demo, "trainee")
    trainee.goto(instructor.url)
    expect(trainee.get_by_text(re.compile("not yours to see|No cohort of yours"))).to_be_visible()
    administrator = _sign_in(browser, demo, "administrator")
    administrator.goto(instructor.url)
    expect(administrator.get_by_text(re.compile("not yours to see|No cohort of yours"))).to_be_visible()


def test_the_demo_is_taken_away_again(demo: Demo) -> None:
    command = [*SIMULATOR, "demo", "--remove", "--database", demo.database]
    taken = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **demo.surroundings})
    assert f"{TRAINEES}" in taken.stdout or "people" in taken.stdout
    again = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **demo.surroundings})
    assert "There is no demo" in again.stdout
