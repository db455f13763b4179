"""What can be learnt from a run: turn by turn, and what a supervisor would say at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.content.scenario import DebriefRule, Outcome, Words
from simulator.session.replay import Playthrough, Turn
from simulator.session.scoring import Decision, Opportunity, Scorecard, Scoring


@dataclass(frozen=True, slots=True)
class TurnReview:
    """One turn looked at again: what was said, shown, felt, why, and the best that was on offer.

    `taken_back` is the first answer where it was taken back since: that one is scored.
    """

    turn: Turn
    words: str
    counted_words: str
    behaviours: tuple[str, ...]
    mistimed: tuple[str, ...]
    why: str | None
    best: tuple[str, ...]
    best_words: tuple[str, ...]
    scored: bool
    opportunities: Mapping[str, Opportunity]

    @property
    def chose_a_best(self) -> bool:
        """Whether the choice was among the best on offer."""
        return self.turn.choice in self.best

    @property
    def thoughts(self) -> tuple[str, ...]:
        """What the client thought after this choice."""
        return tuple(heard.words.thought for heard in self.turn.heard if heard.words.thought)


@dataclass(frozen=True, slots=True)
class Debrief:
    """A finished or stopped run, looked at again. `scorecard` is None where it was stopped or is still going."""

    opening: tuple[Words, ...]
    turns: tuple[TurnReview, ...]
    scorecard: Scorecard | None
    ending: str | None
    outcome: Outcome | None
    summary: str | None
    rules: tuple[DebriefRule, ...]
    states: Mapping[str, tuple[int, ...]]


def decisions_of(playthrough: Playthrough) -> tuple[Decision, ...]:
    """The decisions that count: on the way that stands, with the first answer given at each."""
    return tuple(Decision(turn.number, turn.node, turn.offered, turn.counted) for turn in playthrough.turns)


def scorecard_of(playthrough: Playthrough, scoring: Scoring) -> Scorecard | None:
    """The scorecard of a run that came to an ending, and None for any other."""
    if not playthrough.finished or playthrough.stopped:
        return None
    return scoring.scorecard(decisions_of(playthrough), playthrough.situation.at)


def review_turn(turn: Turn, scoring: Scoring) -> TurnReview:
    """Look at one turn again; also what practice shows right after it."""
    choices = scoring.scenario.nodes[turn.node].choices
    choice, counted = choices[turn.choice], choices[turn.counted]
    best = scoring.best_on_offer(turn.node, turn.offered)
    return TurnReview(
        turn,
        choice.words,
        counted.words,
        choice.shows,
        choice.mistimed,
        choice.why,
        best,
        tuple(choices[name].words for name in best),
        scoring.scenario.counts_for_score(turn.node, turn.counted),
        scoring.opportunities(turn.node, turn.offered),
    )


def debrief(playthrough: Playthrough, scoring: Scoring) -> Debrief:
    """Look at a whole run again. Under any rubric: the scoring's own, not the one the run was made with."""
    scenario = scoring.scenario
    ending = scenario.endings[playthrough.situation.at] if playthrough.finished else None
    situations = [playthrough.turns[0].before if playthrough.turns else playthrough.situation]
    situations += [turn.after for turn in playthrough.turns]
    rules = tuple(rule for rule in scenario.debrief if rule.when is None or rule.when.holds(playthrough.situation))
    return Debrief(
        tuple(heard.words for heard in playthrough.opening),
        tuple(review_turn(turn, scoring) for turn in playthrough.turns),
        scorecard_of(playthrough, scoring),
        playthrough.situation.at if ending else None,
        ending.outcome if ending else None,
        ending.summary if ending else None,
        rules if ending else (),
        {name: tuple(situation.state[name] for situation in situations) for name in scenario.client.state},
    )
