"""Keyboard, narrow windows, both themes, hostile words, and nothing fetched from elsewhere."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.e2e.conftest import Server
from tests.e2e.walking import ANSWERS, answer, begin, settled
from tests.robin import STEPS

pytestmark = pytest.mark.browser

PLACES = ("", "attempts", "progress", "authors", "proof?scenario=robin")


def _axe(page: Page, where: str) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"


def _whole_talk(page: Page) -> None:
    for number, step in enumerate(STEPS):
        last = number + 1 == len(STEPS)
        answer(
            page, f"small thing at step {step}", "That was the last" if last else f"says at step {STEPS[number + 1]}"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(server.address)
    page.get_by_role("button", name="Meet Robin").wait_for()
    settled(page)
    _axe(page, f"library, {scheme}")
    page.get_by_role("button", name="Meet Robin").click()
    page.get_by_role("button", name="Let Robin in").wait_for()
    settled(page)
    _axe(page, f"brief, {scheme}")
    begin(page, server.address)
    _axe(page, f"conversation at its beginning, {scheme}")
    answer(page, "warm thing at step one", "says at step two")
    _axe(page, f"conversation after a turn, {scheme}")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog").wait_for()
    settled(page)
    _axe(page, f"pause, {scheme}")
    page.get_by_role("button", name="Go on", exact=True).click()
    settled(page)
    page.get_by_role("button", name="Take this turn back").click()
    expect(page.locator(".talk .now")).to_contain_text("says at step one")
    settled(page)
    _whole_talk(page)
    page.get_by_role("button", name="To the debrief").click()
    page.get_by_text("How this was worked out").first.click()
    settled(page)
    _axe(page, f"debrief, {scheme}")
    page.get_by_role("button", name="What if you had answered otherwise?").first.click()
    page.get_by_text("What if, at turn 1?").wait_for()
    settled(page)
    _axe(page, f"what if, {scheme}")
    for place in PLACES[1:]:
        page.goto(f"{server.address}/{place}")
        page.get_by_role("heading", level=1).wait_for()
        settled(page)
        _axe(page, f"{place}, {scheme}")
    context.close()


def test_nothing_runs_sideways_in_a_window_of_320(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()

    def fits(where: str) -> None:
        widest = page.evaluate(
            """() => Math.max(document.documentElement.scrollWidth,
                     ...[...document.querySelectorAll('[data-testid="stMain"]')].map(e => e.scrollWidth))"""
        )
        assert widest <= 320, f"{where}: {widest}"

    begin(page, server.address)
    fits("conversation")
    _whole_talk(page)
    fits("end")
    page.get_by_role("button", name="To the debrief").click()
    page.get_by_text("Turn by turn").wait_for()
    settled(page)
    fits("debrief")
    for place in PLACES:
        page.goto(f"{server.address}/{place}")
        page.get_by_role("heading", level=1).wait_for()
        settled(page)
        fits(place or "library")
    context.close()


def test_the_way_to_the_first_answer_works_by_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(server.address)
    page.get_by_role("button", name="Meet Robin").wait_for()
    settled(page)

    def tab_to(name: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if name in page.evaluate("(now => now.matches('button') ? now.innerText : '')(document.activeElement)"):
                return
        raise AssertionError(f"'{name}' cannot be reached with Tab")

    tab_to("Meet Robin")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Let Robin in").wait_for()
    settled(page)
    tab_to("Let Robin in")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{ANSWERS} button")
    settled(page)
    page.keyboard.press("2")
    expect(page.locator(".talk .now")).to_contain_text("says at step two")


def test_what_authors_write_is_text_and_nothing_is_fetched_from_elsewhere(page: Page, server: Server) -> None:
    requested: list[str] = []

    def note(request: Request) -> None:
        requested.append(request.url)

    page.on("request", note)
    begin(page, server.address)
    words = ":red[plainly] and **loud** <script>window.hacked=1</script>."
    expect(page.locator(".talk .now")).to_contain_text(words)
    choice = page.locator(f"{ANSWERS} button").filter(has_text="warm thing at step one")
    shown = choice.inner_text().replace("\u2060", "")  # invisible joiners keep words from becoming links
    assert "for *once* and [plainly](http://127.0.0.1:9)." in shown
    _whole_talk(page)
    page.get_by_role("button", name="To the debrief").click()
    page.get_by_text("Turn by turn").wait_for()
    settled(page)
    for place in PLACES:
        page.goto(f"{server.address}/{place}")
        page.get_by_role("heading", level=1).wait_for()
        settled(page)
    page.goto(f"{server.address}/brief?scenario=robin")
    page.get_by_text("and **sat** down").wait_for()
    expect(page.get_by_text("<script>window.hacked = 1</script>")).to_be_visible()
    heading = page.get_by_role("heading", level=1).inner_text().replace("\u2060", "")
    assert heading == "A title <b>bold</b> ![x](http://127.0.0.1:9/x.png)"
    assert page.evaluate("window.hacked") is None
    elsewhere = [url for url in requested if not url.startswith((server.address, "data:", "blob:"))]
    assert elsewhere == []
