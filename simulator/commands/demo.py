"""`simulator demo`: a made-up programme to look at, in a database of its own, and away with it again."""

from __future__ import annotations

import argparse
import secrets
import sys
from datetime import UTC, datetime

from simulator.commands.content_root import default_root
from simulator.commands.progress_bar import ProgressBar
from simulator.content.library import load_library
from simulator.programme.demo import MOST_TRAINEES, Demo, make_demo
from simulator.records.database import URL_VARIABLE
from simulator.records.demo_rows import demo_url, remove_demo
from simulator.records.errors import RecordsError
from simulator.records.store import Store, open_store
from simulator.translation import translate as _

_WORDS = (
    "amber", "anchor", "apron", "barley", "basket", "beacon", "bramble", "button", "candle", "canvas", "carrot",
    "chalk", "cinder", "clover", "copper", "cotton", "cradle", "daisy", "ember", "fennel", "fiddle", "flint", "garden",
    "ginger", "gravel", "hazel", "heather", "helmet", "island", "jacket", "kettle", "ladder", "lantern", "lemon",
    "linen", "magnet", "maple", "marble", "meadow", "mitten", "mustard", "nutmeg", "oyster", "paddle", "parsley",
    "pebble", "pepper", "pillow", "pocket", "quarry", "ribbon", "saddle", "saffron", "sandal", "spindle", "teapot",
    "thimble", "timber", "turnip", "velvet", "walnut", "willow", "window", "zipper",
)  # fmt: skip
"""64 words: four of them are 24 bits, enough where tries are slowed down and nobody is real."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--trainees", type=_number, default=60, metavar="N", help=_("how many trainees (60)"))
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=_("the same seed plays the same talks (1)"))
    parser.add_argument("--remove", action="store_true", help=_("take the demo away again, and nothing else"))
    parser.add_argument("--database", metavar="URL", help=_("where; by default a file of the demo's own"))


def run(options: argparse.Namespace) -> int:
    """Run the command. Returns its exit code."""
    try:
        url = options.database or demo_url()
        store = open_store(url)
        try:
            return _remove(store) if options.remove else _make(store, url, options.trainees, options.seed)
        finally:
            store.close()
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2


def _make(store: Store, url: str, trainees: int, seed: int) -> int:
    bar = ProgressBar()
    word = "-".join(secrets.choice(_WORDS) for _each in range(4))
    playing = _("trainees playing")
    try:
        made = make_demo(
            store,
            load_library(default_root()),
            trainees,
            seed,
            datetime.now(UTC).replace(microsecond=0),
            word,
            progress=lambda done, total: bar.tell(playing, done, total),
        )
    finally:
        bar.wipe()
    print(
        _("Made up: {trainees} trainees in {cohorts} cohorts, {assignments} assignments, {attempts} attempts.").format(
            trainees=made.trainees, cohorts=made.cohorts, assignments=made.assignments, attempts=made.attempts
        )
    )
    _say_how_to_sign_in(made, url, word)
    return 0


def _say_how_to_sign_in(made: Demo, url: str, word: str) -> None:
    if not made.sign_ins:
        print(_("They are in the programme of this database now. None of them can sign in; look at them as yourself."))
        return
    print(_("Nobody in it is real. Start the app on it, and sign in:"))
    print(f"\n    {URL_VARIABLE}='{url}' streamlit run streamlit_app.py\n")
    for role, name in made.sign_ins.items():
        print(f"    {role.value:<15} {name:<20} {word}")
    print()
    print(_("The password is shown only now. To take the demo away: simulator demo --remove"))


def _remove(store: Store) -> int:
    gone = remove_demo(store)
    if not gone:
        print(_("There is no demo in {place}.").format(place=store.where))
        return 0
    told = _(
        "Taken away from {place}: {people} people, {attempts} attempts, {events} events, and all that hung on them."
    )
    print(
        told.format(
            place=store.where,
            people=gone.get("person", 0),
            attempts=gone.get("attempt", 0),
            events=gone.get("event", 0),
        )
    )
    return 0


def _number(told: str) -> int:
    number = int(told)
    if not 1 <= number <= MOST_TRAINEES:
        raise argparse.ArgumentTypeError(_("from 1 to {most}").format(most=MOST_TRAINEES))
    return number
