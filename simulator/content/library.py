"""All content of a programme: the scenarios, plays and rubrics in a folder, each loaded or failing on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from simulator.content.diagnostics import Finding
from simulator.content.files import content_files, read_file
from simulator.content.identity import meaning_hash, text_hash
from simulator.content.judging import (
    AnyLoaded,
    Judges,
    Loaded,
    judged_behaviours,
    judged_plays,
    judged_rubric,
    judged_scenario,
    with_findings,
)
from simulator.content.places import START
from simulator.content.play_file import Plays
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read

__all__ = [
    "AnyLoaded",
    "Content",
    "ContentMissing",
    "Library",
    "Loaded",
    "content_from_texts",
    "load_beside",
    "load_library",
]

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Content:
    """Exactly what an attempt is played with: a scenario, the behaviour catalogue and a rubric, with their texts."""

    scenario: Scenario
    behaviours: Behaviours
    rubric: Rubric
    scenario_text: str
    behaviours_text: str
    rubric_text: str

    @cached_property
    def scenario_hash(self) -> str:
        """SHA-256 of the scenario's text."""
        return text_hash(self.scenario_text)

    @cached_property
    def behaviours_hash(self) -> str:
        """SHA-256 of the catalogue's text."""
        return text_hash(self.behaviours_text)

    @cached_property
    def rubric_hash(self) -> str:
        """SHA-256 of the rubric's text."""
        return text_hash(self.rubric_text)

    @cached_property
    def meaning_hash(self) -> str:
        """SHA-256 of what the scenario does, whatever its words."""
        return meaning_hash(self.scenario)


class ContentMissing(LookupError):
    """A scenario or rubric that is not there or cannot be used. The message is one sentence for people."""


@dataclass(frozen=True)
class Library:
    """Everything read from one folder."""

    root: Path
    behaviours: Loaded[Behaviours]
    rubrics: Mapping[str, Loaded[Rubric]]
    scenarios: Mapping[str, Loaded[Scenario]]
    plays: Mapping[str, Loaded[Plays]]

    def files(self) -> tuple[AnyLoaded, ...]:
        """Every file, whatever it holds."""
        return (self.behaviours, *self.rubrics.values(), *self.scenarios.values(), *self.plays.values())

    def findings(self) -> list[Finding]:
        """All findings of all files, by file and place."""
        found = [finding for file in self.files() for finding in file.findings]
        return sorted(found, key=lambda finding: (finding.path, finding.span, finding.code))

    def content(self, scenario_id: str, rubric_id: str | None = None) -> Content:
        """What an attempt at a scenario is played with; with the scenario's own rubric unless another is named.

        Raises:
            ContentMissing: one of them is not there, or has errors.
        """
        scenario_file = _usable(self.scenarios, scenario_id, "scenario")
        scenario = scenario_file.model
        assert scenario is not None
        rubric_file = _usable(self.rubrics, rubric_id or scenario.rubric, "rubric")
        if self.behaviours.model is None or rubric_file.model is None or not self.behaviours.sound:
            raise ContentMissing("The behaviour catalogue has errors; 'simulator check' names them.")
        return Content(
            scenario,
            self.behaviours.model,
            rubric_file.model,
            scenario_file.source.text,
            self.behaviours.source.text,
            rubric_file.source.text,
        )


def _usable(files: Mapping[str, Loaded[Model]], wanted: str, what: str) -> Loaded[Model]:
    if wanted not in files:
        there = ", ".join(name for name, file in files.items() if file.sound) or "none"
        raise ContentMissing(f"There is no {what} '{wanted}'; there are: {there}.")
    if not files[wanted].sound:
        raise ContentMissing(f"The {what} '{wanted}' has errors; 'simulator check' names them.")
    return files[wanted]


def content_from_texts(scenario: str, behaviours: str, rubric: str) -> Content:
    """Content from kept texts, so that an attempt outlives its files.

    Raises:
        ContentMissing: a text no longer has the right shape for this version of the program.
    """
    models = []
    for text, model, what in (
        (scenario, Scenario, "scenario"),
        (behaviours, Behaviours, "behaviour catalogue"),
        (rubric, Rubric, "rubric"),
    ):
        found, _ = shaped(read(text, what), model, f"the {what}")
        if found is None:
            raise ContentMissing(f"The {what} kept with this attempt cannot be read by this version of the program.")
        models.append(found)
    read_scenario, read_behaviours, read_rubric = models
    assert isinstance(read_scenario, Scenario)
    assert isinstance(read_behaviours, Behaviours)
    assert isinstance(read_rubric, Rubric)
    return Content(read_scenario, read_behaviours, read_rubric, scenario, behaviours, rubric)


