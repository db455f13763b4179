"""One cohort: who is in it, a roster to bring in, and what it is set."""

from __future__ import annotations

import streamlit as st

from simulator.records.access import Action, Actor, Relation, Role
from simulator.records.assignments import Assignment
from simulator.records.cohorts import Cohort, Member
from simulator.records.roster import read_roster
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.assignment_form import assignment_form, change_form
from simulator.views.clients import slot_name
from simulator.views.failing import expected_faults, fault_told_here
from simulator.views.links import link_made, show_link
from simulator.views.moments import day_and_time, zone_named
from simulator.views.places import ASSIGNMENT, ATTEMPT, COHORT, go, pages
from simulator.views.services import services
from simulator.views.tables import table
from simulator.views.text import as_html, as_label, quiet
from simulator.views.visitor import me
from simulator.views.wording import mode_name, role_name


def page() -> None:
    """Draw the page."""
    actor = me()
    wanted = st.query_params.get(COHORT)
    found = next((one for one in services().cohorts.seen(actor) if one.id == wanted), None)
    if found is None:
        st.info(_("No cohort of yours was named."))
        st.page_link(pages()["cohorts"], label=_("To the cohorts"))
        return
    st.title(as_label(found.name), anchor=False)
    st.html(quiet(translate_plural("{n} trainee", "{n} trainees", found.trainees) + f" · {found.zone}"))
    show_link()
    if _sees_results(actor, found):
        _assignments(actor, found)
        _shared(actor, found)
    _members(actor, found)
    _roster(actor, found)
    _put_away(found)


def _sees_results(actor: Actor, found: Cohort) -> bool:
    if actor.may(Action.SEE_RESULTS, Relation.PROGRAMME):
        return True
    return any(one.person_id == actor.person_id for one in _teachers(actor, found))


def _teachers(actor: Actor, found: Cohort) -> list[Member]:
    everybody = services().cohorts.members(actor, found.id)
    return [one for one in everybody if one.role is Role.INSTRUCTOR and not one.left]


def _assignments(actor: Actor, found: Cohort) -> None:
    st.header(_("Assignments"), anchor=False)
    every = services().assignments.of_cohort(actor, found.id)
    if every and st.button(_("Results of the cohort"), icon=":material/insights:", key="results"):
        go("results", **{COHORT: found.id})
    if not every:
        st.html(quiet(_("Nothing is set yet.")))
    for one in every:
        _assignment(actor, one)
    with st.expander(_("Set an assignment"), icon=":material/add:", key="set"):
        assignment_form(actor, found)


def _assignment(actor: Actor, one: Assignment) -> None:
    setting, zone = one.setting, zone_named(one.zone)
    facts = [
        mode_name(setting.mode),
        translate_plural("{n} client", "{n} clients", len(setting.slots)),
        _("due {when}").format(when=day_and_time(setting.due_at, zone)),
    ]
    if one.archived:
        facts.append(_("put away"))
    with st.container(border=True, key=f"assignment-{one.id}"):
        st.html(f'<h3 style="margin:0">{as_html(setting.title)}</h3><p class="facts">{as_html(" · ".join(facts))}</p>')
        with st.container(horizontal=True):
            if st.button(_("Results book"), key=f"book-{one.id}", type="primary"):
                go("book", **{ASSIGNMENT: one.id})
            label = _("Take out again") if one.archived else _("Put away")
            st.button(label, key=f"archive-{one.id}", on_click=_archive, args=(one.id, not one.archived))
        if not one.archived:
            with st.expander(_("Change {title}").format(title=as_label(setting.title)), key=f"change-box-{one.id}"):
                change_form(actor, one)


def _shared(actor: Actor, found: Cohort) -> None:
    shared = services().reviews.shared_in(actor, found.id)
    if not shared:
        return
    names = {
        one.attempt_id: f"{one.trainee} · {slot_name(one.scenario)} · {day_and_time(one.started_at)}" for one in shared
    }
    st.header(_("Practice that was shared with you"), anchor=False)
    with st.form("open-shared", border=False):
        chosen = st.selectbox(_("A practice to look at"), list(names), format_func=lambda one: names[one])
        if st.form_submit_button(_("Open it")) and chosen:
            go("review", **{ATTEMPT: chosen})


def _members(actor: Actor, found: Cohort) -> None:
    st.header(_("People"), anchor=False)
    members = services().cohorts.members(actor, found.id)
    rows = [(one.name, one.reference or "", role_name(one.role), _("has left") if one.left else "") for one in members]
    table(_("People of the cohort"), (_("Name"), _("Reference"), _("As"), _("Note")), rows)
    st.button(_("A link for one more trainee"), key="invite-trainee", on_click=_invite, args=(found.id,))
    here = {one.person_id: one for one in members if not one.left}
    if here:
        with st.popover(_("Take somebody out")):
            who = st.selectbox(_("Who"), list(here), format_func=lambda one: here[one].name, key="take-out-who")
            st.html(quiet(_("What they did for an assignment stays in the results book.")))
            st.button(_("Take out"), key="take-out", on_click=_take_out, args=(found.id, who, here[who].role))


def _roster(actor: Actor, found: Cohort) -> None:
    with st.expander(_("Bring in a roster"), icon=":material/upload:", key="roster"):
        st.html(
            quiet(
                _(
                    "A CSV file whose first line names the columns reference, name and, if you like, email. Bring it "
                    "in as often as you like: people are known by their reference."
                )
            )
        )
        file = st.file_uploader(_("The file"), type="csv", key="roster-file", max_upload_size=5)
        if file is None:
            return
        roster = read_roster(file.getvalue())
        if roster.errors:
            table(_("Errors"), (_("Line"), _("What is wrong")), [(str(one.number), one.told) for one in roster.errors])
            return
        preview = services().cohorts.preview_roster(actor, found.id, roster)
        rows = [
            *((line.name, line.reference, _("new")) for line in preview.new),
            *((line.name, line.reference, _("joins this cohort")) for line in preview.joining),
            *((line.name, line.reference, _("is here already")) for line in preview.there),
        ]
        table(_("What would be brought in"), (_("Name"), _("Reference"), _("Note")), rows)
        if st.button(_("Bring them in"), type="primary", key="bring-in"):
            with fault_told_here():
                done = services().cohorts.bring_in(actor, found.id, roster)
                brought = len(done.new) + len(done.joining)
                st.success(translate_plural("{n} person brought in.", "{n} people brought in.", brought))


def _put_away(found: Cohort) -> None:
    label = _("Take the cohort out again") if found.archived else _("Put the cohort away")
    st.button(
        label, key="archive-cohort", type="tertiary", on_click=_archive_cohort, args=(found.id, not found.archived)
    )


def _invite(cohort_id: str) -> None:
    with fault_told_here():
        link_made("join", services().people.invite(me(), Role.TRAINEE, cohort_id))


def _take_out(cohort_id: str, person_id: str, role: Role) -> None:
    with fault_told_here():
        services().cohorts.take_out(me(), cohort_id, person_id, role)


def _archive(assignment_id: str, archived: bool) -> None:
    with fault_told_here():
        services().assignments.archive(me(), assignment_id, archived)


def _archive_cohort(cohort_id: str, archived: bool) -> None:
    with fault_told_here():
        services().cohorts.archive(me(), cohort_id, archived)


with expected_faults():
    page()
