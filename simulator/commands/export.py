"""`simulator export`: what a cohort did for its assignments, as a file, in the name of somebody who may take it out."""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from simulator.programme.export import export_cohort
from simulator.programme.export_files import Form
from simulator.programme.gradebooks import Platform, gradebook
from simulator.programme.xapi import HOME_PAGE, write_statements
from simulator.records.access import Actor
from simulator.records.acting_as import acting_as
from simulator.records.cohort_results import CohortResults
from simulator.records.cohorts import Cohorts
from simulator.records.errors import RecordsError, Unfit
from simulator.records.exports import CohortExports
from simulator.records.store import Store, open_store
from simulator.translation import translate as _
from simulator.translation import translate_plural

XAPI = "xapi"

WHERE = "at the command line"
"""What the log says beside the name: the account was not signed in to."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    forms = [*(form.value for form in Form), *(platform.value for platform in Platform), XAPI]
    parser.add_argument("cohort", help=_("the cohort's name or id"))
    parser.add_argument("--as", dest="name", required=True, help=_("in whose name: a sign-in name, or a reference"))
    parser.add_argument("--format", choices=forms, default=Form.CSV.value)
    parser.add_argument("--out", type=Path, required=True, help=_("the file to write; it must not be there yet"))
    parser.add_argument("--pseudonymous", action="store_true", help=_("without names, and linked to no other export"))
    parser.add_argument(
        "--unreleased", action="store_true", help=_("in a gradebook, also marks that trainees may not see yet")
    )
    parser.add_argument("--home-page", default=HOME_PAGE, help=_("in xapi, the address whose accounts actors have"))


def run(options: argparse.Namespace) -> int:
    """Run the command. Returns its exit code."""
    try:
        store = open_store()
        try:
            told = _export(store, options)
        finally:
            store.close()
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2
    print(f"{options.out}: {told}")
    return 0


def _export(store: Store, options: argparse.Namespace) -> str:
    actor = acting_as(store, options.name)
    cohort_id = _cohort(store, actor, options.cohort)
    if options.format == XAPI:
        write: Callable[..., str] = _statements
    elif options.format in {platform.value for platform in Platform}:
        if options.pseudonymous:
            raise Unfit(_("A gradebook has to say whose a mark is; leave --pseudonymous out."))
        write = _gradebook
    else:
        write = _tables
    with _new_file(options.out) as file:
        return write(store, actor, cohort_id, file, options)


def _cohort(store: Store, actor: Actor, wanted: str) -> str:
    seen = Cohorts(store).seen(actor)
    found = next((one.id for one in seen if wanted in {one.id, one.name}), None)
    if found is None:
        raise Unfit(
            _("{name} sees no cohort '{cohort}'. Those they see: {cohorts}.").format(
                name=actor.name, cohort=wanted, cohorts=", ".join(one.name for one in seen) or _("none")
            )
        )
    return found


def _tables(store: Store, actor: Actor, cohort_id: str, file: IO[bytes], options: argparse.Namespace) -> str:
    made = export_cohort(
        CohortExports(store),
        CohortResults(store),
        actor,
        cohort_id,
        Form(options.format),
        file,
        pseudonymous=options.pseudonymous,
        where=WHERE,
    )
    return _of_people(made.attempts, made.people)


def _gradebook(store: Store, actor: Actor, cohort_id: str, file: IO[bytes], options: argparse.Namespace) -> str:
    platform = Platform(options.format)
    made = gradebook(
        CohortExports(store), actor, cohort_id, platform, unreleased=options.unreleased, where=WHERE
    )  # fmt: skip
    file.write(made.text.encode())
    told = translate_plural("{n} mark", "{n} marks", made.marks)
    if made.held_back:
        told += "; " + translate_plural("{n} not released yet", "{n} not released yet", made.held_back)
    return told


def _statements(store: Store, actor: Actor, cohort_id: str, file: IO[bytes], options: argparse.Namespace) -> str:
    text = io.TextIOWrapper(file, "utf-8", newline="\n")
    made = write_statements(
        CohortExports(store),
        actor,
        cohort_id,
        text,
        pseudonymous=options.pseudonymous,
        home_page=options.home_page,
        where=WHERE,
    )
    text.detach()
    told = translate_plural("{n} statement", "{n} statements", made.statements)
    if made.unreadable:
        told += "; " + translate_plural(
            "{n} attempt could not be read any more", "{n} attempts could not be read any more", made.unreadable
        )
    return told


def _of_people(attempts: int, people: int) -> str:
    return (
        translate_plural("{n} attempt", "{n} attempts", attempts)
        + ", "
        + translate_plural("{n} person", "{n} people", people)
    )


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file that nobody else on the machine can read; it appears under its name only when it is whole."""
    half: Path | None = None
    try:
        _not_there(path)
        handle, name = tempfile.mkstemp(".part", f"{path.name}.", path.parent)
        half = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
        _not_there(path)  # nor has it come meanwhile
        half.rename(path)
    except OSError as error:
        told = _("'{path}' cannot be written ({reason}). Name a place with room that is yours.")
        raise Unfit(told.format(path=path, reason=error.strerror)) from error
    finally:
        if half is not None:
            half.unlink(missing_ok=True)


def _not_there(path: Path) -> None:
    if path.exists():
        raise Unfit(_("'{path}' is there already; name another file.").format(path=path))
