"""What a trainee is pointed to under "Pause": the emergency number, the programme's contact, and checked helplines."""

from __future__ import annotations

from pathlib import Path

from simulator.content.fields import Part, Text, Whole
from simulator.content.files import read_file
from simulator.content.shape import shaped

DEFAULT_EMERGENCY = "If somebody is in danger now, call your local emergency number."


class Helpline(Part):
    """A service that somebody opened and checked: how to reach it, where that stands, and when it was looked up."""

    name: Text
    reach: Text
    hours: Text | None = None
    checked: Text
    source: Text


class Support(Part):
    """The support page of one language."""

    format: Whole = 1
    emergency: Text = DEFAULT_EMERGENCY
    contact: Text | None = None
    helplines: tuple[Helpline, ...] = ()


def load_support(root: Path, language: str) -> Support:
    """The support named for a language; the emergency sentence alone where there is none or it cannot be read."""
    path = root / "support" / f"{language}.yaml"
    if not path.exists():
        return Support()
    found, _ = shaped(read_file(path, f"support/{language}.yaml", root), Support, "the support file")
    return found or Support()
