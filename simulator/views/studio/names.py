"""What the studio calls things when somebody picks one: a node by its first words, a behaviour by what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.content.scenario import Outcome
from simulator.translation import translate as _
from simulator.views.studio.desk import Desk
from simulator.views.wording import outcome_name

_SHORT = 60


def shortened(words: str, most: int = _SHORT) -> str:
    """The first words of a text."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def first_words(line: Any) -> str:
    """How a line of the client's begins, in whichever way it is written; of several the last, which all may hear."""
    if isinstance(line, list):
        line = line[-1] if line else None
    if isinstance(line, Mapping):
        line = line.get("says") or line.get("manner") or line.get("thought")
    return shortened(str(line)) if isinstance(line, str) else ""


def nodes(desk: Desk) -> dict[str, str]:
    """Every node by its first words, in the order of the file."""
    found = desk.at("nodes")
    if not isinstance(found, Mapping):
        return {}
    return {
        name: f"{first_words(node.get('client')) if isinstance(node, Mapping) else ''} ({name})"
        for name, node in found.items()
    }


def endings(desk: Desk) -> dict[str, str]:
    """Every ending by what it means."""
    found = desk.at("endings")
    if not isinstance(found, Mapping):
        return {}
    return {
        name: _("Ending: {what} ({name})").format(what=_outcome(ending), name=name) for name, ending in found.items()
    }


def places(desk: Desk) -> dict[str, str]:
    """Everywhere the talk can go."""
    return {**nodes(desk), **endings(desk)}


def states(desk: Desk) -> dict[str, str]:
    """The client's states by their labels."""
    found = desk.at("client", "state")
    if not isinstance(found, Mapping):
        return {}
    return {
        name: str(state.get("label") or name) if isinstance(state, Mapping) else name for name, state in found.items()
    }


def behaviours(desk: Desk) -> dict[str, str]:
    """Every behaviour of the catalogue by its title and what it means, so that a search finds either."""
    catalogue = desk.library.behaviours.model
    if catalogue is None:
        return {}
    return {name: f"{one.title}: {one.means}" for name, one in catalogue.behaviours.items()}


def criteria(desk: Desk) -> dict[str, str]:
    """Every criterion of the catalogue by its title."""
    catalogue = desk.library.behaviours.model
    return {} if catalogue is None else {name: one.title for name, one in catalogue.criteria.items()}


def _outcome(ending: Any) -> str:
    written = str(ending.get("outcome", "")) if isinstance(ending, Mapping) else ""
    try:
        return outcome_name(Outcome(written))
    except ValueError:
        return written
