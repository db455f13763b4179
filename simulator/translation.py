"""The one function through which every interface text passes.

English is the source. `locale/<language>/LC_MESSAGES/simulator.mo` translates it into the language that
SIMULATOR_LANGUAGE names; without one the source is shown. What authors write is not interface text and never passes
through here.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "simulator"
LOCALE_FOLDER = Path(__file__).with_name("locale")


def _named_catalogue() -> gettext.NullTranslations:
    language = os.environ.get("SIMULATOR_LANGUAGE", "en")
    return gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)


_catalogue = _named_catalogue()


def use(catalogue: gettext.NullTranslations | None) -> None:
    """Translate with this catalogue from now on; with none, with the one that SIMULATOR_LANGUAGE names."""
    global _catalogue
    _catalogue = catalogue or _named_catalogue()


def translate(message: str) -> str:
    """The message in the interface's language. Placeholders in braces are filled in by the caller."""
    return _catalogue.gettext(message)


def translate_plural(one: str, many: str, n: int) -> str:
    """The form of a message that goes with `n`, with `{n}` filled in."""
    return _catalogue.ngettext(one, many, n).format(n=n)
