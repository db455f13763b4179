"""The client's state as far as the scenario shows it: words and a bar, a chart with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.content.scenario import Scenario, StateVariable
from simulator.translation import translate as _
from simulator.views.text import as_html


def visible_states(scenario: Scenario) -> dict[str, StateVariable]:
    """The states that a trainee may see."""
    return {name: state for name, state in scenario.client.state.items() if state.visible}


def label_of(name: str, state: StateVariable) -> str:
    """What a state is called on the page."""
    return state.label or name.replace("_", " ").capitalize()


def meters(scenario: Scenario, values: Mapping[str, int]) -> str:
    """The visible states now, as HTML; empty where there are none."""
    items = []
    for name, state in visible_states(scenario).items():
        share = round(100 * (values[name] - state.min) / (state.max - state.min))
        told = _("{label} {value} of {most}").format(label=label_of(name, state), value=values[name], most=state.max)
        bar = f'<span class="meter" aria-hidden="true"><i style="width:{share}%"></i></span>'
        items.append(f"<li>{bar}<span>{as_html(told)}</span></li>")
    return f'<ul class="states">{"".join(items)}</ul>' if items else ""


def changes_told(scenario: Scenario, changes: Mapping[str, int], *, hidden: bool = False) -> str:
    """How the client moved, in words; empty where nothing that is shown has."""
    shown = scenario.client.state if hidden else visible_states(scenario)
    parts = [
        (_("{label} rose by {n}") if amount > 0 else _("{label} fell by {n}")).format(
            label=label_of(name, shown[name]), n=abs(amount)
        )
        for name, amount in changes.items()
        if name in shown
    ]
    return "; ".join(parts)


def chart(scenario: Scenario, states: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The states over the turns as a Vega-Lite picture; lines differ in dash and name, not in colour alone."""
    rows = [
        {"turn": turn, "value": value, "state": label_of(name, scenario.client.state[name])}
        for name, values in states.items()
        for turn, value in enumerate(values)
    ]
    last = max(len(values) for values in states.values()) - 1
    by_state = {"field": "state", "type": "nominal", "legend": None}
    position = {
        "x": {"field": "turn", "type": "quantitative", "title": _("Turn"), "axis": {"tickMinStep": 1, "grid": False}},
        "y": {"field": "value", "type": "quantitative", "title": None, "axis": {"tickMinStep": 1}},
    }
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5},
        "encoding": {**position, "strokeDash": by_state, "color": by_state},
    }
    name = {
        "transform": [{"filter": f"datum.turn == {last}"}],
        "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 13},
        "encoding": {**position, "text": {"field": "state"}, "color": by_state},
    }
    return {
        "description": _("How the client's state moved; the table below has the figures."),
        "data": {"values": rows},
        "height": 220,
        "padding": {"right": 70},
        "layer": [line, name],
    }


def table(scenario: Scenario, states: Mapping[str, Sequence[int]]) -> str:
    """The same figures as a table, one row a state."""
    length = max(len(values) for values in states.values())
    turns = "".join(f'<th scope="col">{number or as_html(_("Start"))}</th>' for number in range(length))
    rows = "".join(
        f'<tr><th scope="row">{as_html(label_of(name, scenario.client.state[name]))}</th>'
        + "".join(f"<td>{value}</td>" for value in values)
        + "</tr>"
        for name, values in states.items()
    )
    head = f'<tr><th scope="col">{as_html(_("After turn"))}</th>{turns}</tr>'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{as_html(_("State after each turn"))}">'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"
    )
