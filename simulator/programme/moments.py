"""The moments worth practising next: where the most was left on the table, each as a drill of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulator.programme.progress import counts_for_progress
from simulator.records.attempts import OpenAttempt
from simulator.session.replay import Turn
from simulator.session.situation import Heard

MOST_MOMENTS = 3
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Moment:
    """A turn to practise again, from that node with that state.

    `lead_in` are the choices made before it, `heard` what the client had just said, `lost` how much of the best on
    offer was missed, weighted, from 0 to 1 for each criterion and weight.
    """

    attempt: OpenAttempt
    turn: Turn
    lead_in: tuple[str, ...]
    heard: tuple[Heard, ...]
    lost: Fraction


def moments_to_practise(attempts: Sequence[OpenAttempt]) -> list[Moment]:
    """The turns at which the latest talk with each client left most on the table, the greatest loss first."""
    latest: dict[str, OpenAttempt] = {}
    for attempt in sorted(filter(counts_for_progress, attempts), key=lambda attempt: attempt.started_at):
        latest[attempt.content.scenario.id] = attempt
    moments = [moment for attempt in latest.values() for moment in _moments_of(attempt)]
    return sorted(moments, key=lambda moment: -moment.lost)[:MOST_MOMENTS]


def _moments_of(attempt: OpenAttempt) -> list[Moment]:
    scoring, turns = attempt.scoring, attempt.playthrough.turns
    found = []
    for position, turn in enumerate(turns):
        if not scoring.scenario.counts_for_score(turn.node, turn.counted):
            continue
        opportunities = scoring.opportunities(turn.node, turn.offered)
        shares = [opportunities[name].q[turn.counted] for name in scoring.assesses if name in opportunities]
        if not shares or sum(shares, Fraction(0)) / len(shares) >= _HALF:
            continue
        lost = sum((1 - share for share in shares), Fraction(0)) * scoring.scenario.nodes[turn.node].weight
        heard = turns[position - 1].heard if position else attempt.playthrough.opening
        found.append(Moment(attempt, turn, tuple(before.key for before in turns[:position]), heard, lost))
    return found
