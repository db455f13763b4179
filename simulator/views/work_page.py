"""What a trainee is to do, how it stands, and what was said about it."""

from __future__ import annotations

import streamlit as st

from simulator.records.access import Actor
from simulator.records.assignments import Assignment
from simulator.records.clock import utc_now
from simulator.records.results_book import Cell, Status
from simulator.translation import translate as _
from simulator.views.clients import clients_of, criterion_titles, slot_name
from simulator.views.failing import expected_faults
from simulator.views.moments import day_and_time, zone_named
from simulator.views.places import ASSIGNMENT, ATTEMPT, SCENARIO, SLOT, go
from simulator.views.printing import printing_own
from simulator.views.resources import attempts
from simulator.views.services import services
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import level_name, mode_name, standing_name


def page() -> None:
    """Draw the page."""
    actor = me()
    st.title(_("My work"), anchor=False)
    mine = services().assignments.mine(actor)
    if not mine:
        st.info(_("Nothing is set to you. Practise with whom you like."))
    for one in mine:
        _assignment(actor, one)
    printing_own(actor, mine)


def _assignment(actor: Actor, one: Assignment) -> None:
    setting, now = one.setting, utc_now()
    zone = zone_named(one.zone)
    when = (
        _("opens {when}").format(when=day_and_time(setting.opens_at, zone))
        if now < setting.opens_at
        else _("due {when}").format(when=day_and_time(setting.due_at, zone))
        if now < setting.closes_at
        else _("closed")
    )
    st.header(as_label(setting.title), anchor=False)
    st.html(quiet(" · ".join((one.cohort, mode_name(setting.mode), when))))
    cells = services().book.mine(actor, one.id)
    for slot in setting.slots:
        _slot(one, slot.scenario, cells[slot.scenario], open_now=one.is_open(now))


def _slot(one: Assignment, scenario_id: str, cell: Cell, *, open_now: bool) -> None:
    choices = clients_of(scenario_id)
    names = slot_name(scenario_id)
    with st.container(border=True, key=f"slot-{one.id}-{scenario_id}"):
        titles = criterion_titles()
        levels = (f"{titles.get(name, name)}: {level_name(level)}" for name, level in cell.levels.items())
        facts = [standing_name(cell.status), *levels]
        st.html(f'<h3 style="margin:0">{as_html(names)}</h3><p class="facts">{as_html(" · ".join(facts))}</p>')
        going = _going_on(one, scenario_id)
        allowed = one.setting.attempts_allowed
        with st.container(horizontal=True):
            if going:
                if st.button(_("Go on where you left off"), key=f"go-{one.id}-{scenario_id}", type="primary"):
                    go("conversation", **{ATTEMPT: going})
            elif open_now and (allowed is None or cell.attempts < allowed):
                for scenario in choices:
                    label = _("Meet {name}").format(name=as_label(scenario.client.name))
                    if st.button(label, key=f"meet-{one.id}-{scenario.id}", type="primary"):
                        go("brief", **{SCENARIO: scenario.id, ASSIGNMENT: one.id, SLOT: scenario_id})
            over = cell.attempt_id if cell.status is not Status.IN_PROGRESS else None
            if over and st.button(_("Debrief"), key=f"debrief-{one.id}-{scenario_id}"):
                go("debrief", **{ATTEMPT: over})


def _going_on(one: Assignment, scenario_id: str) -> str | None:
    return next(
        (
            attempt.id
            for attempt in attempts().all()
            if attempt.assignment_id == one.id
            and attempt.playthrough.open
            and attempt.content.scenario.id in {scenario.id for scenario in clients_of(scenario_id)}
        ),
        None,
    )


with expected_faults():
    page()
