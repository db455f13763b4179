"""The real server on a free port, with a library and a database of its own, and a real Chromium before it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.robin import write_library

PROJECT = Path(__file__).resolve().parents[2]
expect.set_options(timeout=20_000)  # a busy machine is no fault of the page's
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Server:
    """The app as its users start it, which can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("localhost", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        self.database = f"sqlite:///{folder}/records.db"
        self.surroundings = {
            **os.environ,
            "SIMULATOR_DATABASE_URL": self.database,
            "SIMULATOR_LIBRARY": str(folder / "library"),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
        self.process = subprocess.Popen(
            [*command, "--server.port", str(self.port)],
            cwd=PROJECT,
            env=self.surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health"):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The app did not start.")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def find_browser() -> str | None:
    """A Chromium or Chrome on this machine."""
    named = os.environ.get("SIMULATOR_CHROMIUM")
    installed = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in installed if path), None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with a library of one scenario whose secrets are unmistakable."""
    folder = tmp_path_factory.mktemp("e2e")
    write_library(folder / "library")
    running = Server(folder)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests skip, or fail where one is required."""
    path = find_browser()
    if path is None:
        reason = "no Chromium or Chrome was found (SIMULATOR_CHROMIUM names one)"
        if os.environ.get("SIMULATOR_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A new visitor's page."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    yield opened
    context.close()
