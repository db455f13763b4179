"""What stands on an arrow: who leads along it and on what condition. Long conditions get a letter and a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from simulator.drawing.ways import Join, Reason
from simulator.translation import translate as _

LONG = 30
"""Characters up to which a condition stands on an arrow in full."""


NAMED = 2
"""Choices that are named on an arrow; more are counted."""


class Wording:
    """The words on the arrows of one picture, and the key to the letters in them."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Each letter with the condition that it stands for."""
        return tuple((letter, text) for text, letter in self._letters.items())

    def short(self, condition: str) -> str:
        """A condition with its long parts replaced by their letters."""
        parts = _split(condition)
        if len(parts) > 1:
            return " and ".join(self._part(part) for part in parts)
        return self._part(condition)

    def _part(self, text: str) -> str:
        if len(text) <= LONG:
            return text
        return self._letters.setdefault(text, f"[{_letter(len(self._letters))}]")

    def lines(self, join: Join) -> tuple[str, ...]:
        """What an arrow says. Nothing where every choice of its place leads along it unconditionally."""
        return tuple(line for asked, choices in self._told(join) if (line := _line(asked, choices, join.of)))

    def brief(self, join: Join) -> tuple[str, ...]:
        """The same for a note: conditions under which most choices lead along it stand without the choices."""
        told = self._told(join)
        return tuple(
            line
            for asked, choices in told
            if (line := asked if asked and len(choices) * 2 > join.of else _line(asked, choices, join.of))
        )

    def _told(self, join: Join) -> list[tuple[str, list[str]]]:
        """Each condition with the choices that ask it; none where it is asked with nothing left to offer."""
        told: dict[str, list[str]] = {}
        for reason in join.reasons:
            choices = told.setdefault(self._asked(reason), [])
            if reason.choice is not None and reason.choice not in choices:
                choices.append(reason.choice)
        return list(told.items())

    def common(self, joins: Iterable[Join]) -> tuple[tuple[str, ...], bool]:
        """What most of several arrows say, and whether some say something else."""
        found = Counter(map(self.brief, joins))
        return found.most_common(1)[0][0], len(found) > 1

    def _asked(self, reason: Reason) -> str:
        asked = self.all_of(reason.asks)
        if reason.choice is None:
            nothing = _("nothing left")
            return f"{nothing}, {asked or _('else')}" if asked or reason.last else nothing
        if reason.last:
            return f"{asked}, {_('else')}" if asked else _("else")
        return asked

    def all_of(self, asks: Iterable[str]) -> str:
        """Several conditions as one."""
        several = tuple(asks)
        return " and ".join(
            f"({self.short(one)})" if len(several) > 1 and " or " in one else self.short(one) for one in several
        )


def _line(asked: str, choices: Sequence[str], of: int) -> str:
    if len(choices) in {0, of}:
        return asked
    counted = _("{n} of {all} choices").format(n=len(choices), all=of)
    who = ", ".join(choices) if len(choices) <= NAMED else counted
    return f"{who}: {asked}" if asked else who


def in_full(join: Join) -> str:
    """Everything that leads along an arrow, spelt out."""
    told = []
    for reason in join.reasons:
        who = reason.choice or _("nothing left")
        asks = [*reason.asks, *([_("else")] if reason.last else [])]
        told.append(f"{who}: {', '.join(asks)}" if asks else who)
    return "; ".join(told)


def _letter(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _split(condition: str) -> list[str]:
    """The parts of a condition that are joined by `and` outside all brackets; one where an `or` stands there."""
    parts, depth, begin, position = [], 0, 0, 0
    while position < len(condition):
        depth += {"(": 1, ")": -1}.get(condition[position], 0)
        if depth == 0 and condition.startswith(" or ", position):
            return [condition]
        if depth == 0 and condition.startswith(" and ", position):
            parts.append(condition[begin:position])
            position += len(" and ")
            begin = position
            continue
        position += 1
    return [*parts, condition[begin:]]
