"""The pages there are and how to go from one to another."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from simulator.records.access import Action, Actor
from simulator.translation import translate as _
from simulator.views.visitor import authors, me, staff, trains

_HERE = Path(__file__).parent
ATTEMPT = "attempt"
SCENARIO = "scenario"
TURN = "turn"
OTHERWISE = "otherwise"
SAY_FIRST = "first"
ASSIGNMENT = "assignment"
COHORT = "cohort"
SLOT = "client"
DRAFT = "draft"
KIND = "kind"
CONTENT = "content"
_PAGES = "pages"


def _page(name: str, title: str, icon: str, *, default: bool = False, hidden: bool = False) -> StreamlitPage:
    """A page of this session's own: the one that is open is marked in it."""
    if get_script_run_ctx(suppress_warning=True) is None:  # outside a run streamlit makes but the shell of a page
        return _look_up(name, title, icon, default, hidden)
    return copy(_looked_up(name, title, icon, default, hidden))


def _look_up(name: str, title: str, icon: str, default: bool, hidden: bool) -> StreamlitPage:
    return st.Page(
        _HERE / f"{name}_page.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=name,
        default=default,
        visibility="hidden" if hidden else "visible",
    )


#: Looking up a page's file is what takes long; sessions make copies of what was found once.
_looked_up = lru_cache(maxsize=256)(_look_up)


def pages() -> dict[str, StreamlitPage]:
    """Every page by its name; those of the visitor stand in the navigation, others are opened from them.

    They are made once for a visitor in a session.
    """
    actor = me()
    kept = st.session_state.get(_PAGES)
    if kept is None or kept[0] != actor:
        kept = st.session_state[_PAGES] = (actor, _pages_for(actor))
    made: dict[str, StreamlitPage] = kept[1]
    return made


def _pages_for(actor: Actor) -> dict[str, StreamlitPage]:
    signed_in, member = not actor.alone, not actor.alone and not actor.guest
    return {
        "library": _page("library", _("Clients"), "groups", default=True),
        "work": _page("work", _("My work"), "assignment", hidden=not trains()),
        "attempts": _page("attempts", _("My attempts"), "history"),
        "progress": _page("progress", _("Progress"), "trending_up"),
        "cohorts": _page("cohorts", _("Cohorts"), "school", hidden=not _any(Action.MANAGE_COHORT, Action.SEE_RESULTS)),
        "people": _page("people", _("People"), "badge", hidden=not staff(Action.SEE_PEOPLE)),
        "authors": _page("authors", _("For authors"), "edit_note", hidden=not authors()),
        "studio": _page("studio", _("Studio"), "draw", hidden=not authors()),
        "account": _page("account", _("My account") if member else _("Sign out"), "person", hidden=not signed_in),
        "cohort": _page("cohort", _("Cohort"), "school", hidden=True),
        "results": _page("results", _("Results"), "insights", hidden=True),
        "book": _page("book", _("Results book"), "menu_book", hidden=True),
        "review": _page("review", _("Review"), "rate_review", hidden=True),
        "proof": _page("proof", _("Proof of a scenario"), "fact_check", hidden=True),
        "draft": _page("draft", _("Draft"), "edit_note", hidden=True),
        "versions": _page("versions", _("Versions"), "history", hidden=True),
        "group": _page("group", _("With a group"), "co_present", hidden=True),
        "brief": _page("brief", _("Before you meet"), "description", hidden=True),
        "conversation": _page("conversation", _("Conversation"), "forum", hidden=True),
        "debrief": _page("debrief", _("Debrief"), "rate_review", hidden=True),
        "what_if": _page("what_if", _("What if"), "alt_route", hidden=True),
    }


def _any(*actions: Action) -> bool:
    return any(staff(action) for action in actions)


def navigation() -> StreamlitPage:
    """The navigation above the page, and the page that is open, which the window's title names."""
    page = st.navigation(list(pages().values()), position="top")
    st.set_page_config(page_title=f"{page.title} · {_('Counselling Simulator')}")
    return page


def go(name: str, **parameters: str) -> NoReturn:
    """Open a page, with its parameters in the address."""
    st.switch_page(pages()[name], query_params=parameters)
