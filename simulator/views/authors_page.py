"""For authors: what is wrong in each content file, at its line, with the act that mends it."""

from __future__ import annotations

import streamlit as st

from simulator.audit.plays import play_findings
from simulator.content.diagnostics import Finding
from simulator.content.library import ContentMissing, Library
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import expected_faults
from simulator.views.resources import library
from simulator.views.text import as_html


def page() -> None:
    """Draw the page."""
    st.title(_("For authors"), anchor=False)
    st.html(f'<p class="quiet">{as_html(_("What the check finds in scenarios, plays and rubrics."))}</p>')
    found = library()
    findings = sorted([*found.findings(), *_play_findings(found)], key=lambda finding: (finding.path, finding.span))
    files = sorted({finding.path for finding in findings})
    if not findings:
        st.success(_("Nothing to mend."))
    for path in files:
        of_file = [finding for finding in findings if finding.path == path]
        told = translate_plural("{n} finding", "{n} findings", len(of_file))
        st.html(f'<h2>{as_html(path)}</h2><p class="quiet">{as_html(told)}</p>')
        for finding in of_file:
            _finding(finding)


@st.cache_data(show_spinner=False, max_entries=4)
def _cached_play_findings(_library: Library, stamp: int) -> list[Finding]:
    found = []
    for name, plays in _library.plays.items():
        if plays.model is not None:
            try:
                found += play_findings(_library.content(name), plays.model, plays.source)
            except ContentMissing:
                continue  # the scenario's own findings say why
    return found


def _play_findings(found: Library) -> list[Finding]:
    return _cached_play_findings(found, id(found))


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
