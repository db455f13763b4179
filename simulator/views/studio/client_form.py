"""The client: who they are, what moves inside them, how they take what is done, and when they go."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from simulator.content.editing.putting import put
from simulator.content.editing.scenario_edits import add_state, rename_state
from simulator.content.fields import ID_PATTERN
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.condition_field import condition_field
from simulator.views.studio.fields import Fields
from simulator.views.studio.renaming import new_id, rename_field


def client_form(fields: Fields) -> None:
    """The form."""
    fields.words(("client", "name"), _("Name"), rows=1)
    with st.container(horizontal=True):
        fields.whole(("client", "age"), _("Age"), 0, 120, 0)
    fields.words(("client", "pronouns"), _("Pronouns"), rows=1)
    fields.words(("client", "about"), _("Who this is, for whoever writes on"), rows=3)
    _states(fields)
    _reactions(fields)
    _leaves(fields)


def _states(fields: Fields) -> None:
    st.header(_("What moves inside the client"), anchor=False)
    for name, label in names.states(fields.desk).items():
        path = ("client", "state", name)
        with st.expander(label, key=fields.key(path, "box")):
            fields.words((*path, "label"), _("What trainees see it called"), rows=1)
            with st.container(horizontal=True):
                for bound, told, absent in (
                    ("start", _("Begins at"), 5),
                    ("min", _("Never below"), 0),
                    ("max", _("Never above"), 10),
                ):
                    with st.container(width=150):
                        fields.whole((*path, bound), told, -100, 100, absent)
            fields.truth((*path, "visible"), _("Trainees see it in practice"), absent=True)
            rename_field(
                fields,
                (*path, "id"),
                name,
                partial(_rename, fields, name),
                ID_PATTERN,
            )
            st.button(
                _("Remove this state"),
                key=fields.key(path, "remove"),
                on_click=fields.clear,
                args=(path,),
                type="tertiary",
            )
    key = fields.key(("client", "state"), "new")

    def add() -> None:
        words = str(st.session_state[f"{key}:words"]).strip()
        if words and fields.change(
            lambda text: add_state(text, new_id(words, fields.desk.at("client", "state")), label=words)
        ):
            st.session_state[f"{key}:words"] = ""

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Something else that moves: what trainees see it called"), key=f"{key}:words")
        st.button(_("Add this state"), key=key, on_click=add, icon=":material/add:")


def _rename(fields: Fields, state: str, new: str) -> None:
    fields.change(lambda text: rename_state(text, state, new))


def _reactions(fields: Fields) -> None:
    st.header(_("How the client takes what is done"), anchor=False)
    states, known = names.states(fields.desk), names.behaviours(fields.desk)
    written = fields.desk.at("client", "reactions")
    reactions = written if isinstance(written, Mapping) else {}
    for behaviour in reactions:
        path = ("client", "reactions", str(behaviour))
        with st.container(border=True):
            st.caption(known.get(str(behaviour), str(behaviour)))
            with st.container(horizontal=True, vertical_alignment="bottom"):
                for name, label in states.items():
                    with st.container(width=140):
                        fields.whole((*path, name), label, -20, 20, 0)
                st.button(
                    _("Remove this reaction"),
                    icon=":material/close:",
                    key=fields.key(path, "remove"),
                    on_click=fields.clear,
                    args=(path,),
                    type="tertiary",
                )
    rest = {name: words for name, words in known.items() if name not in reactions}
    if not states or not rest:
        return
    key = fields.key(("client", "reactions"), "new")

    def add() -> None:
        behaviour = st.session_state[f"{key}:which"]
        fields.change(lambda text: put(text, ("client", "reactions", behaviour), {next(iter(states)): 1}))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("Another behaviour"), list(rest), format_func=lambda one: rest[one], key=f"{key}:which")
        st.button(_("Add this reaction"), key=key, on_click=add, icon=":material/add:")


def _leaves(fields: Fields) -> None:
    st.header(_("When the client goes"), anchor=False)
    st.caption(_("Asked after every answer, before the talk goes on."))
    written = fields.desk.at("client", "leaves")
    leaves = written if isinstance(written, list) else []
    ends = names.endings(fields.desk)
    for number, leaving in enumerate(leaves):
        path = ("client", "leaves", number)

        def use(condition: str, path: tuple[str | int, ...] = path) -> None:
            fields.change(lambda text: put(text, (*path, "when"), condition))

        with st.container(horizontal=True, vertical_alignment="bottom"):
            condition = str(leaving.get("when", "")) if isinstance(leaving, Mapping) else ""
            condition_field(fields, fields.key(path, "when"), condition, use, optional=False)
            fields.one_of((*path, "to"), _("comes to"), ends, absent="")
            st.button(
                _("Remove this"),
                icon=":material/close:",
                key=fields.key(path, "remove"),
                on_click=fields.clear,
                args=(path,),
                type="tertiary",
            )
    state = next(iter(names.states(fields.desk)), None)
    if state is None or not ends:
        return
    last = next(reversed(ends))
    st.button(
        _("Another moment at which the client goes"),
        key=fields.key(("client", "leaves"), "more"),
        on_click=fields.make,
        args=(lambda text: put(text, ("client", "leaves", len(leaves)), {"when": f"{state} <= 0", "to": last}),),
        type="tertiary",
    )
