"""The pages there are and how to go from one to another."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from simulator.translation import translate as _

_HERE = Path(__file__).parent
ATTEMPT = "attempt"
SCENARIO = "scenario"
TURN = "turn"
OTHERWISE = "otherwise"
SAY_FIRST = "first"


def _page(name: str, title: str, icon: str, *, default: bool = False, hidden: bool = False) -> StreamlitPage:
    return st.Page(
        _HERE / f"{name}_page.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=name,
        default=default,
        visibility="hidden" if hidden else "visible",
    )


def pages() -> dict[str, StreamlitPage]:
    """Every page by its name."""
    return {
        "library": _page("library", _("Clients"), "groups", default=True),
        "attempts": _page("attempts", _("My attempts"), "history"),
        "progress": _page("progress", _("Progress"), "trending_up"),
        "authors": _page("authors", _("For authors"), "edit_note"),
        "proof": _page("proof", _("Proof of a scenario"), "fact_check", hidden=True),
        "brief": _page("brief", _("Before you meet"), "description", hidden=True),
        "conversation": _page("conversation", _("Conversation"), "forum", hidden=True),
        "debrief": _page("debrief", _("Debrief"), "rate_review", hidden=True),
        "what_if": _page("what_if", _("What if"), "alt_route", hidden=True),
    }


def navigation() -> StreamlitPage:
    """The navigation above the page, and the page that is open, which the window's title names."""
    page = st.navigation(list(pages().values()), position="top")
    st.set_page_config(page_title=f"{page.title} · {_('Counselling Simulator')}")
    return page


def go(name: str, **parameters: str) -> NoReturn:
    """Open a page, with its parameters in the address."""
    st.switch_page(pages()[name], query_params=parameters)
