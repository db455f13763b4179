"""A run as JSON, in the form of docs/play-json.md."""

from __future__ import annotations

from typing import Any

from simulator.commands.talk import Talk
from simulator.commands.versions import versions_of
from simulator.session.debrief import scorecard_of
from simulator.session.replay import Turn
from simulator.session.scoring import CriterionScore
from simulator.session.situation import Heard


def as_json(talk: Talk) -> dict[str, Any]:
    """The run as documented in docs/play-json.md."""
    played = talk.playthrough
    card = scorecard_of(played, talk.scoring)
    content = talk.content
    return {
        "scenario": content.scenario.id,
        "versions": versions_of(content),
        "rubric": content.rubric.id,
        "seed": played.began.seed,
        "opening": [_line(heard) for heard in played.opening],
        "turns": [_turn_as_json(talk, turn) for turn in played.turns],
        "offered": list(played.offered),
        "ending": played.situation.at if played.finished else None,
        "outcome": content.scenario.endings[played.situation.at].outcome if played.finished else None,
        "scores": {name: _score(judged) for name, judged in card.criteria.items()} if card else {},
        "overall": float(card.overall) if card and card.overall is not None else None,
        "for_review": [incident.behaviour for incident in card.incidents if incident.for_review] if card else [],
    }


def _turn_as_json(talk: Talk, turn: Turn) -> dict[str, Any]:
    choice = talk.scenario.nodes[turn.node].choices[turn.choice]
    return {
        "node": turn.node,
        "offered": list(turn.offered),
        "choice": turn.choice,
        "behaviours": list(choice.behaviours),
        "mistimed": list(choice.mistimed),
        "state": dict(turn.after.state),
        "lines": [_line(heard) for heard in turn.heard],
    }


def _line(heard: Heard) -> dict[str, str]:
    words = {"says": heard.words.says, "manner": heard.words.manner, "thought": heard.words.thought}
    return {"part": str(heard.part), "of": heard.of, **{key: value for key, value in words.items() if value}}


def _score(judged: CriterionScore) -> dict[str, Any]:
    return {
        "score": None if judged.score is None else float(judged.score),
        "random": None if judged.random is None else float(judged.random),
        "corrected": None if judged.corrected is None else float(judged.corrected),
        "interval": None if judged.interval is None else list(judged.interval),
        "n": judged.n,
        "level": None if judged.level is None else int(judged.level),
    }