def load_library(root: Path, judged_by: Library | None = None) -> Library:
    """Read every content file below `root`. Never raises for what the files hold.

    Scenarios are judged by the catalogue and rubrics beside them, or by those of another library where it is given.
    """
    if judged_by is not None:
        scenarios, plays = _load_scenarios(root, judged_by.behaviours.model, judged_by.rubrics)
        return Library(root, judged_by.behaviours, judged_by.rubrics, scenarios, plays)
    behaviours = judged_behaviours(_read(root, root / "rubrics" / "behaviours.yaml"))
    rubrics = _load_rubrics(root, behaviours.model)
    scenarios, plays = _load_scenarios(root, behaviours.model, rubrics)
    return Library(root, behaviours, rubrics, scenarios, plays)


def _load_rubrics(root: Path, catalogue: Behaviours | None) -> dict[str, Loaded[Rubric]]:
    paths, refused = content_files(root / "rubrics", "rubrics")
    rubrics: dict[str, Loaded[Rubric]] = {"rubrics/": _unread(refused)} if refused else {}
    for path in paths:
        if path.name == "behaviours.yaml":
            continue
        if path.suffix != ".yaml":
            rubrics[path.name] = _wrong_name(root, path)
            continue
        rubrics[path.stem] = judged_rubric(_read(root, path), path.stem, catalogue)
    return rubrics


def _load_scenarios(
    root: Path, behaviours: Behaviours | None, rubrics: Mapping[str, Loaded[Rubric]]
) -> tuple[dict[str, Loaded[Scenario]], dict[str, Loaded[Plays]]]:
    paths, refused = content_files(root / "scenarios", "scenarios")
    ids = frozenset(path.stem for path in paths if path.suffix == ".yaml" and "." not in path.stem)
    judges = Judges(behaviours, rubrics, ids)
    scenarios: dict[str, Loaded[Scenario]] = {"scenarios/": _unread(refused)} if refused else {}
    plays: dict[str, Loaded[Plays]] = {}
    for path in paths:
        belongs_to, _, part = path.stem.partition(".")
        if path.suffix != ".yaml":
            scenarios[path.name] = _wrong_name(root, path)
        elif not part:
            scenarios[path.stem] = judged_scenario(_read(root, path), path.stem, judges)
        elif belongs_to not in ids:
            scenarios[path.stem] = _without_its_scenario(root, path, belongs_to)
        elif part == "plays":
            plays[belongs_to] = judged_plays(_read(root, path), path.stem)
    for name, loaded in scenarios.items():
        if name not in plays and loaded.model is not None:
            span = loaded.source.span(("id",))
            lacking = Finding("no-plays", loaded.source.path, span, {"scenario": name})
            scenarios[name] = with_findings(loaded, [lacking])
    return scenarios, plays


def load_beside(path: Path, library: Library) -> Library:
    """The library with one scenario from elsewhere on the disk, and its plays if they stand beside it.

    For an author whose file is not (yet) among the programme's own.
    """
    ids = frozenset(library.scenarios) | {path.stem}
    judges = Judges(library.behaviours.model, library.rubrics, ids)
    scenario = judged_scenario(_read(path.parent, path), path.stem, judges)
    plays = dict(library.plays)
    beside = path.with_name(f"{path.stem}.plays.yaml")
    if beside.exists():
        plays[path.stem] = judged_plays(_read(path.parent, beside), beside.stem)
    return Library(path.parent, library.behaviours, library.rubrics, {**library.scenarios, path.stem: scenario}, plays)


def _called(root: Path, path: Path) -> str:
    """What findings call a file; a name that is not text is made printable."""
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode()


def _unread(source: Source) -> Loaded[Any]:
    return Loaded(source.path, source, None, source.findings)


def _not_read(root: Path, path: Path, reason: str, remedy: str) -> Loaded[Any]:
    called = _called(root, path)
    finding = Finding("file-not-read", called, START, {"reason": reason, "remedy": remedy})
    return _unread(Source(called, "", findings=(finding,)))


def _wrong_name(root: Path, path: Path) -> Loaded[Any]:
    return _not_read(root, path, f"its name ends in '{path.suffix}'", f"rename it '{path.stem}.yaml'")


def _without_its_scenario(root: Path, path: Path, belongs_to: str) -> Loaded[Any]:
    reason = f"there is no scenario '{belongs_to}' for it to belong to"
    return _not_read(root, path, reason, f"is it named like its scenario? '{belongs_to}.yaml' is not in this folder")


def _read(root: Path, path: Path) -> Source:
    return read_file(path, _called(root, path), root)
