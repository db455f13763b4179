"""A programme in a real browser: set up, invited, assigned, played, reviewed, answered; by every role, with axe."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server
from tests.e2e.walking import answer, settled
from tests.robin import STEPS, write_library

pytestmark = pytest.mark.browser

WORD = "correct horse battery"


@pytest.fixture(scope="module")
def programme_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on records of its own: from here on everybody signs in."""
    folder = tmp_path_factory.mktemp("programme")
    write_library(folder / "library")
    running = Server(folder)
    running.start()
    yield running
    running.kill()


def axe(page: Page, where: str) -> None:
    """Nothing for axe to find."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"


def visitor(browser: Browser) -> Page:
    """Somebody at a browser of their own."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    context.set_default_timeout(20_000)
    return context.new_page()


def fill(page: Page, **fields: str) -> None:
    """Fill a plain form by its fields' names."""
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)


def home(page: Page) -> None:
    """Wait until the app is there."""
    page.get_by_role("heading", name="Who would you like to meet?").wait_for()
    settled(page)


def to(page: Page, name: str) -> None:
    """Go to a page by the navigation."""
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("heading", level=1).wait_for()
    settled(page)


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press a button and wait until the page has settled."""
    page.get_by_role("button", name=name, exact=exact).first.click()
    settled(page)


def link_of(page: Page) -> str:
    """The link that was just made, as it can be copied."""
    return page.locator('[data-testid="stCode"] code').inner_text().strip()


def cookies(context: BrowserContext) -> dict[str, object]:
    """The browser's cookies by name."""
    return {cookie["name"]: cookie for cookie in context.cookies()}


def set_up(ada: Page, address: str) -> None:
    """The person at the computer becomes the administrator, at the second try."""
    ada.goto(address)
    home(ada)
    ada.get_by_role("link", name="Set up a programme").click()
    axe(ada, "set up")
    fill(ada, programme="Northern", zone="Europe/London", called="Ada", name="ada", password="short")
    ada.get_by_role("button").click()
    expect(ada.get_by_role("alert")).to_contain_text("12 characters")
    assert ada.locator("#called").input_value() == "Ada"  # nothing typed is lost, but the password
    fill(ada, password=WORD)
    ada.get_by_role("button").click()
    home(ada)


def invite_an_instructor(ada: Page) -> str:
    """A cohort, and a link for who teaches it."""
    to(ada, "Cohorts")
    ada.get_by_label("What it is called").fill("Certificate")
    press(ada, "Make it")
    expect(ada.get_by_role("heading", name="Certificate")).to_be_visible()
    axe(ada, "cohort of an administrator")
    to(ada, "People")
    axe(ada, "people")
    for label, option in (("As", "Instructor"), ("Into the cohort", "Certificate")):
        ada.get_by_role("combobox", name=label).click()
        ada.get_by_role("option", name=option).click()
    press(ada, "Make a link")
    return link_of(ada)


