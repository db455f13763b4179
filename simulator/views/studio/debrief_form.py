"""What a supervisor would say afterwards, each sentence with the condition on which it is said."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from simulator.content.editing.putting import put
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.condition_field import condition_field
from simulator.views.studio.fields import Fields


def debrief_form(fields: Fields) -> None:
    """The form."""
    written = fields.desk.at("debrief")
    rules = written if isinstance(written, list) else []
    about = {"": _("the talk as a whole"), **names.criteria(fields.desk)}
    for number, rule in enumerate(rules):
        path = ("debrief", number)

        def use(condition: str, path: tuple[str | int, ...] = path) -> None:
            fields.change(lambda text: put(text, (*path, "when"), condition))

        with st.container(border=True):
            fields.words((*path, "say"), _("What is said"), rows=2)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                condition = str(rule.get("when", "")) if isinstance(rule, Mapping) else ""
                condition_field(fields, fields.key(path, "when"), condition, use, optional=True)
                fields.one_of((*path, "about"), _("It is about"), about, absent="")
                st.button(
                    _("Remove this sentence"),
                    icon=":material/close:",
                    key=fields.key(path, "remove"),
                    on_click=fields.clear,
                    args=(path,),
                    type="tertiary",
                )
    key = fields.key(("debrief",), "new")

    def add() -> None:
        words = str(st.session_state[f"{key}:words"]).strip()
        if words and fields.change(lambda text: put(text, ("debrief", len(rules)), {"say": words})):
            st.session_state[f"{key}:words"] = ""

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Something else to say"), key=f"{key}:words")
        st.button(_("Add this sentence"), key=key, on_click=add, icon=":material/add:")
