"""A look at every page a person may turn to after something went wrong."""

from __future__ import annotations

from faults.sitting import Sitting
from faults.standing import uncaught
from faults.verdict import Verdict
from faults.visitor import Visitor

PAGES = ("", "attempts", "progress", "authors")


def look_around(sitting: Sitting, verdict: Verdict) -> None:
    """Each page says something and shows no uncaught fault."""
    with sitting.server.visitor() as visitor:
        for page in PAGES:
            visitor.open(page)
            _sound(visitor, page or "library", verdict)
        for page in ("brief", "debrief", "what_if"):
            visitor.open(page, scenario=sitting.scenario, attempt=sitting.attempt_id)
            _sound(visitor, page, verdict)


def _sound(visitor: Visitor, page: str, verdict: Verdict) -> None:
    verdict.counts["other pages looked at"] += 1
    verdict.expect(any(visitor.texts()), f"The page '{page}' is empty.")
    verdict.blame(f"On the page '{page}': {fault}" for fault in uncaught(visitor))
