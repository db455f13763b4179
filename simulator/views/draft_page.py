"""A draft on the desk: the script to edit by form or as text, and beside it the drawing, a trial, the proof."""

from __future__ import annotations

import streamlit as st

from simulator.records.drafts import DraftKind
from simulator.translation import translate as _
from simulator.views.failing import expected_faults
from simulator.views.places import DRAFT, pages
from simulator.views.studio.beside import beside
from simulator.views.studio.clash import clash
from simulator.views.studio.desk import NOTICE, Desk, desk
from simulator.views.studio.fields import Fields
from simulator.views.studio.heading import heading
from simulator.views.studio.rubric_form import rubric_form
from simulator.views.studio.script import script
from simulator.views.studio.text_side import text_side
from simulator.views.visitor import only_for_authors


def page() -> None:
    """Draw the page."""
    only_for_authors()
    draft_id = st.query_params.get(DRAFT)
    if not draft_id:
        st.info(_("No draft was named."))
        st.page_link(pages()["studio"], label=_("To the studio"))
        return
    with st.container(key="wide"):
        _draft(draft_id)


def _draft(draft_id: str) -> None:
    on = desk(draft_id)
    heading(on)
    if notice := st.session_state.pop(NOTICE, None):
        st.info(notice)
    clash(on)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _written(on)
    with right:
        beside(on)


def _written(on: Desk) -> None:
    views = {"script": _("As a form"), "text": _("As text")}
    chosen = st.segmented_control(
        _("How to write"),
        list(views),
        format_func=lambda one: views[one],
        key="studio_view",
        default="script",
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
    if chosen == "text":
        text_side(on)
    elif not isinstance(on.source.data, dict):
        st.info(
            _("The text cannot be read as it stands, so there is no form of it. Its findings say where to mend it.")
        )
        text_side(on)
    elif on.draft.kind is DraftKind.RUBRIC:
        rubric_form(Fields(on))
    else:
        script(on)


with expected_faults():
    page()
