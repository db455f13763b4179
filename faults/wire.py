"""Streamlit's websocket: messages of its protocol to a server and from it, and nothing about what they mean."""

from __future__ import annotations

from contextlib import ExitStack

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


class VisitorError(Exception):
    """A visitor could not do what was asked of them."""


class ServerGone(VisitorError):
    """The connection has ended or could not be made: the server was killed, or refuses."""


class Wire:
    """A connection to the server at `address` that can be opened again and again; each is a new session there."""

    def __init__(self, address: str, patience: float, agent: str, cookie: str) -> None:
        self._address = address
        self._patience = patience
        self._agent = agent
        self._headers = {"Cookie": cookie} if cookie else {}
        self._opened = ExitStack()
        self._connection: ClientConnection | None = None

    def open(self) -> None:
        """Connect, in place of the connection there was.

        Raises:
            ServerGone: the server does not answer or refuses.
        """
        self.close()
        try:
            connecting = connect(
                f"{self._address.replace('http', 'ws', 1)}/_stcore/stream",
                origin=Origin(self._address),
                subprotocols=[Subprotocol("streamlit")],
                additional_headers=self._headers,
                user_agent_header=self._agent,
                open_timeout=self._patience,
                close_timeout=1.0,
                ping_interval=None,
                max_size=None,
                max_queue=None,
                proxy=None,
            )
            self._connection = self._opened.enter_context(connecting)
        except (OSError, InvalidHandshake, InvalidMessage, ConnectionClosed) as error:
            raise ServerGone(f"The server at {self._address} cannot be reached: {error}.") from error

    def send(self, message: BackMsg) -> None:
        """Send a message.

        Raises:
            ServerGone: nobody is there to hear it.
        """
        if self._connection is None:
            raise ServerGone("No page is open.")
        try:
            self._connection.send(message.SerializeToString())
        except (ConnectionClosed, OSError) as error:
            raise ServerGone("The connection has ended.") from error

    def receive(self, seconds: float) -> ForwardMsg | None:
        """The next message, or nothing if none comes in time. What came before the server ended is still given.

        Raises:
            ServerGone: no message will come any more.
        """
        if self._connection is None:
            raise ServerGone("No page is open.")
        try:
            data = self._connection.recv(timeout=max(seconds, 0.0), decode=False)
        except TimeoutError:
            return None
        except (ConnectionClosed, OSError) as error:
            raise ServerGone("The connection has ended.") from error
        try:
            message: ForwardMsg = ForwardMsg.FromString(data)
        except DecodeError as error:
            raise VisitorError("The server sent what no page can be made of.") from error
        return message

    def close(self) -> None:
        """End the connection, if there is one."""
        self._connection = None
        self._opened.close()
