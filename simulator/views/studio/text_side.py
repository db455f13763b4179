"""The scenario or rubric as text, with its findings at their lines."""

from __future__ import annotations

import streamlit as st

from simulator.records.errors import DraftMoved, RecordsError
from simulator.translation import translate as _
from simulator.views.editor import Completions, Typed, editor
from simulator.views.failing import told
from simulator.views.services import services
from simulator.views.studio import names
from simulator.views.studio.desk import NOTICE, Desk
from simulator.views.studio.findings_list import FILE, GOTO_LINE
from simulator.views.visitor import me

ASIDE = "studio_aside"
"""Where the session keeps a text that was typed while somebody else saved the draft."""


def text_side(on: Desk) -> None:
    """The editor, which saves while one types."""
    _aside(on)
    plays = _of_plays(on)
    path = on.library.plays[on.draft.content_id].source.path if plays else on.source.path

    def typed(what: Typed) -> None:
        _save(on.draft.id, what, plays=plays)

    label = _("The plays of {name}") if plays else _("The text of {name}")
    editor(
        (on.draft.plays_text or "") if plays else on.draft.text,
        typed,
        key=f"plays-text-{on.draft.id}" if plays else f"text-{on.draft.id}",
        revision=on.draft.head,
        findings=[finding for finding in on.findings if finding.path == path],
        completions=completions(on),
        goto_line=st.session_state.pop(GOTO_LINE, None),
        label=label.format(name=on.draft.content_id),
    )


def _of_plays(on: Desk) -> bool:
    """Whether the file of plays is open, where there is one."""
    if on.draft.plays_text is None:
        return False
    files = {"scenario": _("The scenario"), "plays": _("Its plays")}
    chosen = st.segmented_control(
        _("Which file"),
        list(files),
        format_func=lambda one: files[one],
        default="scenario",
        required=True,
        key=FILE,
        label_visibility="collapsed",
    )
    return chosen == "plays"


def completions(on: Desk) -> Completions:
    """What can be named in the text."""
    catalogue = on.library.behaviours.model
    known = catalogue.behaviours if catalogue is not None else {}
    return Completions(
        behaviours=tuple((name, one.title, one.means) for name, one in known.items()),
        nodes=tuple(names.nodes(on).items()),
        endings=tuple(names.endings(on)),
        states=tuple(names.states(on)),
        criteria=tuple(names.criteria(on)),
    )


def _save(draft_id: str, what: Typed, *, plays: bool) -> None:
    drafts = services().drafts
    try:
        now = drafts.open(me(), draft_id)
        text, plays_text = (now.text, what.text) if plays else (what.text, now.plays_text)
        drafts.save(me(), draft_id, what.based_on, text, plays_text, about="plays" if plays else "text")
    except DraftMoved as moved:
        st.session_state[NOTICE] = told(moved)
        st.session_state[ASIDE] = (draft_id, what.text, plays)
    except RecordsError as fault:
        st.session_state[NOTICE] = told(fault)


def _aside(on: Desk) -> None:
    """What was typed while somebody else saved: kept here until it is decided what becomes of it."""
    kept = st.session_state.get(ASIDE)
    if kept is None or kept[0] != on.draft.id:
        return
    with st.container(border=True, key="aside"):
        st.warning(
            _(
                "{name} saved this draft while you were typing. Below is theirs; yours is kept aside and can become a "
                "draft of its own, or take the place of theirs."
            ).format(name=on.draft.by)
        )
        with st.container(horizontal=True):
            st.button(_("Keep mine as a draft of its own"), key="aside-copy", on_click=_copied, args=(on,))
            st.button(_("Put mine in its place"), key="aside-mine", on_click=_in_place, args=(on,))
            st.button(_("Drop mine"), key="aside-drop", on_click=lambda: st.session_state.pop(ASIDE, None))
        with st.expander(_("What you typed")):
            st.code(kept[1], language="yaml")


def _copied(on: Desk) -> None:
    _draft_id, mine, plays = st.session_state.pop(ASIDE)
    text, plays_text = (on.draft.text, mine) if plays else (mine, on.draft.plays_text)
    services().drafts.copy(me(), on.draft.id, text, plays_text)
    st.session_state[NOTICE] = _("Yours is a draft of its own now; it is listed in the studio.")


def _in_place(on: Desk) -> None:
    _draft_id, mine, plays = st.session_state.pop(ASIDE)
    _save(on.draft.id, Typed(mine, on.draft.head, 1), plays=plays)
