"""A debrief as one file to print and take to supervision: no scripts, nothing fetched, readable in any browser."""

from __future__ import annotations

from simulator.records.attempts import OpenAttempt, Writing
from simulator.session.debrief import Debrief
from simulator.session.scoring import Scorecard
from simulator.translation import translate as _
from simulator.views.feedback import feedback_html
from simulator.views.resources import attempts
from simulator.views.scorecard import caveat
from simulator.views.speech import behind, client_turn, trainee_turn
from simulator.views.states import table
from simulator.views.text import as_html, as_paragraphs
from simulator.views.wording import level_name, mode_name, outcome_name

_SHEET = """
body { font: 11pt/1.5 Georgia, 'Noto Serif', serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c2624; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0.2rem; }
.who, .label { font: 0.8rem/1.4 sans-serif; color: #4c5a56; margin: 0.6rem 0 0; display: block; }
.manner, .act, .thought { font-style: italic; } .trainee { margin-left: 3rem; }
.turn { break-inside: avoid; border-top: 1px solid #bbb; padding: 0.6rem 0; }
.side { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
table { border-collapse: collapse; font-size: 0.85rem; } th, td { border: 1px solid #bbb; padding: 0.2rem 0.5rem; }
.quiet { color: #4c5a56; font-size: 0.9rem; }
@page { margin: 18mm; }
"""


def printout(attempt: OpenAttempt, looked_at: Debrief) -> str:
    """The whole debrief as one HTML document."""
    scenario = attempt.content.scenario
    parts = [f"<h1>{as_html(scenario.client.name)}: {as_html(scenario.title)}</h1>"]
    when = attempt.started_at.strftime("%Y-%m-%d %H:%M UTC")
    parts.append(f'<p class="quiet">{as_html(mode_name(attempt.mode))} · {when}</p>')
    if looked_at.outcome and looked_at.summary:
        parts.append(f"<h2>{as_html(outcome_name(looked_at.outcome))}</h2>{as_paragraphs(looked_at.summary)}")
    if looked_at.scorecard:
        parts.append(_levels(attempt, looked_at.scorecard))
    parts += [f"<p>{as_html(rule.say)}</p>" for rule in looked_at.rules]
    if looked_at.states and looked_at.turns:
        parts.append(table(scenario, looked_at.states))
    parts.append(_talk(attempt, looked_at))
    notes = attempts().written(attempt.id, Writing.REFLECTION).get(None)
    if notes:
        parts.append(f"<h2>{as_html(_('Your own notes'))}</h2>{as_paragraphs(notes)}")
    title = as_html(f"{scenario.client.name}: {scenario.title}")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="{as_html(scenario.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_SHEET}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _levels(attempt: OpenAttempt, card: Scorecard) -> str:
    criteria = attempt.content.behaviours.criteria
    rows = "".join(
        f"<li><strong>{as_html(criteria[name].title)}</strong>: {as_html(level_name(card.criteria[name].level))}</li>"
        for name in card.assesses
    )
    return f'<ul>{rows}</ul><p class="quiet">{as_html(caveat(attempt.content))}</p>'


def _talk(attempt: OpenAttempt, looked_at: Debrief) -> str:
    scenario = attempt.content.scenario
    wrote = attempts().written(attempt.id, Writing.SAID_FIRST)
    opening = attempt.playthrough.opening
    parts = [f"<h2>{as_html(_('Turn by turn'))}</h2>", client_turn(scenario.client.name, opening), behind(opening)]
    for review in looked_at.turns:
        turn = review.turn
        said = trainee_turn(scenario.nodes[turn.node].choices[turn.choice])
        told = feedback_html(attempt.content, review, hidden_states=True, said_first=wrote.get(turn.number, ""))
        parts.append(f'<div class="turn">{said}{client_turn(scenario.client.name, turn.heard)}{told}</div>')
    return "".join(parts)
