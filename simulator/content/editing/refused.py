"""What is said of a change that cannot be made."""

from __future__ import annotations


class EditRefused(ValueError):
    """The change cannot be made to this text. The message is one sentence for people; the text stays as it was."""
