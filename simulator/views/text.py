"""Author text on a page: always text, never markup.

Two ways in: escaped inside HTML of ours, or escaped inside Streamlit's Markdown where only Markdown is taken (the
labels of buttons).
"""

from __future__ import annotations

import re
from html import escape

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&^=])")
_LIVE = re.compile(r"(:(?=[A-Za-z+\-/])|\bwww(?=\.)|@)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def as_html(text: str) -> str:
    """Author text inside our HTML, on one line."""
    return escape(" ".join(text.split()))


def as_paragraphs(text: str) -> str:
    """Author text of several paragraphs as HTML; lines that begin with a dash are a list."""
    return "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str) -> str:
    lines = block.splitlines()
    first = next((number for number, line in enumerate(lines) if line.lstrip().startswith("- ")), None)
    if first is None:
        return f"<p>{as_html(block)}</p>"
    before = f"<p>{as_html(' '.join(lines[:first]))}</p>" if first else ""
    items: list[str] = []
    for line in lines[first:]:
        if line.lstrip().startswith("- "):
            items.append(line.lstrip()[2:])
        else:
            items[-1] += " " + line.strip()
    return before + "<ul>" + "".join(f"<li>{as_html(item)}</li>" for item in items) + "</ul>"


def as_label(text: str) -> str:
    """Author text inside a Markdown label, every mark escaped and no directive, icon or link read out of it."""
    on_one_line = " ".join(text.split())
    # A name between colons would become an icon and a bare address a link, both after escapes have been undone; an
    # invisible joiner keeps them the author's text.
    kept = _LIVE.sub(r"\1" + _WORD_JOINER, on_one_line)
    return _MARKDOWN.sub(r"\\\1", kept)


def quiet(text: str) -> str:
    """Small print as HTML."""
    return f'<p class="quiet">{as_html(text)}</p>'


def label(text: str) -> str:
    """The name of what follows, as HTML."""
    return f'<p class="label">{as_html(text)}</p>'
