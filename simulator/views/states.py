"""The client's state as far as the scenario shows it: words and a bar, a chart with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


_WIDTH, _HEIGHT, _EDGE = 640, 200, 34
_DASHES = ("", "7 4", "2 4", "10 3 2 3")


def chart(scenario: Scenario, states: Mapping[str, Sequence[int]]) -> str:
    """The states over the turns as a picture of lines that differ in dash and name, not in colour alone."""
    length = max(len(values) for values in states.values())
    step = (_WIDTH - 2 * _EDGE - 70) / max(length - 1, 1)
    lines = []
    for number, (name, values) in enumerate(states.items()):
        state = scenario.client.state[name]
        height = _HEIGHT - 2 * _EDGE
        points = [
            (_EDGE + step * turn, _HEIGHT - _EDGE - height * (value - state.min) / (state.max - state.min))
            for turn, value in enumerate(values)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = f' stroke-dasharray="{_DASHES[number % len(_DASHES)]}"' if number else ""
        x, y = points[-1]
        lines.append(
            f'<polyline points="{path}" fill="none" stroke="currentColor" stroke-width="2.2"{dash}/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="currentColor"/>'
            f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" font-size="13" fill="currentColor">'
            f"{as_html(label_of(name, state))}</text>"
        )
    base = _HEIGHT - _EDGE
    axis = (
        f'<line x1="{_EDGE}" y1="{base}" x2="{_WIDTH - _EDGE}" y2="{base}" stroke="currentColor" opacity="0.4"/>'
        f'<text x="{_EDGE}" y="{_HEIGHT - 10}" font-size="12" fill="currentColor">{as_html(_("Start"))}</text>'
        f'<text x="{_WIDTH - _EDGE - 70}" y="{_HEIGHT - 10}" font-size="12" fill="currentColor" text-anchor="end">'
        f"{as_html(_('End'))}</text>"
    )
    title = as_html(_("How the client's state moved; the table below has the figures."))
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">'
        f"{axis}{''.join(lines)}</svg>"
    )


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
