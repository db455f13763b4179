"""The whole app under Streamlit's own test driver, with a library and a database of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from simulator.content.library import load_library
from simulator.records.attempts import Attempts
from simulator.records.store import open_store
from simulator.session.events import Mode
from tests.robin import PROJECT, STEPS, write_library


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Robin's library, and empty records; nothing is kept between tests."""
    monkeypatch.setenv("SIMULATOR_LIBRARY", str(write_library(tmp_path / "library")))
    monkeypatch.setenv("SIMULATOR_DATABASE_URL", f"sqlite:///{tmp_path}/records.db")
    monkeypatch.setattr("simulator.views.resources.DEAD_TIME", 0.0)
    config.set_option("server.address", "localhost")
    st.cache_resource.clear()
    st.cache_data.clear()
    yield tmp_path / "library"
    st.cache_resource.clear()


def _tab() -> AppTest:
    return AppTest.from_file(str(PROJECT / "simulator/views/main.py"), default_timeout=30)


class App:
    """The app as one visitor drives it."""

    def __init__(self) -> None:
        self.at = _tab()

    def open(self, page: str = "library", **query: str) -> App:
        """Open an address in a new tab."""
        self.at = _tab()
        for name, value in query.items():
            self.at.query_params[name] = value
        self.at.run()
        if page != "library":
            self.at.switch_page(f"{page}_page.py")
            for name, value in query.items():
                self.at.query_params[name] = value
            self.at.run()
            self.at._page_hash = ""  # or the driver would come back to this page after every press that leaves it
        assert not self.at.exception, self.at.exception
        return self

    def press(self, label: str) -> App:
        """Press the first button whose label has these words."""
        button = next(found for found in self.at.button if label in found.label)
        button.click().run()
        assert not self.at.exception, self.at.exception
        return self

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons."""
        return [button.label for button in self.at.button]

    @property
    def bodies(self) -> str:
        """All HTML on the page as it was sent."""
        return "\n".join(element.proto.body for element in self.at.get("html"))

    @property
    def text(self) -> str:
        """Everything that can be read on the page, one stretch a line."""
        bodies = re.sub(r"<style>.*?</style>", "", self.bodies, flags=re.S)
        parts = [html.unescape(part).strip() for part in re.split(r"<[^>]+>", bodies)]
        for kind in ("title", "header", "subheader", "markdown", "info", "warning", "error", "success", "caption"):
            parts += [element.value for element in getattr(self.at, kind)]
        for kind in ("button", "text_area", "toggle", "expander", "segmented_control"):
            parts += [element.label for element in self.at.get(kind) if hasattr(element, "label")]
        return "\n".join(part for part in parts if part)


@pytest.fixture
def app(library: Path) -> App:
    """A visitor at the door."""
    return App()


@pytest.fixture
def records(library: Path) -> Callable[[], Attempts]:
    """The use cases on the same records as the app."""
    return lambda: Attempts(open_store())


@pytest.fixture
def met(library: Path, records: Callable[[], Attempts]) -> Callable[..., str]:
    """Have met Robin in practice before, answering in one manner so many times. Gives the attempt's id."""

    def had(manner: str, times: int = len(STEPS)) -> str:
        attempts = records()
        me = attempts._store.local_person().id
        attempt = attempts.begin(load_library(library).content("robin"), Mode.PRACTICE, me)
        for number, step in enumerate(STEPS[:times], start=1):
            attempts.answer(attempt, number, f"secretid_{step}_{'a' if manner == 'warm' else 'b'}")
        return attempt

    return had
