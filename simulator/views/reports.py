"""A person's or a cohort's report as one file to print: no scripts, nothing fetched, readable in any browser.

What it says is in `programme.report`; names of clients, criteria and behaviours are given to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from simulator.content.scenario import Outcome
from simulator.programme.cohort import CohortCriterion
from simulator.programme.figures import TooFew
from simulator.programme.report import CohortReport, Judged, PersonReport, ReportHead, TalkReport
from simulator.programme.standing import CriterionStanding
from simulator.records.export_rows import IncidentRow, State
from simulator.session.scoring import two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.figures import count, estimate, plain, too_few
from simulator.views.moments import day_and_time, zone_named
from simulator.views.text import as_html
from simulator.views.wording import level_name, mode_name, outcome_name, ruling_name

_SHEET = """
body { font: 11pt/1.5 Georgia, 'Noto Serif', serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c2624; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0.2rem; }
.talk { break-inside: avoid; border-top: 1px solid #bbb; padding: 0.6rem 0; }
table { border-collapse: collapse; font-size: 0.85rem; width: 100%; } thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #bbb; padding: 0.2rem 0.5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; } thead th { overflow-wrap: normal; }
.quiet { color: #4c5a56; font-size: 0.9rem; }
@page { margin: 18mm; }
"""


@dataclass(frozen=True, slots=True)
class Named:
    """What things are called, by their id; what is not in it is called by its id. `language` is the page's."""

    clients: Mapping[str, str]
    criteria: Mapping[str, str]
    behaviours: Mapping[str, str]
    language: str = "en"


def person_html(report: PersonReport, named: Named) -> str:
    """A person's report as one HTML document."""
    title = _("Report on {name}").format(name=report.person.name)
    parts = [_head(title, report.head)]
    if report.person.reference:
        parts.append(_quiet(_("Known to the programme as {reference}").format(reference=report.person.reference)))
    if report.own:
        parts.append(_quiet(_("Only talks whose feedback is open to you are in these figures.")))
    parts.append(_h2(_("Where does this person stand on each criterion?")) + _standing(report.standing, named))
    parts.append(_h2(_("How did each talk go?")))
    parts += [_talk(talk, report.head, named) for talk in report.talks]
    if not report.talks:
        parts.append(_quiet(_("Nothing is set yet.")))
    return _document(title, parts, named)


def cohort_html(report: CohortReport, named: Named) -> str:
    """A cohort's report as one HTML document."""
    title = _("Report on the cohort {cohort}").format(cohort=report.head.cohort)
    parts = [_head(title, report.head)]
    parts.append(_quiet(_("Only talks for assignments that came to an end, and of several only the one that counts.")))
    parts.append(_h2(_("How does the cohort do on each criterion?")) + _criteria(report.criteria, named))
    parts.append(_h2(_("Which critical behaviours were shown, and what became of them?")) + _shown(report, named))
    parts.append(_h2(_("Who has done what was set?")) + _people(report))
    parts.append(_h2(_("How much does the cohort practise?")) + _practice(report))
    return _document(title, parts, named)


def _document(title: str, parts: Iterable[str], named: Named) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="{as_html(named.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{as_html(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_SHEET}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _head(title: str, head: ReportHead) -> str:
    made = _("Made {when}").format(when=day_and_time(head.made_at, _zone(head)))
    facts = " · ".join((head.programme, head.cohort, made))
    caveat = _(
        "This shows what somebody recognises as helpful, not yet what they do in a room. One conversation gives a "
        "profile, never a pass. Scores advise; a person decides."
    )
    return f"<h1>{as_html(title)}</h1>{_quiet(facts)}{_quiet(caveat)}"


def _zone(head: ReportHead) -> ZoneInfo:
    return zone_named(head.zone)


def _criterion_names(
    found: Sequence[CriterionStanding] | Sequence[CohortCriterion], named: Named
) -> dict[tuple[str, str], str]:
    """What each criterion is called; with its rubric where there are several, which are not to be mixed."""
    several = len({one.rubric for one in found}) > 1
    return {
        (one.rubric, one.criterion): named.criteria.get(one.criterion, one.criterion)
        + (f" ({one.rubric})" if several else "")
        for one in found
    }


def _standing(standing: Sequence[CriterionStanding], named: Named) -> str:
    names = _criterion_names(standing, named)
    rows = [
        (
            names[one.rubric, one.criterion],
            _("passes") if one.passes else _("not determined yet"),
            _of_interval(one.score, one.interval),
            plain(one.random),
            str(one.opportunities),
            str(one.clients),
        )
        for one in standing
    ]
    if not rows:
        return _quiet(_("Nothing was done in assessment yet."))
    head = (_("Criterion"), _("Stands"), _("Score"), _("Random clicking, 95 of 100"), _("Opportunities"), _("Clients"))
    note = _(
        "A pass takes three clients first met in assessment, twelve opportunities over them, and a lower bound above "
        "the cut and above what random clicking reaches. What is not determined is not a fail."
    )
    return _table(head, rows) + _quiet(note)


def _talk(talk: TalkReport, head: ReportHead, named: Named) -> str:
    setting = talk.assignment.setting
    title = f"{setting.title}: {named.clients.get(talk.client, talk.client)}"
    parts = [f"<h3>{as_html(title)}</h3>", _quiet(_facts(talk, head))]
    if talk.attempt is not None and talk.attempt.overall is not None:
        overall = _("Overall: {score} of 1 (criteria: {n}).").format(
            score=two_places(talk.attempt.overall), n=len(talk.criteria)
        )
        parts.append(f"<p>{as_html(overall)}</p>")
    if talk.criteria:
        columns = (_("Criterion"), _("Level"), _("Score"), _("Random clicking"), _("Opportunities"))
        parts.append(_table(columns, [_judged(one, named) for one in talk.criteria]))
        parts += [_reason(one, named) for one in talk.criteria if one.override]
    parts += [f"<p>{as_html(_incident(one, named))}</p>" for one in talk.incidents]
    return f'<div class="talk">{"".join(parts)}</div>'


def _facts(talk: TalkReport, head: ReportHead) -> str:
    zone, attempt = _zone(head), talk.attempt
    facts = [mode_name(talk.assignment.setting.mode)]
    if attempt is None:
        facts.append(_("Not started") if talk.state is None else _("In progress"))
        return " · ".join([*facts, _("due {when}").format(when=day_and_time(talk.assignment.setting.due_at, zone))])
    if attempt.ended_at is not None:
        facts.append(_("ended {when}").format(when=day_and_time(attempt.ended_at, zone)))
    if attempt.late:
        facts.append(_("late"))
    if talk.state is State.STOPPED:
        facts.append(_("stopped before the end, so without a score"))
    elif attempt.outcome:
        facts.append(outcome_name(Outcome(attempt.outcome)))
    if not attempt.feedback_open:
        facts.append(_("feedback not open to the trainee yet"))
    return " · ".join(facts)


def _judged(one: Judged, named: Named) -> tuple[str, ...]:
    score = one.score
    level = level_name(score.standing)
    if score.overridden:
        level = _("{level} (worked out: {before})").format(level=level, before=level_name(score.level))
    told = (level, _of_interval(score.score, score.interval), plain(score.random), str(score.n))
    return (named.criteria.get(score.criterion, score.criterion), *told)


def _reason(one: Judged, named: Named) -> str:
    if one.override is None:
        return ""
    told = _("{criterion}: put in place by {author}. {reason}").format(
        criterion=named.criteria.get(one.score.criterion, one.score.criterion),
        author=one.override.author,
        reason=one.override.reason,
    )
    return f"<p>{as_html(told)}</p>"


def _incident(one: IncidentRow, named: Named) -> str:
    if one.ruling is not None:
        what = ruling_name(one.ruling)
    else:
        what = _("repaired in the talk") if one.repaired_at is not None else _("waits for a person to rule on it")
    behaviour = named.behaviours.get(one.behaviour, one.behaviour)
    return _("Critical behaviour: {behaviour} ({what})").format(behaviour=behaviour, what=what)


def _of_interval(score: float | None, interval: tuple[float, float] | None) -> str:
    if score is None or interval is None:
        return _("not enough to say")
    low, high = interval
    return _("{score} ({low} to {high})").format(score=two_places(score), low=two_places(low), high=two_places(high))


def _criteria(criteria: Sequence[CohortCriterion], named: Named) -> str:
    if not criteria:
        return _quiet(_("No talk for an assignment has come to an end yet."))
    names = _criterion_names(criteria, named)
    rows = [
        (
            names[one.rubric, one.criterion],
            count(one.people),
            count(one.opportunities),
            estimate(one.score),
            plain(one.random),
            _levels(one),
        )
        for one in criteria
    ]
    head = (_("Criterion"), _("People"), _("Opportunities"), _("Score"), _("Random clicking"), _("Talks by level"))
    note = _(
        "A score is 0 where always the worst on offer was chosen and 1 where always the best; in brackets a 90 % "
        "interval and the number of people."
    )
    return _table(head, rows) + _quiet(note)


def _levels(one: CohortCriterion) -> str:
    if isinstance(one.levels, TooFew):
        return too_few(one.levels)
    told = ", ".join(f"{level_name(level)} {n}" for level, n in one.levels.attempts.items() if n)
    return told or _("not assessed in these talks")


def _shown(report: CohortReport, named: Named) -> str:
    behaviours = report.incidents.behaviours
    if isinstance(behaviours, TooFew):
        return _quiet(too_few(behaviours))
    took_part = _quiet(_("People who took part: {n}").format(n=count(report.incidents.people)))
    if not behaviours:
        return took_part + _quiet(_("None."))
    rows = [
        (
            named.behaviours.get(one.behaviour, one.behaviour),
            *(str(number) for number in (one.times, one.repaired, one.confirmed, one.cleared, one.waiting)),
        )
        for one in behaviours
    ]
    head = (_("Behaviour"), _("Shown"), _("Repaired"), _("Confirmed"), _("Cleared"), _("Waiting"))
    return took_part + _table(head, rows)


def _people(report: CohortReport) -> str:
    rows = [
        (
            one.person.name + (f" ({_('has left')})" if one.person.left else ""),
            _("{done} of {due}").format(done=one.done, due=one.due),
            str(one.late),
            str(one.waiting),
        )
        for one in report.people
    ]
    head = (_("Trainee"), _("Clients met"), _("Late"), _("Incidents waiting for a ruling"))
    told = translate_plural("{n} trainee", "{n} trainees", len(rows))
    return _quiet(told) + (_table(head, rows) if rows else "")


def _practice(report: CohortReport) -> str:
    found = report.practice
    rows = [(str(found.members), count(found.people), count(found.talks), count(found.ended), count(found.drills))]
    head = (_("In the cohort"), _("Have practised"), _("Talks"), _("Came to an end"), _("Drills"))
    return _table(head, rows) + _quiet(_("Counts only. What was practised is nobody's but its person's."))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f'<th scope="col">{as_html(text)}</th>' for text in head)
    body = "".join("<tr>" + "".join(f"<td>{as_html(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def _h2(text: str) -> str:
    return f"<h2>{as_html(text)}</h2>"


def _quiet(text: str) -> str:
    return f'<p class="quiet">{as_html(text)}</p>'
