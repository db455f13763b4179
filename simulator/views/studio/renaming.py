"""A field for the id of a part: renamed in every place that names it."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from simulator.translation import translate as _
from simulator.views.studio.desk import NOTICE, Path
from simulator.views.studio.fields import Fields


def rename_field(fields: Fields, path: Path, now: str, rename: Callable[[str], object], pattern: str) -> None:
    """The id `now`; `rename` is given another once one has been typed."""
    key = fields.key(path, "rename")
    st.session_state[key] = now

    def renamed() -> None:
        new = str(st.session_state[key]).strip()
        if not re.fullmatch(pattern, new):
            st.session_state[NOTICE] = _(
                "An id begins with a small letter; small letters, digits and underscores may follow, as in {example}."
            ).format(example=as_id(new) or "first_question")
        elif new != now:
            rename(new)

    st.text_input(
        _("Its id in the file"),
        key=key,
        help=_("Conditions and plays name it so. Everything that does is changed with it."),
        on_change=renamed,
        max_chars=80,
    )


def as_id(words: str) -> str:
    """Words as an id: their first few, in small letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    found = "_".join(plain.split("_")[:4])
    return found if found[:1].isalpha() else f"a_{found}" if found else ""


def new_id(words: str, taken: object) -> str:
    """An id from words that nothing has yet."""
    base = as_id(words) or "moment"
    names = set(taken) if isinstance(taken, dict) else set()
    number, found = 2, base
    while found in names:
        found, number = f"{base}_{number}", number + 1
    return found
