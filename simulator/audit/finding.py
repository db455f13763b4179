"""One thing to mend in a scenario, as an audit tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What is so, and the act that mends it. `grave` ones come first; `nodes` are where to look."""

    about: str
    says: str
    act: str
    grave: bool = False
    nodes: tuple[str, ...] = ()


def listed(names: list[str] | tuple[str, ...], most: int = 6) -> str:
    """Names in a row; of a long row the first, and how many more."""
    quoted = [f"'{name}'" for name in names[:most]]
    if len(names) > most:
        quoted.append(f"{len(names) - most} more")
    return ", ".join(quoted)
