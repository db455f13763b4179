"""The app in a real browser, as a newcomer meets it."""
