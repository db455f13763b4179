"""Who may come in. Until there are accounts, only the person at this computer."""

from __future__ import annotations

import streamlit as st

from simulator.translation import translate as _

_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


def only_on_this_computer() -> None:
    """Stop where the app listens on a network address: without accounts everybody's attempts would be open to all."""
    if st.get_option("server.address") not in _THIS_COMPUTER:
        st.error(
            _(
                "This app has no accounts yet, so it may listen on this computer only. Start it with "
                "'--server.address localhost', or from its own folder, where that is set."
            )
        )
        st.stop()
