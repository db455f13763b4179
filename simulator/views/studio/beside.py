"""What stands beside the script: what to mend, the drawing, a trial, the proof, and the steps so far."""

from __future__ import annotations

import streamlit as st

from simulator.content.library import Content, ContentMissing
from simulator.drawing.sketch import Around, picture_of
from simulator.drawing.svg import as_svg
from simulator.records.drafts import DraftKind
from simulator.translation import translate as _
from simulator.views.proof import proof_of
from simulator.views.proof_findings import audit_findings
from simulator.views.services import services
from simulator.views.studio.clickable_story import clickable_story
from simulator.views.studio.desk import Desk
from simulator.views.studio.findings_list import findings_list
from simulator.views.studio.parts import NODE, open_place, opened
from simulator.views.studio.plays_list import keep_play, plays_list
from simulator.views.studio.rubric_side import what_moves
from simulator.views.studio.trial import trial
from simulator.views.text import as_html, quiet
from simulator.views.visitor import me

_NEAR = 2


def beside(on: Desk) -> None:
    """One of the views at a time, so that a change is quick to show."""
    views = {"mend": _("To mend")}
    if on.draft.kind is DraftKind.SCENARIO:
        views |= {"drawing": _("Drawing"), "trial": _("Play"), "plays": _("Plays"), "proof": _("Proof")}
    else:
        views |= {"moves": _("What moves")}
    views |= {"steps": _("Steps")}
    chosen = st.segmented_control(
        _("Beside it"),
        list(views),
        format_func=lambda one: views[one],
        key=f"studio_beside_{on.draft.kind}",
        default="mend",
        required=True,
        label_visibility="collapsed",
    )
    if chosen == "mend":
        findings_list(on)
    elif chosen == "steps":
        _steps(on)
    elif chosen == "plays":
        plays_list(on)
    elif chosen == "moves":
        what_moves(on)
    else:
        _with_content(on, str(chosen))


def _with_content(on: Desk, chosen: str) -> None:
    content = content_of(on)
    if content is None:
        st.info(_("This needs a scenario without errors; what is to mend stands in the first list."))
    elif chosen == "drawing":
        _drawing(on, content)
    elif chosen == "trial":
        _trial(on, content)
    elif st.session_state.get("studio_proved") == on.draft.id or st.button(_("Prove it as it stands"), key="prove"):
        st.session_state["studio_proved"] = on.draft.id
        audit_findings(proof_of(content)["findings"])


def content_of(on: Desk) -> Content | None:
    """The draft as something that can be played; None while it has errors."""
    try:
        return on.library.content(on.draft.content_id)
    except ContentMissing:
        return None


def _drawing(on: Desk, content: Content) -> None:
    part = opened(on)
    here = part.removeprefix(NODE) if part.startswith(NODE) else None
    near = here is not None and st.toggle(_("Only what is near the moment that is open"), key="studio_near")
    picture = picture_of(content.scenario, around=Around(here, _NEAR) if near and here else None)
    label = _("The story as a drawing. The list of parts beside it opens the same moments by keyboard.")
    place = part.partition(":")[2]
    clicked = clickable_story(as_svg(picture), label, here=place, key=f"story-{on.draft.id}")
    if clicked is not None:
        open_place(on, clicked)
        st.session_state["studio_view"] = "script"
        st.rerun()


def _trial(on: Desk, content: Content) -> None:
    part = opened(on)
    at = part.removeprefix(NODE) if part.startswith(NODE) else None

    def keep(name: str, choices: list[str]) -> None:
        keep_play(on, content, name, choices)

    trial(content, at=at, key=f"trial-{on.draft.id}", on_keep=keep)


def _steps(on: Desk) -> None:
    """Who saved the draft when, at what they were writing."""
    for step in services().drafts.revisions(me(), on.draft.id)[:40]:
        about = step.about or _("several places")
        told_step = _("Revision {n}: {name}, {time}").format(
            n=step.number, name=step.by, time=step.at.strftime("%Y-%m-%d %H:%M")
        )
        st.html(f"<p>{as_html(told_step)}</p>{quiet(about)}")
