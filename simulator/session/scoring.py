"""What a run is worth under a rubric: the one place where a score is worked out.

Points on offer at a decision set the scale: 1 is the best that could be done there, 0 the worst, so a trainee sent
down a harder branch is not marked down for it. Everything is exact (`Fraction`) until it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import sqrt

from simulator.content.rubric import Behaviours, Critical, Kind, Rubric
from simulator.content.scenario import Choice, Scenario

SCORING_VERSION = 1
"""Changes when the same events under the same rubric could score differently. Kept with every attempt."""

Z_90 = 1.6448536269514722
"""Standard normal deviate of a two-sided 90 % interval."""

CRITICAL_BY_TOPIC = {"abuse": frozenset({"blames_client"})}
"""Behaviours that are critical in scenarios on a topic, beside those that always are."""


class Level(IntEnum):
    """Levels of a criterion, in the order of their number."""

    HARMFUL = 1
    NOT_YET = 2
    COMPETENT = 3
    ADVANCED = 4


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is scored: what was on offer and the answer that counts. `number` is its event's."""

    number: int
    node: str
    offered: tuple[str, ...]
    choice: str


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A decision that gives room for a criterion: the points of what was on offer, and q of each choice.

    `q` is 0 for the worst on offer and 1 for the best; `expected` is that of a random pick.
    """

    lowest: int
    highest: int
    points: Mapping[str, int]
    q: Mapping[str, Fraction]
    expected: Fraction


@dataclass(frozen=True, slots=True)
class Evidence:
    """One decision behind a figure."""

    decision: Decision
    weight: int
    behaviours: tuple[str, ...]
    opportunity: Opportunity

    @property
    def q(self) -> Fraction:
        """Where the answer stood between the worst and the best on offer."""
        return self.opportunity.q[self.decision.choice]


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """How a run did on one criterion. `score` is None where there was too little to say, which is not zero.

    `random` is what a random pick at the same decisions would score on average, `corrected` the score with that
    taken out, `interval` a 90 % interval, `n` the number of opportunities met.
    """

    criterion: str
    n: int
    score: Fraction | None
    random: Fraction | None
    corrected: Fraction | None
    interval: tuple[float, float] | None
    level: Level | None
    evidence: tuple[Evidence, ...]
    harmful: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """A critical behaviour, shown; `repaired_at` is the number of the event that repaired it."""

    behaviour: str
    decision: Decision
    repaired_at: int | None

    @property
    def for_review(self) -> bool:
        """Whether a named person has to look at it."""
        return self.repaired_at is None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a finished run is worth. `overall` is None while a criterion the scenario assesses has no score."""

    rubric: str
    assesses: tuple[str, ...]
    criteria: Mapping[str, CriterionScore]
    overall: Fraction | None
    undetermined: tuple[str, ...]
    incidents: tuple[Incident, ...]

    @property
    def for_review(self) -> bool:
        """Whether a critical behaviour was shown and not repaired."""
        return any(incident.for_review for incident in self.incidents)


