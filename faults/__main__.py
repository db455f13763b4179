"""`python -m faults`: a short campaign against a real server; `--long` for the long one."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from faults.campaign import Task, run
from faults.plan import PLAN
from faults.report import PAGE, Campaign, write_json, write_page


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a campaign. Returns 1 if it found a fault of the product."""
    options = _options(arguments)
    seed = options.seed if options.seed is not None else SystemRandom().randrange(10**6)
    form = "long" if options.long else "short"
    began = time.monotonic()
    print(f"The {form} campaign with --seed {seed}, {options.lanes} lanes.", flush=True)
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        verdicts = run(_tasks(options), Path(folder), seed, options.lanes, lambda line: print(line, flush=True))
    date = datetime.now(UTC).date().isoformat()
    campaign = Campaign(form, seed, date, time.monotonic() - began, options.lanes, verdicts)
    print(f"{round(campaign.seconds)} seconds; {'all held' if campaign.good else 'THERE ARE PROBLEMS'}.")
    if not options.only:
        print(f"Kept in {write_json(campaign)}")
        if options.long or options.keep:
            write_page(campaign)
            print(f"and in {PAGE}")
    return 0 if campaign.good else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="100 killed conversations, and every fault many times")
    parser.add_argument("--seed", type=int, help="repeat the randomness of an earlier campaign")
    parser.add_argument("--lanes", type=int, default=2, help="servers that are harmed at the same time (2)")
    parser.add_argument("--keep", action="store_true", help="write docs/faults.md, as a long campaign always does")
    parser.add_argument(
        "--only", nargs="+", metavar="FAULT", choices=[one.fault.__name__ for one in PLAN], help="these faults alone"
    )
    return parser.parse_args(arguments)


def _tasks(options: argparse.Namespace) -> list[Task]:
    wanted = [one for one in PLAN if not options.only or one.fault.__name__ in options.only]
    return [(one, count) for one in wanted for count in range(one.long if options.long else one.short)]


if __name__ == "__main__":
    raise SystemExit(main())
