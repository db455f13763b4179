"""The audit behind the author's page of a scenario: worked out once for each version of its files."""

from __future__ import annotations

from typing import Any

import numpy
import streamlit as st

from simulator.audit.report import audit
from simulator.audit.walks import Sampling
from simulator.commands.audit import RUNS
from simulator.commands.audit_json import as_json
from simulator.content.library import Content
from simulator.translation import translate as _

_SEED = 1
_MOST_KEPT = 16


def proof_of(content: Content) -> dict[str, Any]:
    """The audit as docs/audit-json.md describes it. Shows how far it is while it works, which can take a minute."""
    kept = _kept()
    version = (content.scenario_hash, content.behaviours_hash, content.rubric_hash)
    if version not in kept:
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[version] = _worked_out(content)
    return kept[version]


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple[str, str, str], dict[str, Any]]:
    """Audits by the versions of scenario, catalogue and rubric. A dictionary, so that progress can be drawn."""
    return {}


def _worked_out(content: Content) -> dict[str, Any]:
    bar = st.progress(0.0, text=_("Proving: every way through is looked at."))

    def tell(doing: str, done: int, total: int) -> None:
        share = min(done / total, 1.0) if total else 0.0
        bar.progress(share, text=_("Proving: {n} of {all} steps.").format(n=f"{done:,}", all=f"{total:,}"))

    found = audit(content, Sampling(RUNS, _SEED, numpy.random.default_rng(_SEED).random), progress=tell)
    bar.empty()
    return as_json(found)
