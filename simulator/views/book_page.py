"""The results book of an assignment: who stands where, a line for each trainee."""

from __future__ import annotations

import streamlit as st

from simulator.records.cohort_rows import Scope
from simulator.records.results_book import PAGE, Book, Cell, Status
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.clients import criterion_titles, slot_name
from simulator.views.failing import expected_faults
from simulator.views.moments import day_and_time, zone_named
from simulator.views.places import ASSIGNMENT, ATTEMPT, COHORT, go, pages
from simulator.views.printing import printing_of_one
from simulator.views.services import services
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import level_name, mode_name, standing_name


def page() -> None:
    """Draw the page."""
    wanted = st.query_params.get(ASSIGNMENT)
    if not wanted:
        st.info(_("No assignment was named."))
        st.page_link(pages()["cohorts"], label=_("To the cohorts"))
        return
    shown = int(st.session_state.get("book-page", 1))
    actor = me()
    book = services().book.page(actor, wanted, shown - 1)
    found = book.assignment
    st.title(as_label(found.setting.title), anchor=False)
    due = _("due {when}").format(when=day_and_time(found.setting.due_at, zone_named(found.zone)))
    st.html(quiet(" · ".join((found.cohort, mode_name(found.setting.mode), due))))
    if book.people > PAGE:
        st.pagination(-(-book.people // PAGE), key="book-page")
    st.html(quiet(translate_plural("{n} trainee", "{n} trainees", book.people)))
    st.html(_table(book))
    _open_one(book)
    printing_of_one(actor, Scope(found.cohort_id, wanted), {row.person_id: row.name for row in book.rows})
    if st.button(_("Back to the cohort"), key="back", type="tertiary"):
        go("cohort", **{COHORT: found.cohort_id})


def _table(book: Book) -> str:
    names = {slot.scenario: slot_name(slot.scenario) for slot in book.assignment.setting.slots}
    head = "".join(f'<th scope="col">{as_html(name)}</th>' for name in names.values())
    body = "".join(
        f'<tr><th scope="row">{as_html(row.name)}</th>'
        + "".join(f"<td>{_cell(row.cells[scenario])}</td>" for scenario in names)
        + "</tr>"
        for row in book.rows
    )
    label = as_html(_("Results book"))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="book"><thead><tr>'
        f'<th scope="col">{as_html(_("Trainee"))}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(cell: Cell) -> str:
    marks = {
        Status.NOT_STARTED: "·",
        Status.IN_PROGRESS: "…",
        Status.DONE: "✓",
        Status.LATE: "✓",
        Status.FOR_REVIEW: "⚑",
        Status.REVIEWED: "✓✓",
    }
    told = f'<span aria-hidden="true">{marks[cell.status]}</span> {as_html(standing_name(cell.status))}'
    if cell.late and cell.status is not Status.LATE:
        told += f" ({as_html(_('late'))})"
    titles = criterion_titles()
    levels = "".join(
        f"<li>{as_html(titles.get(name, name))}: {as_html(level_name(level))}{_star(cell, name)}</li>"
        for name, level in cell.levels.items()
    )
    return told + (f"<ul>{levels}</ul>" if levels else "")


def _star(cell: Cell, criterion: str) -> str:
    return "*" if criterion in cell.overridden else ""


def _open_one(book: Book) -> None:
    """Open an attempt: those for review come first."""
    there = [
        (cell.status is not Status.FOR_REVIEW, row.name, scenario, cell.attempt_id)
        for row in book.rows
        for scenario, cell in row.cells.items()
        if cell.attempt_id
    ]
    if any(cell.overridden for row in book.rows for cell in row.cells.values()):
        st.html(quiet(_("* A person put this level in place of the one worked out.")))
    if not there:
        return
    names = {
        attempt_id: f"{name} · {slot_name(scenario)}" + ("" if later else f" · {_('for review')}")
        for later, name, scenario, attempt_id in sorted(there)
    }
    with st.form("open-attempt", border=False):
        chosen = st.selectbox(_("An attempt to look at"), list(names), format_func=lambda one: names[one])
        st.html(quiet(_("The trainee can read that you looked.")))
        if st.form_submit_button(_("Open it"), type="primary") and chosen:
            go("review", **{ATTEMPT: chosen, ASSIGNMENT: book.assignment.id})


with expected_faults():
    page()
