"""`simulator behaviours`: the catalogue that choices are tagged from, as an author wants to read it."""

from __future__ import annotations

import argparse
import sys

from simulator.commands.content_root import default_root
from simulator.commands.transcript import wrapped
from simulator.content.library import load_library
from simulator.content.rubric import Behaviour, Kind
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("words", nargs="*", metavar="WORD", help=_("only those that have all these words in them"))


def run(options: argparse.Namespace) -> int:
    """Print the behaviours. Returns 1 when the catalogue cannot be read or nothing is found."""
    behaviours = load_library(default_root()).behaviours.model
    if behaviours is None:
        print(_("The behaviour catalogue has errors; 'simulator check' names them."), file=sys.stderr)
        return 1
    wanted = [word.casefold() for word in options.words]
    found = {
        name: behaviour
        for name, behaviour in behaviours.behaviours.items()
        if all(word in f"{name} {behaviour.title} {behaviour.means} {behaviour.example}".casefold() for word in wanted)
    }
    for kind, heading in ((Kind.HELPFUL, _("Helpful")), (Kind.UNHELPFUL, _("Unhelpful")), (Kind.HARMFUL, _("Harmful"))):
        of_kind = {name: behaviour for name, behaviour in found.items() if behaviour.kind is kind}
        if of_kind:
            print(f"{heading}\n")
        for name, behaviour in of_kind.items():
            _print(name, behaviour)
    if not found:
        print(_("No behaviour has all of these words in it."), file=sys.stderr)
    return 0 if found else 1


def _print(name: str, behaviour: Behaviour) -> None:
    print(f"  {name}")
    print(wrapped(behaviour.means, "      "))
    print(wrapped(_("For instance: {example}").format(example=behaviour.example), "      "))
    if behaviour.needs:
        print(wrapped(_("Only with: {needs}").format(needs=behaviour.needs), "      "))
    print()
