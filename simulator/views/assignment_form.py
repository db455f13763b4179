"""The form with which an assignment is set, and the one with which it is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from simulator.records.access import Actor
from simulator.records.assignments import FOR_A_PASS, Assignment, Counts, Release, Setting, Slot
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
        terms = _terms(cohort.zone, zone, _first_terms(zone))
        reserved = st.checkbox(_("Keep these clients for this assignment until it closes: nobody meets them elsewhere"))
        if not st.form_submit_button(_("Set it"), type="primary"):
            return
        slots = tuple(Slot(one, reserved) for one in chosen)
        with fault_told_here():
            setting = Setting(title, slots, mode or Mode.ASSESSMENT, **terms.as_setting())
            services().assignments.set(actor, cohort.id, setting)
            st.rerun()


def change_form(actor: Actor, found: Assignment) -> None:
    """Draw the form with what stands; change the assignment when it is sent. Its clients and its mode stay."""
    setting, zone = found.setting, zone_named(found.zone)
    with st.form(f"change-{found.id}", border=False):
        title = st.text_input(_("What it is called"), value=setting.title)
        now = _Terms(
            setting.opens_at, setting.due_at, setting.closes_at, setting.rubric, setting.attempts_allowed,
            setting.counts, setting.release,
        )  # fmt: skip
        terms = _terms(found.zone, zone, now)
        st.html(quiet(_("Its clients and the mode stay as they are. What was done so far stays as it was scored.")))
        if not st.form_submit_button(_("Change it"), type="primary"):
            return
        with fault_told_here():
            services().assignments.change(actor, found.id, replace(setting, title=title, **terms.as_setting()))
            st.rerun()


@dataclass(frozen=True, slots=True)
class _Terms:
    """What may be changed later: the window, the rubric, how often, what counts, when the debrief opens."""

    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    rubric: str | None = None
    attempts_allowed: int | None = 1
    counts: Counts = Counts.FIRST
    release: Release = Release.AT_ONCE

    def as_setting(self) -> dict[str, Any]:
        """As a setting takes them."""
        return {name: getattr(self, name) for name in self.__slots__}


def _first_terms(zone: ZoneInfo) -> _Terms:
    today = datetime.now(zone)
    return _Terms(today, today + _A_WEEK, today + _A_WEEK)


def _terms(told_zone: str, zone: ZoneInfo, now: _Terms) -> _Terms:
    """The fields, showing what counts now."""
    left, middle, right = st.columns(3)
    opens = left.date_input(_("Opens, from midnight"), value=now.opens_at.astimezone(zone).date())
    due = middle.date_input(_("Due, until midnight"), value=now.due_at.astimezone(zone).date())
    closes = right.date_input(_("Closes, at midnight"), value=now.closes_at.astimezone(zone).date())
    st.html(quiet(_("Days are those of {zone}. What ends after it was due counts as late.").format(zone=told_zone)))
    allowed = st.number_input(
        _("Attempts at each client; 0 is as many as one likes"), min_value=0, value=now.attempts_allowed or 0
    )
    rubrics = {name: file.model.title for name, file in library().rubrics.items() if file.sound and file.model}
    known = [None, *dict.fromkeys([*rubrics, *([now.rubric] if now.rubric else [])])]
    rubric = st.selectbox(
        _("Judged by"),
        known,
        index=known.index(now.rubric),
        format_func=lambda one: rubrics.get(one, one) if one else _("each client's own rubric"),
    )
    every, releases = list(Counts), list(Release)
    counts = st.selectbox(_("Which attempt counts"), every, index=every.index(now.counts), format_func=counts_name)
    release = st.selectbox(
        _("When trainees see their debrief"), releases, index=releases.index(now.release), format_func=release_name
    )
    return _Terms(
        _at(opens, time(), zone),
        _at(due, _END_OF_DAY, zone),
        _at(closes, _END_OF_DAY, zone),
        rubric,
        int(allowed) or None,
        counts or Counts.FIRST,
        release or Release.AT_ONCE,
    )


def _at(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone)
