"""Above a draft: what it is, that it is saved, the steps back and forth, what is to mend, and the way to publishing."""

from __future__ import annotations

import streamlit as st

from simulator.content.diagnostics import Severity
from simulator.records.drafts import DraftKind
from simulator.records.errors import RecordsError
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import told
from simulator.views.places import go
from simulator.views.services import services
from simulator.views.studio.desk import NOTICE, Desk
from simulator.views.studio.publishing import publishing
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me


def heading(on: Desk) -> None:
    """Draw it."""
    title = on.words_at("title").strip() or on.draft.content_id
    st.title(as_label(title), anchor=False)
    saved = _("Saved as revision {n}, by {name}.").format(n=on.draft.head, name=on.draft.by)
    st.html(quiet(f"{on.draft.content_id}.yaml · {saved} {counted(on)}"))
    with st.container(horizontal=True):
        st.button(
            _("Undo"),
            icon=":material/undo:",
            disabled=not on.draft.can_undo,
            key="studio-undo",
            on_click=_step,
            args=(on, False),
        )
        st.button(
            _("Redo"),
            icon=":material/redo:",
            disabled=not on.draft.can_redo,
            key="studio-redo",
            on_click=_step,
            args=(on, True),
        )
        st.download_button(
            _("Download"),
            on.draft.text,
            f"{on.draft.content_id}.yaml",
            "application/yaml",
            icon=":material/download:",
            on_click="ignore",
        )
        if on.draft.kind is DraftKind.SCENARIO and on.draft.plays_text is not None:
            st.download_button(
                _("Download its plays"),
                on.draft.plays_text,
                f"{on.draft.content_id}.plays.yaml",
                "application/yaml",
                on_click="ignore",
            )
        if st.button(_("Publish …"), type="primary", icon=":material/publish:", key="studio-publish"):
            publishing(on)
        if st.button(_("Versions"), icon=":material/history:", key="studio-versions"):
            go("versions", kind=on.draft.kind.value, content=on.draft.content_id)
        if st.button(_("To the studio"), key="studio-back", type="tertiary"):
            go("studio")


def counted(on: Desk) -> str:
    """What is to mend, in numbers and words."""
    errors, warnings = on.counted(Severity.ERROR), on.counted(Severity.WARNING)
    if not errors and not warnings:
        return _("Nothing to mend.")
    told_errors = translate_plural("{n} error", "{n} errors", errors)
    told_warnings = translate_plural("{n} warning", "{n} warnings", warnings)
    return f"{told_errors}, {told_warnings}."


def _step(on: Desk, forwards: bool) -> None:
    drafts = services().drafts
    try:
        (drafts.redo if forwards else drafts.undo)(me(), on.draft.id, on.draft.head)
    except RecordsError as fault:
        st.session_state[NOTICE] = told(fault)


def small_print(text: str) -> None:
    """A sentence in small print."""
    st.html(f'<p class="quiet">{as_html(text)}</p>')
