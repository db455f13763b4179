"""One moment of the talk: what the client says, what may be answered, and where it goes."""

from __future__ import annotations

import streamlit as st

from simulator.content.editing.scenario_edits import (
    add_choice,
    add_node,
    remove_node,
    rename_in_plays,
    rename_node,
)
from simulator.content.fields import ID_PATTERN
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.choice_form import choice_forms, open_choice
from simulator.views.studio.fields import Fields
from simulator.views.studio.line_form import line_form
from simulator.views.studio.parts import open_part
from simulator.views.studio.renaming import as_id, new_id, rename_field
from simulator.views.studio.ways_field import ways_field


def node_form(fields: Fields, node: str) -> None:
    """The whole form of a node."""
    path = ("nodes", node)
    line_form(fields, (*path, "client"), _("The client says"))
    fields.words(
        (*path, "discloses"),
        _("What the client confides here, if anything"),
        hint=_("As it would end the sentence “He would have spoken of …”."),
        rows=1,
    )
    st.header(_("What the trainee may answer"), anchor=False)
    choice_forms(fields, node)
    _new_choice(fields, node)
    ways_field(fields, (*path, "goto"), _("Afterwards the talk goes to"), _("wherever each answer says"))
    with st.expander(_("More about this moment"), key=fields.key(path, "more-box")):
        fields.whole((*path, "weight"), _("How much it counts"), 1, 3, 1)
        fields.truth((*path, "scored"), _("It counts for the score"), absent=True)
        ways_field(fields, (*path, "otherwise"), _("When nothing is left to answer"), _("nowhere: something always is"))
        rename_field(fields, (*path, "id"), node, lambda new: _rename(fields, node, new), ID_PATTERN)
        st.button(
            _("Remove this moment"),
            icon=":material/delete:",
            key=fields.key(path, "remove"),
            on_click=_remove,
            args=(fields, node),
            type="tertiary",
        )


def _rename(fields: Fields, node: str, new: str) -> None:
    if fields.change_both(lambda text: rename_node(text, node, new), lambda plays: rename_in_plays(plays, node, new)):
        open_part(f"node:{new}")


def _remove(fields: Fields, node: str) -> None:
    if fields.change(lambda text: remove_node(text, node)):
        open_part("scenario")


def _new_choice(fields: Fields, node: str) -> None:
    key = fields.key(("nodes", node), "new-choice")

    def add() -> None:
        words = str(st.session_state[f"{key}:words"]).strip()
        if not words:
            return
        choice = new_id(words, fields.desk.at("nodes", node, "choices"))
        if fields.change(lambda text: add_choice(text, node, choice, say=words)):
            open_choice(node, choice)
            st.session_state[f"{key}:words"] = ""

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Another answer: its words"), key=f"{key}:words")
        st.button(_("Add this answer"), key=key, on_click=add, icon=":material/add:")


def new_node(fields: Fields) -> None:
    """A small form for another moment of the talk, behind the one that is open."""
    key = fields.key(("nodes",), "new")

    def add() -> None:
        words = str(st.session_state[f"{key}:words"]).strip()
        answer = str(st.session_state[f"{key}:answer"]).strip()
        if not words or not answer:
            return
        node = new_id(words, fields.desk.at("nodes"))
        to = st.session_state[f"{key}:to"]
        made = as_id(answer) or "answer"
        if fields.change(lambda text: add_node(text, node, line=words, first_answer=answer, answer_id=made, goto=to)):
            open_part(f"node:{node}")

    # The key changes with every moment that is added, so that the window closes behind it.
    count = len(fields.desk.at("nodes") or ())
    with st.popover(_("A new moment"), icon=":material/add:", key=f"{key}:window:{count}"):
        st.text_area(_("What the client says there"), key=f"{key}:words")
        st.text_input(_("A first answer to it"), key=f"{key}:answer")
        places = names.places(fields.desk)
        st.selectbox(
            _("Afterwards the talk goes to"), list(places), format_func=lambda one: places[one], key=f"{key}:to"
        )
        st.button(_("Add it"), type="primary", key=f"{key}:add", on_click=add)
