"""Every session test is played by two drivers: one that goes on with what it holds, one that saves and loads."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.session.drivers import DRIVERS, Driver

_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("quick", max_examples=60, **_COMMON)
settings.register_profile("ci", max_examples=300, **_COMMON)
settings.register_profile("glance", max_examples=25, phases=[Phase.generate], **_COMMON)  # fails fast, unshrunk
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session", params=DRIVERS.values(), ids=DRIVERS.keys())
def driver(request: pytest.FixtureRequest) -> Driver:
    """How a test plays: directly, or through save and load after each step."""
    found: Driver = request.param
    return found
