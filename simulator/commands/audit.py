"""`simulator audit`: what is proved about a scenario or a library, as text, Markdown or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

import numpy

from simulator.audit.library_report import LibraryAudit, audit_library
from simulator.audit.report import audit
from simulator.audit.walks import Sampling
from simulator.commands.audit_json import as_json, library_as_json
from simulator.commands.audit_text import audit_lines, library_lines
from simulator.commands.content_root import default_root, library_for
from simulator.commands.progress_bar import ProgressBar
from simulator.content.library import Content, ContentMissing, load_library
from simulator.translation import translate as _

RUNS = 20_000
"""Single runs of each player."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("scenario", nargs="?", metavar="SCENARIO", help=_("a scenario's id, or the path of its file"))
    what.add_argument("--library", action="store_true", help=_("all scenarios, and what form gives away over all"))
    parser.add_argument("--rubric", default=None, metavar="ID", help=_("score under this rubric"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print JSON (docs/audit-json.md)"))
    form.add_argument("--markdown", action="store_true", help=_("print Markdown"))
    parser.add_argument("--all", action="store_true", help=_("print every finding, not only the first seven"))
    parser.add_argument("--seed", type=int, default=1, help=_("of everything that is sampled (default: 1)"))


def run(options: argparse.Namespace) -> int:
    """Audit and print. Returns 0; 1 when there is nothing that can be audited; 130 after Ctrl-C, with what there is."""
    try:
        return _library(options) if options.library else _scenario(options)
    except ContentMissing as error:
        print(f"simulator audit: {error}", file=sys.stderr)
        return 1


def _scenario(options: argparse.Namespace) -> int:
    library, scenario_id = library_for(options.scenario)
    content = library.content(scenario_id, options.rubric)
    bar = ProgressBar()
    found = audit(content, sampling(options.seed), progress=bar.tell)
    bar.wipe()
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(audit_lines(found, markdown=options.markdown, every=options.all)))
    return 130 if found.stopped_during else 0


def _library(options: argparse.Namespace) -> int:
    library = load_library(default_root())
    contents: list[Content] = []
    for scenario_id in library.scenarios:
        try:
            contents.append(library.content(scenario_id, options.rubric))
        except ContentMissing as error:
            print(f"simulator audit: {error}", file=sys.stderr)
    if not contents:
        raise ContentMissing(_("There is no scenario here that can be audited; `simulator check` says why."))
    bar = ProgressBar()
    found = audit_library(contents, lambda: sampling(options.seed), _dealing(options.seed), progress=bar.tell)
    bar.wipe()
    if options.json:
        print(json.dumps(library_as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(library_lines(found, markdown=options.markdown)))
    return 130 if _stopped(found) else 0


def _stopped(found: LibraryAudit) -> bool:
    return found.left_out > 0 or any(one.stopped_during for one in found.audits)


def sampling(seed: int) -> Sampling:
    """How everything is sampled that is not exact: the same figures for the same seed."""
    return Sampling(RUNS, seed, numpy.random.default_rng(seed).random)


def _dealing(seed: int) -> Callable[[], numpy.random.Generator]:
    return lambda: numpy.random.default_rng(seed)
