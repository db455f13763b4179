"""`simulator play`: a talk in the terminal, or a whole one from a list of choices, with its scorecard."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import textwrap
from collections.abc import Iterable

from simulator.commands.content_root import library_for
from simulator.commands.play_json import as_json
from simulator.commands.talk import Talk
from simulator.commands.transcript import WIDTH, print_end, print_feedback, print_heard, print_transcript, wrapped
from simulator.content.library import ContentMissing
from simulator.session.situation import IllegalMove
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("scenario", metavar="SCENARIO", help=_("a scenario's id, or the path of its file"))
    seed_help = _("orders the choices; the same seed, the same order")
    parser.add_argument("--seed", default=None, metavar="N", help=seed_help)
    parser.add_argument("--rubric", default=None, metavar="ID", help=_("score under this rubric"))
    parser.add_argument("--choices", default=None, metavar="A,B,C", help=_("play these choices, print all, and end"))
    parser.add_argument("--json", action="store_true", help=_("print the run as JSON (docs/play-json.md)"))


def run(options: argparse.Namespace) -> int:
    """Play. Returns 0 when the talk came to an ending or was left; 1 when it could not be played as asked."""
    library, scenario_id = library_for(options.scenario)
    try:
        content = library.content(scenario_id, options.rubric)
    except ContentMissing as error:
        print(f"simulator play: {error}", file=sys.stderr)
        return 1
    talk = Talk(content, options.seed if options.seed is not None else secrets.token_hex(4))
    if options.choices is None and not options.json:
        return _interactive(talk)
    wanted = [choice.strip() for choice in (options.choices or "").split(",") if choice.strip()]
    problem = _play_all(talk, wanted)
    if problem:
        print(f"simulator play: {problem}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(as_json(talk), ensure_ascii=False, indent=2))
    else:
        print_transcript(talk)
    return 0


def _play_all(talk: Talk, choices: Iterable[str]) -> str | None:
    """Take every choice in turn. Returns what stood in the way, in one sentence."""
    for position, written in enumerate(choices, start=1):
        node, _dot, choice = written.rpartition(".")
        now = talk.playthrough
        try:
            if node and node != now.situation.at:
                raise IllegalMove(f"The talk is at '{now.situation.at}', not at '{node}'.")
            talk.choose(choice)
        except IllegalMove as error:
            offered = ", ".join(sorted(now.offered)) or "nothing"
            return f"choice {position}, '{written}': {error} On offer there: {offered}."
    return None


def _interactive(talk: Talk) -> int:
    print(wrapped(talk.scenario.brief), end="\n\n")
    if talk.scenario.content_note:
        print(wrapped(talk.scenario.content_note), end="\n\n")
    print_heard(talk, talk.playthrough.opening)
    while talk.playthrough.open:
        offered = talk.playthrough.offered
        choices = talk.scenario.nodes[talk.playthrough.situation.at].choices
        for number, name in enumerate(offered, start=1):
            words = choices[name].say or f"[{choices[name].does}]"
            print(textwrap.fill(f"{number}. {words}", WIDTH, subsequent_indent="   "))
        answer = _ask(len(offered))
        if answer is None:
            print("\n" + _("You left. A run that is not finished has no score."))
            return 0
        print()
        turn = talk.choose(offered[answer - 1])
        print_heard(talk, turn.heard)
        print_feedback(talk, turn)
    print_end(talk)
    return 0


def _ask(most: int) -> int | None:
    """The number of an answer, or None where the trainee leaves."""
    while True:
        try:
            typed = input(_("1-{most}, or q to leave: ").format(most=most)).strip().lower()
        except (EOFError, KeyboardInterrupt):
            return None
        if typed == "q":
            return None
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= most:
            return int(typed)
