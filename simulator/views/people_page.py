"""The people of a programme: who there is, what they are, links that let somebody in."""

from __future__ import annotations

import streamlit as st

from simulator.records.access import Action, Actor, Relation, Role, may_give
from simulator.records.people import PAGE, Listed
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import expected_faults, fault_told_here
from simulator.views.links import link_made, show_link
from simulator.views.moments import day_and_time
from simulator.views.services import services
from simulator.views.tables import table
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import role_name, role_names


def page() -> None:
    """Draw the page."""
    actor = me()
    st.title(_("People"), anchor=False)
    show_link()
    search = st.text_input(_("Find by name, reference or sign-in name"), key="search")
    people = services().people.count(actor, search)
    shown = st.pagination(max(1, -(-people // PAGE)), key="people-page") if people > PAGE else 1
    st.html(quiet(translate_plural("{n} person", "{n} people", people)))
    for listed in services().people.seen(actor, search, shown - 1):
        _row(actor, listed)
    _invite(actor)
    _pending(actor)
    _programme(actor)


def _row(actor: Actor, listed: Listed) -> None:
    facts = [role_names(listed.roles), listed.reference or "", listed.sign_in_name or _("has not joined yet")]
    if listed.closed:
        facts.append(_("closed"))
    with st.expander(
        " · ".join([as_label(listed.name), *filter(None, map(as_label, facts))]), key=f"person-{listed.id}"
    ):
        manages = actor.may(Action.MANAGE_PEOPLE, Relation.PROGRAMME)
        with st.container(horizontal=True):
            if listed.sign_in_name and (manages or listed.roles <= {Role.TRAINEE}):
                st.button(_("Link for a new password"), key=f"reset-{listed.id}", on_click=_reset, args=(listed.id,))
            if manages and listed.closed:
                st.button(_("Open the account again"), key=f"open-{listed.id}", on_click=_reopen, args=(listed.id,))
            elif manages:
                st.button(_("Close the account"), key=f"close-{listed.id}", on_click=_close, args=(listed.id,))
        if manages:
            _roles(listed)
            _erase(listed)


def _roles(listed: Listed) -> None:
    st.pills(
        _("Roles"),
        list(Role),
        selection_mode="multi",
        default=[role for role in Role if role in listed.roles],
        format_func=role_name,
        key=f"roles-{listed.id}",
        on_change=_change_roles,
        args=(listed.id, listed.roles),
    )


def _erase(listed: Listed) -> None:
    with st.popover(_("Erase this person")):
        st.html(
            quiet(
                _(
                    "Name, account, practice and words go for good; results of assignments stay without a name. Do it "
                    "when they ask for it."
                )
            )
        )
        st.button(_("Erase for good"), key=f"erase-{listed.id}", on_click=_erase_now, args=(listed.id,))


def _invite(actor: Actor) -> None:
    roles = [role for role in Role if may_give(actor, role)]
    cohorts = {one.id: one.name for one in services().cohorts.seen(actor) if not one.archived}
    programme_wide = actor.may(Action.INVITE_TRAINEE, Relation.PROGRAMME)
    if not roles or (not programme_wide and not cohorts):
        return
    st.header(_("Invite somebody"), anchor=False)
    with st.form("invite", border=False):
        role = st.selectbox(_("As"), roles, format_func=role_name)
        choices = [*([""] if programme_wide else []), *cohorts]
        cohort = st.selectbox(_("Into the cohort"), choices, format_func=lambda one: cohorts.get(one, _("None")))
        if st.form_submit_button(_("Make a link")):
            with fault_told_here():
                link_made("join", services().people.invite(actor, role, cohort or None))
                st.rerun()


def _pending(actor: Actor) -> None:
    pending = services().people.pending(actor)
    if not pending:
        return
    st.header(_("Links that nobody has used yet"), anchor=False)
    for one in pending:
        what = _("new password") if one.purpose == "reset" else role_name(one.role) if one.role else ""
        told = " · ".join(
            filter(None, (one.name, what, _("good until {when}").format(when=day_and_time(one.expires_at))))
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f"<p>{as_html(told)}</p>")
            st.button(_("Take back"), key=f"revoke-{one.id}", on_click=_revoke, args=(one.id,))


def _programme(actor: Actor) -> None:
    if not actor.may(Action.MANAGE_PROGRAMME, Relation.PROGRAMME):
        return
    st.header(_("The programme"), anchor=False)
    kept = services().people.programme(actor)
    with st.form("programme", border=False):
        guests = st.toggle(_("Guests may practise"), value=kept.guest_practice)
        days = st.number_input(
            _("Days after which practice is erased; 0 keeps it"), min_value=0, value=kept.retention_days or 0, step=30
        )
        if st.form_submit_button(_("Keep")):
            with fault_told_here():
                services().people.set_guest_practice(actor, guests)
                services().own_data.set_retention(actor, int(days) or None)
                st.toast(_("Kept."))
    table(_("Programme"), (_("Name"), _("Zone")), [(kept.name, kept.zone)])


def _reset(person_id: str) -> None:
    with fault_told_here():
        link_made("new-password", services().people.reset_link(me(), person_id))


def _close(person_id: str) -> None:
    with fault_told_here():
        services().people.close(me(), person_id)


def _reopen(person_id: str) -> None:
    with fault_told_here():
        services().people.reopen(me(), person_id)


def _erase_now(person_id: str) -> None:
    with fault_told_here():
        services().own_data.erase_person(me(), person_id)


def _revoke(invitation_id: str) -> None:
    with fault_told_here():
        services().people.revoke(me(), invitation_id)


def _change_roles(person_id: str, before: frozenset[Role]) -> None:
    wanted = frozenset(st.session_state[f"roles-{person_id}"])
    with fault_told_here():
        for role in wanted - before:
            services().people.give_role(me(), person_id, role)
        for role in before - wanted:
            services().people.take_role(me(), person_id, role)


with expected_faults():
    page()
