"""The baseline of the browser and load benchmarks: a bare Streamlit page with the elements of a conversation.

No records, no scenario, no scoring: a counter in the session says how many turns there are. It is served with the
product's own settings. `?turns=9` begins with so many turns.
"""

from __future__ import annotations

import streamlit as st

from simulator.views.announcer import announce
from simulator.views.look import dress

_CLIENT = "It was just a day like any other, I suppose."
_MANNER = "Sam looks at the floor."
_TRAINEE = "Something that a trainee could say at this point of the talk, number {number}."
_WHY = "It has a reason, which takes a sentence or two to give, as reasons do."


def _turn_taken() -> None:
    st.session_state["turns"] += 1


def page() -> None:
    """Draw the page."""
    turns: int = st.session_state.setdefault("turns", int(st.query_params.get("turns", "0")))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header("Sam", anchor=False, width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            st.html('<span class="quiet">Practice</span>', width="content")
            st.button("Pause", icon=":material/pause:", key="pause")
    st.html(_talk(turns))
    announce(f"Sam: {_CLIENT} {_MANNER}")
    st.html('<ul class="states"><li><span class="meter" aria-hidden="true"><i style="width: 30%"></i></span></li></ul>')
    if turns:
        with st.expander("How that landed", expanded=True, key=f"landed-{turns}"):
            st.html(f'<div class="prose"><p class="label">What you did</p><ul><li>{_WHY}</li></ul><p>{_WHY}</p></div>')
            st.button("Take this turn back", key=f"back-{turns}", icon=":material/undo:")
    st.html('<p class="label">You</p>')
    with st.container(key=f"answers-{turns}", gap="small"):
        for position in range(1, 5):
            st.button(
                _TRAINEE.format(number=position),
                key=f"answer-{turns}-{position}",
                shortcut=str(position),
                width="stretch",
                on_click=_turn_taken,
            )


def _talk(turns: int) -> str:
    parts = [_client(now=not turns)]
    for turn in range(1, turns + 1):
        parts.append(f'<div class="trainee"><span class="who">You</span><p>{_TRAINEE.format(number=1)}</p></div>')
        parts.append(_client(now=turn == turns))
    return f'<div class="talk">{"".join(parts)}</div>'


def _client(*, now: bool) -> str:
    said = f'<p class="says">Right. Well.</p><p class="says">{_CLIENT}</p><p class="manner">{_MANNER}</p>'
    return f'<div class="client{" now" if now else ""}"><span class="who">Sam</span>{said}</div>'


st.set_page_config(page_title="Bare", layout="centered")
dress()
st.navigation([st.Page(page, title="Conversation", default=True)], position="top").run()
