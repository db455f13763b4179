"""Whether answers ever have to be weighed against each other, or one is best on everything."""

from __future__ import annotations

from simulator.session.scoring import Scoring


def weighed(scoring: Scoring) -> tuple[list[str], list[str]]:
    """The nodes with room for more than one assessed criterion: those where some answer is best on all of them, and
    those where none is.
    """
    one_best: list[str] = []
    weighing: list[str] = []
    for name, node in scoring.scenario.nodes.items():
        offered = [key for key, choice in node.choices.items() if choice.when is None]
        room = [one for criterion, one in scoring.opportunities(name, offered).items() if criterion in scoring.assesses]
        if len(room) < 2:
            continue
        best_on_all = any(all(one.q.get(choice) == 1 for one in room) for choice in offered)
        (one_best if best_on_all else weighing).append(name)
    return one_best, weighing
