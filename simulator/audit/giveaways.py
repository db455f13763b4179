"""Whether the better answer can be told by how it looks: per decision, per scenario, and over a whole library.

One scenario has too few decisions to be sure of a small advantage, so there only a large and steady one counts. Over a
library the advantage of every form player is compared with what it would be if, at each decision, the worth of the
answers were dealt out among them anew: a permutation test, with the largest advantage of each deal as the yardstick
for all players at once (P. H. Westfall and S. S. Young 1993, Resampling-Based Multiple Testing).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy
from numpy.typing import NDArray

from simulator.audit.players import form_players
from simulator.audit.wording import FORMS
from simulator.content.scenario import Node
from simulator.session.scoring import Scoring

Numbers = NDArray[numpy.float64]

DEALS = 2_000
"""How often the worth of answers is dealt out anew."""

_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class FormDecision:
    """A scored decision: what each choice that anybody is offered is worth (0 worst, 1 best, the mean over the
    criteria it gives room for), how it looks, and which choices each form player would take.
    """

    scenario: str
    node: str
    choices: tuple[str, ...]
    worth: tuple[float, ...]
    looks: tuple[tuple[float, ...], ...]
    taken: dict[str, tuple[bool, ...]]

    def gain(self, player: str) -> float:
        """How much better than a random pick a form player does here."""
        own = [worth for worth, taken in zip(self.worth, self.taken[player], strict=True) if taken]
        return fmean(own) - fmean(self.worth)


@dataclass(frozen=True, slots=True)
class FormGain:
    """A form player over many decisions: its mean advantage and that mean's standard error."""

    player: str
    gain: float
    error: float
    decisions: int


@dataclass(frozen=True, slots=True)
class PooledGain:
    """A form player over a library. `p` is its own chance of such an advantage among dealt-out answers, `p_of_all`
    the chance that any player of the list would come to it.
    """

    player: str
    gain: float
    p: float
    p_of_all: float


def form_decisions(scoring: Scoring) -> list[FormDecision]:
    """The decisions of a scenario that give room for something it assesses, as far as form is concerned."""
    found = []
    players = form_players(scoring.scenario)
    for name, node in scoring.scenario.nodes.items():
        choices = tuple(key for key, choice in node.choices.items() if choice.when is None)
        choices = tuple(key for key in choices if scoring.scenario.counts_for_score(name, key))
        worth = _worth(scoring, name, choices)
        if worth is None:
            continue
        taken = {}
        for player, favours in players.items():
            wanted = set(favours(name, choices))
            taken[player] = tuple(choice in wanted for choice in choices)
        found.append(FormDecision(scoring.scenario.id, name, choices, worth, _looks(node, choices), taken))
    return found


def _worth(scoring: Scoring, node: str, choices: tuple[str, ...]) -> tuple[float, ...] | None:
    if len(choices) < 2:
        return None
    room = [one for name, one in scoring.opportunities(node, choices).items() if name in scoring.assesses]
    if not room:
        return None
    return tuple(fmean(float(one.q[choice]) for one in room) for choice in choices)


def _looks(node: Node, choices: tuple[str, ...]) -> tuple[tuple[float, ...], ...]:
    """How each choice looks beside the others at its decision: every form in standard deviations from their mean."""
    table = numpy.array([[measure(node.choices[key], node) for measure in FORMS.values()] for key in choices], float)
    spread = table.std(axis=0)
    looks = (table - table.mean(axis=0)) / numpy.where(spread > 0, spread, 1.0)
    return tuple(tuple(float(value) for value in row) for row in looks)


def gains_by_form(decisions: Sequence[FormDecision]) -> list[FormGain]:
    """Every form player over these decisions, the greatest advantage first."""
    if len(decisions) < 2:
        return []
    found = []
    for player in decisions[0].taken:
        gains = numpy.array([decision.gain(player) for decision in decisions])
        error = float(gains.std(ddof=1) / len(gains) ** 0.5)
        found.append(FormGain(player, float(gains.mean()), error, len(gains)))
    return sorted(found, key=lambda one: -one.gain)


def predicted_gains(decisions: Sequence[FormDecision]) -> list[float]:
    """At each decision, the advantage of one who goes by how good answers looked at all the others.

    A ridge regression of worth on looks, fitted without the decision it is tried on. Empty below three decisions.
    """
    if len(decisions) < 3:
        return []
    gains = []
    for left_out, decision in enumerate(decisions):
        others = [one for position, one in enumerate(decisions) if position != left_out]
        looks = numpy.array([row for one in others for row in one.looks])
        worth = numpy.array([value - fmean(one.worth) for one in others for value in one.worth])
        slope = numpy.linalg.solve(looks.T @ looks + _RIDGE * numpy.eye(looks.shape[1]), looks.T @ worth)
        guess = numpy.array(decision.looks) @ slope
        best = numpy.flatnonzero(guess >= guess.max() - 1e-9)
        gains.append(fmean(decision.worth[position] for position in best) - fmean(decision.worth))
    return gains


def longest_is_best(decisions: Iterable[FormDecision], nodes: Mapping[str, Node]) -> tuple[list[str], float]:
    """The nodes at which the longest `say` is a best answer, and how many would be expected by chance."""
    found, expected = [], 0.0
    for decision in decisions:
        spoken = {key: len(nodes[decision.node].choices[key].say or "") for key in decision.choices}
        longest = max(spoken.values())
        best = {
            key for key, worth in zip(decision.choices, decision.worth, strict=True) if worth == max(decision.worth)
        }
        expected += len(best) / len(decision.choices)
        if any(spoken[key] == longest for key in best):
            found.append(decision.node)
    return found, expected


def pooled_gains(decisions: Sequence[FormDecision], shuffled: numpy.random.Generator) -> list[PooledGain]:
    """Every form player over the decisions of a library, with the permutation test. The greatest advantage first."""
    if not decisions:
        return []
    players = list(decisions[0].taken)
    observed = numpy.zeros(len(players))
    dealt = numpy.zeros((DEALS, len(players)))
    for decision in decisions:
        worth = numpy.array(decision.worth) - fmean(decision.worth)
        taken = numpy.array([decision.taken[player] for player in players], float)
        taken /= taken.sum(axis=1, keepdims=True)
        observed += taken @ worth
        deals = shuffled.permuted(numpy.tile(worth, (DEALS, 1)), axis=1)
        dealt += deals @ taken.T
    observed /= len(decisions)
    dealt /= len(decisions)
    best_of_all = dealt.max(axis=1)
    # A margin for rounding; and the deal that really happened counts as one of them, so p is never 0.
    own = ((dealt >= observed - 1e-12).sum(axis=0) + 1) / (DEALS + 1)
    of_all = ((best_of_all[:, None] >= observed - 1e-12).sum(axis=0) + 1) / (DEALS + 1)
    found = [
        PooledGain(player, float(observed[position]), float(own[position]), float(of_all[position]))
        for position, player in enumerate(players)
    ]
    return sorted(found, key=lambda one: -one.gain)
