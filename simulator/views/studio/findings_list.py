"""What is to mend, as a list, each with the way to its place."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from simulator.content.diagnostics import Finding, Severity
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.studio.desk import Desk
from simulator.views.studio.parts import ENDING, NODE, open_part
from simulator.views.text import as_html

FILE = "studio_file"
"""Where the session keeps which of the two files is open as text: "scenario" or "plays"."""
GOTO_LINE = "studio_goto_line"
"""Where the session keeps the line at which the text is to be opened."""


def findings_list(on: Desk) -> None:
    """Every finding of the draft."""
    if not on.findings:
        st.success(_("The check finds nothing to mend."))
    for number, finding in enumerate(on.findings):
        with st.container(border=True):
            _told(finding)
            here = finding.path == on.source.path
            if here or finding.path.endswith(f"/{on.draft.content_id}.plays.yaml"):
                with st.container(horizontal=True):
                    st.button(
                        _("To line {line}").format(line=finding.span.line),
                        key=f"finding-{number}-line",
                        on_click=_to_line,
                        args=(finding.span.line, "scenario" if here else "plays"),
                        type="tertiary",
                    )
                    if here and (part := part_of(on, finding)):
                        st.button(
                            _("To its form"),
                            key=f"finding-{number}-form",
                            on_click=_to_part,
                            args=(part,),
                            type="tertiary",
                        )


def findings_at(on: Desk, path: Sequence[str]) -> None:
    """The findings about one part of the script, above its form."""
    here = [
        finding
        for finding in on.findings
        if finding.path == on.source.path and _path_at(on, finding)[: len(path)] == tuple(path) and path
    ]
    if here:
        told = translate_plural("{n} thing to mend here", "{n} things to mend here", len(here))
        with st.expander(told, expanded=True, icon=":material/build:"):
            for finding in here:
                _told(finding)


def part_of(on: Desk, finding: Finding) -> str:
    """The part of the script that a finding is about; empty where it is about none."""
    path = _path_at(on, finding)
    if path[:1] == ("nodes",) and len(path) > 1:
        return f"{NODE}{path[1]}"
    if path[:1] == ("endings",) and len(path) > 1:
        return f"{ENDING}{path[1]}"
    return path[0] if path[:1] in {("client",), ("debrief",)} else "scenario" if path else ""


def _path_at(on: Desk, finding: Finding) -> tuple[str, ...]:
    """The part in whose lines a finding stands."""
    data = on.source.data
    if not isinstance(data, dict):
        return ()
    found: tuple[str, ...] = ()
    for path in _parts(data):
        if on.source.span(path, at_key=True).line <= finding.span.line:
            found = path
        else:
            break
    return found


def _parts(data: dict[str, object]) -> list[tuple[str, ...]]:
    """The parts in the order of the file."""
    found: list[tuple[str, ...]] = []
    for name, value in data.items():
        found.append((name,))
        if name in {"nodes", "endings"} and isinstance(value, dict):
            found += [(name, inner) for inner in value]
    return found


def _to_line(line: int, file: str) -> None:
    st.session_state[GOTO_LINE] = line
    st.session_state[FILE] = file
    st.session_state["studio_view"] = "text"


def _to_part(part: str) -> None:
    open_part(part)
    st.session_state["studio_view"] = "script"


def _told(finding: Finding) -> None:
    severity = {
        Severity.ERROR: _("Error"),
        Severity.WARNING: _("Warning"),
        Severity.NOTE: _("Note"),
    }[finding.severity]
    place = _("its plays, line {line}") if finding.path.endswith(".plays.yaml") else _("line {line}")
    place = place.format(line=finding.span.line)
    hint = f'<p class="quiet">{as_html(finding.hint)}</p>' if finding.hint else ""
    st.html(
        f'<p class="label">{as_html(severity)} {finding.code} · {as_html(place)}</p>'
        f'<div class="prose"><p>{as_html(finding.message)}</p>{hint}</div>'
    )
