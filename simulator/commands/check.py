"""`simulator check`: every finding in content files, at its place, with the act that mends it."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from simulator.audit.accepting import renewed
from simulator.audit.by_playing import findings_by_playing
from simulator.audit.plays import PlayRunner
from simulator.commands.content_root import default_root, library_at
from simulator.commands.read_aloud import joins
from simulator.content.diagnostics import Finding, Severity
from simulator.content.diagnostics.printing import as_github, as_json, as_text
from simulator.content.library import ContentMissing, Library, Loaded, load_beside, load_library
from simulator.translation import translate as _
from simulator.translation import translate_plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_("scenario files or library folders; all by default"))
    parser.add_argument(
        "--format", choices=["text", "json", "github"], default="text", help=_("how findings are printed")
    )
    parser.add_argument("--strict", action="store_true", help=_("exit with 2 on warnings"))
    accept_help = _("renew what plays expect that no longer holds, and show the difference")
    parser.add_argument("--accept", action="store_true", help=accept_help)
    parser.add_argument("--read", action="store_true", help=_("print every turn of the client's, for reading aloud"))


def run(options: argparse.Namespace) -> int:
    """Check and print. Returns 0, 1 on errors, 2 on warnings under --strict."""
    missing = [path for path in options.paths if not Path(path).exists()]
    for path in missing:
        print(_("simulator check: there is no file or folder '{path}'").format(path=path), file=sys.stderr)
    if missing:
        return 1
    checked = _Checked()
    for load, only in _libraries(options.paths):
        if options.read:
            _read_aloud(load(), only)
            continue
        if options.accept:
            _accept(load(), only)
        checked.add(load(), only)
    if options.read:
        return 0
    checked.report(options.format)
    if checked.counted[Severity.ERROR]:
        return 1
    return 2 if options.strict and checked.counted[Severity.WARNING] else 0


def _libraries(paths: Sequence[str]) -> Iterable[tuple[Callable[[], Library], frozenset[str] | None]]:
    """How to load each library to look at, with the files of interest in it (None: all)."""
    if not paths:
        yield partial(load_library, default_root()), None
    by_root: dict[Path, set[str]] = {}
    for path in (Path(named).absolute() for named in paths):
        if path.is_dir():
            holds_content = (path / "scenarios").is_dir() or (path / "rubrics").is_dir()
            root = path if holds_content else path.parent
            inside = None if holds_content else {p.relative_to(root).as_posix() for p in path.glob("*.yaml")}
            yield partial(_library_at, root), None if inside is None else frozenset(inside)
        elif path.parent.name in {"scenarios", "rubrics"}:
            by_root.setdefault(path.parent.parent, set()).update(_with_plays(path, path.parent.parent))
        else:
            beside = partial(load_beside, path, load_library(default_root()))
            yield beside, frozenset(_with_plays(path, path.parent))
    for root, names in by_root.items():
        yield partial(_library_at, root), frozenset(names)


def _library_at(root: Path) -> Library:
    """The library in a folder; where it has no rubrics of its own, that is said."""
    if not (root / "rubrics").is_dir():
        told = _("There is no rubrics/ in '{folder}', so its scenarios are checked by the rubrics of '{library}'.")
        print(told.format(folder=root, library=default_root()), file=sys.stderr)
    return library_at(root)


def _with_plays(path: Path, root: Path) -> set[str]:
    """A scenario's file and the plays that belong to it."""
    named = path.relative_to(root)
    return {named.as_posix(), named.with_name(f"{named.stem}.plays.yaml").as_posix()}


def _read_aloud(library: Library, only: frozenset[str] | None) -> None:
    for scenario in library.scenarios.values():
        if scenario.sound and scenario.model and (only is None or scenario.source.path in only):
            print("\n".join(joins(scenario.model)))


def _accept(library: Library, only: frozenset[str] | None) -> None:
    """Renew the plays whose scenario can be played, and show what changed."""
    for name, plays in library.plays.items():
        if plays.model is None or (only is not None and plays.source.path not in only):
            continue
        try:
            runner = PlayRunner(library.content(name), plays.model, plays.source)
        except ContentMissing:
            continue
        old, new = plays.source.text, renewed(runner)
        if new != old:
            path = library.root / plays.source.path
            lines = difflib.unified_diff(old.splitlines(), new.splitlines(), plays.source.path, _("accepted"), n=1)
            print("\n".join(line.rstrip("\n") for line in lines), end="\n\n")
            path.write_text(new, encoding="utf-8")


class _Checked:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.texts: dict[str, str] = {}
        self.files = 0
        self.counted: Counter[Severity] = Counter()

    def add(self, library: Library, only: frozenset[str] | None) -> None:
        files: list[Loaded[Any]] = [library.behaviours]
        files += [*library.rubrics.values(), *library.scenarios.values(), *library.plays.values()]
        wanted = [file for file in files if only is None or file.source.path in only]
        self.files += len(wanted)
        self.texts.update({file.source.path: file.source.text for file in wanted})
        found = [finding for file in wanted for finding in file.findings]
        found += findings_by_playing(library, only)
        self.findings += sorted(found, key=lambda finding: (finding.path, finding.span, finding.code))
        self.counted.update(finding.severity for finding in found)

    def report(self, form: str) -> None:
        if form == "json":
            print(json.dumps(as_json(self.findings), ensure_ascii=False, indent=2))
            return
        for finding in self.findings:
            print(as_github(finding) if form == "github" else as_text(finding, self.texts.get(finding.path, "")))
            if form == "text":
                print()
        if form == "text":
            print(self.summary())

    def summary(self) -> str:
        files = translate_plural("{n} file checked", "{n} files checked", self.files)
        errors, warnings = self.counted[Severity.ERROR], self.counted[Severity.WARNING]
        if not errors and not warnings:
            return files + _(": nothing to mend.")
        return "{}: {}, {}.".format(
            files,
            translate_plural("{n} error", "{n} errors", errors),
            translate_plural("{n} warning", "{n} warnings", warnings),
        )
