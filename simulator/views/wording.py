"""The field's fixed lists as the pages say them."""

from __future__ import annotations

from simulator.content.scenario import Level as Difficulty
from simulator.content.scenario import Outcome, Scenario
from simulator.records.access import Role
from simulator.records.access_log import Looked
from simulator.records.assignments import Counts, Release
from simulator.records.attempts import OpenAttempt
from simulator.records.results_book import Status
from simulator.records.reviews import Ruled
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


def role_name(role: Role) -> str:
    """What somebody is in a programme."""
    return {
        Role.TRAINEE: _("Trainee"),
        Role.INSTRUCTOR: _("Instructor"),
        Role.LEAD: _("Programme lead"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[role]


def role_names(roles: frozenset[Role]) -> str:
    """All that somebody is, in one order."""
    return ", ".join(role_name(role) for role in Role if role in roles) or _("No role yet")


def look_name(what: Looked) -> str:
    """What somebody did with what is another's."""
    return {
        Looked.OPENED_ATTEMPT: _("opened an attempt"),
        Looked.COMMENTED: _("commented on an attempt"),
        Looked.OVERRODE_LEVEL: _("put another level in place"),
        Looked.RULED_ON_INCIDENT: _("ruled on an incident"),
        Looked.REVIEWED: _("took a step in a review"),
        Looked.EXPORTED: _("exported results"),
        Looked.RESET_PASSWORD: _("made a link for a new password"),
        Looked.CHANGED_ROLE: _("changed a role"),
        Looked.CLOSED_ACCOUNT: _("closed the account"),
        Looked.OPENED_ACCOUNT: _("opened the account again"),
        Looked.ERASED: _("erased"),
    }[what]


def standing_name(status: Status) -> str:
    """Where a trainee stands with one client of an assignment."""
    return {
        Status.NOT_STARTED: _("Not started"),
        Status.IN_PROGRESS: _("In progress"),
        Status.DONE: _("Done"),
        Status.LATE: _("Late"),
        Status.FOR_REVIEW: _("For review"),
        Status.REVIEWED: _("Reviewed"),
    }[status]


def counts_name(counts: Counts) -> str:
    """Which of several attempts counts."""
    return {
        Counts.FIRST: _("The first"),
        Counts.LAST: _("The last"),
        Counts.BEST: _("The best"),
    }[counts]


def release_name(release: Release) -> str:
    """When a trainee sees the debrief."""
    return {
        Release.AT_ONCE: _("With the end of each talk"),
        Release.AT_CLOSE: _("When the assignment has closed"),
        Release.BY_HAND: _("When you release it"),
    }[release]


def ruling_name(ruling: Ruled) -> str:
    """Whether a critical incident is one."""
    return {Ruled.CONFIRMED: _("Confirmed"), Ruled.CLEARED: _("Cleared")}[ruling]
