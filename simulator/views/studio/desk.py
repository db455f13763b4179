"""The draft on the desk: its text as it stands, what is found in it, and how a change is made and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from simulator.audit.by_playing import findings_by_playing
from simulator.content.diagnostics import Finding, Severity
from simulator.content.editing import EditRefused
from simulator.content.in_memory import with_rubric, with_scenario
from simulator.content.judging import Loaded
from simulator.content.library import Library
from simulator.content.rubric import Rubric
from simulator.content.scenario import Scenario
from simulator.content.source import Source, read
from simulator.records.drafts import Draft, DraftKind
from simulator.records.errors import DraftMoved, RecordsError
from simulator.views.failing import told
from simulator.views.resources import library
from simulator.views.services import services
from simulator.views.visitor import me

Path = Sequence[str | int]
Edit = Callable[[str], str]

NOTICE = "studio_notice"
"""Where the session keeps one sentence about what a change came to, until the page is drawn anew."""
CLASH = "studio_clash"
"""Where the session keeps words that somebody typed over words that had changed meanwhile."""
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people wrote at one place: where it is, what stands there now, and what was meant instead."""

    path: tuple[str | int, ...]
    theirs: str
    mine: str


@dataclass(frozen=True)
class Desk:
    """A draft with everything around it, judged as it stands."""

    draft: Draft
    library: Library

    @cached_property
    def source(self) -> Source:
        """The text as data with its places; the data is None where it cannot be read."""
        return self.file.source

    @property
    def file(self) -> Loaded[Scenario] | Loaded[Rubric]:
        """The scenario or rubric, with what the checks find in it."""
        if self.draft.kind is DraftKind.RUBRIC:
            return self.library.rubrics[self.draft.content_id]
        return self.library.scenarios[self.draft.content_id]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is to mend in the draft's own texts, by place."""
        found = list(self.file.findings)
        plays = self.library.plays.get(self.draft.content_id)
        if self.draft.kind is DraftKind.SCENARIO and plays is not None:
            found += plays.findings
            found += findings_by_playing(self.library, only=frozenset({self.source.path, plays.source.path}))
        return tuple(sorted(found, key=lambda finding: (finding.path, finding.span)))

    def counted(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def at(self, *path: str | int) -> Any:
        """What the author wrote at a path; None where nothing is."""
        here = self.source.data
        for part in path:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def words_at(self, *path: str | int) -> str:
        """The words at a path; none where nothing, or something else, is."""
        found = self.at(*path)
        return str(found) if isinstance(found, str) else ""


def desk(draft_id: str) -> Desk:
    """The draft as it stands now.

    Raises:
        DraftMissing: it is not there, or not this programme's.
    """
    return _laid_out(services().drafts.open(me(), draft_id))


def _laid_out(draft: Draft) -> Desk:
    around = library()
    kept = _kept()
    mark = (id(around), draft.kind, draft.content_id, draft.text, draft.plays_text)
    if mark not in kept:
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        if draft.kind is DraftKind.RUBRIC:
            judged = with_rubric(around, draft.content_id, draft.text)
        else:
            judged = with_scenario(around, draft.content_id, draft.text, draft.plays_text)
        kept[mark] = (around, judged)
    return Desk(draft, kept[mark][1])


_MOST_KEPT = 32


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple[Any, ...], tuple[Library, Library]]:
    """Judged drafts by their texts and what was around them (kept too, so that its identity stays its own)."""
    return {}


def change(draft_id: str, edit: Edit, about: str = "", edit_plays: Edit | None = None) -> bool:
    """Make a change to the newest text and keep it. Where it cannot be made, one sentence says why; else True.

    What somebody else has changed meanwhile stays: the change is made to their text.
    """
    drafts = services().drafts
    for _attempt in range(_TRIES):
        try:
            now = drafts.open(me(), draft_id)
            plays = now.plays_text
            if plays is not None and edit_plays is not None:
                plays = edit_plays(plays)
            drafts.save(me(), draft_id, now.head, edit(now.text), plays, about=about)
        except DraftMoved:
            continue
        except EditRefused as refused:
            st.session_state[NOTICE] = str(refused)
            return False
        except RecordsError as fault:
            st.session_state[NOTICE] = told(fault)
            return False
        return True
    st.session_state[NOTICE] = told(DraftMoved())
    return False


def change_words(draft_id: str, path: Path, instead_of: str, edit: Edit, mine: str) -> None:
    """Change words that somebody typed in place of others; where those have changed meanwhile, keep both to choose."""
    now = services().drafts.open(me(), draft_id)
    theirs = _words(read(now.text, "draft").data, path)
    if theirs != instead_of and theirs != mine:
        st.session_state[CLASH] = Clash(tuple(path), theirs, mine)
        return
    change(draft_id, edit, about=".".join(map(str, path)))


def _words(data: Any, path: Path) -> str:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return str(data) if isinstance(data, str) else ""
