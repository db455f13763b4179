"""The README's pictures, taken from the running app: `python docs/make_pictures.py`.

Needs the test extra and a Chromium or Chrome (SIMULATOR_CHROMIUM names one). The database is a temporary one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def _browser() -> str:
    named = [
        os.environ.get("SIMULATOR_CHROMIUM"),
        *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")),
    ]
    found = next((path for path in named if path), None)
    if found is None:
        raise SystemExit("No Chromium or Chrome was found; name one in SIMULATOR_CHROMIUM.")
    return found


@contextmanager
def _app() -> Iterator[str]:
    """The app on a free port, with records of its own."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "SIMULATOR_DATABASE_URL": f"sqlite:///{folder}/pictures.db"}
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
        server = subprocess.Popen([*command, "--server.port", str(port)], cwd=ROOT, env=surroundings)
        try:
            _wait(f"http://localhost:{port}/_stcore/health")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The app did not start.")


def _answer(page: Page, words: str) -> None:
    """Give the answer that begins with these words, and wait for the next turn to settle."""
    answers = page.locator('[class*="st-key-answers-"]')
    before = answers.get_attribute("class")
    page.wait_for_timeout(700)
    page.get_by_role("button", name=words).click()
    page.wait_for_function(
        """before => { const now = document.querySelector('[class*="st-key-answers-"]');
                       return !now || now.className !== before; }""",
        arg=before,
    )
    page.wait_for_timeout(900)


def _pictures(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Meet Gwen").click()
    page.get_by_role("button", name="Let Gwen in").click()
    page.wait_for_selector('[class*="st-key-answers-"]')
    _answer(page, "A bought cake")
    page.set_viewport_size({"width": 900, "height": 1530})
    page.screenshot(path=IMAGES / "conversation.png")
    for words in ("It can really help", "I was quick", "How many do you", "It doesn't sound", "If it's all right"):
        _answer(page, words)
    page.get_by_role("button", name="To the debrief").click()
    page.wait_for_selector("text=Turn by turn")
    page.set_viewport_size({"width": 900, "height": 1240})
    page.wait_for_timeout(1_500)
    page.screenshot(path=IMAGES / "debrief.png")


def main() -> None:
    """Take the pictures."""
    IMAGES.mkdir(exist_ok=True)
    with _app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=ARGUMENTS)
        _pictures(browser.new_page(viewport={"width": 900, "height": 1240}, color_scheme="light"), address)
        browser.close()


if __name__ == "__main__":
    main()
