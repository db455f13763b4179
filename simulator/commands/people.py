"""`simulator people`: the first administrator, and links, for whoever has the machine."""

from __future__ import annotations

import argparse
import getpass
import sys

from simulator.records.access import Role
from simulator.records.accounts import Accounts
from simulator.records.errors import RecordsError
from simulator.records.people import People
from simulator.records.sign_ins import SignIns
from simulator.records.store import Store, open_store
from simulator.translation import translate as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    add = deeds.add_parser("add", help=_("make the first administrator, or a link for somebody to join"))
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.ADMINISTRATOR.value)
    add.add_argument("--name", help=_("what the administrator is called"))
    add.add_argument("--sign-in-name", help=_("the name the administrator signs in with"))
    add.add_argument("--programme", default="", help=_("what the programme is called"))
    add.add_argument("--zone", default="UTC", help=_("its time zone, as in Europe/London"))
    add.add_argument("--password-from-stdin", action="store_true", help=_("read the password from the first line"))
    deeds.add_parser("list", help=_("who there is"))


def run(options: argparse.Namespace) -> int:
    """Run the command. Returns its exit code."""
    try:
        store = open_store()
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2
    try:
        return _list(store) if options.deed == "list" else _add(store, options)
    except RecordsError as fault:
        print(fault, file=sys.stderr)
        return 2
    finally:
        store.close()


def _add(store: Store, options: argparse.Namespace) -> int:
    accounts = Accounts(store, SignIns(store))
    if accounts.on():
        people = People(store)
        secret = people.invite(people.of_this_machine(), Role(options.role))
        print(_("Send this link, behind the app's address, to the one person it is for. It works once:"))
        print(f"/join/{secret}")
        return 0
    if options.role != Role.ADMINISTRATOR.value:
        print(_("There are no accounts yet. The first person to add is an administrator."), file=sys.stderr)
        return 2
    name = options.name or _asked(_("Name"))
    sign_in_name = options.sign_in_name or _asked(_("Sign-in name"))
    word = sys.stdin.readline().rstrip("\n") if options.password_from_stdin else getpass.getpass(_("Password") + ": ")
    accounts.set_up(options.programme or _("Our programme"), options.zone, name, sign_in_name, word)
    print(_("{name} is the administrator now, and everybody signs in from here on.").format(name=name))
    return 0


def _list(store: Store) -> int:
    people = People(store)
    actor = people.of_this_machine()
    page = 0
    while listed := people.seen(actor, page=page):
        for one in listed:
            roles = ", ".join(sorted(role.value for role in one.roles)) or "-"
            print(f"{one.name}\t{one.sign_in_name or '-'}\t{roles}{_(', closed') if one.closed else ''}")
        page += 1
    return 0


def _asked(what: str) -> str:
    return input(f"{what}: ")
