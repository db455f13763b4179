"""From a text that was read to content that can be used: its shape, and what the checks find in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from simulator.content.checks import Subject, check_scenario
from simulator.content.checks.rubrics import check_behaviours, check_rubric
from simulator.content.diagnostics import Finding, Severity
from simulator.content.play_file import Plays
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import Source

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Loaded(Generic[Model]):
    """One content file: what it holds, or None with the findings that say why not."""

    id: str
    source: Source
    model: Model | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether it can be used: it has the right shape and no errors."""
        return self.model is not None and not any(f.severity is Severity.ERROR for f in self.findings)


AnyLoaded = Loaded[Behaviours] | Loaded[Rubric] | Loaded[Scenario] | Loaded[Plays]
"""A content file of any kind."""


@dataclass(frozen=True)
class Judges:
    """What a scenario is checked against: the catalogue, the rubrics, and which scenarios there are beside it."""

    behaviours: Behaviours | None
    rubrics: Mapping[str, Loaded[Rubric]]
    scenarios: frozenset[str]


def judged_scenario(source: Source, expected_id: str, judges: Judges) -> Loaded[Scenario]:
    """A scenario and what the checks find in it. `expected_id` is what its file is called, without the suffix."""
    file = _named_as_expected(_shaped(source, expected_id, Scenario, "the scenario"))
    if file.model is None or judges.behaviours is None:
        return file
    usable = {name: rubric.model for name, rubric in judges.rubrics.items() if rubric.model is not None}
    broken = frozenset(judges.rubrics) - frozenset(usable)
    subject = Subject(file.source, file.model, judges.behaviours, usable, judges.scenarios, broken)
    return with_findings(file, check_scenario(subject))


def judged_rubric(source: Source, expected_id: str, catalogue: Behaviours | None) -> Loaded[Rubric]:
    """A rubric and what the checks find in it."""
    file = _named_as_expected(_shaped(source, expected_id, Rubric, "the rubric"))
    if file.model is None or catalogue is None:
        return file
    return with_findings(file, check_rubric(file.source, file.model, catalogue))


def judged_behaviours(source: Source) -> Loaded[Behaviours]:
    """A catalogue of behaviours and what the checks find in it."""
    file = _shaped(source, "behaviours", Behaviours, "the behaviour catalogue")
    return file if file.model is None else with_findings(file, check_behaviours(file.source, file.model))


def judged_plays(source: Source, name: str) -> Loaded[Plays]:
    """A plays file; what its plays come to is found by playing them (`simulator.audit.by_playing`)."""
    return _shaped(source, name, Plays, "the plays file")


def with_findings(file: Loaded[Model], more: Iterable[Finding]) -> Loaded[Model]:
    """The same file, with more found in it."""
    return Loaded(file.id, file.source, file.model, (*file.findings, *more))


def _shaped(source: Source, name: str, model: type[Model], what: str) -> Loaded[Model]:
    found, findings = shaped(source, model, what)
    return Loaded(name, source, found, (*source.findings, *findings))


def _named_as_expected(file: Loaded[Model]) -> Loaded[Model]:
    found = getattr(file.model, "id", "")
    if file.model is None or found == file.id:
        return file
    values = {"found": found, "file": f"{file.id}.yaml", "expected": f"{found}.yaml"}
    finding = Finding("id-differs-from-file", file.source.path, file.source.span(("id",)), values)
    return with_findings(file, [finding])
