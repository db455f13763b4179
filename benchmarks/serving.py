"""The product and the bare page as servers, each with conversations to open that are already some turns long."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.made import scenario_text
from faults.server import Server, running
from simulator.content.library import load_library
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Mode

_NODES = 120
PRODUCT, BARE = "product", "bare"


@dataclass
class Served:
    """A server, and the way to a conversation in it that has so many turns."""

    kind: str
    server: Server
    ready: dict[int, list[str]] = field(default_factory=dict)

    def way_in(self, turns: int) -> tuple[str, dict[str, str]]:
        """A page and its query: a conversation that nobody has opened yet."""
        if self.kind == BARE:
            return "", {"turns": str(turns)}
        return "conversation", {"attempt": self.ready[turns].pop()}


@contextmanager
def served(kind: str, wanted: dict[int, int]) -> Iterator[Served]:
    """One of the two. `wanted` says how many conversations of how many turns there should be."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), script="streamlit_app.py" if kind == PRODUCT else "benchmarks/bare_page.py")
        found = Served(kind, server)
        if kind == PRODUCT:
            (server.library / "scenarios" / "made.yaml").write_text(scenario_text(_NODES), encoding="utf-8")
            found.ready = {turns: _conversations(server, turns, n) for turns, n in wanted.items()}
        with running(server, {"SIMULATOR_DEAD_TIME": "0"}):
            yield found


def _conversations(server: Server, turns: int, wanted: int) -> list[str]:
    """Attempts in practice, always with the first answer on offer."""
    content = load_library(server.library).content("made")
    store = open_store(f"sqlite:///{server.database}")
    attempts = Attempts(store)
    me = store.local_person().id
    made = []
    for _ in range(wanted):
        attempt_id = attempts.begin(content, Mode.PRACTICE, me)
        for number in range(1, turns + 1):
            attempts.answer(attempt_id, number, "c2")
        made.append(attempt_id)
    store.close()
    return made
