"""Whom one may meet, and what may be shown of it, as assignments allow."""

from __future__ import annotations

from simulator.content.scenario import Scenario
from simulator.translation import translate as _
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.visitor import me


def clients_of(scenario_id: str) -> list[Scenario]:
    """Whom one may meet for a place: the client named and their equal alternative, with nothing between the two."""
    found = library().scenarios.get(scenario_id)
    if found is None or not found.sound or found.model is None:
        return []
    other = library().scenarios.get(found.model.equal_alternative or "")
    there = [found.model, *([other.model] if other and other.sound and other.model else [])]
    return sorted(there, key=lambda scenario: scenario.client.name)


def slot_name(scenario_id: str) -> str:
    """Whom one meets for a place, and what for: one client, or two of equal worth."""
    return (
        _(" or ").join(f"{scenario.client.name} ({scenario.title})" for scenario in clients_of(scenario_id))
        or scenario_id
    )


def criterion_titles() -> dict[str, str]:
    """What each criterion is called."""
    behaviours = library().behaviours.model
    return {name: one.title for name, one in behaviours.criteria.items()} if behaviours else {}


def reserved() -> frozenset[str]:
    """The scenarios that are kept for an assignment for now: not in the library, nor in practice or what if."""
    return services().assignments.reserved_now(me().programme_id)


def withheld() -> frozenset[str]:
    """The visitor's attempts whose feedback is not open yet: nothing that is worked out of them is shown."""
    return services().reviews.withheld(me())
