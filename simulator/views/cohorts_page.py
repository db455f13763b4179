"""The cohorts that one teaches or looks after."""

from __future__ import annotations

import streamlit as st

from simulator.records.access import Action, Relation
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import expected_faults, fault_told_here
from simulator.views.places import COHORT, go
from simulator.views.services import services
from simulator.views.text import as_html, quiet
from simulator.views.visitor import me


def page() -> None:
    """Draw the page."""
    actor = me()
    st.title(_("Cohorts"), anchor=False)
    cohorts = services().cohorts.seen(actor)
    if not cohorts:
        st.info(_("There is no cohort of yours yet."))
    for one in sorted(cohorts, key=lambda one: one.archived):
        with st.container(border=True, key=f"cohort-{one.id}"):
            put_away = f" · {_('put away')}" if one.archived else ""
            facts = translate_plural("{n} trainee", "{n} trainees", one.trainees) + f" · {one.zone}{put_away}"
            st.html(f'<h2 style="margin:0">{as_html(one.name)}</h2><p class="facts">{as_html(facts)}</p>')
            if st.button(_("Open"), key=f"open-{one.id}"):
                go("cohort", **{COHORT: one.id})
    if actor.may(Action.CREATE_COHORT, Relation.PROGRAMME):
        st.header(_("A new cohort"), anchor=False)
        with st.form("new-cohort", border=False):
            name = st.text_input(_("What it is called"))
            zone = st.text_input(_("Its time zone"), value=services().people.programme(actor).zone)
            st.html(quiet(_("Due dates are meant in this zone.")))
            if st.form_submit_button(_("Make it")):
                with fault_told_here():
                    go("cohort", **{COHORT: services().cohorts.create(actor, name, zone)})


with expected_faults():
    page()
