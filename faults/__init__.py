"""The fault campaign: a real server, visitors without a browser, and everything that goes wrong in real life."""
