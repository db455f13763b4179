"""A whole audit of a generated scenario, against walking the same number of moves with a bare `transitions` machine.

Its time and the memory it takes at its peak are told with it: `subject` is the audit's seconds, and the name has the
memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy
from transitions import Machine

from benchmarks.made import scenario_text
from benchmarks.ratio import Ratio
from simulator.audit.report import Audit, audit
from simulator.audit.walks import Sampling
from simulator.content.library import content_from_texts

MOST = 30
"""Each move is made by the real engine, watched, and then looked at by every figure of the report."""

LIMITED_FROM = 1_000
"""Nodes. Below, the twenty thousand runs of each naive player, the same at any size, are most of the time."""

_RUBRICS = Path(__file__).resolve().parents[1] / "rubrics"


def audited(nodes: int) -> Callable[[], Ratio]:
    """The benchmark at so many nodes, four choices each, two states from 0 to 10."""

    def run() -> Ratio:
        began = time.perf_counter()
        found = _audit_of(nodes)
        took = time.perf_counter() - began
        moves = sum(map(len, found.story.moves))
        bare = _bare_triggers(moves)
        digits = len(str(found.ways.complete)) if found.ways else 0
        return Ratio(
            f"audit of {nodes:,} nodes ({found.story.size:,} configurations, paths of {digits} digits, peak "
            f"{_peak_of(nodes):.0f} MiB)",
            "as many bare transitions triggers",
            took / bare,
            f"at most {MOST:g}x" if nodes >= LIMITED_FROM else "no limit at this size",
            nodes < LIMITED_FROM or took / bare <= MOST,
            took,
            bare,
            "s",
            1,
        )

    return run


class _Bare:
    __slots__ = ("state",)


def _bare_triggers(moves: int) -> float:
    """Seconds that so many triggers of a bare machine take."""
    machine = Machine(model=None, states=["here", "there"], initial="here", auto_transitions=False)
    machine.add_transition("on", "here", "there")
    machine.add_transition("on", "there", "here")
    trigger = machine.events["on"].trigger
    model = _Bare()
    model.state = "here"
    began = time.perf_counter()
    for _ in range(moves):
        trigger(model)
    return time.perf_counter() - began


def _audit_of(nodes: int) -> Audit:
    texts = [scenario_text(nodes), *((_RUBRICS / name).read_text("utf-8") for name in ("behaviours.yaml", "core.yaml"))]
    return audit(content_from_texts(*texts), Sampling(20_000, 1, numpy.random.default_rng(1).random))


def _peak_of(nodes: int) -> float:
    """The greatest memory of a process that does nothing else, in MiB."""
    script = f"from benchmarks.auditing import own_peak; print(own_peak({nodes}))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(told.stdout)


def own_peak(nodes: int) -> float:
    """Audit, and give this process's greatest memory so far, in MiB."""
    _audit_of(nodes)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
