"""`simulator backup`: everything into one file, while the app is in use, and proved by restoring it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from simulator.commands.progress_bar import ProgressBar
from simulator.records.attempts import Attempts
from simulator.records.backup import restore_into, write_backup
from simulator.records.database import connect_engine, database_url
from simulator.records.errors import RecordsError
from simulator.records.health import examine
from simulator.records.store import open_store
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", type=Path, help=_("the file to write; it must not be there yet"))
    parser.add_argument("--no-proof", action="store_true", help=_("do not restore it to see whether it can be"))


def run(options: argparse.Namespace) -> int:
    """Run the command. Returns its exit code: 1 where the backup was written, but what is in it does not hold."""
    try:
        store = open_store()
        try:
            made = write_backup(store, options.file)
        finally:
            store.close()
        told = _("{file}: {attempts} attempts, {events} events, {people} people.")
        rows = made.rows
        print(told.format(file=options.file, attempts=rows["attempt"], events=rows["event"], people=rows["person"]))
        return 0 if options.no_proof else _prove(options.file)
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2


def _prove(file: Path) -> int:
    """Restore the backup beside everything, and play every attempt in it again."""
    bar = ProgressBar()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/proof.sqlite3"
        engine = connect_engine(database_url(url))
        restore_into(engine, file, [])
        engine.dispose()
        store = open_store(url)
        playing = _("playing again")
        complaints = list(examine(store, Attempts(store), progress=lambda done, total: bar.tell(playing, done, total)))
        store.close()
        bar.wipe()
    for complaint in complaints:
        print(f"{complaint.attempt_id or ''} {complaint.told}".strip(), file=sys.stderr)
    if complaints:
        return 1
    print(_("Proved: it was restored beside, and every attempt in it played again to the same results."))
    return 0
