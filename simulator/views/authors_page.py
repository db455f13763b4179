"""For authors: what is wrong in each content file, at its line, with the act that mends it."""

from __future__ import annotations

import streamlit as st

from simulator.audit.by_playing import findings_by_playing
from simulator.content.diagnostics import Finding
from simulator.content.library import Library
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import expected_faults
from simulator.views.places import SCENARIO, go
from simulator.views.resources import library
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import only_for_authors


def page() -> None:
    """Draw the page."""
    only_for_authors()
    st.title(_("For authors"), anchor=False)
    st.html(quiet(_("What is proved about each scenario, and what is to mend in scenarios, plays and rubrics.")))
    found = library()
    findings = sorted(
        [*found.findings(), *_findings_by_playing(found)], key=lambda finding: (finding.path, finding.span)
    )
    files = sorted({finding.path for finding in findings})
    _scenarios(found)
    if not findings:
        st.success(_("Nothing to mend."))
    for path in files:
        of_file = [finding for finding in findings if finding.path == path]
        told = translate_plural("{n} finding", "{n} findings", len(of_file))
        st.html(f'<h3>{as_html(path)}</h3><p class="quiet">{as_html(told)}</p>')
        for finding in of_file:
            _finding(finding)


def _scenarios(found: Library) -> None:
    """A way from here to the proof of every scenario that can be played."""
    st.header(_("Scenarios"), anchor=False)
    for name, file in found.scenarios.items():
        if file.sound and file.model is not None:
            title = as_label(file.model.title)
            with st.container(horizontal=True):
                if st.button(_("Proof and drawing of {title}").format(title=title), key=f"proof-{name}"):
                    go("proof", **{SCENARIO: name})
                if st.button(_("{title} with a group").format(title=title), key=f"group-{name}"):
                    go("group", **{SCENARIO: name})
    st.header(_("What the check finds"), anchor=False)


@st.cache_data(show_spinner=False, max_entries=4)
def _cached_findings_by_playing(_library: Library, stamp: int) -> list[Finding]:
    return list(findings_by_playing(_library))


def _findings_by_playing(found: Library) -> list[Finding]:
    return _cached_findings_by_playing(found, id(found))


def _finding(finding: Finding) -> None:
    severity = {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}[finding.severity]
    place = _("line {line}, column {column}").format(line=finding.span.line, column=finding.span.column)
    hint = f'<p class="quiet">{as_html(finding.hint)}</p>' if finding.hint else ""
    with st.container(border=True):
        st.html(
            f'<p class="label">{as_html(severity)} {finding.code} · {as_html(place)}</p>'
            f'<div class="prose"><p>{as_html(finding.message)}</p>{hint}</div>'
        )


with expected_faults():
    page()
