"""The field's fixed lists as the pages say them."""

from __future__ import annotations

from simulator.content.scenario import Level as Difficulty
from simulator.content.scenario import Outcome, Scenario
from simulator.records.attempts import OpenAttempt
from simulator.session.events import Mode
from simulator.session.scoring import Level
from simulator.translation import translate as _


def level_name(level: Level | None) -> str:
    """A level of a criterion in words."""
    if level is None:
        return _("Not enough to say")
    return {
        Level.HARMFUL: _("Harmful"),
        Level.NOT_YET: _("Not yet"),
        Level.COMPETENT: _("Competent"),
        Level.ADVANCED: _("Advanced"),
    }[level]


def difficulty_name(difficulty: Difficulty) -> str:
    """How much a scenario asks."""
    return {
        Difficulty.FOUNDATION: _("Foundation"),
        Difficulty.INTERMEDIATE: _("Intermediate"),
        Difficulty.ADVANCED: _("Advanced"),
    }[difficulty]


def outcome_name(outcome: Outcome) -> str:
    """What an ending means for the work between the two."""
    return {
        Outcome.ALLIANCE: _("You have begun to work together"),
        Outcome.PROGRESS: _("Something has moved"),
        Outcome.STALLED: _("It has not got going yet"),
        Outcome.RUPTURE: _("It broke off"),
        Outcome.REFERRAL: _("It goes on elsewhere"),
    }[outcome]


def mode_name(mode: Mode) -> str:
    """Practice or assessment."""
    return {Mode.PRACTICE: _("Practice"), Mode.ASSESSMENT: _("Assessment")}[mode]


def status_name(attempt: OpenAttempt) -> str:
    """Where an attempt stands."""
    if attempt.playthrough.stopped:
        return _("Ended by you")
    return _("Finished") if attempt.playthrough.finished else _("In progress")


def review_status(scenario: Scenario) -> str:
    """Whether somebody has reviewed the scenario, said plainly."""
    review = scenario.review
    if review.status == "unreviewed":
        return _("Not reviewed by anybody yet")
    return _("Reviewed by {who}, {when}").format(who=review.who or "?", when=review.when or "?")
