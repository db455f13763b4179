"""A live region: what it is given is read out by a screen reader, which Streamlit itself does not provide for.

The element that is announced must stay the same in the page while its text changes; a component keeps its own element
across runs, which `st.html` does not promise.
"""

from __future__ import annotations

import streamlit as st

_HTML = '<div class="announcer" role="log" aria-live="polite" aria-atomic="true"></div>'
_CSS = """
.announcer { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
"""
_SCRIPT = """
export default function ({ parentElement, data }) {
  const region = parentElement.querySelector(".announcer");
  if (region && region.textContent !== data.text) region.textContent = data.text;
}
"""


_announcer = st.components.v2.component("announcer", html=_HTML, css=_CSS, js=_SCRIPT)


def announce(text: str) -> None:
    """Have a screen reader read `text`, once for each new text."""
    _announcer(key="announcer", data={"text": text}, height=1)
