"""`simulator diff`: what changed between two versions of a scenario in an instructor's words, and which scores move."""

from __future__ import annotations

import argparse
import json
import sys

from simulator.audit.comparison import Comparison, Extent
from simulator.commands.diff_json import as_json
from simulator.commands.diff_reading import Unreadable, read_both
from simulator.commands.diff_text import diff_lines
from simulator.drawing.words import clean
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    either = _("a scenario's id, or the path of its file; a file outside a library is judged by the other's rubrics")
    parser.add_argument("old", metavar="A", help=_("the earlier version: {either}").format(either=either))
    parser.add_argument("new", metavar="B", help=_("the later version: likewise"))
    parser.add_argument("--json", action="store_true", help=_("print JSON (docs/diff-json.md)"))
    parser.epilog = _("The exit code is 0 where the two are the same, 1 where they differ, 2 where one cannot be read.")


def run(options: argparse.Namespace) -> int:
    """Compare and print. Returns 0 where the two are the same, 1 where they differ, 2 where one cannot be read."""
    try:
        old, new = read_both(options.old, options.new)
    except Unreadable as error:
        print(f"simulator diff: {clean(str(error))}", file=sys.stderr)
        return 2
    found = Comparison(old.version, new.version)
    if options.json:
        print(json.dumps(as_json(found, old, new), ensure_ascii=False, indent=2))
    else:
        print("\n".join(diff_lines(found, old, new)))
    return 0 if found.extent is Extent.NOTHING else 1
