"""A first start as a newcomer makes it: in a terminal, with an empty home, and nothing asked."""

from __future__ import annotations

import os
import pty
import select
import signal
import socket
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


class Terminal:
    """The app started on a pseudo-terminal, and what it prints there."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("localhost", 0))
            self.port = free.getsockname()[1]
        self.printed = ""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        surroundings = {**kept, "HOME": str(home), "BROWSER": "true", "TERM": "dumb"}
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(self.port)]
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(PROJECT)
            os.execve(sys.executable, command, surroundings)

    def read_until(self, words: str, turns: int = 120) -> bool:
        """Read what is printed until these words come; half a second of silence is a turn."""
        for _ in range(turns):
            if words in self.printed:
                return True
            if select.select([self.terminal], [], [], 0.5)[0]:
                try:
                    self.printed += os.read(self.terminal, 4096).decode("utf-8", "replace")
                except OSError:
                    return words in self.printed
        return False

    def end(self) -> None:
        """End the app."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal(tmp_path)
    yield started
    started.end()


def test_a_first_start_asks_nothing_and_listens_on_this_computer_only(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.read_until("You can now view"), terminal.printed
    assert terminal.read_until(f"localhost:{terminal.port}"), terminal.printed
    assert "email" not in terminal.printed.lower()
    assert "Network URL" not in terminal.printed
    with urllib.request.urlopen(f"http://localhost:{terminal.port}/_stcore/health") as answer:
        assert answer.status == 200
    listening = Path("/proc/net/tcp")
    if listening.exists():
        port = f"{terminal.port:04X}"
        rows = [line.split()[1:4] for line in listening.read_text().splitlines()[1:]]
        bound = {local.partition(":")[0] for local, _remote, state in rows if local.endswith(port) and state == "0A"}
        assert bound <= {"0100007F"}, bound
