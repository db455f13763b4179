"""A cohort's results: over each figure the question it answers, with each figure how many people are behind it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from simulator.programme.clients import client_by_scenario
from simulator.programme.cohort import CohortCriterion, cohort_criteria, cohort_incidents, cohort_practice
from simulator.programme.figures import Estimate, TooFew
from simulator.programme.growth import cohort_growth
from simulator.programme.rescoring import rescore_cohort
from simulator.programme.standing import CriterionStanding, Lacks, Missing, cohort_standing
from simulator.records.access import Actor, Role
from simulator.records.cohort_rows import Scope
from simulator.session.scoring import Level, two_places
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.clients import criterion_titles, slot_name
from simulator.views.cohort_decisions import behaviours_used, decisions, looked_at, ways
from simulator.views.failing import expected_faults, fault_told_here
from simulator.views.figures import count, estimate, plain, too_few
from simulator.views.kept_figures import kept
from simulator.views.places import ASSIGNMENT, COHORT, go, pages
from simulator.views.printing import printing
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.tables import table
from simulator.views.taking_out import taking_out
from simulator.views.text import as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import level_name


def page() -> None:
    """Draw the page."""
    actor, wanted = me(), st.query_params.get(COHORT)
    found = next((one for one in services().cohorts.seen(actor) if one.id == wanted), None)
    if found is None:
        st.info(_("No cohort of yours was named."))
        st.page_link(pages()["cohorts"], label=_("To the cohorts"))
        return
    st.title(_("Results of {cohort}").format(cohort=as_label(found.name)), anchor=False)
    st.html(quiet(_("Only talks for assignments that came to an end, and of several only the one that counts.")))
    scope = _scope(actor, found.id)
    _criteria(actor, scope)
    _growth(actor, scope)
    looked_at(actor, scope)
    behaviours_used(actor, scope)
    decisions(actor, scope)
    ways(actor, scope)
    _incidents(actor, scope)
    _standing(actor, scope)
    _practice(actor, found.id)
    _another_rubric(actor, scope)
    taking_out(actor, found.id)
    printing(actor, scope)
    if st.button(_("Back to the cohort"), key="back", type="tertiary"):
        go("cohort", **{COHORT: found.id})


def _scope(actor: Actor, cohort_id: str) -> Scope:
    every = {one.id: one.setting.title for one in services().assignments.of_cohort(actor, cohort_id)}
    named = st.query_params.get(ASSIGNMENT)
    chosen = st.selectbox(
        _("Of"),
        [None, *every],
        index=[None, *every].index(named) if named in every else 0,
        format_func=lambda one: every[one] if one else _("all assignments"),
    )
    return Scope(cohort_id, chosen)


def _criteria(actor: Actor, scope: Scope) -> None:
    st.header(_("How does the cohort do on each criterion?"), anchor=False)
    results = services().cohort_results
    found = kept("criteria", actor, scope, lambda: cohort_criteria(results, actor, scope))
    if not found:
        st.html(quiet(_("No talk for an assignment has come to an end yet.")))
        return
    names = _named(found)
    shown = [one for one in found if isinstance(one.score, Estimate)]
    if shown:
        st.vega_lite_chart(spec=_score_chart(shown, names), width="stretch")
    rows = [
        (
            names[one.rubric, one.criterion],
            count(one.people),
            count(one.opportunities),
            estimate(one.score),
            plain(one.random),
            _levels(one),
        )
        for one in found
    ]
    head = (_("Criterion"), _("People"), _("Opportunities"), _("Score"), _("Random clicking"), _("Talks by level"))
    table(_("Scores and levels by criterion"), head, rows)
    st.html(
        quiet(
            _(
                "A score is 0 where always the worst on offer was chosen and 1 where always the best; in brackets a "
                "90 % interval and the number of people."
            )
        )
    )


def _named(found: Sequence[CohortCriterion]) -> dict[tuple[str, str], str]:
    """What each criterion is called; with its rubric where there are several, which are not to be mixed."""
    titles = criterion_titles()
    several = len({one.rubric for one in found}) > 1
    return {
        (one.rubric, one.criterion): titles.get(one.criterion, one.criterion) + (f" ({one.rubric})" if several else "")
        for one in found
    }


def _score_chart(found: Sequence[CohortCriterion], names: dict[tuple[str, str], str]) -> dict[str, object]:
    values = [
        {
            "criterion": names[one.rubric, one.criterion],
            "score": one.score.value,
            "low": one.score.interval[0],
            "high": one.score.interval[1],
        }
        for one in found
        if isinstance(one.score, Estimate)
    ]
    across = {"type": "quantitative", "scale": {"domain": [0, 1]}, "title": _("Score")}
    down = {"field": "criterion", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 260}}
    return {
        "data": {"values": values},
        "height": {"step": 34},
        "layer": [
            {
                "mark": {"type": "rule", "size": 3},
                "encoding": {"y": down, "x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110},
                "encoding": {"y": down, "x": {"field": "score", **across}},
            },
        ],
    }


def _levels(one: CohortCriterion) -> str:
    if isinstance(one.levels, TooFew):
        return too_few(one.levels)
    told = [f"{level_name(level)} {n}" for level, n in one.levels.attempts.items() if n]
    if one.levels.overridden:
        told.append(_("{n} put in place by a person").format(n=one.levels.overridden))
    return ", ".join(told)


def _growth(actor: Actor, scope: Scope) -> None:
    st.header(_("Do people do better with a client they meet later?"), anchor=False)
    found = cohort_growth(services().cohort_attempts, actor, scope, _clients())
    titles = criterion_titles()
    rows = [
        (
            titles.get(one.criterion, one.criterion),
            estimate(one.change, signed=True),
            "; ".join(f"{point.position}: {estimate(point.score)}" for point in one.points),
            _("everybody met them in one order, so a harder client looks like a change") if one.one_order else "",
        )
        for one in found
    ]
    if rows:
        head = (_("Criterion"), _("Change"), _("First meetings, in their order"), _("Note"))
        table(_("Change over first meetings with different clients"), head, rows)
    else:
        st.html(quiet(_("Nobody has met two clients yet.")))


def _incidents(actor: Actor, scope: Scope) -> None:
    st.header(_("Which critical behaviours were shown, and what became of them?"), anchor=False)
    results = services().cohort_results
    found = kept("incidents", actor, scope, lambda: cohort_incidents(results, actor, scope))
    if isinstance(found.behaviours, TooFew):
        st.html(quiet(too_few(found.behaviours)))
        return
    behaviours = library().behaviours.model
    names = {name: one.title for name, one in behaviours.behaviours.items()} if behaviours else {}
    rows = [
        (
            names.get(one.behaviour, one.behaviour),
            str(one.times),
            str(one.repaired),
            str(one.confirmed),
            str(one.cleared),
        )
        for one in found.behaviours
    ]
    if rows:
        head = (_("Behaviour"), _("Shown"), _("Repaired"), _("Confirmed"), _("Cleared"))
        table(_("Critical behaviours"), head, rows)
    else:
        st.html(quiet(_("None.")))


def _standing(actor: Actor, scope: Scope) -> None:
    st.header(_("Who may be said to pass, and what is missing for the others?"), anchor=False)
    st.html(
        quiet(
            _(
                "One talk is a profile. A pass takes three clients first met in assessment, twelve opportunities over "
                "them, and a lower bound above the cut and above what random clicking reaches. What is missing is not "
                "a fail; and scores advise, a person decides."
            )
        )
    )
    members = {
        one.person_id: one.name
        for one in services().cohorts.members(actor, scope.cohort_id)
        if one.role is Role.TRAINEE
    }
    who = st.selectbox(_("Of whom"), [None, *members], format_func=lambda one: members[one] if one else _("nobody yet"))
    if who is None:
        return
    titles = criterion_titles()
    known = services()
    people = cohort_standing(known.cohort_results, known.cohort_attempts, actor, scope, _clients(), [who])
    rows = [
        (
            titles.get(one.criterion, one.criterion),
            _("passes") if one.passes else _("not determined yet"),
            _figures(one),
            ", ".join(_lacking(missing) for missing in one.missing),
        )
        for person in people
        for one in person.criteria
    ]
    if not rows:
        st.html(quiet(_("Nothing was done in assessment yet.")))
        return
    head = (_("Criterion"), _("Stands"), _("Score"), _("Missing"))
    table(_("Where the trainee stands"), head, rows)


def _figures(one: CriterionStanding) -> str:
    if one.score is None or one.interval is None:
        return _("nothing met yet")
    return _("{score} ({low} to {high}); cut {cut}; {n} opportunities, {clients} clients").format(
        score=two_places(one.score),
        low=two_places(one.interval[0]),
        high=two_places(one.interval[1]),
        cut=two_places(one.cut),
        n=one.opportunities,
        clients=one.clients,
    )


def _lacking(missing: Missing) -> str:
    names = {
        Lacks.CLIENTS: _("clients"),
        Lacks.OPPORTUNITIES: _("opportunities"),
        Lacks.ABOVE_CUT: _("lower bound above the cut"),
        Lacks.ABOVE_RANDOM: _("lower bound above random clicking"),
        Lacks.RULING: _("rulings on incidents"),
    }
    shown = (
        (f"{missing.there:.0f}", f"{missing.needed:.0f}")
        if missing.what in {Lacks.CLIENTS, Lacks.OPPORTUNITIES, Lacks.RULING}
        else (two_places(missing.there), two_places(missing.needed))
    )
    return _("{what}: {there} of {needed}").format(what=names[missing.what], there=shown[0], needed=shown[1])


def _practice(actor: Actor, cohort_id: str) -> None:
    st.header(_("How much does the cohort practise?"), anchor=False)
    found = cohort_practice(services().cohort_results, actor, cohort_id)
    rows = [(str(found.members), count(found.people), count(found.talks), count(found.ended), count(found.drills))]
    head = (_("In the cohort"), _("Have practised"), _("Talks"), _("Came to an end"), _("Drills"))
    table(_("Practice, counted"), head, rows)
    st.html(quiet(_("Counts only. What was practised is nobody's but its person's.")))


def _another_rubric(actor: Actor, scope: Scope) -> None:
    st.header(_("What would move under another rubric?"), anchor=False)
    rubrics = {name: file for name, file in library().rubrics.items() if file.sound and file.model}
    chosen = st.selectbox(
        _("Look through"), [None, *rubrics], format_func=lambda one: one or _("no other"), key="rubric"
    )
    if chosen is None:
        return
    with fault_told_here():
        known = services()
        text = rubrics[chosen].source.text
        found = rescore_cohort(
            known.cohort_results, known.cohort_attempts, actor, scope, text, library().behaviours.source.text
        )
        titles = criterion_titles()
        rows = [
            (
                titles.get(one.criterion, one.criterion),
                estimate(one.shift, signed=True),
                str(one.raised),
                str(one.lowered),
            )
            for one in found.criteria
        ]
        head = (_("Criterion"), _("Mean shift of people's scores"), _("Talks to a higher level"), _("To a lower one"))
        table(_("What would move"), head, rows)
        moved = [move for move in found.moves if move.level is not move.new_level]
        st.html(quiet(translate_plural("{n} level would change.", "{n} levels would change.", len(moved))))
        if moved:
            each = [
                (
                    move.name,
                    slot_name(move.slot),
                    titles.get(move.criterion, move.criterion),
                    _change(move.level, move.new_level),
                )
                for move in moved
            ]
            table(_("Levels that would change"), (_("Trainee"), _("Client"), _("Criterion"), _("Level")), each)
        st.html(quiet(_("A preview: nothing that is kept has changed.")))


def _change(old: Level | None, new: Level | None) -> str:
    return f"{level_name(old)} → {level_name(new)}"


def _clients() -> dict[str, str]:
    return client_by_scenario(one.model for one in library().scenarios.values() if one.sound and one.model)


with expected_faults():
    page()
