"""What `check` can say of a scenario's worth under its rubric by playing a few turns: sound, and quick.

The audit proves more. Here nothing is said unless one way through the talk, really played, shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from simulator.content.diagnostics import Finding
from simulator.content.graph import graph_of
from simulator.content.library import Content
from simulator.content.scenario import Words
from simulator.content.source import Source
from simulator.session.interview import Interview
from simulator.session.scoring import Decision, Scoring
from simulator.session.situation import Situation

TRUST = "trust"
"""The state by which a client's trust is known."""


def worth_findings(content: Content, source: Source) -> Iterator[Finding]:
    """Criteria without room on some complete path, and best lines that cost trust unexplained."""
    scoring = Scoring(content.scenario, content.behaviours, content.rubric)
    yield from _without_room(content, scoring, source)
    yield from _costly(scoring, source)


def _without_room(content: Content, scoring: Scoring, source: Source) -> Iterator[Finding]:
    interview = Interview(content.scenario)
    enough = content.rubric.cuts.enough
    for position, criterion in enumerate(content.scenario.assesses):
        if criterion not in content.rubric.criteria:
            continue
        decisions = _poor_way(interview, scoring, criterion)
        if decisions is None:
            continue
        met = sum(
            criterion in scoring.opportunities(decision.node, decision.offered)
            and scoring.scenario.counts_for_score(decision.node, decision.choice)
            for decision in decisions
        )
        if met < enough:
            yield Finding(
                "criterion-without-room",
                source.path,
                source.span(("assesses", position)),
                {
                    "criterion": criterion,
                    "met": str(met) if met else "no",
                    "enough": enough,
                    "path": ", ".join(f"{decision.node}.{decision.choice}" for decision in decisions),
                },
            )


def _poor_way(interview: Interview, scoring: Scoring, criterion: str) -> list[Decision] | None:
    """A complete path with little room for a criterion, played; None where the attempt led to none."""
    ahead = _room_ahead(scoring, criterion)
    endings = scoring.scenario.endings
    situation = interview.begin().situation
    decisions: list[Decision] = []
    while not situation.ended:
        if len(decisions) > 3 * len(scoring.scenario.nodes):
            return None
        offered = interview.on_offer(situation)
        reached = [(choice, interview.choose(situation, choice).situation) for choice in offered]
        choice, after = min(reached, key=lambda one: _cost(ahead, one[1]))
        decisions.append(Decision(len(decisions) + 1, situation.at, offered, choice))
        situation = after
    return None if endings[situation.at].early else decisions


def _cost(ahead: dict[str, tuple[int, int]], situation: Situation) -> tuple[int, int]:
    return ahead.get(situation.at, (1_000_000, 0))


def _room_ahead(scoring: Scoring, criterion: str) -> dict[str, tuple[int, int]]:
    """For every place, the fewest opportunities and choices to a full ending if no condition stood in the way."""
    scenario = scoring.scenario
    before: dict[str, list[str]] = {}
    for place, targets in graph_of(scenario).items():
        for target in targets:
            before.setdefault(target, []).append(place)
    room = {
        name: int(criterion in scoring.opportunities(name, tuple(node.choices)))
        for name, node in scenario.nodes.items()
    }
    found: dict[str, tuple[int, int]] = {}
    waiting = [((0, 0), name) for name, ending in scenario.endings.items() if not ending.early]
    while waiting:
        (opportunities, choices), place = heappop(waiting)
        if place in found:
            continue
        found[place] = opportunities, choices
        for earlier in before.get(place, ()):
            if earlier not in found:
                heappush(waiting, ((opportunities + room.get(earlier, 0), choices + 1), earlier))
    return found


def _costly(scoring: Scoring, source: Source) -> Iterator[Finding]:
    scenario = scoring.scenario
    if TRUST not in scenario.client.state:
        return
    for name, node in scenario.nodes.items():
        offered = [key for key, choice in node.choices.items() if choice.when is None]
        best = scoring.best_on_offer(name, offered)
        for key in best if scoring.opportunities(name, offered) else ():
            choice = node.choices[key]
            moved = choice.effects.get(TRUST, 0) + sum(
                scenario.client.reactions.get(behaviour, {}).get(TRUST, 0) for behaviour in choice.shows
            )
            if moved < 0 and not _explained(choice.reply or ()):
                yield Finding(
                    "best-line-costs-trust",
                    source.path,
                    source.span(("nodes", name, "choices", key), at_key=True),
                    {"node": name, "choice": key, "moved": f"{moved:+d}", "client": scenario.client.name},
                )


def _explained(reply: Sequence[Words]) -> bool:
    """Whether the client's own thought tells what the line did, whichever reply is heard."""
    return bool(reply) and all(words.thought for words in reply)
