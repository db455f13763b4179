"""Which scenarios are meetings with the same client."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.content.scenario import Scenario


def client_by_scenario(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """Whom each scenario is a meeting with, by its id: the same name in several is the same client.

    A second meeting with somebody is no first meeting with a different client.
    """
    return {scenario.id: scenario.client.name for scenario in scenarios}
