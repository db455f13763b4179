"""How many open conversations one server holds, and what each takes in memory, against the bare page.

Visitors come in twenties, over websockets, and each answers after a pause of none to ten seconds; after each twenty the
clicks of the next five seconds are timed. The server holds as many as there were before their 95th percentile first
passed a second. Pauses differ by chance because those of one length make a herd: whoever had to wait once clicks
together with all who waited, from then on.
"""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.ratio import Ratio
from benchmarks.serving import BARE, PRODUCT, Served, served
from faults.visitor import Visitor, VisitorError

AT_LEAST = 0.8
_MOST_VISITORS = 800
_AT_ONCE = 20
_COMING_PER_SECOND = 8.0
_SETTLING = 1.0
_TIMED = 5.0
_LONGEST_PAUSE = 10.0
_SLOWEST = 1.0
_TURNS = 9


def held() -> Ratio:
    """Open conversations held with a 95th percentile under a second, the product's against the bare page's."""
    found: dict[str, list[int]] = {BARE: [], PRODUCT: []}
    for kind in (BARE, PRODUCT, PRODUCT, BARE):  # there and back, so that a machine growing busy slows both
        with served(kind, {_TURNS: _MOST_VISITORS}) as one:
            found[kind].append(_Crowd(one).grow())
    product, bare = statistics.mean(found[PRODUCT]), statistics.mean(found[BARE])
    return Ratio(
        "open conversations held, p95 of a click under 1 s",
        "a bare page with the same elements, over websockets",
        product / bare,
        f"at least {AT_LEAST:g}x",
        product / bare >= AT_LEAST,
        product,
        bare,
        "conversations",
        2,
    )


class _Crowd:
    """Visitors who have come and stay, each in a thread of its own."""

    def __init__(self, one: Served) -> None:
        self.one = one
        self.leaving = threading.Event()
        self.lock = threading.Lock()
        self.clicks: list[tuple[float, float]] = []
        self.here = 0
        self.chance = random.Random(1)

    def grow(self) -> int:
        """Let visitors come until the server is too slow; how many there were before."""
        threads: list[threading.Thread] = []
        held = 0
        try:
            while len(threads) < _MOST_VISITORS:
                for _ in range(_AT_ONCE):
                    thread = threading.Thread(target=self._visit, args=(self.chance.random(),), daemon=True)
                    thread.start()
                    threads.append(thread)
                    time.sleep(1 / _COMING_PER_SECOND)
                time.sleep(_SETTLING)
                if self._slow() > _SLOWEST:
                    break
                held = self.here
        finally:
            self.leaving.set()
            for thread in threads:
                thread.join(timeout=30)
        return held

    def _slow(self) -> float:
        """The 95th percentile of the clicks of the next seconds, while nobody comes."""
        since = time.monotonic()
        time.sleep(_TIMED)
        with self.lock:
            timed = [took for at, took in self.clicks if at > since]
        return statistics.quantiles(timed, n=20)[-1] if len(timed) >= 2 else float("inf")

    def _visit(self, seed: float) -> None:
        chance = random.Random(seed)
        with self.lock:
            place, query = self.one.way_in(_TURNS)
        try:
            with Visitor(self.one.server.address, patience=20) as visitor:
                visitor.open(place, **query)
                with self.lock:
                    self.here += 1
                while not self.leaving.wait(chance.uniform(0, _LONGEST_PAUSE)):
                    took = answer(visitor)
                    with self.lock:
                        self.clicks.append((time.monotonic(), took))
        except (VisitorError, OSError):
            with self.lock:  # one who could not be served at all was served slowly
                self.clicks.append((time.monotonic(), 20.0))


def answer(visitor: Visitor) -> float:
    """Give the third answer on the page. The seconds it took."""
    answers = [button for button in visitor.buttons() if button.key.startswith("answer-")]
    return visitor.press(answers[2])


def memory() -> Ratio:
    """Memory that an open conversation takes, the product's against the bare page's."""
    taken = {}
    for kind in (BARE, PRODUCT):
        with served(kind, {_TURNS: 220}) as one:
            _come(one, 20, stay=False)
            before = _resident(one)
            stayed = _come(one, 200, stay=True)
            taken[kind] = (_resident(one) - before) / 200
            for visitor in stayed:
                visitor.close()
    ratio = taken[PRODUCT] / taken[BARE]
    return Ratio(
        "memory of an open conversation", "a bare page with the same elements", ratio, "at most 3x", ratio <= 3,
        taken[PRODUCT], taken[BARE], "KiB", 200,
    )  # fmt: skip


def growth() -> Ratio:
    """What is left behind by a thousand visitors who came, answered once and went, once everything is warm.

    What is kept for those who come next (connections, code, 128 sessions that may come back) is full after some 800.
    """
    with served(PRODUCT, {_TURNS: 1_900}) as one:
        _come(one, 800, stay=False)
        before = _resident(one)
        _come(one, 1_000, stay=False)
        after = _resident(one)
    return Ratio(
        "memory after 1,000 more visitors who came and went", "after the first 800", after / before, "at most 1.1x",
        after / before <= 1.1, after / 1024, before / 1024, "MiB", 1,
    )  # fmt: skip


def _come(one: Served, visitors: int, *, stay: bool) -> list[Visitor]:
    """So many visitors, one after the other; each answers once."""
    here = []
    for _ in range(visitors):
        place, query = one.way_in(_TURNS)
        visitor = Visitor(one.server.address)
        visitor.open(place, **query)
        answer(visitor)
        if stay:
            here.append(visitor)
        else:
            visitor.close()
    return here


def _resident(one: Served) -> float:
    """Resident memory of the server, in KiB, once it has had a moment to tidy up."""
    time.sleep(3)
    assert one.server.process is not None
    status = Path(f"/proc/{one.server.process.pid}/status").read_text(encoding="ascii")
    return float(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


BENCHMARKS: dict[str, Callable[[], Ratio]] = {"held": held, "memory": memory, "growth": growth}
"""By name. They read /proc, and so need Linux."""
