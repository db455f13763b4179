"""`simulator coverage`: what the plays touch of a scenario, and a small set of plays that would touch all."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from simulator.audit.accepting import renewed
from simulator.audit.coverage import Cover, Item, Items, Kind, TooLarge, cover
from simulator.audit.plays import PlayRunner
from simulator.commands.content_root import library_for
from simulator.content.library import Content, ContentMissing, Library
from simulator.content.play_file import Plays
from simulator.content.shape import shaped
from simulator.content.source import Source, read
from simulator.session.interview import Interview
from simulator.translation import translate as _
from simulator.translation import translate_plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("scenario", metavar="SCENARIO", help=_("a scenario's id, or the path of its file"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    write_help = _("write a smallest set of plays that touches all to this file, or to the screen with -")
    parser.add_argument("--write", default=None, metavar="FILE", help=write_help)


def run(options: argparse.Namespace) -> int:
    """Look and print. Returns 0; 1 where the scenario cannot be played, is too large, or the file cannot be written."""
    library, scenario_id = library_for(options.scenario)
    try:
        content = library.content(scenario_id)
        found = cover(Interview(content.scenario)) if options.write or options.json else None
        if options.write:
            assert found is not None
            return _write(_as_plays(content, found), options.write)
    except ContentMissing as error:
        return _refuse(str(error))
    except TooLarge:
        return _refuse(
            _("The story is too large, or goes round in a circle, so not every way through can be looked at.")
        )
    except OSError as error:
        return _refuse(_("'{file}' cannot be written ({why}).").format(file=options.write, why=error.strerror))
    items = Items(Interview(content.scenario))
    touched, left_out = _touched(library, content, items)
    source = library.scenarios[scenario_id].source
    if options.json:
        assert found is not None
        print(json.dumps(_as_json(items, touched, found, source), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(items, touched, left_out, source)))
    return 0


def _refuse(why: str) -> int:
    print(f"simulator coverage: {why}", file=sys.stderr)
    return 1


def _touched(library: Library, content: Content, items: Items) -> tuple[frozenset[Item], list[str]]:
    """What the plays touch together, and the plays that cannot be played to an ending."""
    loaded = library.plays.get(content.scenario.id)
    if loaded is None or loaded.model is None:
        return frozenset(), []
    runner = PlayRunner(content, loaded.model, loaded.source)
    found: frozenset[Item] = frozenset()
    left_out = []
    for name, play in loaded.model.plays.items():
        if runner.played_out(play) is None:
            left_out.append(name)
        else:
            found |= items.touched(play.choose)
    return found, left_out


def _names() -> dict[Kind, str]:
    return {
        Kind.CHOICE: _("choices"),
        Kind.LINE: _("lines, with every variant"),
        Kind.REPLY: _("replies, with every variant"),
        Kind.ENDING: _("endings"),
        Kind.RULE: _("debrief rules"),
    }


def _lines(items: Items, touched: frozenset[Item], left_out: list[str], source: Source) -> Iterator[str]:
    for kind, name in _names().items():
        every = [item for item in items.every if item.kind is kind]
        there = sum(item in touched for item in every)
        yield _("{name}: {there} of {every}").format(name=name, there=there, every=len(every))
    for name in left_out:
        yield _("not counted, since it cannot be played to an ending: {play}").format(play=name)
    missing = _placed(items.every - touched, source)
    if missing:
        yield ""
        yield _("Not touched by any play:")
        yield from (f"  {where} {told}" for where, told in missing)
        yield ""
        yield _("--write - prints a set of plays that touches all.")


def _placed(missing: Iterable[Item], source: Source) -> list[tuple[str, str]]:
    """Where each stands in the file, and what it is, from top to bottom."""
    found = []
    for item in missing:
        span = source.span(item.path, at_key=item.kind in {Kind.CHOICE, Kind.ENDING})
        found.append((span.line, span.column, item))
    found.sort(key=lambda one: one[:2])
    return [(f"{source.path}:{line}", _told(item)) for line, _column, item in found]


def _told(item: Item) -> str:
    path = item.path
    if item.kind is Kind.CHOICE:
        return _("choice {choice}").format(choice=f"{path[1]}.{path[3]}")
    if item.kind is Kind.REPLY:
        return _("reply to {choice}, variant {n}").format(choice=f"{path[1]}.{path[3]}", n=int(path[5]) + 1)
    if item.kind is Kind.LINE:
        return _("line at {place}, variant {n}").format(place=path[1], n=int(path[3]) + 1)
    if item.kind is Kind.ENDING:
        return _("ending {ending}").format(ending=path[1])
    return _("debrief rule {n}").format(n=int(path[1]) + 1)


def _as_json(items: Items, touched: frozenset[Item], found: Cover, source: Source) -> dict[str, Any]:
    return {
        "items": {
            kind.value: {
                "every": sum(item.kind is kind for item in items.every),
                "touched": sum(item.kind is kind for item in touched),
            }
            for kind in Kind
        },
        "untouched": [{"place": where, "what": told} for where, told in _placed(items.every - touched, source)],
        "never": [{"place": where, "what": told} for where, told in _placed(found.never, source)],
        "cover": {
            "plays": len(found.paths),
            "at_least": found.at_least,
            "smallest": found.smallest,
            "paths": [list(path) for path in found.paths],
        },
    }


def _as_plays(content: Content, found: Cover) -> str:
    """A plays file of these ways through, with what each expects."""
    interview = Interview(content.scenario)
    many = translate_plural("{n} play that touches", "{n} plays that touch", len(found.paths))
    proved = _("no fewer can") if found.smallest else _("none can do with fewer than {n}").format(n=found.at_least)
    head = _("# {many} all of {scenario} that can be touched; {proved}.").format(
        many=many, scenario=content.scenario.id, proved=proved
    )
    lines = [head, "format: 1", f"scenario: {content.scenario.id}", "plays:"]
    numbers: dict[str, int] = {}
    for path in found.paths:
        situation = interview.begin().situation
        for step in path:
            situation = interview.choose(situation, step.partition(".")[2]).situation
        numbers[situation.at] = numbers.get(situation.at, 0) + 1
        lines += [f"  to_{situation.at}_{numbers[situation.at]}:", "    choose:", *(f"      - {step}" for step in path)]
    text = "\n".join(lines) + "\n"
    source = read(text, f"scenarios/{content.scenario.id}.plays.yaml")
    plays, _findings = shaped(source, Plays, "the plays")
    assert plays is not None
    return renewed(PlayRunner(content, plays, source))


def _write(text: str, file: str) -> int:
    if file == "-":
        sys.stdout.write(text)
        return 0
    path = Path(file)
    if path.exists():
        return _refuse(_("'{file}' is there already; name another.").format(file=file))
    path.write_text(text, encoding="utf-8")
    return 0
