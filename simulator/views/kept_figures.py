"""Figures of a cohort, worked out once for as long as nothing they are made of has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from simulator.records.access import Actor
from simulator.records.cohort_rows import Scope
from simulator.records.cohort_stamp import cohort_stamp
from simulator.translation import translate as _
from simulator.views.services import services

Figures = TypeVar("Figures")


def kept(name: str, actor: Actor, scope: Scope, work_out: Callable[[], Figures]) -> Figures:
    """What `work_out` gives, from last time where nothing has changed since. Never to be changed by who reads it.

    Whether the actor may see it is asked each time.

    Raises:
        NotAllowed: not theirs to see.
    """
    stamp = cohort_stamp(services().cohort_results, actor, scope)
    with st.spinner(_("Working it out ...")):
        return cast(Figures, _kept((name, scope, stamp), work_out))


@st.cache_resource(show_spinner=False, max_entries=128)
def _kept(of: tuple[str, Scope, tuple[str, ...]], _work_out: Callable[[], object]) -> object:
    return _work_out()
