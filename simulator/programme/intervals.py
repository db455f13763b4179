"""How sure a figure is: 90 % intervals of means, of shares met in clusters, and of correlations.

Everything takes sums, so that the database can count and nothing is held a row at a time.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan, atanh, cos, pi, sin, sqrt, tanh

from simulator.session.scoring import Z_90, wilson_interval

NINETY = 0.90


def within_t(value: float, dof: int) -> float:
    """The probability that Student's t with `dof` degrees of freedom lies between -value and value.

    The finite series for whole degrees of freedom (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
    """
    angle = atan(value / sqrt(dof))
    square = cos(angle) ** 2
    odd = dof % 2 == 1
    term = cos(angle) if odd else 1.0
    total = 0.0
    for step in range((dof - 1) // 2 if odd else dof // 2):
        total += term
        term *= square * ((2 * step + 2) / (2 * step + 3) if odd else (2 * step + 1) / (2 * step + 2))
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


@lru_cache(maxsize=512)
def t_deviate(dof: int, inside: float = NINETY) -> float:
    """The value between whose negative and itself Student's t lies with the probability `inside`."""
    if dof > 1_000:  # from here on it is the normal deviate to two places
        return Z_90 if inside == NINETY else t_deviate(1_000, inside)
    low, high = 0.0, 1.0
    while within_t(high, dof) < inside:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if within_t(middle, dof) < inside else (low, middle)
    return (low + high) / 2


def spread_of(n: int, total: float, squares: float) -> float:
    """The variance (n - 1 beneath) of `n` values, of their sum and the sum of their squares."""
    return max(0.0, squares - total * total / n) / (n - 1)


def mean_interval(n: int, total: float, squares: float, least: float, most: float) -> tuple[float, float]:
    """Student's 90 % interval of the mean of two values or more that lie between `least` and `most`.

    Where all are the same it would be of zero width; there it is Wilson's for a share on the same scale instead.
    """
    mean = total / n
    variance = spread_of(n, total, squares)
    if variance < 1e-12:
        width = most - least
        low, high = wilson_interval(min(1.0, max(0.0, (mean - least) / width)), n)
        return least + low * width, least + high * width
    half = t_deviate(n - 1) * sqrt(variance / n)
    return max(least, mean - half), min(most, mean + half)


def clustered_interval(share: float, kish: float, variance: float, clusters: int) -> tuple[float, float]:
    """Wilson's 90 % interval of a share whose trials come in clusters: people, each with several decisions.

    `variance` is that of the share between clusters (see `ratio_variance`), `kish` the effective number of trials if
    they were independent. The effective number is what gives that variance, made smaller for the few degrees of
    freedom that it rests on (Korn and Graubard 1998, Survey Methodology 24:193-201), and never more than `kish`.
    """
    if clusters < 2 or variance <= 0:
        return wilson_interval(share, kish)
    effective = share * (1 - share) / variance * (Z_90 / t_deviate(clusters - 1)) ** 2
    # A share of 0 or 1 has no variance to speak of; below one trial per cluster nothing can be said to be known.
    return wilson_interval(share, min(kish, max(effective, 1.0)) if 0 < share < 1 else kish)


def ratio_variance(k: int, x: float, y: float, xx: float, xy: float, yy: float) -> float:
    """The variance of the ratio y / x of two totals over `k` clusters, by linearisation (Taylor series).

    `xx`, `xy`, `yy` are the sums of squares and products of the clusters' own totals.
    """
    ratio = y / x
    residuals = max(0.0, yy - 2 * ratio * xy + ratio * ratio * xx)
    return k / (k - 1) * residuals / (x * x) if k > 1 else 0.0


def correlation(n: int, x: float, y: float, xx: float, xy: float, yy: float) -> float | None:
    """Pearson's correlation, of sums; None where one of the two does not vary."""
    left, right = xx - x * x / n, yy - y * y / n
    if left <= 1e-9 * max(1.0, xx) or right <= 1e-9 * max(1.0, yy):
        return None
    return max(-1.0, min(1.0, (xy - x * y / n) / sqrt(left * right)))


def correlation_interval(value: float, n: int) -> tuple[float, float]:
    """The 90 % interval of a correlation of `n` > 3 pairs, by Fisher's z (Fisher 1921, Metron 1:3-32)."""
    middle = atanh(max(-0.999999, min(0.999999, value)))
    half = Z_90 / sqrt(n - 3)
    # At -1 and 1 rounding could leave the correlation just outside.
    return min(value, tanh(middle - half)), max(value, tanh(middle + half))
