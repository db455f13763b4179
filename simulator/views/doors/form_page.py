"""A plain page with a form: no scripts, nothing fetched, readable by everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from simulator.translation import translate as _

_SHEET = """
:root { color-scheme: light dark; --ink: #22302d; --paper: #fbf8f2; --field: #fff; --line: #8a8271; --green: #2c6259;
  --on-green: #fff; --wrong: #8f2f1f; --quiet: #4c5a56; }
@media (prefers-color-scheme: dark) { :root { --ink: #ebe6da; --paper: #18201f; --field: #222d2b; --line: #8b9792;
  --green: #8fc7b9; --on-green: #10201c; --wrong: #f0a494; --quiet: #b4bdb8; } }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.55 Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', sans-serif;
  color: var(--ink); background: var(--paper); }
main { max-width: 26rem; margin: 0 auto; padding: 3rem 1rem; }
h1 { font: 600 1.7rem/1.2 'Iowan Old Style', 'Palatino Linotype', P052, 'Noto Serif', Georgia, serif; }
label { display: block; margin: 1.1rem 0 .25rem; }
label.tick { display: grid; grid-template-columns: 1.6rem 1fr; align-items: start; }
input[type=text], input[type=password], select { width: 100%; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--line); border-radius: .5rem; padding: .55rem .7rem; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; margin-top: .25rem; accent-color: var(--green); }
button, .button { font: inherit; font-weight: 600; margin-top: 1.6rem; padding: .6rem 1.3rem; border-radius: .5rem;
  border: 1px solid var(--green); background: var(--green); color: var(--on-green); cursor: pointer;
  display: inline-block; text-decoration: none; }
button.second, .second { background: transparent; color: var(--green); }
:focus-visible { outline: 3px solid var(--green); outline-offset: 2px; }
.quiet { color: var(--quiet); font-size: .92rem; } .wrong { color: var(--wrong); font-weight: 600; }
a { color: var(--green); } hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0 1rem; }
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `kind` is text, password or tick; `complete` what HTML's autocomplete may fill in."""

    name: str
    label: str
    kind: str = "text"
    complete: str = "off"
    hint: str = ""


def form(action: str, fields: Iterable[Field], button: str, kept: Mapping[str, str], *, second: bool = False) -> str:
    """A form with its fields, filled with what was `kept` from before; passwords never are."""
    inside = "".join(_field(field, kept.get(field.name, "")) for field in fields)
    look = ' class="second"' if second else ""
    return f'<form method="post" action="{escape(action)}">{inside}<button{look}>{escape(button)}</button></form>'


def _field(field: Field, value: str) -> str:
    name, label = escape(field.name), escape(field.label)
    if field.kind == "tick":
        ticked = " checked" if value else ""
        return (
            f'<label class="tick"><input type="checkbox" name="{name}" value="yes"{ticked}><span>{label}</span></label>'
        )
    shown = "" if field.kind == "password" else f' value="{escape(value)}"'
    hint = f'<span class="quiet" id="{name}-hint">{escape(field.hint)}</span>' if field.hint else ""
    described = f' aria-describedby="{name}-hint"' if field.hint else ""
    return (
        f'<label for="{name}">{label}</label><input type="{escape(field.kind)}" id="{name}" name="{name}"'
        f'{shown} autocomplete="{escape(field.complete)}" required{described}>{hint}'
    )


def document(title: str, body: str, wrong: str = "") -> str:
    """The whole page; what is `wrong` is read out first."""
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    whole = f"{title} · {_('Counselling Simulator')}"
    return (
        f'<!doctype html><html lang="{_("en")}"><head><meta charset="utf-8"><title>{escape(whole)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_SHEET}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{told}{body}</main></body></html>"
    )


def paragraph(text: str, *, quiet: bool = False) -> str:
    """A paragraph of plain text."""
    look = ' class="quiet"' if quiet else ""
    return f"<p{look}>{escape(text)}</p>"
