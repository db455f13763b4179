"""Who is at this browser, asked anew at every page run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from simulator.records.access import Action, Actor, Relation, Role
from simulator.records.errors import NotAllowed
from simulator.translation import translate as _
from simulator.views.doors.cookies import INVITATION, session_secret
from simulator.views.doors.institution import ASK_INSTITUTION, institutions_word
from simulator.views.services import services

_HERE = "visitor"
"""Where the session keeps who is there, for the time of one page run."""

_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


def visitor() -> Actor | None:
    """Who is there: without accounts the person at this computer; None where nobody has signed in."""
    known = services()
    if (alone := known.alone()) is not None:
        return alone
    found = known.sign_ins.who(session_secret(st.context.cookies))
    if found is None and (word := institutions_word()) is not None:
        found = known.accounts.by_institution(word, st.context.cookies.get(INVITATION))
    return found


def me() -> Actor:
    """Who is there. Ends the page run with the way in where nobody is."""
    kept: Actor | None = st.session_state.get(_HERE)
    if kept is not None:
        return kept
    found = visitor()
    if found is None:
        _way_in()
    assert found is not None
    return found


@contextmanager
def let_in() -> Iterator[None]:
    """Ask who is there before any page is drawn, and keep the answer until it is.

    What a press does before the page is drawn again asks anew: whoever was signed out meanwhile does nothing more.
    """
    st.session_state.pop(_HERE, None)
    actor = me()
    if actor.alone:
        _only_on_this_computer()
    st.session_state[_HERE] = actor
    try:
        yield
    finally:
        st.session_state.pop(_HERE, None)


def staff(action: Action) -> bool:
    """Whether the visitor may do this with anybody at all, so that a page for it is worth showing."""
    actor = me()
    return not actor.alone and any(
        actor.may(action, relation) for relation in (Relation.OWN_COHORT, Relation.PROGRAMME)
    )


def authors() -> bool:
    """Whether the pages for authors are the visitor's: instructors', and without accounts the person's at hand."""
    actor = me()
    return actor.alone or actor.may(Action.AUTHOR, Relation.PROGRAMME)


def only_for_authors() -> None:
    """Refuse a page for authors to anybody else.

    Raises:
        NotAllowed: the visitor is no author.
    """
    if not authors():
        raise NotAllowed


def trains() -> bool:
    """Whether the visitor is a trainee with assignments."""
    return Role.TRAINEE in me().roles


def _way_in() -> None:
    if st.query_params.get(ASK_INSTITUTION) and institutions_word() is None and not st.user.get("is_logged_in"):
        st.login()
        st.stop()
    st.title(_("You are not signed in"), anchor=False)
    if st.user.get("is_logged_in"):
        st.info(
            _(
                "Your institution knows you, but this programme does not yet, or that sign-in has ended. Open the "
                "invitation you were sent, or sign in again."
            )
        )
        st.button(_("Leave the institution's sign-in"), on_click=st.logout)
    st.html(f'<p><a href="/sign-in" target="_self">{_("To the sign-in")}</a></p>')
    st.stop()


def _only_on_this_computer() -> None:
    """Stop where the app listens on a network address: without accounts everybody's attempts would be open to all."""
    if st.get_option("server.address") not in _THIS_COMPUTER:
        st.error(
            _(
                "This app has no accounts yet, so it may listen on this computer only. Start it with "
                "'--server.address localhost', or make the first account: 'simulator people add'."
            )
        )
        st.stop()
