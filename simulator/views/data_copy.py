"""A copy of one's data as a page to read: the same as the JSON, laid out as tables, nothing left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.translation import translate as _
from simulator.views.text import as_html

_SHEET = """
body { font: 11pt/1.5 Georgia, 'Noto Serif', serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-size: .8rem; margin-bottom: 1rem; } .wide { overflow-x: auto; }
th, td { border: 1px solid #bbb; padding: .2rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
"""


def readable(copy: Mapping[str, Any], name: str) -> str:
    """The copy as one HTML document that opens anywhere, without scripts."""
    parts = [_part(title, value) for title, value in copy.items() if isinstance(value, list | dict)]
    title = as_html(_("Everything kept about {name}").format(name=name))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_SHEET}</style></head>'
        f"<body><main><h1>{title}</h1><p>{as_html(str(copy.get('made_at', '')))}</p>{''.join(parts)}</main></body>"
        "</html>"
    )


def _part(title: str, value: Any) -> str:
    rows = [value] if isinstance(value, dict) else value
    heading = f"<h2>{as_html(title.replace('_', ' ').capitalize())}</h2>"
    if not rows:
        return heading + f"<p>{as_html(_('Nothing.'))}</p>"
    head = "".join(f'<th scope="col">{as_html(name.replace("_", " "))}</th>' for name in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{as_html('' if cell is None else str(cell))}</td>" for cell in row.values()) + "</tr>"
        for row in rows
    )
    return f'{heading}<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
