"""A report to print: a cohort's, or one person's."""

from __future__ import annotations

import os

import streamlit as st

from simulator.programme.clients import client_by_scenario
from simulator.programme.report import cohort_report, person_report
from simulator.records.access import Actor, Role
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
        made = _of_person(actor, scope, whose) if whose else _of_cohort(actor, scope)
        st.download_button(_("Save the report"), made, "report.html", "text/html", key="save-report", on_click="ignore")


def _of_cohort(actor: Actor, scope: Scope) -> str:
    known = services()
    return cohort_html(cohort_report(known.exports, known.cohort_results, actor, scope), _named())


def _of_person(actor: Actor, scope: Scope, person_id: str) -> str:
    known = services()
    clients = client_by_scenario(one.model for one in library().scenarios.values() if one.sound and one.model)
    report = person_report(
        known.exports,
        known.reviews,
        known.cohort_results,
        known.cohort_attempts,
        actor,
        scope,
        person_id,
        clients,
    )
    return person_html(report, _named())


def _named() -> Named:
    found = library()
    behaviours = found.behaviours.model
    return Named(
        {name: slot_name(name) for name in found.scenarios},
        criterion_titles(),
        {name: one.title for name, one in behaviours.behaviours.items()} if behaviours else {},
        os.environ.get("SIMULATOR_LANGUAGE", "en"),
    )
