"""Two texts of one scenario or rubric held beside each other: what differs, in an instructor's words."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

import streamlit as st

from simulator.audit.comparison import Comparison
from simulator.audit.comparison import Version as Compared
from simulator.commands.diff_reading import Side
from simulator.commands.diff_text import diff_lines
from simulator.content.in_memory import with_scenario
from simulator.content.library import ContentMissing, Library
from simulator.records.drafts import DraftKind
from simulator.translation import translate as _


@dataclass(frozen=True, slots=True)
class Texts:
    """One of the two: what it is called, its text, and its plays, if it has any."""

    named: str
    text: str
    plays_text: str | None = None


def difference(kind: DraftKind, content_id: str, around: Library, old: Texts, new: Texts) -> list[str]:
    """What differs, line by line: in words where both can be played, otherwise as the lines of the files."""
    if (old.text, old.plays_text) == (new.text, new.plays_text):
        return [_("Nothing differs.")]
    if kind is DraftKind.SCENARIO:
        try:
            before, after = (_side(content_id, around, texts) for texts in (old, new))
        except ContentMissing:
            pass
        else:
            return list(diff_lines(Comparison(before.version, after.version), before, after))
    return _as_lines(old, new)


def _side(scenario_id: str, around: Library, texts: Texts) -> Side:
    judged = with_scenario(around, scenario_id, texts.text, texts.plays_text)
    content, file = judged.content(scenario_id), judged.scenarios[scenario_id]
    plays = judged.plays.get(scenario_id)
    if plays is None:
        return Side(texts.named, Compared(content, file.source.data, {}), file.source)
    if plays.model is None:
        without = _("those of {name} have errors").format(name=texts.named)
        return Side(texts.named, Compared(content, file.source.data, None), file.source, without)
    version = Compared(content, file.source.data, plays.model.plays, plays.source.text)
    return Side(texts.named, version, file.source)


def _as_lines(old: Texts, new: Texts) -> list[str]:
    found: list[str] = []
    for before, after, named in (
        (old.text, new.text, ""),
        (old.plays_text or "", new.plays_text or "", _(" (plays)")),
    ):
        if before != after:
            lines = difflib.unified_diff(
                before.splitlines(), after.splitlines(), old.named + named, new.named + named, n=1, lineterm=""
            )
            found += lines
    return found


def show_difference(lines: list[str]) -> None:
    """Draw what differs."""
    st.code("\n".join(lines), language=None, wrap_lines=True)
