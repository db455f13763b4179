"""What a diagnostic is: one kind of mistake, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error stops a scenario from being played, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Edit:
    """The smallest failing example: the smallest valid file with `old` put as `new`.

    `new` marks the place that the finding must point at with ⟦ and ⟧. `file` is which of the smallest files
    (`scenario`, `plays`, `behaviours`, `rubric`) is edited. With an empty `old`, `new` is the whole file.
    """

    old: str
    new: str
    file: str = "scenario"

    def of(self, text: str) -> str:
        """The edited text, with its marks.

        Raises:
            ValueError: `old` does not stand in the text exactly once.
        """
        if not self.old:
            return self.new
        if text.count(self.old) != 1:
            raise ValueError(f"{self.old!r} stands {text.count(self.old)} times in the text to edit")
        return text.replace(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Told:
    """An example that no edit of a small file can show, in words: "A folder called `amina.yaml`.\""""

    words: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One kind of mistake: its stable code, its words, its example and what an author should know about it.

    `message` and `hint` are `str.format` templates; the check that finds the mistake gives their values. `about`
    is the section of `docs/diagnostics.md`.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    about: str
    example: Edit | Told
