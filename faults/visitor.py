"""Somebody at the app without a browser: opens pages, reads them, presses buttons, over Streamlit's own websocket.

    with Visitor("http://localhost:8501") as visitor:
        visitor.open("brief", scenario="orientation")
        visitor.press("begin")             # a button's key, its label, or the Button itself
        visitor.press(visitor.buttons()[1])
        print(visitor.last_line())

A visitor is one tab with a session of its own. `press` waits until the page is drawn and gives the seconds that took;
`click` only sends, for those who click without waiting. Use one visitor from one thread at a time.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from faults.picture import Alert, Button, Picture
from faults.transcript import CLIENT, Line
from faults.wire import ServerGone, VisitorError, Wire

__all__ = ["NotOnThePage", "ServerGone", "TookTooLong", "Visitor", "VisitorError"]

_DONE = frozenset(
    {
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    }
)


class TookTooLong(VisitorError):
    """The page was not drawn in time."""


class NotOnThePage(VisitorError):
    """The page has no such button that can be pressed, or no such widget."""


class Visitor:
    """One tab. `patience` is how many seconds a page may take; `agent` is how the browser names itself."""

    def __init__(self, address: str, *, patience: float = 30.0, agent: str = "visitor", cookie: str = "") -> None:
        self._address = address.rstrip("/")
        self._patience = patience
        self._wire = Wire(self._address, patience, agent, cookie)
        self._picture = Picture()
        self._runs: set[str] = set()
        self._entered: dict[str, WidgetState] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def open(self, path: str = "", /, **query: str) -> float:
        """Open a page in a new session, as typing its address or reloading it does. Gives the seconds it took."""
        self._picture = Picture()
        self._picture.page, self._picture.query_string = path.strip("/"), urlencode(query)
        return self._ask_in_new_session("")

    def reload(self) -> float:
        """Open the page that is open again, with its query, in a new session."""
        before, self._picture = self._picture, Picture()
        self._picture.page, self._picture.query_string = before.page, before.query_string
        return self._ask_in_new_session("")

    def reconnect(self, pressing: Button | None = None) -> float:
        """Come back with the old page still on the screen, as a tab does when the server was away.

        With `pressing` the new session hears of a click on that old page at once. One in a fragment comes right behind
        the browser's own question for the whole page: a session leaves fragments alone that it has not drawn yet.
        """
        return self._ask_in_new_session(self._picture.page_script_hash, pressing)

    def press(self, button: str | Button) -> float:
        """Press a button, named by its key or label, and wait until the page is drawn. Gives the seconds it took."""
        self.drain()
        began, known = time.monotonic(), set(self._runs)
        self.click(button)
        self._wait_for_a_run_not_in(known)
        return time.monotonic() - began

    def click(self, button: str | Button) -> None:
        """Press a button and go on at once; `settle` waits for what comes of it."""
        pressed = self.button(button) if isinstance(button, str) else button
        self._wire.send(self._message(self._picture.page_script_hash, pressed))

    def write(self, key: str, words: str) -> None:
        """Write into the text field with this key. The server hears of it with the next button, as with a form."""
        state = WidgetState(id=self._widget(key), string_value=words)
        self._entered[state.id] = state

    def choose(self, key: str, option: str) -> float:
        """Choose one of the options that stand side by side. Gives the seconds until the page was drawn."""
        self.drain()
        began, known = time.monotonic(), set(self._runs)
        state = WidgetState(id=self._widget(key))
        state.string_array_value.data.append(option)
        self._entered[state.id] = state
        self._wire.send(self._message(self._picture.page_script_hash, None))
        self._wait_for_a_run_not_in(known)
        return time.monotonic() - began

    def _widget(self, key: str) -> str:
        found = self._picture.widget(key)
        if not found:
            raise NotOnThePage(f"There is no widget '{key}'.")
        return found

    def settle(self, quiet: float = 0.25) -> None:
        """Wait until no page is being drawn and nothing has come for `quiet` seconds."""
        self._read_until_quiet(quiet, time.monotonic() + self._patience)

    def drain(self) -> None:
        """Take in what has come so far, without waiting."""
        while (message := self._wire.receive(0.0)) is not None:
            self._take_in(message)

    def button(self, named: str) -> Button:
        """The button with this key, or else with this label.

        Raises:
            NotOnThePage: there is none, or it cannot be pressed.
        """
        able = [button for button in self.buttons() if not button.disabled]
        for found in (*(one for one in able if one.key == named), *(one for one in able if one.label == named)):
            return found
        there = ", ".join(one.key or one.label for one in able) or "none"
        raise NotOnThePage(f"There is no button '{named}' to press; there are: {there}.")

    def buttons(self) -> tuple[Button, ...]:
        """The buttons on the page, from top to bottom."""
        return self._picture.buttons()

    def texts(self) -> tuple[str, ...]:
        """All that is read on the page, without the buttons."""
        return self._picture.texts()

    def alerts(self) -> tuple[Alert, ...]:
        """The sentences in boxes."""
        return self._picture.alerts()

    def exceptions(self) -> tuple[str, ...]:
        """Faults that nobody caught, as the page shows them."""
        return self._picture.exceptions()

    def talk(self) -> tuple[Line, ...]:
        """The turns of the conversation on the page."""
        return self._picture.talk()

    def last_line(self) -> str:
        """What the client said last; empty where there is no talk on the page."""
        return next((line.words for line in reversed(self.talk()) if line.who == CLIENT), "")

    def page(self) -> str:
        """The name of the page in the address; empty for the first page."""
        return self._picture.page

    def query(self) -> dict[str, str]:
        """The parameters in the address."""
        return {name: values[-1] for name, values in parse_qs(self._picture.query_string).items()}

    def close(self) -> None:
        """Close the tab."""
        self._wire.close()

    def _ask_in_new_session(self, page_script_hash: str, pressing: Button | None = None) -> float:
        began = time.monotonic()
        self._runs = set()
        self._entered = {}
        self._wire.open()
        if pressing is not None and pressing.fragment_id:
            self._wire.send(self._message(page_script_hash, None))
        self._wire.send(self._message(page_script_hash, pressing))
        self._wait_for_a_run_not_in(set())
        return time.monotonic() - began

    def _message(self, page_script_hash: str, pressed: Button | None) -> BackMsg:
        """What the browser sends: a known page is named by its hash, another by its name in the address."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self._picture.query_string, page_script_hash
        asked.page_name = "" if page_script_hash else self._picture.page
        asked.context_info.timezone, asked.context_info.locale = "UTC", "en"
        asked.context_info.url = f"{self._address}/{self._picture.page}"
        there = self._picture.widgets()
        asked.widget_states.widgets.extend(state for state in self._entered.values() if state.id in there)
        if pressed is not None:
            state = asked.widget_states.widgets.add()
            state.id, state.trigger_value = pressed.id, True
            asked.fragment_id = pressed.fragment_id
        return message

    def _take_in(self, message: ForwardMsg) -> bool:
        """Draw a message; whether it ends the drawing of a page."""
        self._picture.draw(message)
        if message.WhichOneof("type") == "new_session":
            self._runs.add(message.metadata.run.script_run_id)
        return message.WhichOneof("type") == "script_finished" and message.script_finished in _DONE

    def _wait_for_a_run_not_in(self, known: set[str]) -> None:
        """Read until a page is drawn by a run that had not begun before."""
        limit = time.monotonic() + self._patience
        while True:
            message = self._wire.receive(limit - time.monotonic())
            if message is None:
                raise TookTooLong(f"The page was not drawn within {self._patience:g} seconds.")
            if self._take_in(message) and message.metadata.run.script_run_id not in known:
                return

    def _read_until_quiet(self, quiet: float, limit: float) -> None:
        running = False
        while True:
            message = self._wire.receive(limit - time.monotonic() if running else quiet)
            if message is None and running:
                raise TookTooLong(f"The page was not drawn within {self._patience:g} seconds.")
            if message is None:
                return
            ended = self._take_in(message)
            if message.WhichOneof("type") == "new_session":
                running = True
            running = running and not ended
