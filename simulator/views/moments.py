"""Moments as people read them: in a cohort's zone where one is meant, else in that of their browser."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def browser_zone() -> ZoneInfo:
    """The zone of the person's browser; UTC where it does not say, or names one that is not known here."""
    return zone_named(st.context.timezone or "UTC")


def zone_named(name: str) -> ZoneInfo:
    """The zone of this name, UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_and_time(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """A moment to the minute; with the zone's short name where one is given, because it may not be the reader's."""
    shown = moment.astimezone(zone or browser_zone())
    return shown.strftime("%Y-%m-%d %H:%M") + (f" {shown.tzname()}" if zone else "")
