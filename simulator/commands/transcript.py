"""A run as text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from simulator.commands.talk import Talk
from simulator.session.debrief import debrief, review_turn
from simulator.session.replay import Turn
from simulator.session.scoring import Level, Scorecard, two_places
from simulator.session.situation import Heard
from simulator.translation import translate as _

WIDTH = 88
"""Columns that text is broken to."""


def print_transcript(talk: Talk) -> None:
    """Print a whole run, from the first line to the scorecard."""
    print_heard(talk, talk.playthrough.opening)
    for turn in talk.playthrough.turns:
        choice = talk.scenario.nodes[turn.node].choices[turn.choice]
        words = choice.say or f"[{choice.does}]"
        print(textwrap.fill(_("You: {words}").format(words=words), WIDTH, subsequent_indent="     "))
        print_heard(talk, turn.heard)
        print_feedback(talk, turn)
    print_end(talk)


def print_heard(talk: Talk, heard: Iterable[Heard]) -> None:
    """Print what can be seen and heard of the client."""
    name = talk.scenario.client.name
    for line in heard:
        if line.words.manner:
            print(wrapped(f"({line.words.manner})"))
        if line.words.says:
            print(textwrap.fill(f"{name}: {line.words.says}", WIDTH, subsequent_indent=" " * (len(name) + 2)))
    print()


def print_feedback(talk: Talk, turn: Turn) -> None:
    """Print what a turn showed, what it moved, why, and the best line on offer if another was better."""
    review = review_turn(turn, talk.scoring)
    titles = [talk.content.behaviours.behaviours[name].title for name in (*review.behaviours, *review.mistimed)]
    moved = [f"{talk.scenario.client.state[name].label or name} {change:+d}" for name, change in turn.changes.items()]
    print(wrapped("; ".join([", ".join(titles), *moved]), "  | "))
    if review.why:
        print(wrapped(review.why, "  | "))
    if review.best and not review.chose_a_best:
        print(wrapped(_("Best on offer: {words}").format(words=review.best_words[0]), "  | "))
    print()


def print_end(talk: Talk) -> None:
    """Print how the run ended and its scorecard, or that it has not ended."""
    looked_at = debrief(talk.playthrough, talk.scoring)
    if looked_at.summary is None:
        print(_("The talk has not come to an ending, so there is no scorecard."))
        return
    print(wrapped(f"{looked_at.outcome}: {looked_at.summary}"), end="\n\n")
    if looked_at.scorecard:
        _print_scorecard(talk, looked_at.scorecard)
    for rule in looked_at.rules:
        print(wrapped(rule.say, "- "))


def _print_scorecard(talk: Talk, card: Scorecard) -> None:
    names = {
        Level.HARMFUL: _("harmful"),
        Level.NOT_YET: _("not yet"),
        Level.COMPETENT: _("competent"),
        Level.ADVANCED: _("advanced"),
    }
    for name, judged in card.criteria.items():
        title = talk.content.behaviours.criteria[name].title
        level = names[judged.level] if judged.level else _("not enough to say")
        figure = ""
        if judged.score is not None and judged.interval is not None and judged.random is not None:
            low, high = judged.interval
            score, random = two_places(judged.score), two_places(judged.random)
            figure = f"  S {score} ({low:.2f}-{high:.2f}), random {random}, n {judged.n}"
        mark = "" if name in card.assesses else _(" (not assessed here)")
        print(f"{title:24}{level:18}{figure}{mark}")
    overall = two_places(card.overall) if card.overall is not None else _("not determined")
    print(_("Overall: {overall}").format(overall=overall))
    for incident in card.incidents:
        title = talk.content.behaviours.behaviours[incident.behaviour].title
        state = _("for review") if incident.for_review else _("repaired")
        print(_("Critical: {behaviour} ({state})").format(behaviour=title, state=state))
    print()


def wrapped(text: str, indent: str = "") -> str:
    """Text broken to the width, its paragraphs kept; the first line of each begins with `indent`."""
    later = " " * len(indent) if indent == "- " else indent
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(
        textwrap.fill(part, WIDTH, initial_indent=indent, subsequent_indent=later) for part in paragraphs
    )
