"""An ending: what it means for the work between the two, and what is left in the room."""

from __future__ import annotations

import streamlit as st

from simulator.content.editing.scenario_edits import add_ending, remove_ending, rename_ending, rename_in_plays
from simulator.content.fields import ID_PATTERN
from simulator.content.scenario import Outcome
from simulator.translation import translate as _
from simulator.views.studio.fields import Fields
from simulator.views.studio.line_form import line_form
from simulator.views.studio.parts import open_part
from simulator.views.studio.renaming import new_id, rename_field
from simulator.views.wording import outcome_name


def ending_form(fields: Fields, ending: str) -> None:
    """The whole form of an ending."""
    path = ("endings", ending)
    outcomes = {outcome.value: outcome_name(outcome) for outcome in Outcome}
    fields.one_of((*path, "outcome"), _("What it means"), outcomes, absent="progress")
    fields.words((*path, "summary"), _("How it ended, as the trainee reads it"), rows=3)
    line_form(fields, (*path, "client"), _("The client's last words, if there are any"))
    fields.truth(
        (*path, "early"), _("The client goes before the talk is done"), absent=False, hint=_("Not a complete talk.")
    )

    def rename(new: str) -> None:
        if fields.change_both(
            lambda text: rename_ending(text, ending, new), lambda plays: rename_in_plays(plays, ending, new)
        ):
            open_part(f"ending:{new}")

    def remove() -> None:
        if fields.change(lambda text: remove_ending(text, ending)):
            open_part("scenario")

    rename_field(fields, (*path, "id"), ending, rename, ID_PATTERN)
    st.button(
        _("Remove this ending"),
        icon=":material/delete:",
        key=fields.key(path, "remove"),
        on_click=remove,
        type="tertiary",
    )


def new_ending(fields: Fields) -> None:
    """A small form for another ending."""
    key = fields.key(("endings",), "new")
    outcomes = {outcome.value: outcome_name(outcome) for outcome in Outcome}

    def add() -> None:
        words = str(st.session_state[f"{key}:words"]).strip()
        if words:
            name = new_id(words, fields.desk.at("endings"))
            outcome = st.session_state[f"{key}:outcome"]
            if fields.change(lambda text: add_ending(text, name, outcome=outcome, summary=words)):
                open_part(f"ending:{name}")

    count = len(fields.desk.at("endings") or ())
    with st.popover(_("A new ending"), icon=":material/add:", key=f"{key}:window:{count}"):
        st.text_area(_("How it ended, as the trainee reads it"), key=f"{key}:words")
        st.selectbox(_("What it means"), list(outcomes), format_func=lambda one: outcomes[one], key=f"{key}:outcome")
        st.button(_("Add it"), type="primary", key=f"{key}:add", on_click=add)
