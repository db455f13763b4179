"""A library with some of its texts taken from elsewhere than the disk: drafts that are written, versions published."""

from __future__ import annotations

from dataclasses import replace

from simulator.content.diagnostics import Finding
from simulator.content.judging import Judges, judged_plays, judged_rubric, judged_scenario, with_findings
from simulator.content.library import Library
from simulator.content.source import read


def with_scenario(library: Library, scenario_id: str, text: str, plays_text: str | None = None) -> Library:
    """The library with this text as the scenario of that id, and these plays or none; checked as a file would be."""
    ids = frozenset(library.scenarios) | {scenario_id}
    judges = Judges(library.behaviours.model, library.rubrics, ids)
    scenario = judged_scenario(read(text, f"scenarios/{scenario_id}.yaml"), scenario_id, judges)
    plays = {name: file for name, file in library.plays.items() if name != scenario_id}
    if plays_text is not None:
        source = read(plays_text, f"scenarios/{scenario_id}.plays.yaml")
        plays[scenario_id] = judged_plays(source, f"{scenario_id}.plays")
    elif scenario.model is not None:
        lacking = Finding("no-plays", scenario.source.path, scenario.source.span(("id",)), {"scenario": scenario_id})
        scenario = with_findings(scenario, [lacking])
    return replace(library, scenarios={**library.scenarios, scenario_id: scenario}, plays=plays)


def with_rubric(library: Library, rubric_id: str, text: str) -> Library:
    """The library with this text as the rubric of that id. Every scenario that it judges is checked anew."""
    rubric = judged_rubric(read(text, f"rubrics/{rubric_id}.yaml"), rubric_id, library.behaviours.model)
    changed = replace(library, rubrics={**library.rubrics, rubric_id: rubric})
    for name, file in library.scenarios.items():
        if file.model is not None and file.model.rubric == rubric_id:
            plays = library.plays.get(name)
            changed = with_scenario(changed, name, file.source.text, plays.source.text if plays else None)
    return changed
