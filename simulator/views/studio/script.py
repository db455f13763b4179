"""The scenario as a script, of which one part at a time is open to be written at."""

from __future__ import annotations

import streamlit as st

from simulator.views.studio.client_form import client_form
from simulator.views.studio.debrief_form import debrief_form
from simulator.views.studio.desk import Desk
from simulator.views.studio.ending_form import ending_form, new_ending
from simulator.views.studio.fields import Fields
from simulator.views.studio.findings_list import findings_at
from simulator.views.studio.node_form import new_node, node_form
from simulator.views.studio.parts import ENDING, NODE, choose_part
from simulator.views.studio.scenario_form import scenario_form


def script(on: Desk) -> None:
    """The list of parts, and the form of the one that is open."""
    part = choose_part(on)
    fields = Fields(on)
    with st.container(horizontal=True):
        new_node(fields)
        new_ending(fields)
    path = path_of(part)
    findings_at(on, path)
    if part.startswith(NODE):
        node_form(fields, path[1])
    elif part.startswith(ENDING):
        ending_form(fields, path[1])
    elif part == "client":
        client_form(fields)
    elif part == "debrief":
        debrief_form(fields)
    else:
        scenario_form(fields)


def path_of(part: str) -> tuple[str, ...]:
    """Where a part stands in the text; an empty path for the scenario as a whole."""
    if part.startswith(NODE):
        return ("nodes", part.removeprefix(NODE))
    if part.startswith(ENDING):
        return ("endings", part.removeprefix(ENDING))
    return (part,) if part in {"client", "debrief"} else ()
