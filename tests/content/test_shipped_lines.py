"""Lines of the shipped clients that differ with the client's state: they differ in their words, not in a phrase."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from simulator.audit.wording import words_of
from simulator.content.library import load_library
from tests.robin import PROJECT

LIBRARY = load_library(PROJECT)
MEETINGS = [name for name in LIBRARY.scenarios if name != "orientation"]


@pytest.mark.parametrize("name", list(LIBRARY.scenarios))
def test_variants_of_a_line_share_less_than_six_words_in_ten(name: str) -> None:
    """Measured on the shorter of each two."""
    scenario = LIBRARY.scenarios[name].model
    assert scenario
    alike = []
    for node_id, node in scenario.nodes.items():
        for one, other in combinations([Counter(words_of(words.says)) for words in node.client if words.says], 2):
            share = (one & other).total() / max(1, min(one.total(), other.total()))
            if share >= 0.6:
                alike.append((node_id, round(share, 2)))
    assert alike == []


@pytest.mark.parametrize("name", MEETINGS)
def test_lines_differ_with_the_clients_state_at_half_of_the_nodes_or_more(name: str) -> None:
    scenario = LIBRARY.scenarios[name].model
    assert scenario
    assert 2 * sum(len(node.client) > 1 for node in scenario.nodes.values()) >= len(scenario.nodes)


@pytest.mark.parametrize("name", MEETINGS)
def test_a_meeting_has_what_its_kind_needs(name: str) -> None:
    """Endings of different kinds, two disclosures, a right skill at a wrong moment, silence, five plays."""
    scenario, plays = LIBRARY.scenarios[name].model, LIBRARY.plays[name].model
    assert scenario
    assert plays
    assert 20 <= len(scenario.nodes) <= 40
    assert len({ending.outcome for ending in scenario.endings.values()}) >= 3
    assert len(scenario.endings) >= 4
    assert sum(node.discloses is not None for node in scenario.nodes.values()) >= 2
    choices = [choice for node in scenario.nodes.values() for choice in node.choices.values()]
    assert sum(bool(choice.mistimed) for choice in choices) >= 3
    assert any(choice.does and "stays_with_affect" in choice.behaviours for choice in choices)
    assert len(plays.plays) >= 5
    assert scenario.facilitator
    assert scenario.review.status == "unreviewed"
    assert scenario.sources or scenario.unverified
