"""The way in: plain pages, served before the app itself, that work without scripts and with any password manager."""
