"""Results of ended attempts: worked out of the events, kept so that the database can count over thousands.

They are written in the very transaction that ends an attempt, and can be worked out again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from simulator.records.schema import attempt, criterion_result, decision, incident, result
from simulator.session.debrief import decisions_of, scorecard_of
from simulator.session.replay import Playthrough
from simulator.session.scoring import CriterionScore, Decision, Incident, Scorecard, Scoring

_TABLES = (incident, decision, criterion_result, result)


@dataclass(frozen=True, slots=True)
class Result:
    """What an ended attempt came to. Without a scorecard it was stopped."""

    meaning_hash: str
    ended_at: datetime
    stopped: bool
    ending: str | None
    outcome: str | None
    turns: int
    decisions: tuple[Decision, ...]
    scorecard: Scorecard | None
    scoring: int


def result_of(playthrough: Playthrough, scoring: Scoring, ended_at: datetime) -> Result | None:
    """The result of an attempt that has ended, and None of one that goes on or is a drill."""
    if playthrough.open or playthrough.divergences or playthrough.began.lead_in:
        return None
    ending = playthrough.situation.at if playthrough.finished and not playthrough.stopped else None
    return Result(
        meaning_hash=playthrough.began.meaning_hash,
        ended_at=ended_at,
        stopped=playthrough.stopped,
        ending=ending,
        outcome=scoring.scenario.endings[ending].outcome.value if ending else None,
        turns=len(playthrough.turns),
        decisions=decisions_of(playthrough),
        scorecard=scorecard_of(playthrough, scoring),
        scoring=playthrough.began.scoring,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an attempt stands after an event: whether it has ended, and what it came to if that can be said."""

    ended: bool
    result: Result | None


def keep_standing(connection: Connection, attempt_id: str, standing: Standing) -> None:
    """Keep where an attempt stands, in place of what was kept before."""
    forget_results(connection, [attempt_id])
    connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(ended=standing.ended))
    if standing.result is not None:
        _keep_result(connection, attempt_id, standing.result)


def _keep_result(connection: Connection, attempt_id: str, new: Result) -> None:
    owner = connection.execute(
        select(attempt.c.programme_id, attempt.c.person_id).where(attempt.c.id == attempt_id)
    ).one()
    of: dict[str, Any] = {"attempt_id": attempt_id, "programme_id": owner.programme_id}
    card = new.scorecard
    connection.execute(
        insert(result).values(
            **of,
            person_id=owner.person_id,
            meaning_hash=new.meaning_hash,
            ended_at=new.ended_at,
            stopped=new.stopped,
            ending=new.ending,
            outcome=new.outcome,
            turns=new.turns,
            overall=None if card is None or card.overall is None else float(card.overall),
            for_review=bool(card and card.for_review),
            scoring=new.scoring,
        )
    )
    _insert_all(connection, decision, ({**of, **_decision(one)} for one in new.decisions))
    if card is not None:
        told = [judged for judged in card.criteria.values() if judged.n or judged.criterion in card.assesses]
        _insert_all(connection, criterion_result, ({**of, **_criterion(judged, card)} for judged in told))
        _insert_all(connection, incident, ({**of, **_incident(one)} for one in card.incidents))


def forget_results(connection: Connection, attempts: Iterable[str]) -> None:
    """Delete what is kept of these attempts; their events stay."""
    for attempt_id in attempts:
        for table in _TABLES:
            connection.execute(delete(table).where(table.c.attempt_id == attempt_id))


def _insert_all(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    every = list(rows)
    if every:
        connection.execute(insert(table), every)


def _decision(one: Decision) -> dict[str, Any]:
    return {"number": one.number, "node": one.node, "choice": one.choice, "offered": " ".join(sorted(one.offered))}


def _criterion(judged: CriterionScore, card: Scorecard) -> dict[str, Any]:
    weights = [item.weight for item in judged.evidence]
    low, high = judged.interval or (None, None)
    return {
        "criterion": judged.criterion,
        "assessed": judged.criterion in card.assesses,
        "n": judged.n,
        "weight": sum(weights),
        "squares": sum(weight**2 for weight in weights),
        "weighted": float(sum(item.weight * item.q for item in judged.evidence)),
        "score": None if judged.score is None else float(judged.score),
        "random": None if judged.random is None else float(judged.random),
        "low": low,
        "high": high,
        "level": None if judged.level is None else judged.level.value,
    }


def _incident(one: Incident) -> dict[str, Any]:
    return {"number": one.decision.number, "behaviour": one.behaviour, "repaired_at": one.repaired_at}
