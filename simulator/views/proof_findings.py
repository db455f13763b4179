"""What an audit found to mend: the gravest first, and no more at once than one can take in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from simulator.translation import translate as _
from simulator.translation import translate_plural
from simulator.views.text import as_html

FIRST_SCREEN = 7
"""Most findings before the fold; nobody mends forty things at once."""


def audit_findings(findings: Sequence[dict[str, Any]]) -> None:
    """Draw them, as docs/audit-json.md describes one."""
    if not findings:
        st.success(_("The audit found nothing to mend."))
        return
    for finding in findings[:FIRST_SCREEN]:
        _finding(finding)
    rest = findings[FIRST_SCREEN:]
    if rest:
        with st.expander(translate_plural("{n} more", "{n} more", len(rest))):
            for finding in rest:
                _finding(finding)


def _finding(finding: dict[str, Any]) -> None:
    with st.container(border=True):
        grave = f'<p class="label">{as_html(_("First of all"))}</p>' if finding["grave"] else ""
        st.html(
            f'{grave}<div class="prose"><p>{as_html(finding["says"])}</p>'
            f'<p class="quiet">{as_html(finding["act"])}</p></div>'
        )
