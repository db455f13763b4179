"""What a campaign found, as JSON and as a page of the documentation."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from faults.plan import PLAN, Planned
from faults.server import PROJECT
from faults.verdict import Verdict

PAGE = PROJECT / "docs" / "faults.md"
RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that has been run."""

    form: str
    seed: int
    date: str
    seconds: float
    lanes: int
    verdicts: Mapping[str, Verdict]

    @property
    def good(self) -> bool:
        """Whether no fault of the product was found."""
        return all(verdict.good for verdict in self.verdicts.values())

    def as_json(self) -> dict[str, Any]:
        """The campaign as data."""
        return {
            "form": self.form,
            "seed": self.seed,
            "date": self.date,
            "seconds": round(self.seconds),
            "lanes": self.lanes,
            "machine": machine(),
            "faults": [verdict.as_json() for verdict in self.verdicts.values()],
        }


def machine() -> dict[str, str]:
    """What it ran on, without naming anybody's machine."""
    return {
        "version": metadata.version("counselling-simulator"),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}, {platform.machine()}",
        "processors": str(os.cpu_count()),
        "user": "root" if os.geteuid() == 0 else "not root",
        "Python": platform.python_version(),
        "Streamlit": metadata.version("streamlit"),
        "SQLite": sqlite3.sqlite_version,
    }


def write_json(campaign: Campaign) -> Path:
    """Keep the campaign as JSON; gives the file."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{campaign.form}.json"
    path.write_text(json.dumps(campaign.as_json(), indent=2, ensure_ascii=False) + "\n", "utf-8")
    return path


def write_page(campaign: Campaign) -> None:
    """Write the table of the last campaign into the page, between its two marks; the rest is kept."""
    begin, end = "<!-- the table is written by `python -m faults` -->", "<!-- end of the table -->"
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    after = rest.partition(end)[2]
    PAGE.write_text(f"{before}{begin}\n\n{as_markdown(campaign)}\n{end}{after}", "utf-8")


def as_markdown(campaign: Campaign) -> str:
    """The campaign as a table, with what it ran on and what could not be tried."""
    tried = sum(verdict.tried for verdict in campaign.verdicts.values())
    answers = sum(verdict.answers for verdict in campaign.verdicts.values())
    problems_found = sum(len(verdict.problems) for verdict in campaign.verdicts.values())
    ran_on = ", ".join(f"{name} {value}" for name, value in machine().items())
    lines = [
        f"The {campaign.form} campaign of {campaign.date}, seed {campaign.seed}: {tried} tries, {answers} answers "
        f"shown as given, {problems_found} problems, {round(campaign.seconds / 60)} minutes in {campaign.lanes} "
        f"lanes. Ran on: {ran_on}.",
        "",
        "| fault | what is done | tried | answers | how it went | outcome |",
        "| --- | --- | ---: | ---: | --- | --- |",
        *(_row(planned, campaign.verdicts[planned.name]) for planned in PLAN if planned.name in campaign.verdicts),
    ]
    problems = [(name, one) for name, verdict in campaign.verdicts.items() for one in verdict.problems]
    untried = [(name, one) for name, verdict in campaign.verdicts.items() for one in verdict.untried]
    if problems:
        lines += ["", "Problems:", "", *(f"- {name}: {one}" for name, one in problems)]
    if untried:
        lines += ["", "Not tried on this machine:", "", *(f"- {name}: {one}" for name, one in untried)]
    return "\n".join(lines) + "\n"


def _row(planned: Planned, verdict: Verdict) -> str:
    ways = "; ".join(f"{way}: {count}" for way, count in sorted(verdict.counts.items()) if count)
    outcome = "not tried" if not verdict.tried else "held" if verdict.good else f"{len(verdict.problems)} problems"
    return f"| {planned.name} | {planned.what} | {verdict.tried} | {verdict.answers} | {ways} | {outcome} |"
