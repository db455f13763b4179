"""The plays of a scenario: whole ways through that tell when a change breaks something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from simulator.audit.accepting import renewed
from simulator.audit.plays import PlayRunner
from simulator.content.editing import EditRefused, insert
from simulator.content.editing.putting import put
from simulator.content.judging import judged_plays
from simulator.content.library import Content, ContentMissing
from simulator.content.source import read
from simulator.records.errors import RecordsError
from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.failing import told
from simulator.views.services import services
from simulator.views.studio.desk import NOTICE, Desk, change
from simulator.views.studio.renaming import new_id
from simulator.views.text import as_html, quiet
from simulator.views.visitor import me


def plays_list(on: Desk) -> None:
    """Every play with how long it is, and the ways to mend those that no longer hold."""
    st.html(quiet(_("A way through that you keep under “Play” stands here, with what it came to.")))
    known = _plays(on)
    if not known:
        st.html(quiet(_("There are none yet.")))
        return
    st.button(
        _("Let them expect what they come to now"),
        key="plays-renew",
        on_click=_renew,
        args=(on,),
        help=_("For those that can still be played. Look at each first: is it what you want to happen?"),
    )
    for name, play in known.items():
        with st.container(border=True):
            choices = play.get("choose") if isinstance(play, Mapping) else None
            steps = translate_plural("{n} answer", "{n} answers", len(choices) if isinstance(choices, list) else 0)
            about = str(play.get("about", "")) if isinstance(play, Mapping) else ""
            st.html(f"<p><b>{as_html(name)}</b> · {as_html(steps)}</p>{quiet(about)}")
            st.button(
                _("Remove the play {name}").format(name=name),
                key=f"play-{name}",
                on_click=_remove,
                args=(on, name),
                type="tertiary",
            )


def keep_play(on: Desk, content: Content, name: str, choices: list[str]) -> None:
    """Keep a way through as a play of the draft, with what it came to as what is expected of it."""
    plays = on.draft.plays_text
    taken = _plays(on)
    play = new_id(name, taken)
    try:
        if plays and taken:
            text = insert(plays, ("plays",), play, {"choose": choices}, after=list(taken)[-1])
        else:
            shown = ", ".join(choices)
            text = f"format: 1\nscenario: {on.draft.content_id}\nplays:\n  {play}:\n    choose: [{shown}]\n"
        _save(on, _with_expectations(content, text))
        st.session_state[NOTICE] = _("Kept as the play '{name}'.").format(name=play)
    except EditRefused as refused:
        st.session_state[NOTICE] = str(refused)
    except RecordsError as fault:
        st.session_state[NOTICE] = told(fault)


def _plays(on: Desk) -> dict[str, Any]:
    data = read(on.draft.plays_text, "plays").data if on.draft.plays_text else None
    found = data.get("plays") if isinstance(data, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else {}


def _save(on: Desk, text: str | None) -> None:
    services().drafts.save(me(), on.draft.id, on.draft.head, on.draft.text, text, about="")


def _renew(on: Desk) -> None:
    try:
        content = on.library.content(on.draft.content_id)
        _save(on, _with_expectations(content, on.draft.plays_text or ""))
    except (RecordsError, ContentMissing) as fault:
        st.session_state[NOTICE] = told(fault)


def _remove(on: Desk, name: str) -> None:
    if len(_plays(on)) > 1:
        change(on.draft.id, lambda text: text, edit_plays=lambda plays: put(plays, ("plays", name), None))
        return
    try:
        _save(on, None)
    except RecordsError as fault:
        st.session_state[NOTICE] = told(fault)


def _with_expectations(content: Content, text: str) -> str:
    file = judged_plays(read(text, "plays"), f"{content.scenario.id}.plays")
    return text if file.model is None else renewed(PlayRunner(content, file.model, file.source))
