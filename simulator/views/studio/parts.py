"""The parts of a scenario that are open to be written at, one at a time, and which of them is."""

from __future__ import annotations

import streamlit as st

from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.desk import Desk

_OPEN = "studio_part"
NODE, ENDING = "node:", "ending:"


def parts(desk: Desk) -> dict[str, str]:
    """Every part by what it is called, in the order of the file."""
    moments = {f"{NODE}{name}": words for name, words in names.nodes(desk).items()}
    ends = {f"{ENDING}{name}": words for name, words in names.endings(desk).items()}
    return {
        "scenario": _("About the scenario"),
        "client": _("The client"),
        **moments,
        **ends,
        "debrief": _("What the debrief says"),
    }


def open_part(part: str) -> None:
    """Have a part open when the page is drawn."""
    st.session_state[_OPEN] = part


def opened(desk: Desk) -> str:
    """The part that is open; the first where that one has gone."""
    part = str(st.session_state.get(_OPEN, ""))
    return part if part in parts(desk) else "scenario"


def open_place(desk: Desk, place: str) -> None:
    """Open a node or an ending."""
    for kind in (NODE, ENDING):
        if f"{kind}{place}" in parts(desk):
            open_part(f"{kind}{place}")


def choose_part(desk: Desk) -> str:
    """The list of parts, with steps to the one before and after."""
    known = parts(desk)
    order = list(known)
    st.session_state["studio_part_list"] = opened(desk)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Part of the script"),
            order,
            format_func=lambda one: known[one],
            key="studio_part_list",
            on_change=lambda: open_part(st.session_state["studio_part_list"]),
        )
        here = order.index(opened(desk))
        for step, label, icon in ((-1, _("Part before"), "arrow_upward"), (1, _("Next part"), "arrow_downward")):
            there = here + step
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"studio-part{step}",
                disabled=not 0 <= there < len(order),
                on_click=open_part,
                args=(order[there] if 0 <= there < len(order) else order[here],),
            )
    return opened(desk)
