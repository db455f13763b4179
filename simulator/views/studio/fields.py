"""The fields of the studio's forms: each shows what the text says at its place, and changes that place alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from simulator.content.editing.putting import put, put_in_line
from simulator.views.studio.desk import Desk, Edit, Path, change, change_words
from simulator.views.studio.prose_field import Typed, prose_field

PutWords = Callable[[str, str], str]
"""From a text and new words to the changed text."""


class Fields:
    """Fields over the draft on the desk."""

    def __init__(self, on: Desk) -> None:
        self.desk = on

    def key(self, path: Path, what: str = "") -> str:
        """What a field is called in the session: its draft, its place, and what it is there."""
        return ":".join(("studio", self.desk.draft.id, *map(str, path), what))

    def words(
        self, path: Path, label: str, *, hint: str = "", rows: int = 2, putting: PutWords | None = None, now: str = ""
    ) -> None:
        """Words at a path, kept while they are typed; `now` where they are not simply what stands there."""

        def write(text: str, words: str) -> str:
            return putting(text, words) if putting else put(text, path, words)

        shown = now or self.desk.words_at(*path).strip()
        draft_id = self.desk.draft.id

        def typed(what: Typed) -> None:
            meant = what.words.strip()
            change_words(draft_id, path, what.instead_of, lambda text: write(text, meant), meant)

        prose_field(label, shown, typed, key=self.key(path), hint=hint, rows=rows)

    def line_words(self, path: Path, variant: int, field: str, label: str, *, hint: str = "", rows: int = 1) -> None:
        """One of says, manner or thought of a line in whichever way it is written."""
        line = self.desk.at(*path)
        place: tuple[str | int, ...] = tuple(path)
        if isinstance(line, list):
            place = (*path, variant, field)
        elif not isinstance(line, str) or field != "says":
            place = (*path, field)
        self.words(
            place,
            label,
            hint=hint,
            rows=rows,
            putting=lambda text, words: put_in_line(text, path, variant, field, words),
        )

    def whole(self, path: Path, label: str, low: int, high: int, absent: int, *, hint: str = "") -> None:
        """A whole number."""
        key = self.key(path)
        written = str(self.desk.at(*path) or "")
        number = int(written) if written.lstrip("+-").isdigit() else absent
        st.session_state[key] = min(max(number, low), high)
        st.number_input(
            label, low, high, key=key, step=1, help=hint or None, on_change=self._put_widget, args=(key, path, absent)
        )

    def points(self, path: Path, label: str) -> None:
        """Points from -3 to +3, written with their sign as rubrics are."""
        key = self.key(path)
        written = str(self.desk.at(*path) or "0")
        number = int(written) if written.lstrip("+-").isdigit() else 0
        st.session_state[key] = min(max(number, -3), 3)

        def change_points() -> None:
            value = int(st.session_state[key])
            self.change(lambda text: put(text, path, f"{value:+d}" if value else "0"))

        st.number_input(label, -3, 3, key=key, step=1, on_change=change_points)

    def share(self, path: Path, label: str, absent: str) -> None:
        """A share from 0 to 1, in hundredths."""
        key = self.key(path)
        written = self.desk.words_at(*path) or absent
        try:
            now = float(written)
        except ValueError:
            now = float(absent)
        st.session_state[key] = min(max(now, 0.0), 1.0)

        def change_share() -> None:
            value = f"{st.session_state[key]:.2f}"
            self.change(lambda text: put(text, path, value))

        st.number_input(label, 0.0, 1.0, key=key, step=0.01, format="%.2f", on_change=change_share)

    def truth(self, path: Path, label: str, *, absent: bool, hint: str = "") -> None:
        """Yes or no."""
        key = self.key(path)
        written = self.desk.at(*path)
        st.session_state[key] = absent if written is None else str(written) == "true"
        st.toggle(label, key=key, help=hint or None, on_change=self._put_widget, args=(key, path, absent))

    def one_of(self, path: Path, label: str, options: Mapping[str, str], *, absent: str, hint: str = "") -> None:
        """One of several, each shown by what it means; `absent` counts where nothing stands."""
        key = self.key(path)
        written = self.desk.words_at(*path) or absent
        known = dict(options) if written in options else {written: written, **options}
        st.session_state[key] = written
        st.selectbox(
            label,
            list(known),
            format_func=lambda one: known[one],
            key=key,
            help=hint or None,
            on_change=self._put_widget,
            args=(key, path, absent if path[-1] not in _ALWAYS else None),
        )

    def several(self, path: Path, label: str, options: Mapping[str, str], *, hint: str = "") -> None:
        """Any of several, each shown by what it means."""
        key = self.key(path)
        written = [str(one) for one in self.desk.at(*path) or ()]
        known = {**{one: one for one in written if one not in options}, **options}
        st.session_state[key] = written
        st.multiselect(
            label,
            list(known),
            format_func=lambda one: known[one],
            key=key,
            help=hint or None,
            on_change=self._put_several,
            args=(key, path),
        )

    def texts(self, path: Path, label: str, *, hint: str = "") -> None:
        """A list of short texts, one to a line."""
        written = [str(one).strip() for one in self.desk.at(*path) or ()]

        def typed(what: Typed) -> None:
            lines = [line.strip() for line in what.words.splitlines() if line.strip()]
            self.change(lambda text: put(text, path, lines), ".".join(map(str, path)))

        prose_field(label, "\n".join(written), typed, key=self.key(path), hint=hint, rows=max(2, len(written)))

    def change(self, edit: Edit, about: str = "") -> bool:
        """Make a change to the draft. False where it could not be made; the page then says why."""
        return change(self.desk.draft.id, edit, about)

    def make(self, edit: Edit) -> None:
        """Make a change to the draft: what a button does."""
        self.change(edit)

    def clear(self, path: Path) -> None:
        """Take out what stands at a path."""
        self.change(lambda text: put(text, path, None))

    def change_both(self, edit: Edit, edit_plays: Edit) -> bool:
        """Make a change to the draft and to its plays at once."""
        return change(self.desk.draft.id, edit, edit_plays=edit_plays)

    def _put_widget(self, key: str, path: Path, absent: Any) -> None:
        value = st.session_state[key]
        self.change(lambda text: put(text, path, None if value == absent and absent is not None else value))

    def _put_several(self, key: str, path: Path) -> None:
        value = list(st.session_state[key])
        keep_empty = path[-1] in _ALWAYS
        self.change(lambda text: put(text, path, value) if value or not keep_empty else text)


_ALWAYS = frozenset({"level", "minutes", "assesses", "outcome", "start", "min", "max", "to", "rubric"})
"""What always stands in the file, even where it is what would count without it."""
