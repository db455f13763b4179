"""`simulator new`: a small commented scenario with its plays, to begin from."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

from simulator.audit.accepting import renewed
from simulator.audit.plays import PlayRunner
from simulator.commands.content_root import default_root, installed_root
from simulator.content.fields import SLUG_PATTERN
from simulator.content.library import load_library
from simulator.content.prose import quoted
from simulator.translation import translate as _

_STARTER = Path(__file__).with_name("starter")
LONGEST_ID = 80
_ID_PLACE, _TITLE_PLACE = "STARTER-ID", "STARTER-TITLE"


class Refused(Exception):
    """It cannot be made as asked. The message says why, and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", metavar="ID", help=_("the new scenario's id, such as amina-first-meeting"))
    parser.add_argument("--title", default=None, help=_("what trainees see (default: made from the id)"))
    into_help = _("the library to write into, or a folder to make one in (default: the present one)")
    parser.add_argument("--into", default=None, metavar="FOLDER", help=into_help)


def run(options: argparse.Namespace) -> int:
    """Write the two files. Returns 0; 1 where they cannot be written as asked, and then nothing has been."""
    root = _present_library() if options.into is None else Path(options.into)
    try:
        begun = _begin_library(root)
        written = _begin(root, options.id, options.title)
    except Refused as refusal:
        print(f"simulator new: {refusal}", file=sys.stderr)
        return 1
    if begun:
        print(_("This folder is a library now, with rubrics of its own: {folder}").format(folder=root))
    for path in written:
        print(_("written: {path}").format(path=path))
    print()
    for command, what in (
        (f"simulator play {options.id}", _("meet the client in the terminal")),
        (f"simulator check {written[0]}", _("after every change")),
        (f"simulator audit {options.id}", _("see what is proved about it")),
    ):
        print(f"  {command}   # {what}")
    return 0


def _present_library() -> Path:
    """The library one stands in; outside any, a new one in the present folder. Never the program's own from outside."""
    root = default_root()
    here = Path.cwd()
    return here if root == installed_root() and not here.is_relative_to(root) else root


def _begin_library(root: Path) -> bool:
    """Make a folder a library, with scenarios/ and a copy of the rubrics; False where it is one."""
    if (root / "scenarios").is_dir() and (root / "rubrics").is_dir():
        return False
    if not root.is_dir():
        raise Refused(_("There is no folder '{folder}'; make it first.").format(folder=root))
    try:
        (root / "scenarios").mkdir(exist_ok=True)
        if not (root / "rubrics").is_dir():
            shutil.copytree(installed_root() / "rubrics", root / "rubrics")
    except OSError as error:
        raise Refused(
            _("'{path}' cannot be written ({why}).").format(path=error.filename or root, why=error.strerror)
        ) from error
    return True


def _begin(root: Path, scenario_id: str, title: str | None) -> tuple[Path, Path]:
    if not re.fullmatch(SLUG_PATTERN, scenario_id) or len(scenario_id) > LONGEST_ID:
        raise Refused(
            _(
                "'{id}' cannot be an id: small letters, digits, underscores and hyphens, beginning with a letter."
            ).format(id=scenario_id)
        )
    folder = root / "scenarios"
    scenario, plays = folder / f"{scenario_id}.yaml", folder / f"{scenario_id}.plays.yaml"
    for path in (scenario, plays):
        if path.exists():
            raise Refused(_("'{path}' is there already; choose another id, or remove it first.").format(path=path))
    told = " ".join((title or scenario_id.replace("-", " ").replace("_", " ").capitalize()).split())
    if not told:
        raise Refused(_("A title needs at least one word."))
    try:
        for path, text in zip((scenario, plays), starter_texts(scenario_id, told), strict=True):
            _write(path, text)
        _expect(root, scenario_id, plays)
    except OSError as error:
        for path in (scenario, plays):
            path.unlink(missing_ok=True)
        raise Refused(
            _("'{path}' cannot be written ({why}).").format(path=error.filename or scenario, why=error.strerror)
        ) from error
    return scenario, plays


def starter_texts(scenario_id: str, title: str) -> tuple[str, str]:
    """The small scenario to begin from, and its plays, which expect nothing yet."""
    scenario, plays = (
        (_STARTER / name)
        .read_text(encoding="utf-8")
        .replace(_TITLE_PLACE, quoted(title))
        .replace(_ID_PLACE, scenario_id)
        for name in ("scenario.yaml", "plays.yaml")
    )
    return scenario, plays


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _expect(root: Path, scenario_id: str, plays: Path) -> None:
    """What the plays expect, worked out as `check --accept` would."""
    library = load_library(root)
    loaded = library.plays[scenario_id]
    if loaded.model is not None and library.scenarios[scenario_id].sound:
        runner = PlayRunner(library.content(scenario_id), loaded.model, loaded.source)
        plays.write_text(renewed(runner), encoding="utf-8")
