"""What must hold of any text at all: findings that can be printed, or content; never an exception."""

from __future__ import annotations

from simulator.content.checks import Subject, check_scenario
from simulator.content.checks.rubrics import check_behaviours, check_rubric
from simulator.content.condition_parser import ConditionError, parse_condition
from simulator.content.diagnostics import Finding, lines_of
from simulator.content.diagnostics.printing import as_github, as_json, as_text
from simulator.content.diagnostics.smallest import TEXTS
from simulator.content.identity import meaning_hash
from simulator.content.play_file import Plays
from simulator.content.rubric import Behaviours, Rubric
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import Source, read

MODELS = {"scenario": Scenario, "plays": Plays, "behaviours": Behaviours, "rubric": Rubric}
"""By the kinds of file."""

CONDITION = "condition"
"""A kind beside those of files: one condition by itself."""


def _known() -> tuple[Behaviours, Rubric]:
    behaviours, _ = shaped(read(TEXTS["behaviours"], "b"), Behaviours, "the behaviour catalogue")
    rubric, _ = shaped(read(TEXTS["rubric"], "r"), Rubric, "the rubric")
    assert behaviours is not None
    assert rubric is not None
    return behaviours, rubric


BEHAVIOURS, RUBRIC = _known()


def everything(text: str, kind: str) -> tuple[Source, list[Finding]]:
    """All that is found in a text that should be of some kind."""
    source = read(text, f"{kind}.yaml")
    model, found = shaped(source, MODELS[kind], f"the {kind}")
    found = [*source.findings, *found]
    if isinstance(model, Scenario):
        meaning_hash(model)
        found += check_scenario(Subject(source, model, BEHAVIOURS, {"core": RUBRIC}, frozenset({model.id})))
    elif isinstance(model, Behaviours):
        found += check_behaviours(source, model)
    elif isinstance(model, Rubric):
        found += check_rubric(source, model, BEHAVIOURS)
    return source, found


def survives(text: str, kind: str) -> None:
    """Check it, print everything, and look at every place."""
    source, found = everything(text, kind)
    assert source.data is not None or found
    lines = lines_of(source.text) or [""]
    for finding in found:
        line, column, end_line, end_column = finding.span
        assert 1 <= line <= end_line <= len(lines) + 1
        assert (line, column) < (end_line, end_column)
        assert column <= len(lines[min(line, len(lines)) - 1]) + 2
        assert finding.message
        as_text(finding, source.text).encode("utf-8")
        assert "\n" not in as_github(finding)
    as_json(found)


def parses_or_is_refused(text: str) -> None:
    """A condition becomes data, or is refused with a place in it or just behind it."""
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        assert 0 <= error.offset <= len(text)
        assert error.problem
        assert error.remedy
    else:
        for mention in condition.mentions:
            assert text[mention.offset :].startswith(mention.name)


def holds(text: str, kind: str) -> None:
    """Whatever must hold of a text of this kind."""
    if kind == CONDITION:
        parses_or_is_refused(text)
    else:
        survives(text, kind)
