"""Proof about a scenario: whatever must play it to know."""
