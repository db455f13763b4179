"""Figures over several people as the pages say them: never without how many, and plainly where there are too few."""

from __future__ import annotations

from simulator.programme.figures import Estimate, TooFew
from simulator.session.scoring import two_places
from simulator.translation import translate as _


def too_few(figure: TooFew) -> str:
    """That there are too few people to say, and how many it takes."""
    if figure.there is None:
        return _("too few to say (from {needed} people on)").format(needed=figure.needed)
    return _("too few to say ({there} of {needed} people)").format(there=figure.there, needed=figure.needed)


def count(figure: int | TooFew) -> str:
    """A count, or that it is of too few."""
    return too_few(figure) if isinstance(figure, TooFew) else f"{figure:,}"


def estimate(figure: Estimate | TooFew | None, *, signed: bool = False) -> str:
    """A figure with its 90 % interval and its n."""
    if figure is None:
        return _("no telling")
    if isinstance(figure, TooFew):
        return too_few(figure)
    low, high = figure.interval
    shown = f"{figure.value:+.2f}" if signed else two_places(figure.value)
    bounds = (f"{low:+.2f}", f"{high:+.2f}") if signed else (two_places(low), two_places(high))
    return _("{value} ({low} to {high}; n {n})").format(value=shown, low=bounds[0], high=bounds[1], n=figure.n)


def plain(figure: float | TooFew | None) -> str:
    """A figure without an interval of its own."""
    if figure is None:
        return _("no telling")
    return too_few(figure) if isinstance(figure, TooFew) else two_places(figure)
