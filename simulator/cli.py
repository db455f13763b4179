"""The `simulator` command: the product's other door."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from simulator import __version__
from simulator.commands import (
    audit,
    backup,
    behaviours,
    check,
    coverage,
    demo,
    diff,
    doctor,
    explain,
    export,
    graph,
    new,
    people,
    play,
    restore,
)
from simulator.translation import translate as _


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulator",
        description=_("Practise the counselling relationship with scripted virtual clients."),
    )
    parser.add_argument("--version", action="version", version=f"simulator {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module, help_text in (
        ("new", new, _("begin a scenario from a small one that works")),
        ("check", check, _("find every mistake in scenarios, plays and rubrics")),
        ("play", play, _("talk with a client in the terminal")),
        ("audit", audit, _("prove what can be proved about a scenario")),
        ("coverage", coverage, _("see what the plays touch of a scenario, and what they miss")),
        ("diff", diff, _("say what changed between two versions of a scenario, and which scores move")),
        ("graph", graph, _("draw the story of a scenario")),
        ("people", people, _("make the first account, or a link for somebody to join")),
        ("backup", backup, _("write everything into one file, while the app is in use")),
        ("restore", restore, _("fill an empty database from a backup")),
        ("export", export, _("take out what a cohort did, as tables, marks or statements")),
        ("demo", demo, _("make up a programme to look at, and take it away again")),
        ("doctor", doctor, _("see whether the records hold together")),
        ("behaviours", behaviours, _("list the behaviours that choices are tagged with")),
        ("explain", explain, _("say what a diagnostic means and how to mend it")),
    ):
        command = commands.add_parser(name, help=help_text, description=help_text)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`simulator play ... | head`); Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code
