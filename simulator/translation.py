"""The one function through which every interface text passes.

English is the source. A catalogue in `locale/<language>/LC_MESSAGES/simulator.mo` translates it; without one, the
source is shown. What authors write is not interface text and never passes through here.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

DOMAIN = "simulator"
LOCALE_FOLDER = Path(__file__).with_name("locale")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)


_language = "en"


def translate(message: str) -> str:
    """The message in the interface's language. Placeholders in braces are filled in by the caller."""
    return _catalogue(_language).gettext(message)


def translate_plural(one: str, many: str, n: int) -> str:
    """The form of a message that goes with `n`, with `{n}` filled in."""
    return _catalogue(_language).ngettext(one, many, n).format(n=n)
