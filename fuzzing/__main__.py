"""`python -m fuzzing [--minutes M] [--seed N] [--keep]`."""

from __future__ import annotations

import argparse
import random
from datetime import date
from pathlib import Path

from fuzzing.reached import Reached

REPORT = Path(__file__).resolve().parents[1] / "docs" / "fuzzing.md"


def main() -> int:
    """Fuzz. Returns 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description="Mutation fuzzing of what reads content.")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (default: 1)")
    parser.add_argument("--seed", type=int, default=date.today().toordinal(), help="default: the day")
    parser.add_argument("--keep", action="store_true", help="keep what reached something new; renew docs/fuzzing.md")
    options = parser.parse_args()
    reached = Reached()
    with reached.watching():
        # Only now, so that what runs while modules are loaded counts as reached too.
        from fuzzing.campaign import Campaign
    campaign = Campaign(reached, random.Random(options.seed), options.keep)
    campaign.begin()
    campaign.go_on(options.minutes)
    report = campaign.told(options.minutes, options.seed)
    if options.keep:
        REPORT.write_text(report, encoding="utf-8")
    print(report)
    return 1 if campaign.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
