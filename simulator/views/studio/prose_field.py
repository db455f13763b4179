"""A field for words that are kept while they are typed.

Streamlit's own text area tells the server of its text when it is left; a draft has to survive a crash before that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

_HTML = """
<div class="prose-field"><label></label><textarea></textarea><p class="hint" hidden></p></div>
"""
_CSS = """
.prose-field { display: flex; flex-direction: column; gap: 0.25rem; font-family: var(--st-font, inherit); }
.prose-field label { font-size: 0.875rem; color: var(--st-text-color, inherit); }
.prose-field textarea { font: inherit; font-size: 1rem; line-height: 1.5; color: var(--st-text-color, inherit);
  background: var(--st-secondary-background-color, inherit); border: 1px solid var(--st-border-color, #767676);
  border-radius: var(--st-base-radius, 0.5rem); padding: 0.5rem 0.75rem; width: 100%; box-sizing: border-box;
  resize: vertical; field-sizing: content; }
.prose-field textarea:focus-visible { outline: 2px solid var(--st-primary-color, #0b57d0); outline-offset: 1px; }
.prose-field .hint { margin: 0; font-size: 0.875rem; color: var(--st-text-color, inherit); opacity: 0.85; }
"""
_SCRIPT = """
const PAUSE = 400;
export default function ({ parentElement, data, setTriggerValue }) {
  const area = parentElement.querySelector("textarea");
  const field = (parentElement.studioField ??= { seen: data.words, sent: data.words, timer: null, first: true });
  const label = parentElement.querySelector("label");
  const id = "prose-" + data.key;
  area.id = id; label.htmlFor = id; label.textContent = data.label;
  const hint = parentElement.querySelector(".hint");
  hint.textContent = data.hint; hint.hidden = !data.hint; hint.id = id + "-hint";
  if (data.hint) area.setAttribute("aria-describedby", hint.id);
  area.rows = data.rows; area.placeholder = data.placeholder; area.readOnly = data.read_only;
  if (field.first || (data.words !== field.sent && area.value === field.sent)) {
    if (area.value !== data.words) area.value = data.words;
    field.seen = field.sent = data.words;
    field.first = false;
  } else if (data.words === field.sent) {
    field.seen = data.words;
  }
  const send = () => {
    clearTimeout(field.timer); field.timer = null;
    if (area.value === field.sent) return;
    const before = field.sent;
    field.sent = area.value;
    setTriggerValue("typed", { words: area.value, instead_of: before });
  };
  area.oninput = () => { clearTimeout(field.timer); field.timer = setTimeout(send, PAUSE); };
  area.onblur = send;
  return () => { if (field.timer) send(); };
}
"""
_field = st.components.v2.component("prose_field", html=_HTML, css=_CSS, js=_SCRIPT)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a field, and what stood there when the typing began."""

    words: str
    instead_of: str


def prose_field(
    label: str,
    words: str,
    on_typed: Callable[[Typed], None],
    *,
    key: str,
    hint: str = "",
    placeholder: str = "",
    rows: int = 2,
    read_only: bool = False,
) -> None:
    """Draw the field. `on_typed` is called before the page is drawn anew, each time the typing pauses."""

    def tell() -> None:
        found: Any = st.session_state.get(key)
        typed = found.get("typed") if isinstance(found, Mapping) else getattr(found, "typed", None)
        if isinstance(typed, Mapping):
            on_typed(Typed(str(typed["words"]), str(typed["instead_of"])))

    data = {
        "key": key,
        "label": label,
        "words": words,
        "hint": hint,
        "placeholder": placeholder,
        "rows": rows,
        "read_only": read_only,
    }
    _field(key=key, data=data, on_typed_change=tell)
