"""Where the talk goes next: one place, or several with the conditions on which each is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from simulator.content.editing.putting import add_way, put, remove_form
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.condition_field import condition_field
from simulator.views.studio.desk import Path
from simulator.views.studio.fields import Fields


def ways_field(fields: Fields, path: Path, label: str, nowhere: str) -> None:
    """The ways on at a path. `nowhere` says what counts while there are none."""
    written = fields.desk.at(*path)
    if isinstance(written, list):
        st.caption(label)
        for number, way in enumerate(written):
            if isinstance(way, Mapping):
                _one_of_several(fields, path, number, way, last=number == len(written) - 1)
    else:
        places = {"": nowhere, **names.places(fields.desk)}
        fields.one_of(path, label, places, absent="")
    if written:
        st.button(
            _("Another way, on a condition"),
            key=fields.key(path, "more"),
            on_click=_add,
            args=(fields, path),
            type="tertiary",
        )


def _one_of_several(fields: Fields, path: Path, number: int, way: Mapping[str, Any], *, last: bool) -> None:
    place = (*path, number)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if last:
            st.markdown(_("Otherwise"), width="content")
        else:

            def use(condition: str) -> None:
                fields.change(lambda text: put(text, (*place, "when"), condition))

            condition_field(fields, fields.key(place, "when"), str(way.get("when", "")), use, optional=False)
        fields.one_of((*place, "to"), _("goes to"), names.places(fields.desk), absent="")
        st.button(
            _("Remove this way"),
            icon=":material/close:",
            key=fields.key(place, "remove"),
            on_click=fields.make,
            args=(lambda text: remove_form(text, path, number),),
            type="tertiary",
        )


def _add(fields: Fields, path: Path) -> None:
    state = next(iter(names.states(fields.desk)), None)
    first = next(iter(names.places(fields.desk)))
    condition = f"{state} >= 5" if state else f"visited({first})"
    fields.change(lambda text: add_way(text, path, condition, first))
