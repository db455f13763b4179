"""`python -m benchmarks [NAME...]`: print the ratios of one run and write them to benchmarks/results/."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import auditing, cohorts, engine, holding, keeping, loading, painting
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
    options = parser.parse_args()
    results = []
    for name in options.names or BENCHMARKS:
        result = BENCHMARKS[name]()
        print(result.line(), flush=True)
        results.append({"benchmark": name, **result.as_json()})
    folder = Path(__file__).with_name("results")
    folder.mkdir(exist_ok=True)
    written = {"python": sys.version.split()[0], "machine": platform.machine(), "results": results}
    (folder / "latest.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return 0 if all(result["met"] for result in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
