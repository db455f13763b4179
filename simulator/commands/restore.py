"""`simulator restore`: records from a backup, without what was erased since."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from simulator.records.attempts import Attempts
from simulator.records.backup import Erased, erased_in, read_manifest, restore_into
from simulator.records.database import connect_engine, database_url, place
from simulator.records.errors import RecordsError
from simulator.records.health import examine
from simulator.records.store import open_store
from simulator.translation import translate as _
from simulator.translation import translate_plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", type=Path, help=_("a file that 'simulator backup' wrote"))
    parser.add_argument("--into", metavar="URL", help=_("the empty database to fill, if not the usual one"))
    parser.add_argument(
        "--erased-in",
        metavar="URL",
        help=_("the database that was in use until now: what was erased in it is erased in the restored one too"),
    )


def run(options: argparse.Namespace) -> int:
    """Run the command. Returns its exit code."""
    try:
        read_manifest(options.file)
        erased: list[Erased] = []
        if options.erased_in:
            used = open_store(options.erased_in)
            erased = erased_in(used)
            used.close()
        url = database_url(options.into)
        engine = connect_engine(url)
        restore_into(engine, options.file, erased)
        engine.dispose()
        store = open_store(options.into)
        complaints = list(examine(store, Attempts(store)))
        store.close()
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2
    print(_("Restored into {where}.").format(where=place(url)))
    if options.erased_in:
        n = len(erased)
        print(translate_plural("{n} erasure was applied again.", "{n} erasures were applied again.", n))
    else:
        print(
            _(
                "What was erased after the backup was made is in it still. If the database used until now is at hand, "
                "restore into a new one with --erased-in naming it."
            )
        )
    for complaint in complaints:
        print(f"{complaint.attempt_id or ''} {complaint.told}".strip(), file=sys.stderr)
    return 1 if complaints else 0
