"""One answer that the trainee may give: its words, what it shows, what it does to the client, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from simulator.content.editing.putting import put
from simulator.content.editing.scenario_edits import move_choice, rename_choice, rename_in_plays
from simulator.content.fields import ID_PATTERN
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.condition_field import condition_field
from simulator.views.studio.fields import Fields
from simulator.views.studio.line_form import line_form
from simulator.views.studio.renaming import rename_field
from simulator.views.studio.ways_field import ways_field
from simulator.views.text import as_html, as_label

_OPEN = "studio_open_choice"


def choice_forms(fields: Fields, node: str) -> None:
    """Every answer at a node, of which one is open to be written at."""
    choices = fields.desk.at("nodes", node, "choices")
    if not isinstance(choices, Mapping):
        return
    opened = st.session_state.get(_OPEN)
    for name, choice in choices.items():
        written = choice.get("say") or choice.get("does") if isinstance(choice, Mapping) else ""
        here = opened == (node, name)
        st.button(
            as_label(str(written)) or _("An answer without words yet"),
            key=fields.key(("nodes", node, "choices", name), "open"),
            icon=":material/expand_less:" if here else ":material/edit:",
            width="stretch",
            on_click=_toggle,
            args=(node, name),
        )
        if here:
            with st.container(border=True, key=f"choice-{node}-{name}"):
                _form(fields, node, name)


def _toggle(node: str, choice: str) -> None:
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == (node, choice) else (node, choice)


def open_choice(node: str, choice: str) -> None:
    """Have this answer open when its node is drawn."""
    st.session_state[_OPEN] = (node, choice)


def _form(fields: Fields, node: str, name: str) -> None:
    path = ("nodes", node, "choices", name)
    _words(fields, path)
    known = names.behaviours(fields.desk)
    fields.several(
        (*path, "shows"),
        _("What it shows"),
        known,
        hint=_("Search by name or by meaning. What a behaviour is worth stands in the rubric, not here."),
    )
    fields.several(
        (*path, "mistimed"), _("What would be good, but at another moment"), known, hint=_("It earns nothing here.")
    )
    _examples(fields, path)
    fields.words((*path, "why"), _("Why: the good intention, and what it cost or gave"), rows=2)
    _effects(fields, path)
    ways_field(fields, (*path, "goto"), _("Then the talk goes to"), _("where this moment goes"))
    with st.expander(_("What the client answers at once"), key=fields.key(path, "reply-box")):
        line_form(fields, (*path, "reply"), _("The client says"))
    with st.expander(_("When it is on offer, and other details"), key=fields.key(path, "details")):
        _details(fields, node, name)


def _words(fields: Fields, path: tuple[str, ...]) -> None:
    does = fields.desk.at(*path, "does") is not None
    key = fields.key(path, "kind")
    kinds = {"say": _("The trainee says"), "does": _("The trainee does")}
    st.session_state[key] = "does" if does else "say"

    def turn() -> None:
        wanted = st.session_state[key]
        other = "say" if wanted == "does" else "does"
        words = fields.desk.words_at(*path, other)
        if wanted and words:
            fields.change(lambda text: put(put(text, (*path, wanted), words), (*path, other), None))

    st.segmented_control(
        _("Words or an act"),
        list(kinds),
        format_func=lambda one: kinds[one],
        key=key,
        on_change=turn,
        label_visibility="collapsed",
        required=True,
    )
    if does:
        fields.words((*path, "does"), _("The act, as the trainee reads it"))
    else:
        fields.words((*path, "say"), _("The words, as the trainee reads them"))


def _examples(fields: Fields, path: tuple[str, ...]) -> None:
    """An example sentence of everything that the answer shows: to see whether it is meant."""
    catalogue = fields.desk.library.behaviours.model
    shown = [*(fields.desk.at(*path, "shows") or ()), *(fields.desk.at(*path, "mistimed") or ())]
    if catalogue is None or not shown:
        return
    rows = "".join(
        f"<li><b>{as_html(one.title)}</b>: {as_html(one.example)}</li>"
        for name in shown
        if (one := catalogue.behaviours.get(str(name))) is not None
    )
    st.html(f'<ul class="quiet">{rows}</ul>')


def _effects(fields: Fields, path: tuple[str, ...]) -> None:
    states = names.states(fields.desk)
    if not states:
        return
    st.caption(_("Besides how the client takes what it shows, it moves"))
    with st.container(horizontal=True):
        for name, label in states.items():
            with st.container(width=150):
                fields.whole((*path, "effects", name), label, -20, 20, 0)


def _details(fields: Fields, node: str, name: str) -> None:
    path = ("nodes", node, "choices", name)

    def use(condition: str) -> None:
        fields.change(lambda text: put(text, (*path, "when"), condition))

    condition_field(fields, fields.key(path, "when"), fields.desk.words_at(*path, "when"), use, optional=True)
    fields.truth((*path, "repeatable"), _("It can be chosen again"), absent=False)
    fields.truth((*path, "scored"), _("It counts for the score"), absent=True)
    rename_field(
        fields,
        (*path, "id"),
        name,
        lambda new: fields.change_both(
            lambda text: rename_choice(text, node, name, new),
            lambda plays: rename_in_plays(plays, f"{node}.{name}", f"{node}.{new}"),
        ),
        ID_PATTERN,
    )
    with st.container(horizontal=True):
        for step, label in ((-1, _("Earlier in the file")), (1, _("Later in the file"))):
            st.button(
                label,
                key=fields.key(path, f"move{step}"),
                on_click=fields.make,
                args=(partial(move_choice, node=node, choice=name, step=step),),
                type="tertiary",
            )
        st.button(
            _("Remove this answer"),
            icon=":material/delete:",
            key=fields.key(path, "remove"),
            on_click=fields.clear,
            args=(path,),
            type="tertiary",
        )
