"""A line of the client's: what is said, seen and thought, in as many forms as the client's state asks for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from simulator.content.editing.putting import add_to_line, put, remove_form
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.condition_field import condition_field
from simulator.views.studio.desk import Path
from simulator.views.studio.fields import Fields


def line_form(fields: Fields, path: Path, says: str) -> None:
    """The line at a path. `says` is the label of its words."""
    line = fields.desk.at(*path)
    forms = line if isinstance(line, list) else [line]
    for number, form in enumerate(forms):
        if len(forms) > 1:
            with st.container(border=True):
                _condition(fields, path, number, form, last=number == len(forms) - 1)
                _words(fields, path, number, says)
        else:
            _words(fields, path, number, says)
    if line:
        st.button(
            _("Say it otherwise when the client feels otherwise"),
            key=fields.key(path, "another"),
            on_click=_add,
            args=(fields, path),
            type="tertiary",
        )


def _words(fields: Fields, path: Path, number: int, says: str) -> None:
    fields.line_words(path, number, "says", says, rows=2)
    fields.line_words(path, number, "manner", _("What can be seen"))
    fields.line_words(path, number, "thought", _("What is thought, and kept for the debrief"))


def _condition(fields: Fields, path: Path, number: int, form: object, *, last: bool) -> None:
    written = str(form.get("when", "")) if isinstance(form, Mapping) else ""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if last and not written:
            st.markdown(_("Otherwise"), width="content")
        else:

            def use(condition: str) -> None:
                fields.change(lambda text: put(text, (*path, number, "when"), condition))

            condition_field(fields, fields.key((*path, number), "when"), written, use, optional=False)
        st.button(
            _("Remove this form"),
            icon=":material/close:",
            key=fields.key((*path, number), "remove"),
            on_click=fields.make,
            args=(lambda text: remove_form(text, path, number),),
            type="tertiary",
        )


def _add(fields: Fields, path: Path) -> None:
    state = next(iter(names.states(fields.desk)), None)
    condition = f"visited({next(iter(names.nodes(fields.desk)))})" if state is None else f"{state} >= 6"
    fields.change(lambda text: add_to_line(text, path, condition))
