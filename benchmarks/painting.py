"""From a click on an answer to the client's next line painted, in a real Chromium, against the bare page."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.ratio import Ratio
from benchmarks.serving import BARE, PRODUCT, Served, served
from tests.e2e.conftest import ARGUMENTS, find_browser

MOST = 1.3
_ROUNDS = 24
_MEASURE = """() => new Promise(resolve => {
    const lines = () => document.querySelectorAll('.talk .client').length;
    const before = lines();
    let clicked = 0;
    document.addEventListener('click', () => { clicked = performance.now(); }, {capture: true, once: true});
    const seen = new MutationObserver(() => {
        if (lines() > before) {
            seen.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked), 0));
        }
    });
    seen.observe(document.body, {childList: true, subtree: true, characterData: true});
    window.measuring = true;
})"""


def painted(messages: int) -> Callable[[], Ratio]:
    """The benchmark at so many messages: each turn has two, the client's opening line one more."""

    def run() -> Ratio:
        return _compared(messages)

    return run


def _compared(messages: int) -> Ratio:
    turns = messages // 2 - 1
    path = find_browser()
    if path is None:
        raise SystemExit("painted: no Chromium or Chrome was found (SIMULATOR_CHROMIUM names one)")
    wanted = {turns: _ROUNDS + 2}
    with served(PRODUCT, wanted) as product, served(BARE, wanted) as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for one in (product, bare):
            _clicked(browser, one, turns)  # the first opening of each loads and compiles; it does not count
        bares, products = [], []
        for _ in range(_ROUNDS):
            bares.append(_clicked(browser, bare, turns))
            products.append(_clicked(browser, product, turns))
        browser.close()
    ratio = statistics.median(products) / statistics.median(bares)
    return Ratio(
        f"click to next line painted at {messages} messages",
        "a bare page with the same elements, in Chromium",
        ratio,
        f"at most {MOST:g}x",
        ratio <= MOST,
        statistics.median(products),
        statistics.median(bares),
        "ms",
        _ROUNDS,
    )


def _clicked(browser: Browser, one: Served, turns: int) -> float:
    """Milliseconds from the click until the next line is painted, in a new visitor's window."""
    place, query = one.way_in(turns)
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    page.goto(f"{one.server.address}/{place}?{parameters}")
    answer = page.locator("[class*=st-key-answers-] button").nth(2)
    answer.wait_for()
    page.wait_for_timeout(700)  # the settling of a new turn, and whatever the page still loads
    took = _measured(page, lambda: answer.click())
    context.close()
    return took


def _measured(page: Page, click: Callable[[], None]) -> float:
    page.evaluate(f"() => {{ window.painted = ({_MEASURE})(); }}")
    click()
    took: float = page.evaluate("() => window.painted")
    return took
