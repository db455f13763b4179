"""A link that lets somebody in, shown once: what it is made of is not kept anywhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from simulator.translation import translate as _

_MADE = "link_made"


def link_made(purpose: str, secret: str) -> None:
    """Have a link that was just made shown at the next drawing of the page. `purpose` is the first part of its path."""
    st.session_state[_MADE] = f"{_here()}/{purpose}/{secret}"


def show_link() -> None:
    """Show the link that was just made, if any, to be sent to the one person it is for."""
    link = st.session_state.pop(_MADE, None)
    if link:
        st.success(_("Send this link to the one person it is for. It works once, and cannot be shown again."))
        st.code(link, language=None)


def _here() -> str:
    """The address under which the browser knows this app."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
