"""A condition, built from the client's own states and from what has happened, or written by hand."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from simulator.content.condition_parser import ConditionError, parse_condition
from simulator.translation import translate as _
from simulator.views.studio import names
from simulator.views.studio.desk import NOTICE
from simulator.views.studio.fields import Fields
from simulator.views.text import as_label

_JOINED = " and "


def condition_field(fields: Fields, key: str, written: str, use: Callable[[str], None], *, optional: bool) -> None:
    """A small window that shows the condition and builds another. `use` is given what was decided on."""
    told = as_label(written) if written else _("always")
    with st.popover(_("When: {condition}").format(condition=told), width="content"):
        st.session_state[f"{key}:text"] = written
        st.text_input(
            _("As it stands in the file"), key=f"{key}:text", on_change=_written, args=(f"{key}:text", use, optional)
        )
        _builder(fields, key, written, use)
        if optional and written:
            st.button(_("No condition"), key=f"{key}:none", on_click=use, args=("",))


def _builder(fields: Fields, key: str, written: str, use: Callable[[str], None]) -> None:
    part = _part(fields, key)
    if part is None:
        return
    with st.container(horizontal=True):
        st.button(_("Use this alone"), key=f"{key}:alone", on_click=use, args=(part,))
        if written:
            joined = f"({written}){_JOINED}{part}" if " or " in written else f"{written}{_JOINED}{part}"
            st.button(_("Ask this as well"), key=f"{key}:and", on_click=use, args=(joined,))


def _part(fields: Fields, key: str) -> str | None:
    """One question put together by hand; None where there is nothing to ask about."""
    states, nodes = names.states(fields.desk), names.nodes(fields.desk)
    kinds = {
        **({"state": _("how the client feels")} if states else {}),
        **({"visited": _("whether something was talked about")} if nodes else {}),
        "showed": _("how often the trainee did something"),
    }
    kind = st.segmented_control(
        _("Ask"), list(kinds), format_func=lambda one: kinds[one], key=f"{key}:kind", default=next(iter(kinds))
    )
    if kind == "state":
        return _about_a_state(fields, key, states)
    if kind == "visited":
        place = st.selectbox(_("Which moment"), list(nodes), format_func=lambda one: nodes[one], key=f"{key}:place")
        yes = st.toggle(_("It has been reached"), value=True, key=f"{key}:yes")
        return f"visited({place})" if yes else f"not visited({place})"
    if kind == "showed":
        known = names.behaviours(fields.desk)
        which = st.selectbox(_("What"), list(known), format_func=lambda one: known[one], key=f"{key}:behaviour")
        times = st.number_input(_("At least so often"), 1, 20, 1, key=f"{key}:times")
        return f"showed({which}) >= {times}"
    return None


def _about_a_state(fields: Fields, key: str, states: dict[str, str]) -> str:
    name = st.selectbox(_("Which state"), list(states), format_func=lambda one: states[one], key=f"{key}:state")
    signs = {">=": _("is at least"), "<=": _("is at most"), "==": _("is exactly")}
    sign = st.segmented_control(
        _("It"), list(signs), format_func=lambda one: signs[one], key=f"{key}:sign", default=">="
    )
    low, high = (_number(fields, name, which) for which in ("min", "max"))
    value = st.number_input(_("This much"), low, max(high, low), (low + high) // 2, key=f"{key}:value:{name}")
    return f"{name} {sign or '>='} {value}"


def _number(fields: Fields, state: str, which: str) -> int:
    written = fields.desk.words_at("client", "state", state, which)
    return int(written) if written.lstrip("+-").isdigit() else {"min": 0, "max": 10}[which]


def _written(key: str, use: Callable[[str], None], optional: bool) -> None:
    words = str(st.session_state[key]).strip()
    if not words:
        if optional:
            use("")
        return
    try:
        parse_condition(words)
    except ConditionError as error:
        st.session_state[NOTICE] = f"{error.problem[:1].upper()}{error.problem[1:]}: {error.remedy}."
        return
    use(words)
