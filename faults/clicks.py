"""Clicks that come too often, too fast, or from a page of before."""

from __future__ import annotations

import time
from random import Random

from faults.picture import Button
from faults.record import TOOK_BACK, record_of
from faults.server import Server
from faults.sitting import DEAD_TIME, SETTLED, Sitting
from faults.standing import given_in, words_on
from faults.verdict import Verdict


def triple_click(server: Server, random: Random) -> Verdict:
    """The same click arrives three times, at once or within a tenth of a second: it counts once."""
    verdict = Verdict("triple click", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    while not sitting.ended and len(sitting.given) < 5:
        time.sleep(SETTLED)
        button = sitting.any_answer()
        _press_thrice(sitting, [button] * 3, random)
        sitting.given.append(words_on(button))
        verdict.counts["three of the same"] += 1
        sitting.check(verdict, "After a triple click")
    sitting.finish(verdict)
    return verdict


def hasty_clicks(server: Server, random: Random) -> Verdict:
    """A double click whose second click lands on the next turn's button, drawn in the same place meanwhile."""
    verdict = Verdict("second click on the next turn", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    while not sitting.ended and len(sitting.given) < 5:
        sitting.wait()
        began = time.monotonic()
        if not sitting.press(sitting.any_answer()):
            verdict.problems.append("An answer after a settled page was not taken.")
            break
        if not sitting.ended:
            time.sleep(random.uniform(0.0, 0.15))
            _press_hastily(sitting, began, verdict)
        sitting.check(verdict, "After a hasty click")
    sitting.finish(verdict)
    return verdict


def _press_hastily(sitting: Sitting, began: float, verdict: Verdict) -> None:
    """The second click. If it has taken longer than the dead time since the first, it may count as an answer."""
    button = sitting.any_answer()
    turns = len(sitting.visitor.talk())
    sitting.visitor.press(button)
    late = time.monotonic() - began > DEAD_TIME
    verdict.counts["too slow a machine to tell" if late else "hasty clicks"] += 1
    if late and len(sitting.visitor.talk()) > turns:
        sitting.given.append(words_on(button))
    sitting.drawn()


def stale_click(server: Server, random: Random) -> Verdict:
    """A click on a button of an earlier turn, as from a page that was not redrawn: answers and take-backs."""
    verdict = Verdict("stale click", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    old: list[Button] = []
    while not sitting.ended and len(sitting.given) < 6:
        old += [one for one in sitting.visitor.buttons() if one.key.startswith(("answer-", "back-"))]
        if not sitting.act():
            verdict.problems.append("An answer on a settled page was not taken.")
            break
        time.sleep(SETTLED)
        now = {button.key for button in sitting.visitor.buttons()}
        stale = random.choice([one for one in old if one.key not in now] or old)
        sitting.visitor.press(stale)
        verdict.counts["stale clicks"] += 1
        sitting.check(verdict, f"After a click on the old button {stale.key}")
        sitting.drawn()
    sitting.finish(verdict)
    return verdict


def triple_take_back(server: Server, random: Random) -> Verdict:
    """The button that takes a turn back, pressed three times at once: one turn is taken back."""
    verdict = Verdict("triple click on taking back", tried=1)
    sitting = Sitting(server, random)
    sitting.begin(practice=True)
    sitting.go_on(3)
    back = [button for button in sitting.visitor.buttons() if button.key.startswith("back-")]
    if back:
        time.sleep(SETTLED)
        _press_thrice(sitting, back * 3, random)
        sitting.given.append(TOOK_BACK)
        verdict.counts["three of the same"] += 1
    sitting.check(verdict, "After taking back")
    sitting.finish(verdict)
    return verdict


def stale_stop(server: Server, random: Random) -> Verdict:
    """The pause dialog stays open while another tab goes on; ending the talk there ends nothing unseen."""
    verdict = Verdict("stale end of the conversation", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    old = server.visitor()
    old.open("conversation", attempt=sitting.attempt_id)
    old.press("pause")
    sitting.go_on(2)
    old.press("pause-stop")
    old.settle()
    verdict.expect(given_in(old.talk()) == given_in(sitting.visitor.talk()), "The old tab does not show the new turns.")
    verdict.expect(
        any("gone on since" in alert.words for alert in old.alerts()),
        f"The old tab is not told that the talk has gone on: {[alert.words for alert in old.alerts()]}.",
    )
    verdict.expect(record_of(server.database, sitting.attempt_id).open, "The attempt was ended by a stale click.")
    sitting.visitor.reload()
    sitting.check(verdict, "After a stale end")
    old.close()
    sitting.finish(verdict)
    return verdict


def _press_thrice(sitting: Sitting, buttons: list[Button], random: Random) -> None:
    gap = random.choice((0.0, 0.0, 0.02, 0.06, 0.1))
    for button in buttons:
        sitting.visitor.click(button)
        time.sleep(random.uniform(0.0, gap))
    sitting.visitor.settle()
    sitting.drawn()
