"""Publishing a draft: nothing left to mend, what is proved of it, what differs from before, and the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from simulator.content.diagnostics import Severity
from simulator.content.library import Content
from simulator.records.drafts import DraftKind, exact_hash
from simulator.records.errors import DraftMoved, RecordsError
from simulator.records.versions import LONGEST_REASON
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import told
from simulator.views.proof import proof_of
from simulator.views.proof_findings import audit_findings
from simulator.views.resources import library_on_disk
from simulator.views.services import services
from simulator.views.studio.comparing import Texts, difference, show_difference
from simulator.views.studio.desk import NOTICE, Desk, desk
from simulator.views.text import quiet
from simulator.views.visitor import me

_DONE, _REFUSED = "publishing_done", "publishing_refused"
"""Where the session keeps that the window may be closed, or why nothing was published."""


def publishing(on: Desk) -> None:
    """Open the window that leads to a version."""
    st.session_state.pop(_DONE, None)
    st.dialog(_("Publish"), width="large")(_window)(on.draft.id)


def _window(draft_id: str) -> None:
    if st.session_state.pop(_DONE, False):
        st.rerun()
    on = desk(draft_id)
    left = [one for one in on.findings if one.severity in {Severity.ERROR, Severity.WARNING}]
    if left:
        lacking = translate_plural(
            "{n} thing is left to mend before trainees can meet it. It stands in the list “To mend”, with the way to "
            "its place.",
            "{n} things are left to mend before trainees can meet it. They stand in the list “To mend”, each with the "
            "way to its place.",
            len(left),
        )
        st.warning(lacking)
        st.html(quiet(_("The draft is saved as it is; nothing that is left to mend ever stops that.")))
        return
    st.html(quiet(_("The check finds nothing to mend.")))
    proof, meaning = _proved(on)
    before = standing(on)
    st.header(_("What differs"), anchor=False)
    if before is None:
        st.html(quiet(_("There is nothing before it: this is new.")))
    else:
        now = Texts(_("this draft"), on.draft.text, on.draft.plays_text)
        show_difference(difference(on.draft.kind, on.draft.content_id, on.library, before, now))
    key = f"reason-{on.draft.id}"
    st.text_input(_("Why is there a new version?"), key=key, max_chars=LONGEST_REASON)
    st.html(
        quiet(_("From then on trainees begin with this version. Whoever is in a conversation ends it with their own."))
    )
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(refused)
    st.button(_("Publish it"), type="primary", key="publish-it", on_click=_publish, args=(on, key, proof, meaning))


def _proved(on: Desk) -> tuple[Mapping[str, Any], str]:
    """What is kept with the version of the check and the audit, and the hash of what it means."""
    checked = {"notes": on.counted(Severity.NOTE)}
    if on.draft.kind is DraftKind.RUBRIC:
        return checked, exact_hash(on.draft.text)
    content: Content = on.library.content(on.draft.content_id)
    st.header(_("What the audit found"), anchor=False)
    found = proof_of(content)
    audit_findings(found["findings"])
    audited = {name: found[name] for name in ("exact", "paths", "shortest", "longest") if name in found}
    told_findings = [one["says"] for one in found["findings"]]
    return {**checked, "audit": {**audited, "findings": told_findings}}, content.meaning_hash


def standing(on: Desk) -> Texts | None:
    """What trainees meet now: the newest version, or else the file on the disk; None where there is neither."""
    newest = services().versions.current(me().programme_id).get((on.draft.kind, on.draft.content_id))
    if newest is not None:
        return Texts(_("version {n}").format(n=newest.number), newest.text, newest.plays_text)
    return on_disk(on.draft.kind, on.draft.content_id)


def on_disk(kind: DraftKind, content_id: str) -> Texts | None:
    """The file on the disk, with its plays; None where there is none."""
    disk = library_on_disk()
    if kind is DraftKind.RUBRIC:
        rubric = disk.rubrics.get(content_id)
        return Texts(_("the file on the disk"), rubric.source.text) if rubric is not None else None
    scenario, plays = disk.scenarios.get(content_id), disk.plays.get(content_id)
    if scenario is None:
        return None
    return Texts(_("the file on the disk"), scenario.source.text, plays.source.text if plays is not None else None)


def _publish(on: Desk, reason: str, proof: Mapping[str, Any], meaning: str) -> None:
    """Before the window is drawn again; `reason` is the field that holds it."""
    try:
        made = services().versions.publish(
            me(), on.draft.id, on.draft.head, reason=st.session_state[reason], proof=proof, meaning_hash=meaning
        )
    except DraftMoved as moved:
        st.session_state[NOTICE] = told(moved)
    except RecordsError as fault:
        st.session_state[_REFUSED] = told(fault)
        return
    else:
        st.session_state[NOTICE] = _("Published as version {n}. Trainees meet it from now on.").format(n=made.number)
    st.session_state[_DONE] = True
