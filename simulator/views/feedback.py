"""What one turn teaches: what was done, how it landed, why, and the best line that was on offer."""

from __future__ import annotations

import streamlit as st

from simulator.content.library import Content
from simulator.session.debrief import TurnReview
from simulator.translation import translate as _
from simulator.views.states import changes_told
from simulator.views.text import as_html


def feedback(content: Content, review: TurnReview, *, hidden_states: bool = False, said_first: str = "") -> None:
    """Draw the feedback on one turn."""
    st.html(feedback_html(content, review, hidden_states=hidden_states, said_first=said_first))


def feedback_html(content: Content, review: TurnReview, *, hidden_states: bool = False, said_first: str = "") -> str:
    """The feedback on one turn. `hidden_states` shows the client's hidden states too: in the debrief. `said_first` is
    what the trainee wrote before seeing the choices; it stands beside the chosen and the best line.
    """
    name = content.scenario.client.name
    parts = [_behaviours(content, review)]
    felt = changes_told(content.scenario, review.turn.changes, hidden=hidden_states)
    thoughts = "".join(f'<p class="thought">{as_html(thought)}</p>' for thought in review.thoughts)
    if felt or thoughts:
        told = f"<p>{as_html(felt)}.</p>" if felt else ""
        parts.append(f'<p class="label">{as_html(_("What it did in {name}").format(name=name))}</p>{thoughts}{told}')
    if review.why:
        parts.append(f'<p class="label">{as_html(_("Why"))}</p><p>{as_html(review.why)}</p>')
    parts.append(_best(review, said_first))
    return f'<div class="prose">{"".join(parts)}</div>'


def _behaviours(content: Content, review: TurnReview) -> str:
    known = content.behaviours.behaviours
    items = [
        f"<li><strong>{as_html(known[tag].title)}</strong>: {as_html(known[tag].means)}</li>"
        for tag in review.behaviours
    ]
    items += [
        f"<li><strong>{as_html(known[tag].title)}</strong>, {as_html(_('at the wrong moment'))}: "
        f"{as_html(known[tag].means)}</li>"
        for tag in review.mistimed
    ]
    if not items:
        return f'<p class="label">{as_html(_("What you did"))}</p><p>{as_html(_("You steered the talk."))}</p>'
    return f'<p class="label">{as_html(_("What you did"))}</p><ul>{"".join(items)}</ul>'


def _best(review: TurnReview, said_first: str) -> str:
    columns: list[tuple[str, tuple[str, ...]]] = []
    if said_first:
        columns.append((_("What you wrote first"), (said_first,)))
    if review.best and not review.chose_a_best:
        columns.append((_("What you chose"), (review.words,)))
        title = _("The best on offer") if len(review.best_words) == 1 else _("The best on offer, equally good")
        columns.append((title, review.best_words))
    elif said_first:
        columns.append((_("What you chose"), (review.words,)))
    told = "".join(
        f'<div><p class="label">{as_html(title)}</p>'
        + "".join(f'<p class="said">{as_html(words)}</p>' for words in lines)
        + "</div>"
        for title, lines in columns
    )
    praise = f"<p><strong>{as_html(_('Nothing better was on offer here.'))}</strong></p>" if review.chose_a_best else ""
    return praise + (f'<div class="side">{told}</div>' if told else "")
