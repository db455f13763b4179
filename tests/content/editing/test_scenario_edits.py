"""Renaming follows into every place that names a part; taking out waits until nothing leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.audit.plays import play_findings
from simulator.content.diagnostics import Severity
from simulator.content.editing import EditRefused
from simulator.content.editing.scenario_edits import (
    add_choice,
    add_ending,
    add_node,
    add_state,
    move_choice,
    remove_ending,
    remove_node,
    rename_choice,
    rename_ending,
    rename_in_plays,
    rename_node,
    rename_state,
    ways,
)
from simulator.content.in_memory import with_scenario
from simulator.content.library import Library, load_library
from simulator.content.source import read

ROOT = Path(__file__).parents[3]
SCENARIOS = [path.stem for path in sorted((ROOT / "scenarios").glob("*.yaml")) if "." not in path.stem]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT)


def _sound(library: Library, name: str, text: str, plays: str | None = None) -> Library:
    """The library with the changed text, in which the check finds no error."""
    changed = with_scenario(library, name, text, plays)
    errors = [one for one in changed.scenarios[name].findings if one.severity is Severity.ERROR]
    assert not errors, errors
    return changed


@pytest.mark.parametrize("name", SCENARIOS)
def test_after_every_part_has_another_name_the_story_and_its_plays_are_the_same(library: Library, name: str) -> None:
    file, plays_file = library.scenarios[name], library.plays[name]
    assert file.model is not None
    text, plays = file.source.text, plays_file.source.text
    node = next(iter(list(file.model.nodes)[2:]))
    choice = next(iter(file.model.nodes[node].choices))
    ending = next(iter(file.model.endings))
    text = rename_choice(text, node, choice, "another_answer")
    plays = rename_in_plays(plays, f"{node}.{choice}", f"{node}.another_answer")
    text, plays = rename_node(text, node, "elsewhere"), rename_in_plays(plays, node, "elsewhere")
    text, plays = rename_ending(text, ending, "the_end"), rename_in_plays(plays, ending, "the_end")
    changed = _sound(library, name, text, plays)
    model = changed.plays[name].model
    assert model is not None
    assert not [
        one
        for one in play_findings(changed.content(name), model, changed.plays[name].source)
        if "state" not in one.values
    ]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_state_takes_its_new_name_into_effects_reactions_and_conditions(library: Library, name: str) -> None:
    file = library.scenarios[name]
    assert file.model is not None
    state = next(iter(file.model.client.state))
    text = rename_state(file.source.text, state, "warmth_of_it")
    changed = _sound(library, name, text)
    model = changed.scenarios[name].model
    assert model is not None
    assert state not in model.client.state
    assert abs(len(text.splitlines()) - len(file.source.text.splitlines())) < 5  # a longer name may fold a line


def test_a_moment_to_which_something_leads_is_not_taken_out(library: Library) -> None:
    text = library.scenarios["orientation"].source.text
    target = next(to for path, to in ways(read(text, "it").data) if path[0] == "nodes")
    with pytest.raises(EditRefused, match=f"'{target}' is still where"):
        (remove_node if f"  {target}:" in text.split("\nendings:")[0] else remove_ending)(text, target)


def test_moments_answers_endings_and_states_are_added_and_taken_out_again_without_a_trace(library: Library) -> None:
    text = library.scenarios["orientation"].source.text
    ending = next(iter(read(text, "it").data["endings"]))
    new = add_node(text, "after_all", line="After all: no.", first_answer="Say on.", answer_id="say_on", goto=ending)
    assert remove_node(new, "after_all") == text
    more = add_choice(new, "after_all", "wait", say="You wait.")
    assert "  after_all:" in more
    assert move_choice(move_choice(more, "after_all", "wait", -1), "after_all", "wait", 1) == more
    ended = add_ending(more, "gone", outcome="rupture", summary="Gone.")
    assert remove_ending(ended, "gone") == more
    assert "warmth:" in add_state(ended, "warmth", label="Warmth")


def test_a_first_state_finds_its_place_in_a_client_without_any() -> None:
    text = "client:\n  name: Sam\n  leaves: []\n"
    data = read(add_state(text, "trust", label="Trust"), "it").data
    assert list(data["client"]) == ["name", "state", "leaves"]
    assert data["client"]["state"]["trust"]["label"] == "Trust"
