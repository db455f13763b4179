"""How a visitor walks through the app."""

from __future__ import annotations

from playwright.sync_api import Page, expect

ANSWERS = '[class*="st-key-answers-"]'


def settled(page: Page) -> None:
    """Wait until the page has stopped running, and the short dead time after a new turn is over."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(600)


def begin(page: Page, address: str, *, mode: str = "Practice") -> str:
    """From the library into a conversation, in two clicks; gives its address."""
    page.goto(address)
    page.get_by_role("button", name="Meet Robin").click()
    page.get_by_role("button", name="Let Robin in").wait_for()
    settled(page)
    if mode != "Practice":
        page.get_by_role("radio", name=mode).or_(page.get_by_role("button", name=mode)).first.click()
        page.get_by_text("You see nothing until the end").wait_for()
        settled(page)
    page.get_by_role("button", name="Let Robin in").click()
    page.wait_for_selector(f"{ANSWERS} button")
    settled(page)
    return page.url


def answer(page: Page, words: str, hears: str) -> None:
    """Give the answer that has these words, and wait until the client is heard."""
    page.locator(f"{ANSWERS} button").filter(has_text=words).first.click()
    expect(page.locator(".talk .now")).to_contain_text(hears)
    settled(page)


def turns(page: Page) -> int:
    """How many answers of the trainee's stand in the talk."""
    return page.locator(".talk .trainee").count()
