"""SIGKILL: at a random moment of a conversation, while the client comes in, and at the very first start."""

from __future__ import annotations

import time
from contextlib import suppress
from random import Random
from statistics import median
from threading import Thread, Timer

from faults.record import attempts_in, record_of
from faults.server import Server
from faults.sitting import Sitting
from faults.standing import answers_on, sentence, uncaught
from faults.verdict import Verdict
from faults.visitor import ServerGone, Visitor

MOST_ACTS_BEFORE = 8


def killed(server: Server, random: Random) -> Verdict:
    """The server is killed while an answer is on its way or just drawn, and started again."""
    verdict = Verdict("killed in a conversation", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    sitting.go_on(random.randint(1, MOST_ACTS_BEFORE))
    old_page = _press_and_kill(sitting, random, verdict)
    server.start()
    _come_back(sitting, random, verdict, old_page)
    sitting.check(verdict, "After the restart")
    if sitting.given and not sitting.ended and given_stands(sitting.visitor):
        verdict.expect(sentence(sitting.visitor, "Resumed where you left off"), "The page does not say 'resumed'.")
    verdict.expect(sitting.go_on(2), "After the restart an answer was not taken.")
    sitting.check(verdict, "Two acts after the restart")
    sitting.finish(verdict)
    return verdict


def given_stands(visitor: Visitor) -> bool:
    """Whether an answer stands on the page."""
    return len(visitor.talk()) > 1


def _press_and_kill(sitting: Sitting, random: Random, verdict: Verdict) -> Visitor:
    """Press something and kill the server within one and a half times what a press takes."""
    typical = median(sitting.durations) if sitting.durations else 0.05
    if not sitting.can_act:
        sitting.server.kill()
        verdict.counts["killed after the end of the talk"] += 1
        return sitting.visitor
    button = sitting.next_act()
    time.sleep(0.45)  # the page settles before the moment is drawn, so that the delay counts from the click
    timer = Timer(random.uniform(0.0, 1.5 * typical), sitting.server.kill)
    timer.start()
    with suppress(ServerGone):
        sitting.press(button)
    timer.join()
    if sitting.doubt is None:
        verdict.counts["shown before the kill"] += 1
    return sitting.visitor


def _come_back(sitting: Sitting, random: Random, verdict: Verdict, old_page: Visitor) -> None:
    """As people do: by the address, by reloading, with the tab that was left open, or clicking in that old tab."""
    way = random.choice(("by the address", "by reloading", "in the old tab", "clicking in the old tab"))
    verdict.counts[f"came back {way}"] += 1
    if way == "by the address":
        sitting.come_back()
    elif way == "by reloading":
        old_page.reload()
    elif way == "in the old tab" or not answers_on(old_page):
        old_page.reconnect()
    else:
        old_page.reconnect(pressing=random.choice(answers_on(old_page)))
    sitting.drawn()


def killed_while_beginning(server: Server, random: Random) -> Verdict:
    """The server is killed while the client comes in: the attempt is there whole, or not at all."""
    verdict = Verdict("killed while the client comes in", tried=1)
    before = set(attempts_in(server.database)) if server.database.exists() else set()
    sitting = Sitting(server, random)
    sitting.visitor.open("brief", scenario=sitting.scenario)
    timer = Timer(random.uniform(0.0, 0.08), server.kill)
    timer.start()
    try:
        sitting.visitor.press("begin")
    except ServerGone:
        verdict.counts["not drawn"] += 1
    else:
        verdict.counts["drawn"] += 1
    timer.join()
    server.start()
    sitting.visitor.open("attempts")
    verdict.blame(uncaught(sitting.visitor))
    for attempt_id in set(attempts_in(server.database)) - before:
        verdict.counts["the attempt is there"] += 1
        sitting.attempt_id = attempt_id
        verdict.blame(record_of(server.database, attempt_id).problems)
        sitting.come_back()
        sitting.check(verdict, "After the restart")
    sitting.begin()
    verdict.expect(sitting.go_on(1), "After the restart an answer was not taken.")
    sitting.check(verdict, "In the next attempt")
    sitting.finish(verdict)
    return verdict


def killed_while_writing(server: Server, random: Random) -> Verdict:
    """The server is killed while a person's own words are on their way: shown as written, they are there, once."""
    verdict = Verdict("killed while writing", tried=1)
    sitting = Sitting(server, random)
    sitting.begin()
    address = {"attempt": sitting.attempt_id, "first": "1"}
    sitting.visitor.open("conversation", **address)
    words = f"What I would say, number {random.randrange(10**9)}"
    sitting.visitor.write("first-words-1", words)
    timer = Timer(random.uniform(0.0, 0.08), server.kill)
    timer.start()
    with suppress(ServerGone):
        sitting.visitor.press("Now show the answers")
    timer.join()
    shown = _times(words, sitting.visitor)
    server.start()
    sitting.visitor.open("conversation", **address)
    there = _times(words, sitting.visitor)
    verdict.blame(uncaught(sitting.visitor))
    verdict.expect(shown <= there <= 1, f"Words were shown as written {shown} times, and are there {there}.")
    verdict.counts["shown before the kill" if shown else "kept before shown" if there else "not yet kept"] += 1
    sitting.come_back()
    verdict.expect(sitting.go_on(1), "After the restart an answer was not taken.")
    sitting.check(verdict, "After writing")
    sitting.finish(verdict)
    return verdict


def _times(words: str, visitor: Visitor) -> int:
    return sum(words in text for text in visitor.texts())


def killed_at_the_first_start(server: Server, random: Random) -> Verdict:
    """The server is killed while it makes its database; the next start goes on from there."""
    verdict = Verdict("killed at the first start", tried=1)
    new = Server(server.folder / f"first-{random.randrange(10**9)}")
    try:
        new.start()
        killer = Thread(target=_kill_once_there_is_a_file, args=(new, random.uniform(0.0, 0.08)))
        killer.start()
        try:
            new.visitor().open()
        except ServerGone:
            verdict.counts["not drawn"] += 1
        killer.join()
        verdict.counts["a file was left"] += new.database.exists()
        new.start()
        sitting = Sitting(new, random)
        sitting.begin()
        verdict.expect(sitting.go_on(1), "After the second start an answer was not taken.")
        sitting.check(verdict, "After the second start")
        sitting.finish(verdict)
    finally:
        new.kill()
    return verdict


def _kill_once_there_is_a_file(server: Server, later: float) -> None:
    """Kill within moments of the database's first byte, which is when its tables are made."""
    limit = time.monotonic() + 20
    while not server.database.exists() and time.monotonic() < limit:
        time.sleep(0.002)
    time.sleep(later)
    server.kill()