def join(page: Page, invitation: str, name: str) -> None:
    """Join by an invitation, once both boxes are ticked."""
    page.goto(invitation)
    axe(page, "joining")
    fill(page, called=name.capitalize(), name=name, password=WORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_contain_text("Both boxes")
    for box in page.get_by_role("checkbox").all():
        box.check()
    fill(page, password=WORD)
    page.get_by_role("button", name="Join").click()
    home(page)


def set_a_meeting(ines: Page) -> str:
    """A link for a trainee, and something to do."""
    to(ines, "Cohorts")
    press(ines, "Open")
    axe(ines, "cohort of an instructor")
    press(ines, "A link for one more trainee")
    invitation = link_of(ines)
    ines.get_by_text("Set an assignment").click()
    settled(ines)
    ines.get_by_label("What it is called").fill("Meeting Robin")
    ines.get_by_role("combobox", name="Clients to meet").click()
    ines.get_by_role("option").first.click()
    ines.keyboard.press("Escape")
    ines.get_by_role("listbox").wait_for(state="detached")
    settled(ines)
    axe(ines, "setting an assignment")
    press(ines, "Set it", exact=True)
    expect(ines.get_by_role("heading", name="Meeting Robin")).to_be_visible()
    return invitation


def meet_robin(tom: Page) -> None:
    """The whole talk, for the assignment."""
    to(tom, "My work")
    axe(tom, "my work")
    press(tom, "Meet Robin")
    press(tom, "Let Robin in")
    for number, step in enumerate(STEPS):
        last = number + 1 == len(STEPS)
        answer(tom, f"small thing at step {step}", "That was the last" if last else f"at step {STEPS[number + 1]}")
    tom.reload()  # a reload keeps who one is
    tom.get_by_role("button", name="To the debrief").wait_for()


def review(ines: Page) -> None:
    """From the book to a comment."""
    to(ines, "Cohorts")
    press(ines, "Open")
    press(ines, "Results of the cohort")
    axe(ines, "cohort results")
    press(ines, "Back to the cohort")
    press(ines, "Results book")
    axe(ines, "results book")
    expect(ines.locator(".book")).to_contain_text("Done")
    press(ines, "Open it")
    expect(ines.get_by_role("heading", name="Tom with Robin")).to_be_visible()
    axe(ines, "review")
    press(ines, "Say something about the whole of it")
    ines.get_by_label("The trainee reads this").first.fill("Stay a little longer there.")
    press(ines, "Say it")
    expect(ines.get_by_text("Stay a little longer there.").first).to_be_visible()


def test_a_programme_from_its_set_up_to_a_review_that_is_read(browser: Browser, programme_server: Server) -> None:
    ada, ines, tom, stranger = (visitor(browser) for _ in range(4))
    set_up(ada, programme_server.address)
    invitation = invite_an_instructor(ada)
    join(ines, invitation, "ines")
    stranger.goto(invitation)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This link does not open")
    join(tom, set_a_meeting(ines), "tom")
    meet_robin(tom)
    review(ines)
    press(tom, "To the debrief")
    expect(tom.get_by_text("Stay a little longer there.").first).to_be_visible()
    axe(tom, "debrief with a comment")
    to(tom, "My account")
    expect(tom.get_by_text("opened an attempt")).to_be_visible()
    axe(tom, "my account")
    _nobody_else_sees_it(stranger, ines.url, programme_server.address)
    _signed_out_is_out(tom, programme_server.address)


def _nobody_else_sees_it(stranger: Page, of_the_review: str, address: str) -> None:
    assert "attempt=" in of_the_review
    stranger.goto(of_the_review)
    expect(stranger).to_have_url(f"{address}/sign-in")
    axe(stranger, "sign in")
    stranger.get_by_role("button", name="Practise as a guest").click()
    home(stranger)
    stranger.goto(of_the_review)
    expect(stranger.get_by_text("This attempt does not exist here")).to_be_visible()


def _signed_out_is_out(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{address}/sign-in")
    page.goto(address)
    expect(page).to_have_url(f"{address}/sign-in")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_forms_are_refused(
    browser: Browser, programme_server: Server
) -> None:
    page = visitor(browser)
    page.goto(f"{programme_server.address}/sign-in")
    page.get_by_role("button", name="Practise as a guest").click()
    home(page)
    kept = cookies(page.context)["simulator_session"]
    assert isinstance(kept, dict)
    assert (kept["httpOnly"], kept["sameSite"]) == (True, "Lax")
    assert "simulator_session" not in page.evaluate("document.cookie")
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        request = urllib.request.Request(f"{programme_server.address}/guest", b"", headers, method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert refused.value.code == 403


def test_the_way_in_works_in_a_narrow_window_and_by_keyboard(browser: Browser, programme_server: Server) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 600}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{programme_server.address}/sign-in")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page, "sign in, dark and narrow")
    page.keyboard.press("Tab")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    home(page)
