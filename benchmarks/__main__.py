"""`python -m benchmarks [NAME...]`: print the ratios of one run and write them to benchmarks/results/.

With `--page` their rows in `docs/speed.md` are renewed as well.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import auditing, cohorts, engine, holding, keeping, loading, painting, report
from benchmarks.ratio import Ratio

BENCHMARKS: dict[str, Callable[[], Ratio]] = {
    "step": engine.step,
    "load": loading.load,
    "check": loading.check,
    "check-library": loading.check_library,
    "commit": keeping.commit,
    "audit-10": auditing.audited(10),
    "audit-100": auditing.audited(100),
    "audit-1000": auditing.audited(1_000),
    "painted-20": painting.painted(20),
    "painted-60": painting.painted(60),
    **holding.BENCHMARKS,
    **cohorts.BENCHMARKS,
}


def main() -> int:
    """Run those named, or all. Returns 1 if a ratio is outside its limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed, as ratios within one run.")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--page", action="store_true", help="renew their rows in docs/speed.md")
    options = parser.parse_args()
    results: dict[str, Ratio] = {}
    for name in options.names or BENCHMARKS:
        results[name] = BENCHMARKS[name]()
        print(results[name].line(), flush=True)
        if options.page:  # one at a time, so that a long run that is cut off has told what it found
            page = report.renew(report.PAGE.read_text("utf-8"), {name: results[name]}, BENCHMARKS, date.today())
            report.PAGE.write_text(page, "utf-8")
    folder = Path(__file__).with_name("results")
    folder.mkdir(exist_ok=True)
    found = [{"benchmark": name, **result.as_json()} for name, result in results.items()]
    written = {"python": sys.version.split()[0], "machine": platform.machine(), "results": found}
    (folder / "latest.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return 0 if all(result.met for result in results.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
