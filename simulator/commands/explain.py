"""`simulator explain`: what a code that `simulator check` prints means, and how to mend it."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches

from simulator.commands.transcript import wrapped
from simulator.content.diagnostics import BY_CODE, CATALOGUE
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("code", metavar="CODE", help=_("a code such as SIM201, or its name"))


def run(options: argparse.Namespace) -> int:
    """Print the section of the code. Returns 1 when there is no such code."""
    diagnostic = BY_CODE.get(options.code.upper()) or CATALOGUE.get(options.code.lower())
    if diagnostic is None:
        close = get_close_matches(options.code.upper(), BY_CODE, n=1)
        near = _(" Did you mean {code}?").format(code=close[0]) if close else ""
        print(_("There is no diagnostic '{code}'.").format(code=options.code) + near, file=sys.stderr)
        return 1
    print(f"{diagnostic.code} {diagnostic.name} ({diagnostic.severity})\n")
    print(wrapped(diagnostic.about))
    return 0
