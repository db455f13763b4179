"""Two people wrote at one place: both are shown, and whoever is here decides. Nothing is lost meanwhile."""

from __future__ import annotations

import streamlit as st

from simulator.content.editing.putting import put
from simulator.translation import translate as _
from simulator.views.studio.desk import CLASH, Clash, Desk, change
from simulator.views.text import as_html


def clash(on: Desk) -> None:
    """Ask which words shall stand, where two were written."""
    found: Clash | None = st.session_state.get(CLASH)
    if found is None:
        return
    with st.container(border=True, key="clash"):
        st.warning(_("Somebody else has changed these words while you were writing. Both are here; which shall stand?"))
        theirs, mine = st.columns(2)
        with theirs:
            st.html(f'<p class="label">{as_html(_("As it stands"))}</p><p>{as_html(found.theirs)}</p>')
            st.button(_("Leave that"), key="clash-theirs", on_click=_settle)
        with mine:
            st.html(f'<p class="label">{as_html(_("Yours"))}</p><p>{as_html(found.mine)}</p>')
            st.button(_("Take mine"), key="clash-mine", on_click=_take_mine, args=(on.draft.id, found))


def _settle() -> None:
    st.session_state.pop(CLASH, None)


def _take_mine(draft_id: str, found: Clash) -> None:
    if change(draft_id, lambda text: put(text, found.path, found.mine)):
        _settle()
