"""What runs at every click: the page's dress, who is here, and navigation. Everything else stands in its own page."""

import streamlit as st

from simulator.translation import translate as _
from simulator.views.failing import expected_faults
from simulator.views.look import ICON, dress
from simulator.views.places import navigation
from simulator.views.visitor import let_in

# The icon comes first: a navigation without one would have the browser fetch a page's named icon from elsewhere.
st.set_page_config(page_title=_("Counselling Simulator"), page_icon=ICON, layout="centered")
dress()
with expected_faults(way_back=False), let_in():  # where the records cannot be read there are no pages yet
    navigation().run()
