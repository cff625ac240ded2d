"""How far to trust a number: bands, percentiles, small series. Sources stand in contracts/metrics.md."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

_SE_ONE_MINUTE = 6.0  # WPM; 2,329 typists
_BAND = 1.96
BAND_FROM_S = 20.0
_VOLUNTEERS = (51.56, 20.20)  # mean and SD of WPM: Dhakal et al. 2018
BEST_MAX_ERROR_RATE = 0.05


def band_wpm(seconds: float | None, attempts: int = 1) -> float | None:
    """Return the half width (WPM) of the 95 % band of a copy test of `seconds`; None under 20 s."""
    if seconds is None or seconds < BAND_FROM_S or attempts < 1:
        return None
    return _BAND * _SE_ONE_MINUTE / math.sqrt(seconds / 60) / math.sqrt(attempts)


def percentile(wpm: float | None) -> int | None:
    """Return the percentage of Dhakal's volunteers who were slower; None outside P5 to P95."""
    if wpm is None:
        return None
    from statistics import NormalDist  # on use: it costs the start of a drill 5 ms

    volunteers = NormalDist(*_VOLUNTEERS)
    floor = volunteers.cdf(0)  # nobody types slower than 0: truncated there
    share = 100 * (volunteers.cdf(wpm) - floor) / (1 - floor)
    return round(share) if 5 <= share <= 95 else None


def wilson(hits: int, count: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the Wilson score interval (Wilson 1927) of a share of `hits` in `count`, each 0 to 1; z 1.96 for 95 %."""
    if count <= 0:
        return 0.0, 1.0
    share, square = hits / count, z * z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = z * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def quantile(values: Iterable[float], q: float) -> float | None:
    """Return the q-quantile (0…1, nearest rank) of the values; None without any."""
    ordered = sorted(values)
    return ordered[max(math.ceil(round(q * len(ordered), 9)) - 1, 0)] if ordered else None


_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], room: int = 24) -> str:
    """Return bars for the values, averaged down to at most `room` of them; empty without values."""
    if not values:
        return ""
    if len(values) > room:
        edges = [round(k * len(values) / room) for k in range(room + 1)]
        values = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
    low, high = min(values), max(values)
    if high == low:
        return _BARS[3] * len(values)
    return "".join(_BARS[round((value - low) / (high - low) * (len(_BARS) - 1))] for value in values)
