"""One's own account: who looked, a copy of everything, consent, browsers, password, leaving."""

from __future__ import annotations

import json

import streamlit as st

from simulator.records.access import Actor
from simulator.records.access_log import looks_at
from simulator.records.consents import Consent
from simulator.records.errors import RecordsError
from simulator.translation import translate as _
from simulator.views.data_copy import readable
from simulator.views.failing import expected_faults, fault_told_here, told
from simulator.views.moments import day_and_time
from simulator.views.services import services
from simulator.views.tables import table
from simulator.views.text import as_html, quiet
from simulator.views.visitor import me
from simulator.views.wording import look_name, role_names

_CONFIRMED = "erase-me-confirmed"


def page() -> None:
    """Draw the page."""
    actor = me()
    if actor.alone:
        st.info(_("There are no accounts here: everything belongs to the person at this computer."))
        return
    st.title(_("You are a guest") if actor.guest else actor.name, anchor=False)
    if actor.guest:
        st.html(
            quiet(_("What you practise is kept in this browser's visit. With an invitation it becomes an account's."))
        )
    else:
        st.html(quiet(role_names(actor.roles)))
    st.html(f'<p><a href="/sign-out" target="_self">{as_html(_("Sign out"))}</a></p>')
    if actor.guest:
        return
    _who_looked(actor)
    _copy(actor)
    _consent(actor)
    _browsers(actor)
    _password(actor)
    _leaving(actor)


def _who_looked(actor: Actor) -> None:
    st.header(_("Who looked"), anchor=False)
    looks = looks_at(services().store, actor)
    if not looks:
        st.html(quiet(_("Nobody has looked at or changed anything of yours.")))
        return
    rows = [
        (look.who or _("The command line"), look_name(look.what), look.detail, day_and_time(look.at)) for look in looks
    ]
    table(_("Who looked"), (_("Who"), _("What"), _("More"), _("When")), rows)


def _copy(actor: Actor) -> None:
    st.header(_("A copy of everything"), anchor=False)
    st.html(quiet(_("All that is kept about you: to read, and for other programs.")))
    if not st.toggle(_("Make a copy now"), key="make-copy"):
        return
    copy = services().own_data.copy(actor)
    with st.container(horizontal=True):
        st.download_button(
            _("To read (HTML)"), readable(copy, actor.name), "my-data.html", "text/html", on_click="ignore"
        )
        st.download_button(
            _("For programs (JSON)"),
            json.dumps(copy, ensure_ascii=False, indent=1),
            "my-data.json",
            "application/json",
            on_click="ignore",
        )


def _consent(actor: Actor) -> None:
    st.header(_("Research"), anchor=False)
    agreed = Consent.RESEARCH in services().consents.of(actor)
    st.toggle(
        _("My programme may use what I did, without my name, for research"),
        value=agreed,
        key="research",
        on_change=_change_research,
        help=_("This is separate from everything else, and you can change it at any time."),
    )


def _change_research() -> None:
    with fault_told_here():
        if st.session_state["research"]:
            services().consents.give(me(), Consent.RESEARCH)
        else:
            services().consents.withdraw(me(), Consent.RESEARCH)


def _browsers(actor: Actor) -> None:
    st.header(_("Where you are signed in"), anchor=False)
    browsers = services().sign_ins.browsers_of(actor.person_id)
    rows = [(day_and_time(one.started_at), day_and_time(one.seen_at)) for one in browsers]
    table(_("Where you are signed in"), (_("Since"), _("Last seen")), rows)
    st.button(_("Sign out everywhere"), key="everywhere", on_click=_end_everywhere)


def _end_everywhere() -> None:
    services().sign_ins.end_everywhere(me().person_id)


def _password(actor: Actor) -> None:
    if not services().accounts.has_password(actor):
        return
    st.header(_("Password"), anchor=False)
    with st.form("password", border=False, clear_on_submit=True):
        old = st.text_input(_("The one you have now"), type="password", autocomplete="current-password")
        new = st.text_input(_("A new one"), type="password", autocomplete="new-password")
        if st.form_submit_button(_("Change it")):
            try:
                services().accounts.change_password(actor, old, new)
                st.success(_("Changed. Your other browsers stay signed in until you sign out everywhere."))
            except RecordsError as fault:
                st.error(told(fault))


def _leaving(actor: Actor) -> None:
    st.header(_("Leaving"), anchor=False)
    st.html(
        quiet(
            _(
                "Erasing takes your name, your account, your practice and all your words. What you did for an "
                "assignment stays without your name, or everybody's figures would change; so does the list of who "
                "looked at what. There is no way back."
            )
        )
    )
    sure = st.checkbox(_("I am sure"), key=_CONFIRMED)
    st.button(_("Erase me"), key="erase-me", disabled=not sure, on_click=_erase)


def _erase() -> None:
    with fault_told_here():
        actor = me()
        services().own_data.erase_person(actor, actor.person_id)


with expected_faults():
    page()
