"""Bands, percentiles, quantiles and sparklines."""

import math
import statistics

import pytest
from core_samples import examples
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.stats import band_wpm, percentile, quantile, sparkline

numbers = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("seconds", "attempts", "band"),
    [(60, 1, 11.76), (180, 1, 6.7896), (300, 1, 5.2592), (60, 4, 5.88), (240, 9, 1.96), (20, 1, 20.369)],
)
def test_bands(seconds, attempts, band):
    assert band_wpm(seconds, attempts) == pytest.approx(band, abs=1e-3)


@pytest.mark.parametrize(("seconds", "attempts"), [(None, 1), (0, 1), (19.999, 1), (60, 0), (60, -1), (-60, 1)])
def test_there_is_no_band_under_20_seconds_or_without_an_attempt(seconds, attempts):
    assert band_wpm(seconds, attempts) is None


def exact_percentile(wpm):
    normal = statistics.NormalDist(51.56, 20.20)
    return 100 * (normal.cdf(wpm) - normal.cdf(0)) / (1 - normal.cdf(0))


def test_percentiles_are_those_of_the_truncated_normal_from_p5_to_p95():
    for tenth in range(1500):
        wpm = tenth / 10
        exact = exact_percentile(wpm)
        assert percentile(wpm) == (round(exact) if 5 <= exact <= 95 else None), wpm
    assert percentile(51.56) == 50
    assert exact_percentile(0) == 0


@pytest.mark.parametrize("wpm", [None, 0.0, 10.0, 90.0, 300.0, -5.0, math.inf])
def test_outside_there_is_no_percentile(wpm):
    assert percentile(wpm) is None


def test_quantiles_are_the_nearest_rank():
    values = list(range(100, 0, -1))
    assert [quantile(values, q) for q in (0, 0.01, 0.011, 0.5, 0.95, 0.99, 0.991, 1)] == [1, 1, 2, 50, 95, 99, 100, 100]
    assert quantile([7], 0.99) == 7
    assert quantile([1, 2, 3, 4], 0.5) == 2
    assert quantile(range(1, 101), 0.07) == 7  # 0.07 * 100 is a little over 7 in floats
    assert quantile([], 0.5) is None


@examples(100)
@given(st.lists(numbers, min_size=1, max_size=40), st.floats(0, 1))
def test_a_quantile_has_its_share_at_or_below_it(values, q):
    found = quantile(values, q)
    assert found in values
    assert sum(value <= found for value in values) >= q * len(values) - 1e-6
    assert sum(value < found for value in values) <= q * len(values)


@pytest.mark.parametrize(
    ("values", "room", "bars"),
    [
        ([], 24, ""),
        ([5], 24, "▄"),
        ([5, 5, 5], 24, "▄▄▄"),
        ([0, 7], 24, "▁█"),
        (list(range(8)), 24, "▁▂▃▄▅▆▇█"),
        ([1, 3, 5, 7], 2, "▁█"),
        ([0, 0, 10, 10, 0, 0], 3, "▁█▁"),
        ([-1, 0, 1], 24, "▁▅█"),
    ],
)
def test_sparklines(values, room, bars):
    assert sparkline(values, room) == bars


@examples(150)
@given(st.lists(numbers, min_size=1, max_size=90), st.integers(1, 30))
def test_a_sparkline_is_as_long_as_its_values_or_the_room(values, room):
    bars = sparkline(values, room)
    assert len(bars) == min(len(values), room)
    assert set(bars) <= set("▁▂▃▄▅▆▇█")
    if len(values) <= room:
        for a, b in zip(range(len(values)), range(1, len(values)), strict=False):
            assert (values[a] <= values[b]) or bars[a] >= bars[b]
