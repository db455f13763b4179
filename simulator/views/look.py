"""The app's own look, put on once for each page run."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SHEET = Path(__file__).with_name("look.css")
ICON = str(Path(__file__).with_name("icon.png"))
"""The icon in the browser's tab: a file of ours, because a named icon would be fetched from elsewhere."""


def dress() -> None:
    """Put the style sheet on the page."""
    st.html(_SHEET)
