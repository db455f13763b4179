"""Practise the counselling relationship with scripted virtual clients."""

__version__ = "0.1.0"
