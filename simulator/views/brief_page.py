"""What a trainee knows before the client comes in, and how they want to meet."""

from __future__ import annotations

import streamlit as st

from simulator.content.library import Content
from simulator.records.assignments import Assignment
from simulator.records.errors import NotAllowed
from simulator.session.events import Mode
from simulator.translation import translate as _
from simulator.views.clients import clients_of, reserved
from simulator.views.failing import expected_faults
from simulator.views.places import ASSIGNMENT, ATTEMPT, SAY_FIRST, SCENARIO, SLOT, go, pages
from simulator.views.resources import attempts, library
from simulator.views.services import services
from simulator.views.text import as_html, as_label, as_paragraphs
from simulator.views.visitor import me
from simulator.views.wording import mode_name, review_status


def page() -> None:
    """Draw the page."""
    wanted = st.query_params.get(SCENARIO)
    if not wanted:
        st.info(_("Choose a client first."))
        st.page_link(pages()["library"], label=_("To the clients"))
        return
    place = _place()
    if place is None and wanted in reserved():
        st.info(_("This client is kept for an assignment for now."))
        st.page_link(pages()["library"], label=_("To the clients"))
        return
    content = library().content(wanted, place.setting.rubric if place else None)
    scenario = content.scenario
    st.title(as_label(scenario.title), anchor=False)
    st.html(f'<div class="prose">{as_paragraphs(scenario.brief)}</div>')
    if scenario.content_note:
        st.html(
            f'<div class="prose"><p class="label">{as_html(_("Before you decide"))}</p>'
            f"{as_paragraphs(scenario.content_note)}</div>"
        )
    if place is None:
        _alternative(content)
    mode = place.setting.mode if place else _chosen_mode()
    st.html(f'<p class="quiet">{as_html(_explained(mode))}</p>')
    first = st.toggle(_("Say it in your own words first, before the answers appear"), key="say-first")
    if st.button(_("Let {name} in").format(name=as_label(scenario.client.name)), type="primary", key="begin"):
        chosen = {SAY_FIRST: "1"} if first else {}
        leave = services().assignments.place_for(me(), place.id, st.query_params[SLOT]) if place else None
        go("conversation", **{ATTEMPT: attempts().begin(content, mode, place=leave), **chosen})
    small = _("{name} is a scripted character, for training. This is not help, and nobody reads along.")
    st.html(
        f'<p class="quiet">{as_html(small.format(name=scenario.client.name))} {as_html(review_status(scenario))}.</p>'
    )


def _place() -> Assignment | None:
    """The assignment that this meeting is for, if it is for one and this client may be met for it."""
    wanted, slot = st.query_params.get(ASSIGNMENT), st.query_params.get(SLOT)
    if not wanted or not slot:
        return None
    found = services().assignments.one(me(), wanted)
    allowed = {scenario.id for scenario in clients_of(slot)}
    known = slot in {one.scenario for one in found.setting.slots}
    if not known or st.query_params.get(SCENARIO) not in allowed:
        raise NotAllowed
    return found


def _chosen_mode() -> Mode:
    """Practice or assessment, as the trainee likes; a guest practises."""
    if me().guest:
        return Mode.PRACTICE
    return (
        st.segmented_control(
            _("How would you like to meet?"),
            [Mode.PRACTICE, Mode.ASSESSMENT],
            default=Mode.PRACTICE,
            required=True,
            format_func=mode_name,
            key="mode",
        )
        or Mode.PRACTICE
    )


def _alternative(content: Content) -> None:
    other = content.scenario.equal_alternative
    found = library().scenarios.get(other) if other else None
    if found and found.sound and found.model:
        name = as_label(found.model.client.name)
        if st.button(_("Meet {name} instead: it counts the same").format(name=name), key="alternative"):
            go("brief", **{SCENARIO: found.id})


def _explained(mode: Mode) -> str:
    if mode is Mode.PRACTICE:
        return _(
            "After each turn you see what you did, how it landed, and what else was on offer. A turn can be taken "
            "back; for the score the first answer counts."
        )
    return _("You see nothing until the end, and there is no way back. The debrief comes after.")


with expected_faults():
    page()
