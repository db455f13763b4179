"""`simulator doctor`: whether the records hold together, with a remedy for what does not."""

from __future__ import annotations

import argparse
import sys

from simulator.commands.progress_bar import ProgressBar
from simulator.records.attempts import Attempts
from simulator.records.errors import RecordsError
from simulator.records.health import examine
from simulator.records.own_data import OwnData
from simulator.records.store import open_store
from simulator.translation import translate as _
from simulator.translation import translate_plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--mend", action="store_true", help=_("work results out again where they differ"))
    parser.add_argument("--retention", action="store_true", help=_("erase the practice that is past its time"))


def run(options: argparse.Namespace) -> int:
    """Run the command. Returns its exit code: 1 where something is wrong that was not mended."""
    bar = ProgressBar()
    try:
        store = open_store()
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2
    playing = _("playing again")
    wrong = 0
    try:
        if options.retention:
            n = OwnData(store).apply_retention()
            print(translate_plural("{n} practice attempt was past its time.", "{n} practice attempts were past it.", n))
        for complaint in examine(
            store,
            Attempts(store),
            mend=options.mend,
            progress=lambda done, total: bar.tell(playing, done, total),
        ):
            bar.wipe()
            told = f"{complaint.attempt_id or ''} {complaint.told}".strip()
            print(told + (" " + _("Mended.") if complaint.mended else ""))
            wrong += not complaint.mended
        bar.wipe()
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2
    finally:
        store.close()
    print(_("All is well.") if not wrong else translate_plural("{n} complaint.", "{n} complaints.", wrong))
    return 1 if wrong else 0