class Scoring:
    """A scenario's choices under one rubric. Made once for each pair; never changes what it says."""

    def __init__(self, scenario: Scenario, behaviours: Behaviours, rubric: Rubric) -> None:
        self.scenario = scenario
        self.behaviours = behaviours
        self.rubric = rubric
        self._points = {
            (node_id, choice_id): {
                criterion: _points(choice, judged.scores) for criterion, judged in rubric.criteria.items()
            }
            for node_id, node in scenario.nodes.items()
            for choice_id, choice in node.choices.items()
        }
        self._opportunities: dict[tuple[str, frozenset[str]], dict[str, Opportunity]] = {}
        self._best: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    @property
    def assesses(self) -> tuple[str, ...]:
        """The criteria that the scenario assesses and this rubric judges."""
        return tuple(name for name in self.scenario.assesses if name in self.rubric.criteria)

    def points(self, node: str, choice: str) -> Mapping[str, int]:
        """A choice's points by criterion: its strongest positive and its strongest negative behaviour together."""
        return self._points[node, choice]

    def opportunities(self, node: str, offered: Iterable[str]) -> Mapping[str, Opportunity]:
        """Which criteria a decision gives room for, with the scale it sets."""
        on_offer = frozenset(offered)
        known = self._opportunities.get((node, on_offer))
        if known is None:
            known = self._work_out(node, on_offer)
            self._opportunities[node, on_offer] = known
        return known

    def _work_out(self, node: str, on_offer: frozenset[str]) -> dict[str, Opportunity]:
        found = {}
        for criterion in self.rubric.criteria:
            scale = self.scale(node, on_offer, criterion)
            if scale is not None and scale.highest >= 1 and scale.lowest <= 0 and self._is_open(node, scale):
                found[criterion] = scale
        return found

    def _is_open(self, node: str, scale: Opportunity) -> bool:
        """Whether there is something to get right: not all answers near the best, and not nearly all right."""
        setting = self._setting_the_scale(node, scale.points)
        expected = sum((scale.q[choice] for choice in setting), Fraction(0)) / len(setting)
        return scale.highest - scale.lowest >= 2 and expected <= Fraction(2, 3)

    def _setting_the_scale(self, node: str, choices: Iterable[str]) -> list[str]:
        """The choices without a condition, so that earning a further one never costs points; all, if too few."""
        every = list(choices)
        free = [choice for choice in every if self.scenario.nodes[node].choices[choice].when is None]
        return free if len(free) >= 2 else every

    def scale(self, node: str, offered: Iterable[str], criterion: str) -> Opportunity | None:
        """The scale that the scored choices on offer set for a criterion; None where they do not differ."""
        scored = [choice for choice in offered if self.scenario.counts_for_score(node, choice)]
        if not scored:
            return None
        points = {choice: self._points[node, choice][criterion] for choice in scored}
        setting = [points[choice] for choice in self._setting_the_scale(node, scored)]
        lowest, highest = min(setting), max(setting)
        if lowest == highest:
            return None
        width = highest - lowest
        q = {
            choice: min(max(Fraction(value - lowest, width), Fraction(0)), Fraction(1))
            for choice, value in points.items()
        }
        return Opportunity(lowest, highest, points, q, sum(q.values(), Fraction(0)) / len(q))

    def best_on_offer(self, node: str, offered: Sequence[str]) -> tuple[str, ...]:
        """The choices with the highest weighted mean of q over what the scenario assesses; ties together.

        What is harmful or came at the wrong moment is never among them, and what is unhelpful only where nothing else
        ties: the criteria assessed may be blind to it. Where that leaves none, there is no best.
        """
        on_offer = frozenset(offered)
        known = self._best.get((node, on_offer))
        if known is None:
            known = self._best[node, on_offer] = self._work_out_best(node, offered)
        return tuple(choice for choice in offered if choice in known)

    def _work_out_best(self, node: str, offered: Sequence[str]) -> frozenset[str]:
        means: dict[str, Fraction] = {}
        scales = {name: self.scale(node, offered, name) for name in self.assesses}
        told = {name: scale for name, scale in scales.items() if scale is not None}
        total = sum(self.rubric.criteria[name].weight for name in told)
        for choice in offered:
            if told and all(choice in scale.q for scale in told.values()):
                weighted = (scale.q[choice] * self.rubric.criteria[name].weight for name, scale in told.items())
                means[choice] = sum(weighted, Fraction(0)) / total
        best = max(means.values(), default=None)
        ties = [choice for choice in offered if best is not None and means.get(choice) == best]
        fit = [choice for choice in ties if self._worst_kind(node, choice) is not Kind.HARMFUL]
        return frozenset(choice for choice in fit if self._worst_kind(node, choice) is Kind.HELPFUL) or frozenset(fit)

    def _worst_kind(self, node: str, choice: str) -> Kind:
        """The worst that a choice shows; what came at the wrong moment is no more to be copied than harm is."""
        made = self.scenario.nodes[node].choices[choice]
        kinds = {self.behaviours.behaviours[shown].kind for shown in made.shows}
        if made.mistimed or Kind.HARMFUL in kinds:
            return Kind.HARMFUL
        return Kind.UNHELPFUL if Kind.UNHELPFUL in kinds else Kind.HELPFUL

    def scorecard(self, decisions: Sequence[Decision], ending: str) -> Scorecard:
        """Score a run that came to `ending`. A run that was stopped has no scorecard: do not call this for it."""
        early = self.scenario.endings[ending].early
        incidents = self._incidents(decisions)
        repaired = {(incident.decision.number, incident.behaviour) for incident in incidents if not incident.for_review}
        criteria = {
            name: self._criterion(name, decisions, early and name in self.assesses, repaired)
            for name in self.rubric.criteria
        }
        missing = tuple(name for name in self.assesses if criteria[name].score is None)
        return Scorecard(self.rubric.id, self.assesses, criteria, self._overall(criteria, missing), missing, incidents)

    def _overall(self, criteria: Mapping[str, CriterionScore], missing: tuple[str, ...]) -> Fraction | None:
        """The weighted mean over what the scenario assesses and the rubric judges, if all of it has a score."""
        if missing or not self.assesses:
            return None
        weights = {name: self.rubric.criteria[name].weight for name in self.assesses}
        scored = {name: criteria[name].score or Fraction(0) for name in weights}
        return sum((weights[name] * scored[name] for name in weights), Fraction(0)) / sum(weights.values())

    def _criterion(
        self, name: str, decisions: Sequence[Decision], cut_short: bool, repaired: set[tuple[int, str]]
    ) -> CriterionScore:
        evidence = tuple(self._evidence(name, decisions))
        weight = sum(item.weight for item in evidence)
        enough = self.rubric.cuts.enough
        # A client who left: what was never reached counts as lost, so the run is measured against enough.
        base = max(weight, enough) if cut_short else weight
        harmful = tuple(self._harmful(name, decisions, repaired))
        n = len(evidence)
        if n < enough and not cut_short:
            level = Level.HARMFUL if harmful else None
            return CriterionScore(name, n, None, None, None, None, level, evidence, harmful)
        score = sum((item.weight * item.q for item in evidence), Fraction(0)) / base
        random = sum((item.weight * item.opportunity.expected for item in evidence), Fraction(0)) / base
        corrected = (score - random) / (1 - random) if random < 1 else None
        squares = sum(item.weight**2 for item in evidence) + (base - weight)
        level = self._level(score, n, bool(harmful))
        interval = wilson_interval(float(score), base**2 / squares)
        return CriterionScore(name, n, score, random, corrected, interval, level, evidence, harmful)

    def _evidence(self, criterion: str, decisions: Sequence[Decision]) -> Iterable[Evidence]:
        for decision in decisions:
            if not self.scenario.counts_for_score(decision.node, decision.choice):
                continue
            opportunity = self.opportunities(decision.node, decision.offered).get(criterion)
            if opportunity is not None:
                node = self.scenario.nodes[decision.node]
                shown = node.choices[decision.choice].behaviours
                yield Evidence(decision, node.weight, shown, opportunity)

    def _harmful(
        self, criterion: str, decisions: Sequence[Decision], repaired: set[tuple[int, str]]
    ) -> Iterable[Decision]:
        scores = self.rubric.criteria[criterion].scores
        for decision in decisions:
            if not self.scenario.counts_for_score(decision.node, decision.choice):
                continue  # a level is a score; whatever is critical there is still an incident
            for behaviour in self._shown(decision):
                harms = self.behaviours.behaviours[behaviour].kind is Kind.HARMFUL and scores.get(behaviour, 0) < 0
                if harms and (decision.number, behaviour) not in repaired:
                    yield decision
                    break

    def _level(self, score: Fraction, n: int, harmful: bool) -> Level:
        """The level of a score, compared with the cuts after rounding to two places."""
        cuts, rounded = self.rubric.cuts, rounded_to_two(score)
        if harmful:
            return Level.HARMFUL
        if rounded >= rounded_to_two(cuts.advanced) and n >= cuts.advanced_from:
            return Level.ADVANCED
        return Level.COMPETENT if rounded >= rounded_to_two(cuts.competent) else Level.NOT_YET

    def _shown(self, decision: Decision) -> tuple[str, ...]:
        return self.scenario.nodes[decision.node].choices[decision.choice].behaviours

    def _incidents(self, decisions: Sequence[Decision]) -> tuple[Incident, ...]:
        by_topic = frozenset(
            behaviour for topic in self.scenario.topics for behaviour in CRITICAL_BY_TOPIC.get(topic, ())
        )
        found = []
        for position, decision in enumerate(decisions):
            for behaviour in self._shown(decision):
                known = self.behaviours.behaviours[behaviour]
                if known.critical is None and behaviour not in by_topic:
                    continue
                repair = None
                if known.critical is Critical.UNLESS_REPAIRED:
                    repair = self._repaired_by(known.repaired_by, decisions[position + 1 :])
                found.append(Incident(behaviour, decision, repair))
        return tuple(found)

    def _repaired_by(self, behaviours: tuple[str, ...], later: Sequence[Decision]) -> int | None:
        for decision in later:
            shown = self.scenario.nodes[decision.node].choices[decision.choice].shows
            if any(behaviour in shown for behaviour in behaviours):
                return decision.number
        return None


def _points(choice: Choice, scores: Mapping[str, int]) -> int:
    """Strongest positive plus strongest negative; the positives of what came at the wrong moment count 0."""
    shown = [scores.get(behaviour, 0) for behaviour in choice.shows]
    mistimed = [min(scores.get(behaviour, 0), 0) for behaviour in choice.mistimed]
    every = [*shown, *mistimed, 0]
    return max(every) + min(every)


def rounded_to_two(value: Fraction | float) -> int:
    """A score in hundredths, halves rounded up: how scores are compared with cuts and shown."""
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    return int((exact * 200 + 1) // 2)


def two_places(value: Fraction | float) -> str:
    """A score as it is shown: as it is compared with cuts."""
    return f"{rounded_to_two(value) / 100:.2f}"


def wilson_interval(share: float, n: float, z: float = Z_90) -> tuple[float, float]:
    """Wilson's score interval for a share of `n` trials (Wilson 1927, JASA 22:209-212).

    A mean of values between 0 and 1 varies at most as much as a share of the same size, so for scores it errs on
    the wide side. With weights, `n` is Kish's effective number, (sum w)^2 / (sum w^2). Never of zero width.
    """
    spread = z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # At shares of 0 and 1 a bound is the share itself, which rounding could leave just outside.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
