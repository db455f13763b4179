"""`simulator behaviours`: the catalogue that choices are tagged from, as an author wants to read it."""

from __future__ import annotations

import argparse
import sys

from simulator.commands.content_root import default_root
from simulator.commands.transcript import wrapped
from simulator.content.library import load_library
from simulator.content.rubric import Behaviour, Kind, Rubric
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("words", nargs="*", metavar="WORD", help=_("only those that have all these words in them"))
    parser.add_argument("--rubric", default="core", metavar="ID", help=_("say what each counts for in this rubric"))


def run(options: argparse.Namespace) -> int:
    """Print the behaviours. Returns 1 when the catalogue cannot be read or nothing is found."""
    library = load_library(default_root())
    behaviours, rubric = library.behaviours.model, library.rubrics.get(options.rubric)
    if rubric is None or rubric.model is None:
        there = ", ".join(name for name, file in library.rubrics.items() if file.sound)
        told = _("There is no rubric '{rubric}' that can be used; there are: {there}.")
        print(told.format(rubric=options.rubric, there=there), file=sys.stderr)
        return 1
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
            _print(name, behaviour, _worth(rubric.model, name))
    if not found:
        print(_("No behaviour has all of these words in it."), file=sys.stderr)
    return 0 if found else 1


def _worth(rubric: Rubric, name: str) -> str:
    """What a behaviour counts for, such as `empathy +2, presence +1`."""
    counted = {criterion: judged.scores[name] for criterion, judged in rubric.criteria.items() if name in judged.scores}
    return ", ".join(f"{criterion} {points:+d}" for criterion, points in counted.items() if points)


def _print(name: str, behaviour: Behaviour, worth: str) -> None:
    print(f"  {name}" + (f"   {worth}" if worth else ""))
    print(wrapped(behaviour.means, "      "))
    print(wrapped(_("For instance: {example}").format(example=behaviour.example), "      "))
    if behaviour.needs:
        print(wrapped(_("Only with: {needs}").format(needs=behaviour.needs), "      "))
    print()
