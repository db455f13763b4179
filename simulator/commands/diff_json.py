"""What `simulator diff --json` prints, as on `docs/diff-json.md`."""

from __future__ import annotations

from typing import Any

from simulator.audit.comparison import Comparison, NodeMoves, ScoreMove, Stand
from simulator.commands.diff_reading import Side
from simulator.content.comparison import Change
from simulator.session.scoring import rounded_to_two


def as_json(found: Comparison, old: Side, new: Side) -> dict[str, Any]:
    """Everything that differs, with keys that stay."""
    return {
        "old": _side(old),
        "new": _side(new),
        "differs": found.extent.value,
        "changes": [_change(change) for change in found.changes],
        "plays_compared": found.plays_compared,
        "scores": [_node(moves) for moves in found.moves],
        "comparable": found.comparable,
        "because": [one.value for one in found.because],
    }


def _side(side: Side) -> dict[str, Any]:
    content = side.version.content
    return {
        "file": side.source.path,
        "scenario": content.scenario.id,
        "rubric": content.rubric.id,
        "versions": {
            "scenario": content.scenario_hash,
            "meaning": content.meaning_hash,
            "behaviours": content.behaviours_hash,
            "rubric": content.rubric_hash,
        },
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "what": change.what.value,
        "place": list(change.place),
        "name": change.name or None,
        "when": change.when,
        "old": change.old,
        "new": change.new,
        "wording": change.of_wording,
    }


def _node(moves: NodeMoves) -> dict[str, Any]:
    return {
        "node": moves.node,
        "weight": {"old": moves.weight[0], "new": moves.weight[1]},
        "room": {name: {"old": was, "new": now} for name, (was, now) in moves.room.items()},
        "best": {"old": list(moves.best[0]), "new": list(moves.best[1])},
        "choices": [_move(move) for move in moves.choices],
    }


def _move(move: ScoreMove) -> dict[str, Any]:
    return {
        "choice": move.choice,
        "criterion": move.criterion,
        "old": _stand(move.old),
        "new": _stand(move.new),
    }


def _stand(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    return {"points": stand.points, "q": None if stand.q is None else rounded_to_two(stand.q) / 100}
