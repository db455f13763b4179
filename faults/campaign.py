"""A campaign: faults one after the other in a few lanes, each lane with a server, records and content of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random

from faults.plan import Planned
from faults.server import Server
from faults.verdict import Verdict

Tell = Callable[[str], None]
Task = tuple[Planned, int]
"""A fault and which of its tries it is."""


def run(tasks: Iterable[Task], folder: Path, seed: int, lanes: int, tell: Tell = print) -> dict[str, Verdict]:
    """Try everything. Gives a verdict for each fault by its name.

    Each try has a randomness of its own, made of the seed, the fault and its count, so that it can be repeated alone.
    """
    queue: SimpleQueue[Task] = SimpleQueue()
    outcomes: SimpleQueue[tuple[Planned, Verdict]] = SimpleQueue()
    left: dict[str, int] = {}
    for task in tasks:
        queue.put(task)
        left[task[0].name] = left.get(task[0].name, 0) + 1
    total = sum(left.values())
    verdicts: dict[str, Verdict] = {}
    with ThreadPoolExecutor(lanes) as pool:
        working = [pool.submit(_lane, folder / f"lane-{number}", queue, outcomes, seed) for number in range(lanes)]
        try:
            for _ in range(total):
                planned, verdict = outcomes.get()
                _gather(verdict, verdicts)
                left[planned.name] -= 1
                if not left[planned.name]:
                    _tell_of(verdicts[planned.name], tell)
        finally:
            _empty(queue)  # after Ctrl-C every lane ends its try, and its server
        for lane in working:
            lane.result()
    return verdicts


def _gather(verdict: Verdict, verdicts: dict[str, Verdict]) -> None:
    if verdict.fault in verdicts:
        verdicts[verdict.fault].add(verdict)
    else:
        verdicts[verdict.fault] = verdict


def _empty(queue: SimpleQueue[Task]) -> None:
    with suppress(Empty):
        while True:
            queue.get_nowait()


def _tell_of(verdict: Verdict, tell: Tell) -> None:
    tell(verdict.line())
    for problem in verdict.problems:
        tell(f"    {problem}")


def _lane(folder: Path, queue: SimpleQueue[Task], outcomes: SimpleQueue[tuple[Planned, Verdict]], seed: int) -> None:
    """Take tasks until there are none."""
    server = Server(folder)
    known = 0
    try:
        while True:
            planned, count = queue.get_nowait()
            verdict = _tried(planned, server, Random(f"{seed} {planned.name} {count}"))
            said = _tracebacks(folder)
            if len(said) > known:
                verdict.problems.append(f"The server's log has a fault that nobody caught: {said[-1]}")
                known = len(said)
            verdict.problems = [f"try {count}: {one.replace(str(folder), '...')}" for one in verdict.problems]
            outcomes.put((planned, verdict))
    except Empty:
        return
    finally:
        server.kill()


def _tried(planned: Planned, server: Server, random: Random) -> Verdict:
    """One try. What stops the try itself is a problem as well: a page that never came, a server that ended."""
    began = time.monotonic()
    try:
        if not server.runs:
            server.start()
        verdict = planned.fault(server, random)
    except Exception as error:
        verdict = Verdict(planned.name, tried=1, problems=[f"The try broke off: {type(error).__name__}: {error}"])
        server.kill()
        server.put_content_back()
    verdict.fault = planned.name
    verdict.seconds = time.monotonic() - began
    return verdict


def _tracebacks(folder: Path) -> list[str]:
    """The last lines of every traceback in the logs of a lane's servers."""
    found = []
    for log in sorted(folder.rglob("server.log")):
        _, *faults = log.read_text("utf-8", "replace").split("Traceback (most recent call last):")
        found += [fault.strip()[-300:] for fault in faults]
    return found
