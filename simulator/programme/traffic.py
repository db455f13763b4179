"""How many of a cohort went along each node and choice of a scenario, for its graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.content.scenario import Scenario
from simulator.programme.figures import TooFew, count_or_too_few
from simulator.programme.played import played_by
from simulator.records.access import Actor
from simulator.records.cohort_results import CohortResults
from simulator.records.cohort_rows import PlayedVersion, Scope, StepCount, WayCount


@dataclass(frozen=True, slots=True)
class ChoiceTraffic:
    """How many people made this choice, and where did the talk take them next?

    `leads_to` holds nodes and endings that somebody came to, in the order of the scenario.
    """

    people: int | TooFew
    leads_to: Mapping[str, int | TooFew]


@dataclass(frozen=True, slots=True)
class NodeTraffic:
    """How many people came by this node, and what did they choose? Every choice of the node is there."""

    people: int | TooFew
    choices: Mapping[str, ChoiceTraffic]


@dataclass(frozen=True, slots=True)
class Traffic:
    """Which ways did the cohort take through this scenario?

    People are counted, each once for a node, choice or ending, however often they came by. Every node and ending of
    the scenario is there. A count of fewer than five is not shown; what others leave of a sum may still tell it, so
    this keeps small numbers from being read as findings, and hides nobody from who may open the attempts anyway.
    """

    played: PlayedVersion
    scenario: Scenario
    people: int | TooFew
    nodes: Mapping[str, NodeTraffic]
    endings: Mapping[str, int | TooFew]

    def ways(self) -> dict[tuple[str, str], tuple[int, bool]]:
        """How many went from one place to another, over its choices, and whether there are fewer than five besides.

        Whoever came by twice and chose otherwise is counted with both choices.
        """
        found: dict[tuple[str, str], tuple[int, bool]] = {}
        for name, node in self.nodes.items():
            for choice in node.choices.values():
                for to, people in choice.leads_to.items():
                    known, more = found.get((name, to), (0, False))
                    few = isinstance(people, TooFew)
                    found[name, to] = (known + (0 if isinstance(people, TooFew) else people), more or few)
        return found


def cohort_traffic(results: CohortResults, actor: Actor, scope: Scope) -> tuple[Traffic, ...]:
    """The traffic on everything a cohort was set, by version, the latest played first.

    It is that of the newest attempts, and of the versions that can be read (see `played_by`).

    Raises:
        NotAllowed: not theirs to see.
    """
    steps, ways = results.steps(actor, scope), results.ways(actor, scope)
    return tuple(
        traffic_of(
            played,
            playable.content.scenario,
            [row for row in steps if row.version == played.version],
            [row for row in ways if row.version == played.version],
        )
        for played, playable in played_by(results, actor, scope).readable
    )


def traffic_of(
    played: PlayedVersion, scenario: Scenario, steps: Iterable[StepCount], ways: Iterable[WayCount]
) -> Traffic:
    """The traffic of one version, from its rows."""
    came = {row.node: row.people for row in steps}
    went = {(row.node, row.choice, row.leads_to): row.people for row in ways}
    places = (*scenario.nodes, *scenario.endings)

    def choice_traffic(node: str, choice: str) -> ChoiceTraffic:
        onward = {to: count_or_too_few(went[node, choice, to]) for to in places if (node, choice, to) in went}
        return ChoiceTraffic(count_or_too_few(went.get((node, choice, None), 0)), onward)

    return Traffic(
        played,
        scenario,
        count_or_too_few(played.people),
        {
            name: NodeTraffic(
                count_or_too_few(came.get(name, 0)), {choice: choice_traffic(name, choice) for choice in node.choices}
            )
            for name, node in scenario.nodes.items()
        },
        {ending: count_or_too_few(came.get(ending, 0)) for ending in scenario.endings},
    )
