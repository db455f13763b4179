"""The story as a drawing in which a node can be opened: by a click, or from the list beside it by the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

_HTML = '<div class="story" tabindex="0" role="region"></div>'
_CSS = """
.story { overflow: auto; max-height: 42rem; border: 1px solid var(--st-border-color, #767676); border-radius: 0.5rem; }
.story:focus-visible { outline: 2px solid var(--st-primary-color, #0b57d0); }
.story svg { max-width: none; display: block; }
.story [data-place] { cursor: pointer; }
.story [data-place].here > :first-child { stroke-width: 4; stroke: #2c6259; }
"""
_SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
  const story = parentElement.querySelector(".story");
  story.setAttribute("aria-label", data.label);
  const fresh = story.drawn !== data.svg;
  if (fresh) {
    const parsed = new DOMParser().parseFromString(data.svg, "image/svg+xml");
    story.replaceChildren(document.importNode(parsed.documentElement, true));
    story.drawn = data.svg;
  }
  if (story.here !== data.here || fresh) {
    story.here = data.here;
    story.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
    const open = data.here && story.querySelector(`[data-place="${CSS.escape(data.here)}"]`);
    if (open) {
      open.classList.add("here");
      const box = open.getBoundingClientRect(), around = story.getBoundingClientRect();
      const middle = (one) => [one.x + one.width / 2, one.y + one.height / 2];
      const [x, y] = middle(box), [left, top] = middle(around);
      story.scrollBy(x - left, y - top);
    }
  }
  story.onclick = (event) => {
    const found = event.target.closest("[data-place]");
    if (found) setTriggerValue("opened", found.getAttribute("data-place"));
  };
}
"""
_story = st.components.v2.component("clickable_story", html=_HTML, css=_CSS, js=_SCRIPT)


def clickable_story(svg: str, label: str, *, here: str, key: str) -> str | None:
    """Draw it, with the place that is open marked and in sight. Gives what was clicked since the last time, if any."""
    found: Any = _story(key=key, data={"svg": svg, "label": label, "here": here}, on_opened_change=lambda: None)
    opened = found.get("opened") if isinstance(found, Mapping) else getattr(found, "opened", None)
    return opened if isinstance(opened, str) else None
