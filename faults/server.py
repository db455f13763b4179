"""The app as its users start it, with records and content of its own, which can be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

from faults.visitor import Visitor

PROJECT = Path(__file__).resolve().parents[1]
CONTENT = ("scenarios", "rubrics", "support")


class DidNotStart(RuntimeError):
    """The app did not answer in time."""


class Server:
    """One server process over one folder. `records` is where the database lies, by default in the same folder.

    `script` is what is served, from the project's folder and so with the project's own settings.
    """

    def __init__(self, folder: Path, records: Path | None = None, script: str = "streamlit_app.py") -> None:
        self.script = script
        self.folder = folder
        self.library = folder / "library"
        self.records = records or folder / "records"
        self.database = self.records / "records.sqlite3"
        self.log = folder / "server.log"
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.records.mkdir(parents=True, exist_ok=True)
        self.put_content_back()

    def put_content_back(self) -> None:
        """Copy the project's content over whatever became of it here."""
        for name in CONTENT:
            if (PROJECT / name).is_dir():
                copytree(PROJECT / name, self.library / name, dirs_exist_ok=True)

    def start(self, surroundings: Mapping[str, str] | None = None, patience: float = 60.0) -> None:
        """Start, and wait until it answers. `surroundings` are further environment variables."""
        command = [sys.executable, "-m", "streamlit", "run", self.script, "--server.headless", "true"]
        own = {
            "HOME": str(self.folder),
            "SIMULATOR_DATABASE_URL": f"sqlite:///{self.database}",
            "SIMULATOR_LIBRARY": str(self.library),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.port", str(self.port)],
                cwd=PROJECT,
                env={**os.environ, **own, **(surroundings or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_it_answers(patience)

    def _wait_until_it_answers(self, patience: float) -> None:
        assert self.process is not None
        limit = time.monotonic() + patience
        while time.monotonic() < limit and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)
        self.kill()
        raise DidNotStart(f"The app did not start within {patience:g} seconds; its log ends with: {self.said()[-500:]}")

    @property
    def runs(self) -> bool:
        """Whether its process is alive."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """End it with SIGKILL: it gets no chance to tidy up. Safe to call from another thread, and twice."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def restart(self, surroundings: Mapping[str, str] | None = None) -> None:
        """Kill it and start it again."""
        self.kill()
        self.start(surroundings)

    def visitor(self, agent: str = "visitor", cookie: str = "") -> Visitor:
        """Somebody who can open pages here."""
        return Visitor(self.address, agent=agent, cookie=cookie)

    def said(self) -> str:
        """What it has written to its terminal so far."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""


@contextmanager
def running(server: Server, surroundings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The server, started; killed at the end, whatever happens."""
    try:
        server.start(surroundings)
        yield server
    finally:
        server.kill()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])
