"""The app's door: page configuration, who is here, and navigation. Everything else stands in simulator/views."""

import streamlit as st

from simulator.translation import translate as _
from simulator.views.door import only_on_this_computer
from simulator.views.look import ICON, dress
from simulator.views.places import navigation

page = navigation()
st.set_page_config(page_title=f"{page.title} · {_('Counselling Simulator')}", page_icon=ICON, layout="centered")
dress()
only_on_this_computer()
page.run()
