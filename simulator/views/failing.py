"""Expected faults on a page: one clear sentence, never a traceback, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from simulator.content.library import ContentMissing
from simulator.records.errors import RecordsError
from simulator.session.situation import IllegalMove
from simulator.translation import translate as _
from simulator.views.places import pages


@contextmanager
def expected_faults() -> Iterator[None]:
    """Say what is wrong in place of the rest of the page, with a way back."""
    try:
        yield
    except (RecordsError, ContentMissing, IllegalMove) as fault:
        st.error(str(fault))
        st.page_link(pages()["library"], label=_("Back to the clients"))
