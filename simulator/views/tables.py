"""A small table that stays inside a narrow window and can be scrolled by keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from simulator.views.text import as_html


def table(label: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Draw a table of texts. `label` says to a screen reader what it is."""
    titles = "".join(f'<th scope="col">{as_html(text)}</th>' for text in head)
    body = "".join("<tr>" + "".join(f"<td>{as_html(text)}</td>" for text in row) + "</tr>" for row in rows)
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{as_html(label)}"><table><thead><tr>{titles}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )
