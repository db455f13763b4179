"""What the benchmarks measured last, as a table in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from benchmarks.ratio import Ratio

PAGE = Path(__file__).parents[1] / "docs" / "speed.md"
_BEGIN, _END = "<!-- the table is written by `python -m benchmarks --page` -->", "<!-- end of the table -->"
_HEAD = (
    "| name | what, against what | ratio | may be | the two themselves | measured |",
    "| --- | --- | ---: | --- | --- | --- |",
)


def renew(text: str, measured: Mapping[str, Ratio], names: Iterable[str], day: date) -> str:
    """The page with the rows of what was measured anew; the others keep the figures and the day they had.

    Rows stand in the order of `names`; one that is not among them is gone from the benchmarks, and from the page.
    """
    before, _, rest = text.partition(_BEGIN)
    table, _, after = rest.partition(_END)
    rows = {_name(line): line for line in table.splitlines() if line.startswith("| `")}
    rows |= {name: _row(name, ratio, day) for name, ratio in measured.items()}
    lines = [*_HEAD, *(rows[name] for name in names if name in rows)]
    return f"{before}{_BEGIN}\n\n" + "\n".join(lines) + f"\n\n{_END}{after}"


def rows(text: str) -> list[str]:
    """The names of the benchmarks that have a row on the page."""
    return [_name(line) for line in text.splitlines() if line.startswith("| `")]


def _name(line: str) -> str:
    return line.split("`")[1]


def _row(name: str, ratio: Ratio, day: date) -> str:
    verdict = "" if ratio.met else "**outside:** "
    return (
        f"| `{name}` | {ratio.name}, against {ratio.against} | {ratio.ratio:.2f} | {verdict}{ratio.limit} | "
        f"{_figure(ratio.subject)} against {_figure(ratio.baseline)} {ratio.unit} | {day:%Y-%m-%d} |"
    )


def _figure(value: float) -> str:
    """Three figures, and never an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
