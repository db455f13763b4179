"""What the pages draw from: the visitor's own attempts, the library of content, and where help is."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from simulator.content.in_memory import with_rubric, with_scenario
from simulator.content.library import Library, load_library
from simulator.content.support import Support, load_support
from simulator.records.drafts import DraftKind
from simulator.records.own_attempts import OwnAttempts
from simulator.views.services import services
from simulator.views.visitor import me

DEAD_TIME = float(os.environ.get("SIMULATOR_DEAD_TIME", "0.4"))
"""Seconds after a new turn in which an answer is taken for the second click of a double click."""


def content_root() -> Path:
    """The folder that holds scenarios/, rubrics/ and support/."""
    return Path(os.environ.get("SIMULATOR_LIBRARY") or Path(__file__).resolve().parents[2])


def attempts() -> OwnAttempts:
    """The use cases around attempts, for whoever is here: anybody else's are as if they were not there."""
    known = services()
    return OwnAttempts(known.attempts, known.store, me())


def library() -> Library:
    """All content as the visitor's programme meets it: the files on the disk, and over them what was published.

    It is read again when a file has changed, or a version was published or withdrawn.
    """
    root, programme = content_root(), me().programme_id
    versions = services().versions.stamp(programme)
    if not versions:
        return library_on_disk()
    return _library_as_published(str(root), _stamp(root), programme, versions)


def library_on_disk() -> Library:
    """The content in the folder alone, read again when a file has changed."""
    root = content_root()
    return _library(str(root), _stamp(root))


@st.cache_resource(show_spinner=False, max_entries=2)
def _library(root: str, stamp: tuple[tuple[str, int, int], ...]) -> Library:
    return load_library(Path(root))


@st.cache_resource(show_spinner=False, max_entries=8)
def _library_as_published(
    root: str, stamp: tuple[tuple[str, int, int], ...], programme: str, versions: tuple[str, ...]
) -> Library:
    found = _library(root, stamp)
    texts = services().versions.current(programme)
    # Rubrics come first: what they judge is checked anew under them.
    for (kind, name), version in sorted(texts.items()):
        if kind is DraftKind.RUBRIC:
            found = with_rubric(found, name, version.text)
        else:
            found = with_scenario(found, name, version.text, version.plays_text)
    return found


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every content file: cheap to look at, and different after any edit."""
    found = []
    for folder in (root / "scenarios", root / "rubrics"):
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.endswith(".yaml"):
                try:
                    status = entry.stat()
                    found.append((entry.path, status.st_mtime_ns, status.st_size))
                except OSError:
                    found.append((entry.path, 0, 0))
    return tuple(sorted(found))


def support() -> Support:
    """What a trainee is pointed to under "Pause"."""
    return load_support(content_root(), "en")
