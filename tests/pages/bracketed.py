"""A pseudo-language, in which every interface text can be told from one that was never translated."""

from __future__ import annotations

import gettext


class Bracketed(gettext.NullTranslations):
    """A language in which every message stands in brackets, its placeholders kept."""

    def gettext(self, message: str) -> str:
        """The message in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The fitting form in brackets."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"
