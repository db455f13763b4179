"""The app's door: the pages, and the way in that stands before them. Everything else stands in simulator/views."""

import streamlit as st

from simulator.views.doors.routes import MIDDLEWARE, ROUTES

app = st.App("simulator/views/main.py", routes=ROUTES, middleware=MIDDLEWARE)
