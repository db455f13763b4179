"""The text editor as an element of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from simulator.content.diagnostics import Finding, Severity
from simulator.translation import translate as _
from simulator.views.editor.bundle import address

_HTML = '<div class="editor"></div><p class="help"></p>'
_CSS = """
.help { margin: 0.35rem 0 0; font-size: 0.875rem; color: var(--st-text-color, inherit); }
"""
# The whole of CodeMirror is fetched once from the app's own address; this is all that goes with each drawing.
_SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".editor");
  const help = parentElement.querySelector(".help");
  help.id = "editor-help"; help.textContent = data.help_text;
  place.latest = data;
  place.tell = (typed) => setTriggerValue("typed", typed);
  place.mounted ??= import(new URL(data.script, document.baseURI).href).then((editor) => {
    place.editor = editor.mount(place, (typed) => place.tell(typed));
    place.editor.update(place.latest);
  });
  if (place.editor) place.editor.update(data);
  return () => { place.editor?.leave(); };
}
"""
_editor = st.components.v2.component("studio_editor", html=_HTML, css=_CSS, js=_SCRIPT)

_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


@dataclass(frozen=True, slots=True)
class Completions:
    """What can be named in the text: behaviours as (id, title, meaning), nodes as (id, first words), the rest by id."""

    behaviours: tuple[tuple[str, str, str], ...] = ()
    nodes: tuple[tuple[str, str], ...] = ()
    endings: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that was typed, the revision it was typed on, and the line the cursor stood in, counted from 1."""

    text: str
    based_on: int
    line: int


def editor(
    text: str,
    on_typed: Callable[[Typed], None],
    *,
    key: str,
    revision: int,
    findings: Sequence[Finding],
    completions: Completions,
    goto_line: int | None,
    label: str,
) -> None:
    """Draw the editor. `on_typed` is called before the page is drawn anew, each time the typing pauses.

    What somebody types stays before them until they have saved it: another `text` takes its place only where nothing
    is unsaved. A change that rests on an older revision is told with that revision, and is for `on_typed` to refuse.
    """
    seen = f"{key}:seen"

    def tell() -> None:
        found: Any = st.session_state.get(key)
        typed = found.get("typed") if isinstance(found, Mapping) else getattr(found, "typed", None)
        if isinstance(typed, Mapping):
            st.session_state[seen] = int(typed["serial"])
            on_typed(Typed(str(typed["text"]), int(typed["based_on"]), int(typed["line"])))

    data = {
        "script": address(),
        "text": text,
        "revision": revision,
        "seen": st.session_state.get(seen, 0),
        "findings": [_placed(finding) for finding in findings],
        "completions": asdict(completions),
        "goto": _gone_to(f"{key}:goto", goto_line),
        "label": label,
        "help": "editor-help",
        "help_text": _("Control and space offer what can stand here. Tab leaves the editor."),
    }
    _editor(key=key, data=data, on_typed_change=tell)


def _gone_to(kept: str, line: int | None) -> dict[str, int] | None:
    """The line to go to, numbered, so that the editor goes there once however often it is drawn."""
    if line is not None:
        times = (st.session_state.get(kept) or {"times": 0})["times"] + 1
        st.session_state[kept] = {"line": line, "times": times}
    found: dict[str, int] | None = st.session_state.get(kept)
    return found


def _placed(finding: Finding) -> dict[str, Any]:
    told = f"{finding.code} {finding.message}" + (f"\n{finding.hint}" if finding.hint else "")
    return {
        "line": finding.span.line,
        "column": finding.span.column,
        "severity": _SEVERITY[finding.severity],
        "message": told,
    }
