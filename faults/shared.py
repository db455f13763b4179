"""The same attempt twice at once: in two tabs, and in two browsers that race."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

from faults.record import record_of
from faults.server import Server
from faults.sitting import SETTLED, Sitting
from faults.standing import answers_on, given_in, sentence, uncaught, unlike, words_on
from faults.verdict import Verdict
from faults.visitor import Visitor

MOVED_ON = "Here is where you stand"
ROUNDS = 12

Clicks = list[tuple[int, str]]
"""What one browser sent: the number of the step that its page showed, and the words."""


def two_tabs(server: Server, random: Random) -> Verdict:
    """Two tabs take turns; the one that is behind clicks as well, and is told where the talk stands."""
    verdict = Verdict("two tabs on one attempt", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    other = server.visitor()
    other.open("conversation", attempt=sitting.attempt_id)
    sitting.drawn()
    tabs = [sitting.visitor, other]
    while not sitting.ended and len(sitting.given) < ROUNDS:
        ahead, behind = random.sample(tabs, 2)
        sitting.visitor = ahead
        if not verdict.expect(sitting.act(), "An answer in the tab ahead was not taken."):
            break
        _click_behind(sitting, behind, verdict)
    for tab in tabs:
        tab.reload()
        sitting.visitor = tab
        sitting.check(verdict, "In both tabs at the end")
    verdict.answers += len(sitting.given)
    for tab in tabs:
        tab.close()
    return verdict


def _click_behind(sitting: Sitting, behind: Visitor, verdict: Verdict) -> None:
    """A click in the tab that still shows the step before."""
    time.sleep(SETTLED)
    buttons = answers_on(behind)
    if not buttons:
        behind.reload()
        sitting.drawn()
        return
    behind.press(sitting.random.choice(buttons))
    verdict.counts["clicked on a step already taken"] += 1
    verdict.expect(
        sentence(behind, MOVED_ON), f"The tab behind is not told so; it says {[one.words for one in behind.alerts()]}."
    )
    verdict.blame(unlike(behind, record_of(sitting.server.database, sitting.attempt_id)))
    sitting.visitor = behind
    sitting.check(verdict, "After a click in the tab behind")
    sitting.drawn()


def two_browsers(server: Server, random: Random) -> Verdict:
    """Two browsers answer the same attempt at the same time, each as fast as its page allows."""
    verdict = Verdict("two browsers racing", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    browsers = [server.visitor(agent, cookie) for agent, cookie in (("Firefox", "a=1"), ("Chrome", "b=2"))]
    for browser in browsers:
        browser.open("conversation", attempt=sitting.attempt_id)
    seeds = [random.random(), random.random()]
    with ThreadPoolExecutor(2) as both:
        raced = list(both.map(_race, browsers, seeds))
    record = record_of(server.database, sitting.attempt_id)
    verdict.blame(record.problems)
    sent = {click for clicks, _, _ in raced for click in clicks}
    for number, act in enumerate(record.acts, start=1):
        verdict.expect((number, act) in sent, f"Event {number} is '{act}', which nobody sent for it.")
    for _, shown, problems in raced:
        verdict.blame(problems)
        verdict.expect(shown == record.acts[: len(shown)], f"A browser showed {shown}, but kept is {record.acts}.")
    _count_clicks([click for clicks, _, _ in raced for click in clicks], verdict)
    for browser in browsers:
        browser.reload()
        verdict.blame(unlike(browser, record))
        browser.close()
    sitting.visitor.close()
    verdict.answers += len(record.acts)
    return verdict


def _count_clicks(clicks: Clicks, verdict: Verdict) -> None:
    verdict.counts["clicks"] += len(clicks)
    verdict.counts["clicks on a step that the other clicked too"] += len(clicks) - len({number for number, _ in clicks})


def _race(browser: Visitor, seed: float) -> tuple[Clicks, tuple[str, ...], list[str]]:
    """Answer until the talk ends. Gives what was sent, what the last page showed as given, and what was wrong."""
    random = Random(seed)
    clicks: Clicks = []
    problems: list[str] = []
    for _ in range(ROUNDS):
        buttons = answers_on(browser)
        if not buttons:
            break
        time.sleep(SETTLED)
        button = random.choice(buttons)
        clicks.append((int(button.key.split("-")[1]), words_on(button)))
        shown = given_in(browser.talk())
        browser.press(button)
        problems += uncaught(browser)
        if given_in(browser.talk())[: len(shown)] != shown:
            problems.append("What a page showed as given was gone from the next.")
        if given_in(browser.talk()) != (*shown, clicks[-1][1]) and not sentence(browser, MOVED_ON):
            problems.append(f"A click came to nothing without a word: {[one.words for one in browser.alerts()]}.")
    return clicks, given_in(browser.talk()), problems


def two_attempts(server: Server, random: Random) -> Verdict:
    """Two browsers, each with an attempt of its own at the same client: neither sees anything of the other."""
    verdict = Verdict("two browsers, two attempts", tried=1)
    scenario = Sitting(server, random).scenario
    sittings = [Sitting(server, Random(random.random()), scenario) for _ in range(2)]
    with ThreadPoolExecutor(2) as both:
        list(both.map(_sit, sittings))
    for sitting in sittings:
        sitting.check(verdict, "In one of two attempts")
        sitting.finish(verdict)
    return verdict


def _sit(sitting: Sitting) -> None:
    sitting.begin()
    sitting.go_on(ROUNDS)
