"""Reading the two scenarios that `simulator diff` compares, each judged by the rubrics of its own library.

A file that stands in no library, such as an earlier version brought out of a history, is judged by the library of the
other one; its name need not be its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.audit.comparison import Version
from simulator.commands.content_root import default_root
from simulator.content.diagnostics import Severity
from simulator.content.library import Content, Library, Loaded, load_beside, load_library
from simulator.content.play_file import Play, Plays
from simulator.content.scenario import Scenario
from simulator.content.source import Source
from simulator.translation import translate as _

_PLAYS = ".plays.yaml"
_OF_NO_MATTER = "id-differs-from-file"
_NOT_READ = frozenset({"unreadable", "file-not-read", "too-long", "not-utf-8"})
"""Mistakes that have no place in a file."""


class Unreadable(Exception):
    """One of the two cannot be compared. The message is one sentence for people."""


@dataclass(frozen=True)
class Side:
    """One of the two: what was asked for, its version, its file, and why its plays are left out, if they are."""

    named: str
    version: Version
    source: Source
    without_plays: str = ""


def read_both(old: str, new: str) -> tuple[Side, Side]:
    """Read both.

    Raises:
        Unreadable: one is not there, or is not a scenario without errors.
    """
    roots = {named: _root(named) for named in (old, new)}
    fallback = roots[new] or roots[old] or default_root()
    libraries = {root: load_library(root) for root in {root or fallback for root in roots.values()}}
    before = _side(old, libraries[roots[old] or fallback], stands_in_it=roots[old] is not None)
    after = _side(new, libraries[roots[new] or fallback], stands_in_it=roots[new] is not None)
    return before, after


def _is_file(named: str) -> bool:
    return "/" in named or named.endswith((".yaml", ".yml")) or Path(named).is_file()


def _root(named: str) -> Path | None:
    """The library that a scenario stands in; None for a file that stands in none."""
    if not _is_file(named):
        return default_root()
    path = Path(named).absolute()
    in_library = path.parent.name == "scenarios" and (path.parent.parent / "rubrics").is_dir()
    return path.parent.parent.resolve() if in_library else None


def _side(named: str, library: Library, stands_in_it: bool) -> Side:
    scenario_id = named
    if _is_file(named):
        path = Path(named).absolute()
        _refuse_other_files(named, path)
        scenario_id = path.stem
        # Beside the library's own stand earlier versions of them, such as `callum.old.yaml`.
        stands_in_it = stands_in_it and "." not in scenario_id
        library = library if stands_in_it else load_beside(path, library)
    if scenario_id not in library.scenarios:
        there = ", ".join(name for name, file in library.scenarios.items() if file.model is not None)
        raise Unreadable(
            _("There is no scenario '{id}'; there are: {there}.").format(id=named, there=there or _("none"))
        )
    loaded = library.scenarios[scenario_id]
    content = _content(named, library, loaded)
    plays, without = _plays(library, scenario_id, loaded.source, stands_in_it)
    if plays is None or plays.model is None:
        none_there = None if without else dict[str, Play]()
        return Side(named, Version(content, loaded.source.data, none_there), loaded.source, without)
    version = Version(content, loaded.source.data, plays.model.plays, plays.source.text)
    return Side(named, version, loaded.source)


def _refuse_other_files(named: str, path: Path) -> None:
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        raise Unreadable(_("There is no file '{file}'.").format(file=named))
    if named.endswith(_PLAYS):
        told = _("'{file}' holds plays; name its scenario, and the plays beside it are compared as well.")
        raise Unreadable(told.format(file=named))


def _content(named: str, library: Library, loaded: Loaded[Scenario]) -> Content:
    wrong = [one for one in loaded.findings if one.severity is Severity.ERROR and one.name != _OF_NO_MATTER]
    if loaded.model is None or wrong:
        if not wrong:
            raise Unreadable(_("'{file}' cannot be read as a scenario.").format(file=named))
        if wrong[0].name in _NOT_READ:
            raise Unreadable(_("'{file}': {why}.").format(file=named, why=wrong[0].message))
        told = _("'{file}' has a mistake at line {line}: {mistake}; `simulator check` shows how to mend it.")
        raise Unreadable(told.format(file=named, line=wrong[0].span.line, mistake=wrong[0].message))
    rubric, behaviours = library.rubrics.get(loaded.model.rubric), library.behaviours
    if rubric is None or rubric.model is None or not rubric.sound:
        told = _("The rubric '{rubric}' of '{file}' is not there or has errors; `simulator check` names them.")
        raise Unreadable(told.format(rubric=loaded.model.rubric, file=named))
    if behaviours.model is None or not behaviours.sound:
        raise Unreadable(_("The behaviour catalogue has errors; 'simulator check' names them."))
    texts = loaded.source.text, behaviours.source.text, rubric.source.text
    return Content(loaded.model, behaviours.model, rubric.model, *texts)


def _plays(library: Library, scenario_id: str, source: Source, stands_in_it: bool) -> tuple[Loaded[Plays] | None, str]:
    """A scenario's plays, or why they cannot be compared. A scenario of a library without a file of plays has none."""
    name = Path(source.path).with_suffix("").name + _PLAYS
    loaded = library.plays.get(scenario_id)
    if loaded is None or Path(loaded.source.path) != Path(source.path).with_name(name):
        if stands_in_it:
            return None, ""
        return None, _("there is no '{file}' beside '{scenario}'").format(file=name, scenario=Path(source.path).name)
    if loaded.model is None:
        return None, _("'{file}' has errors").format(file=name)
    return loaded, ""
