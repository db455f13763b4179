"""Writes docs/diagnostics.md from the catalogue: `python docs/make_diagnostics.py`."""

from __future__ import annotations

import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from simulator.content.diagnostics import CATALOGUE, Diagnostic, Edit, Told, lines_of  # noqa: E402
from simulator.content.diagnostics.printing import as_text  # noqa: E402
from simulator.content.diagnostics.smallest import TEXTS  # noqa: E402
from tests.content.examples import example, found_in, written  # noqa: E402

DIAGNOSTICS_PAGE = ROOT / "docs" / "diagnostics.md"
_GROUPS = {
    "SIM0": "The file cannot be read as it was meant",
    "SIM1": "A part is missing, unknown, or not of the kind that belongs there",
    "SIM2": "A name that nothing answers to",
    "SIM3": "The story cannot be told as written",
    "SIM4": "It plays, and yet an instructor would want to know",
    "SIM5": "A play does not hold",
}
_SEVERITIES = {
    "error": "An error: the file cannot be used until it is mended.",
    "warning": "A warning: it can be played; `--strict` does not let it pass.",
    "note": "A note: nothing has to be done.",
}
_INTRODUCTION = """\
# What `simulator check` says, and how to mend it

This page is made from the program's own catalogue (`python docs/make_diagnostics.py`), and every example on it is a
test. Each finding has a code that never changes its meaning. In the terminal `simulator explain SIM201` tells the same.

Examples show what was changed in the smallest client there is (at the end of this page); carets stand below the place
that is meant.
"""


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION, _contents()]
    group = ""
    for diagnostic in CATALOGUE.values():
        if diagnostic.code[:4] != group:
            group = diagnostic.code[:4]
            parts.append(f"## {_GROUPS[group]}\n")
        parts.append(_section(diagnostic))
    parts.append(f"## The smallest client\n\n```yaml\n{TEXTS['scenario']}```\n")
    return "\n".join(parts)


def _contents() -> str:
    rows = [
        f"| [{diagnostic.code}](#{_anchor(diagnostic)}) | {_title(diagnostic)} | {diagnostic.severity} |"
        for diagnostic in CATALOGUE.values()
    ]
    return "\n".join(["| code | what | severity |", "| --- | --- | --- |", *rows]) + "\n"


def _title(diagnostic: Diagnostic) -> str:
    return diagnostic.name.replace("-", " ").replace("utf 8", "UTF-8").capitalize()


def _anchor(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.code} {_title(diagnostic)}".lower().replace(" ", "-")


def _section(diagnostic: Diagnostic) -> str:
    parts = [f"### {diagnostic.code} {_title(diagnostic)}", _wrapped(diagnostic.about)]
    if isinstance(diagnostic.example, Told):
        words = diagnostic.example.words
        parts += [_wrapped(f"For example: {words[0].lower()}{words[1:]}" if words[0].isalpha() else words)]
        parts += [f"The program says: `{diagnostic.message.format_map(_Dots())}`"]
    else:
        fragment, printed = _tried(diagnostic)
        parts += ["For example:", f"```yaml\n{fragment}\n```", "The program says:", f"```text\n{printed}\n```"]
    parts.append(_SEVERITIES[diagnostic.severity])
    return "\n\n".join(parts) + "\n"


class _Dots(dict[str, str]):
    """Three dots for every value of a message that only a real file can give."""

    def __missing__(self, key: str) -> str:
        return "..."


def _tried(diagnostic: Diagnostic) -> tuple[str, str]:
    """The lines that the example changed, and what is printed when it is checked."""
    assert isinstance(diagnostic.example, Edit)
    file, text, _ = example(diagnostic)
    with tempfile.TemporaryDirectory() as folder:
        finding = found_in(written(Path(folder), {file: text}), file)[0]
    start = TEXTS[file].find(diagnostic.example.old) if diagnostic.example.old else 0
    first = TEXTS[file].count("\n", 0, start)
    changed = diagnostic.example.new.strip("\n").count("\n") + 1
    fragment = lines_of(text)[first : first + changed]
    return "\n".join(fragment), as_text(finding, text)


def _wrapped(words: str) -> str:
    return textwrap.fill(words, 116, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    DIAGNOSTICS_PAGE.write_text(page(), encoding="utf-8")
