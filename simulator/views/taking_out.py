"""Taking a cohort's results out: tables with their dictionary, or marks for a learning platform's gradebook."""

from __future__ import annotations

import io

import streamlit as st

from simulator.programme.export import export_cohort
from simulator.programme.export_files import Form
from simulator.programme.gradebooks import Platform, gradebook
from simulator.programme.xapi import write_statements
from simulator.records.access import Actor
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import fault_told_here
from simulator.views.services import services
from simulator.views.text import quiet

_XAPI = "xapi"


def taking_out(actor: Actor, cohort_id: str) -> None:
    """Draw the section. A file is made at a press, and everybody in it can read that it was."""
    st.header(_("Take the results out"), anchor=False)
    names: dict[Form | Platform | str, str] = {
        Form.CSV: _("Tables (CSV)"),
        Form.XLSX: _("Tables (Excel)"),
        Form.PARQUET: _("Tables (Parquet)"),
        Platform.MOODLE: _("Marks for Moodle"),
        Platform.CANVAS: _("Marks for Canvas"),
        _XAPI: _("Statements for a learning record store (xAPI)"),
    }
    form = st.selectbox(_("As"), list(names), format_func=lambda one: names[one], key="export-form")
    hidden = st.toggle(_("Without names"), key="export-hidden", disabled=isinstance(form, Platform))
    st.html(
        quiet(
            _(
                "Only what was done for assignments; practice never. Tables come with a dictionary of every column. "
                "Everybody whose results are in it can read that you took them out."
            )
        )
    )
    if form is None or not st.button(_("Make the file"), key="export"):
        return
    with fault_told_here():
        if isinstance(form, Platform):
            _marks(actor, cohort_id, form)
        elif isinstance(form, Form):
            _tables(actor, cohort_id, form, hidden)
        else:
            _statements(actor, cohort_id, hidden)


def _tables(actor: Actor, cohort_id: str, form: Form, hidden: bool) -> None:
    known, file = services(), io.BytesIO()
    made = export_cohort(known.exports, known.cohort_results, actor, cohort_id, form, file, pseudonymous=hidden)
    st.success(translate_plural("{n} attempt is in the file.", "{n} attempts are in the file.", made.attempts))
    st.download_button(
        _("Save it"), file.getvalue(), f"results-{form.value}.zip", "application/zip", key="save", on_click="ignore"
    )


def _statements(actor: Actor, cohort_id: str, hidden: bool) -> None:
    file = io.StringIO()
    made = write_statements(services().exports, actor, cohort_id, file, pseudonymous=hidden)
    st.success(translate_plural("{n} statement is in the file.", "{n} statements are in the file.", made.statements))
    if made.unreadable:
        left_out = translate_plural(
            "{n} attempt could not be read any more.", "{n} attempts could not be read any more.", made.unreadable
        )
        st.html(quiet(left_out))
    st.download_button(
        _("Save it"), file.getvalue(), "statements.ndjson", "application/x-ndjson", key="save", on_click="ignore"
    )


def _marks(actor: Actor, cohort_id: str, platform: Platform) -> None:
    made = gradebook(services().exports, actor, cohort_id, platform)
    st.success(translate_plural("{n} mark is in the file.", "{n} marks are in the file.", made.marks))
    if made.held_back:
        told = translate_plural("{n} is held back until it is released.", "{n} are held back.", made.held_back)
        st.html(quiet(told))
    st.download_button(
        _("Save it"), made.text, f"marks-{platform.value}.csv", "text/csv", key="save", on_click="ignore"
    )
