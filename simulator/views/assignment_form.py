"""The form with which an assignment is set."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from simulator.records.access import Actor
from simulator.records.assignments import FOR_A_PASS, Counts, Release, Setting, Slot
from simulator.records.cohorts import Cohort
from simulator.session.events import Mode
from simulator.translation import translate as _
from simulator.views.failing import fault_told_here
from simulator.views.moments import zone_named
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.text import quiet
from simulator.views.wording import counts_name, mode_name, release_name

_END_OF_DAY = time(23, 59)
_A_WEEK = timedelta(days=7)


def assignment_form(actor: Actor, cohort: Cohort) -> None:
    """Draw the form; set the assignment when it is sent."""
    zone = zone_named(cohort.zone)
    today = datetime.now(zone).date()
    scenarios = {
        one.id: f"{one.model.client.name}: {one.model.title}"
        for one in library().scenarios.values()
        if one.sound and one.model
    }
    with st.form("assignment", border=False):
        title = st.text_input(_("What it is called"))
        chosen = st.multiselect(_("Clients to meet"), list(scenarios), format_func=lambda one: scenarios[one])
        st.html(quiet(_("One client gives a profile. With {n} or more, a pass can be said.").format(n=FOR_A_PASS)))
        mode = st.radio(_("How"), [Mode.ASSESSMENT, Mode.PRACTICE], format_func=mode_name, horizontal=True)
        left, middle, right = st.columns(3)
        opens = left.date_input(_("Opens, from midnight"), value=today)
        due = middle.date_input(_("Due, until midnight"), value=today + _A_WEEK)
        closes = right.date_input(_("Closes, at midnight"), value=today + _A_WEEK)
        st.html(
            quiet(_("Days are those of {zone}. What ends after it was due counts as late.").format(zone=cohort.zone))
        )
        allowed = st.number_input(_("Attempts at each client; 0 is as many as one likes"), min_value=0, value=1)
        counts = st.selectbox(_("Which attempt counts"), list(Counts), format_func=counts_name)
        release = st.selectbox(_("When trainees see their debrief"), list(Release), format_func=release_name)
        reserved = st.checkbox(_("Keep these clients for this assignment until it closes: nobody meets them elsewhere"))
        if not st.form_submit_button(_("Set it"), type="primary"):
            return
        setting = Setting(
            title=title,
            slots=tuple(Slot(one, reserved) for one in chosen),
            mode=mode or Mode.ASSESSMENT,
            opens_at=_at(opens, time(), zone),
            due_at=_at(due, _END_OF_DAY, zone),
            closes_at=_at(closes, _END_OF_DAY, zone),
            attempts_allowed=int(allowed) or None,
            counts=counts or Counts.FIRST,
            release=release or Release.AT_ONCE,
        )
        with fault_told_here():
            services().assignments.set(actor, cohort.id, setting)
            st.rerun()


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone)
