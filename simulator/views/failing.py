"""Expected faults on a page: one clear sentence, never a traceback, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from simulator.content.library import ContentMissing
from simulator.records.errors import (
    AttemptDiverged,
    AttemptMissing,
    NotAllowed,
    NothingToTakeBack,
    NotInAssessment,
    PersonMissing,
    RecordsError,
    StaleStep,
    StoryBroken,
)
from simulator.session.situation import IllegalMove, InterviewOver
from simulator.translation import translate as _
from simulator.views.places import pages
from simulator.views.text import as_label

NOTICE = "conversation_notice"
"""Where the session keeps one sentence to be said at the next drawing of a conversation."""


@contextmanager
def expected_faults(*, way_back: bool = True) -> Iterator[None]:
    """Say what is wrong in place of the rest of the page, with a way back where there is one."""
    try:
        yield
    except (RecordsError, ContentMissing, IllegalMove) as fault:
        st.error(told(fault))
        if way_back:
            st.page_link(pages()["library"], label=_("Back to the clients"))


@contextmanager
def fault_told_here() -> Iterator[None]:
    """Say what is wrong where it happened, and go on drawing the page: for a form that is filled in again."""
    try:
        yield
    except (RecordsError, ContentMissing) as fault:
        st.error(told(fault))


def told(fault: Exception) -> str:
    """What is wrong, in the interface's language where the sentence is a fixed one.

    Others name what was asked for, which may come from the address or a file: nothing in them is read as Markdown.
    """
    fixed = {
        AttemptMissing: _("This attempt does not exist here, or has been deleted."),
        AttemptDiverged: _(
            "The program has changed since this attempt was begun and no longer comes to what was recorded: it can be "
            "read, but not continued."
        ),
        InterviewOver: _("This conversation has ended; begin a new one to go on practising."),
        NothingToTakeBack: _("There is no answer to take back yet."),
        NotInAssessment: _("In an assessment an answer stands; only practice lets you take one back."),
        NotAllowed: _("This does not exist here, or is not yours to see."),
        PersonMissing: _("This person is not known here."),
        StaleStep: _("The conversation has gone on since. Here is where you stand."),
        StoryBroken: _(
            "The scenario leads nowhere from here, so nothing was recorded; please tell whoever looks after it."
        ),
    }
    return fixed.get(type(fault)) or as_label(str(fault))
