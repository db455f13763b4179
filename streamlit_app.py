"""The app's door: page configuration, who is here, and navigation. Everything else stands in simulator/views."""

import streamlit as st

from simulator.translation import translate as _
from simulator.views.door import only_on_this_computer
from simulator.views.look import ICON, dress
from simulator.views.places import navigation

# The icon comes first: a navigation without one would have the browser fetch a page's named icon from elsewhere.
st.set_page_config(page_title=_("Counselling Simulator"), page_icon=ICON, layout="centered")
dress()
only_on_this_computer()
navigation().run()
