"""A report to print: a cohort's, one person's, or one's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

import streamlit as st

from simulator.programme.clients import client_by_scenario
from simulator.programme.report import cohort_report, own_report, person_report
from simulator.records.access import Actor, Role
from simulator.records.assignments import Assignment
from simulator.records.cohort_rows import Scope
from simulator.translation import translate as _
from simulator.views.clients import criterion_titles, slot_name
from simulator.views.failing import fault_told_here
from simulator.views.reports import Named, cohort_html, person_html
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.text import quiet

_COHORT = ""


def printing(actor: Actor, scope: Scope) -> None:
    """Draw the section. A report is made at a press, and everybody in it can read that it was."""
    st.header(_("A report to print"), anchor=False)
    members = {
        one.person_id: one.name
        for one in services().cohorts.members(actor, scope.cohort_id)
        if one.role is Role.TRAINEE
    }
    whose = st.selectbox(
        _("On"),
        [_COHORT, *members],
        format_func=lambda one: members.get(one, _("the whole cohort")),
        key="report-whose",
    )
    st.html(quiet(_("One file that any browser opens and prints. Everybody who is in it can read that you made it.")))
    if not st.button(_("Make the report"), key="report"):
        return
    with fault_told_here():
        _save(_of_person(actor, scope, whose) if whose else _of_cohort(actor, scope))


def printing_of_one(actor: Actor, scope: Scope, people: Mapping[str, str]) -> None:
    """Draw the section for one of these people, named by their id, on a page of the results book."""
    if not people:
        return
    with st.form("report-of-one", border=False):
        whose = st.selectbox(_("A trainee to report on"), list(people), format_func=lambda one: people[one])
        st.html(quiet(_("One file that any browser opens and prints. The trainee can read that you made it.")))
        made = st.form_submit_button(_("Make the report"))
    if made and whose:
        with fault_told_here():
            _save(_of_person(actor, scope, whose))


def printing_own(actor: Actor, assignments: Iterable[Assignment]) -> None:
    """Draw the section for a trainee to whom these are set: their own report, of each of their cohorts."""
    cohorts = {one.cohort_id: one.cohort for one in assignments}
    if not cohorts:
        return
    st.header(_("A report to print"), anchor=False)
    wanted = next(iter(cohorts))
    if len(cohorts) > 1:
        wanted = st.selectbox(_("Of"), list(cohorts), format_func=lambda one: cohorts[one], key="report-cohort")
    st.html(quiet(_("One file that any browser opens and prints, of what is open to you by now. Nobody else hears.")))
    if not st.button(_("Make the report"), key="report"):
        return
    with fault_told_here():
        known = services()
        _save(person_html(own_report(known.exports, known.reviews, actor, wanted, _clients()), _named()))


def _save(made: str) -> None:
    st.download_button(_("Save the report"), made, "report.html", "text/html", key="save-report", on_click="ignore")


def _of_cohort(actor: Actor, scope: Scope) -> str:
    known = services()
    return cohort_html(cohort_report(known.exports, known.cohort_results, actor, scope), _named())


def _of_person(actor: Actor, scope: Scope, person_id: str) -> str:
    known = services()
    report = person_report(
        known.exports,
        known.reviews,
        known.cohort_results,
        known.cohort_attempts,
        actor,
        scope,
        person_id,
        _clients(),
    )
    return person_html(report, _named())


def _clients() -> dict[str, str]:
    return client_by_scenario(one.model for one in library().scenarios.values() if one.sound and one.model)


def _named() -> Named:
    found = library()
    behaviours = found.behaviours.model
    return Named(
        {name: slot_name(name) for name in found.scenarios},
        criterion_titles(),
        {name: one.title for name, one in behaviours.behaviours.items()} if behaviours else {},
        os.environ.get("SIMULATOR_LANGUAGE", "en"),
    )
