"""Loading and checking a scenario of 1,000 nodes against composing its YAML with the bare C parser."""

from __future__ import annotations

import tempfile
from pathlib import Path
from shutil import copytree

import yaml

from benchmarks.made import scenario_text
from benchmarks.ratio import Ratio, measured
from simulator.content.checks import Subject, check_scenario
from simulator.content.library import load_library
from simulator.content.scenario import Scenario
from simulator.content.shape import shaped
from simulator.content.source import read

_HERE = Path(__file__).resolve().parents[1]


def load() -> Ratio:
    """Text to a validated scenario: read with positions, shaped, conditions parsed."""
    text = scenario_text(1_000)

    def whole() -> None:
        model, findings = shaped(read(text, "made.yaml"), Scenario, "the scenario")
        assert model is not None, findings

    def bare() -> None:
        yaml.compose(text, Loader=yaml.CSafeLoader)

    return measured("loading 1,000 nodes", "bare C-parser composing", whole, bare, most=3, rounds=15)


def check() -> Ratio:
    """The same, and every check as well. No limit was set for it; the figure is kept in sight."""
    text = scenario_text(1_000)
    library = load_library(_HERE)
    behaviours = library.behaviours.model
    assert behaviours is not None
    rubrics = {name: file.model for name, file in library.rubrics.items() if file.model}

    def whole() -> None:
        source = read(text, "made.yaml")
        model, findings = shaped(source, Scenario, "the scenario")
        assert model is not None, findings
        list(check_scenario(Subject(source, model, behaviours, rubrics, frozenset({"made"}))))

    def bare() -> None:
        yaml.compose(text, Loader=yaml.CSafeLoader)

    return measured("loading and checking 1,000 nodes", "bare C-parser composing", whole, bare, most=6, rounds=10)


def check_library() -> Ratio:
    """A library of 100 scenarios of 40 nodes against composing its files bare."""
    text = scenario_text(40)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copytree(_HERE / "rubrics", root / "rubrics")
        (root / "scenarios").mkdir()
        for number in range(100):
            (root / "scenarios" / f"made-{number}.yaml").write_text(text.replace("id: made", f"id: made-{number}"))

        def whole() -> None:
            assert not [finding for finding in load_library(root).findings() if finding.severity == "error"]

        def bare() -> None:
            for path in sorted((root / "scenarios").iterdir()):
                yaml.compose(path.read_text(), Loader=yaml.CSafeLoader)

        return measured("checking 100 scenarios of 40 nodes", "composing them bare", whole, bare, most=6, rounds=3)
