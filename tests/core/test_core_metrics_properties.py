"""What holds for the metrics of every log, foreign ones included."""

import json
import math

from core_samples import examples, foreign_logs, log_of, naive_distances, us
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.align import Alignment
from typetrainer.core.keystats import key_statistics, mistakes
from typetrainer.core.log import AttemptLog, Key, Mark, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute, consistency, evenness, speed_buckets
from typetrainer.core.text import count_graphemes, graphemes

RATES = ("uncorrected_error_rate", "corrected_error_rate", "total_error_rate", "accuracy", "pause_share")
logs = st.one_of(foreign_logs(), foreign_logs(target=None), foreign_logs(target=st.sampled_from(["abab", "été"])))


def check_sane(found):
    json.dumps(found, allow_nan=False)
    for name, value in found.items():
        if isinstance(value, int | float):
            assert value >= 0, name
    for name in RATES:
        assert found.get(name) is None or 0 <= found[name] <= 1, name
    if found.get("consistency") is not None:
        assert 0 <= found["consistency"] <= 100
    if found.get("accuracy") is not None:
        assert math.isclose(found["accuracy"] + found["total_error_rate"], 1)
        assert math.isclose(
            found["corrected_error_rate"] + found["uncorrected_error_rate"], found["total_error_rate"], abs_tol=1e-12
        )
        assert found["C"] + found["INF"] == max(found["compared"], found["characters"])
    if found.get("wpm") is not None:
        assert found["net_wpm"] <= found["wpm"]


@examples(300)
@given(logs)
def test_metrics_are_sane_and_survive_writing(log):
    found = compute(log)
    check_sane(found)
    again = parse_log(encode_log(log))
    assert again.final_text() == log.final_text()
    assert compute(again) == found
    assert found["characters"] == count_graphemes(log.final_text())
    key_statistics([log])
    mistakes(log)


@examples(150)
@given(foreign_logs())
def test_errors_are_the_naive_distance(log):
    found = compute(log)
    target, text = graphemes(log.header.target), graphemes(log.final_text())
    row = naive_distances(text, target)[-1]
    whole = log.end is not None and log.end.reason == "done"
    assert found["INF"] == (row[-1] if whole else min(row))
    assert row[found["compared"]] == found["INF"]
    alignment = Alignment(target)
    alignment.extend(text)
    assert found["compared"] == (len(target) if whole else alignment.best_prefix())


@examples(150)
@given(logs)
def test_every_beginning_of_a_log_can_be_scored(log):
    for count in range(len(log.events) + 1):
        check_sane(compute(AttemptLog(log.header, log.events[:count], None)))


def moved(event, by):
    return event._replace(t=event.t + by)


@examples(150)
@given(
    st.one_of(foreign_logs(pauses=False), foreign_logs(target=None, pauses=False)),
    st.floats(0, 1),
    st.integers(0, 10**12),
    st.integers(0, 3_000_000),
)
def test_a_pause_anywhere_and_of_any_length_changes_nothing(log, where, length, into):
    """It may begin at an event or between two; what comes after it comes so much later."""
    at = round(where * len(log.events))
    before = log.events[at - 1].t if at else 0
    after = log.events[at].t if at < len(log.events) else (log.end.t if log.end else before)
    start = min(before + into, after)
    events = [
        *log.events[:at], Mark(start, "pause"), Mark(start + length, "resume"),
        *(moved(event, length) for event in log.events[at:]),
    ]  # fmt: skip
    paused = AttemptLog(log.header, tuple(events), None if log.end is None else moved(log.end, length))
    parse_log(encode_log(paused))
    assert compute(paused) == compute(log)


@examples(100)
@given(foreign_logs(pauses=False), st.integers(0, 10**9))
def test_later_is_the_same_but_for_the_start_delay(log, by):
    late = AttemptLog(log.header, tuple(moved(e, by) for e in log.events), log.end and moved(log.end, by))
    found, expected = compute(late), compute(log)
    if expected["start_delay"] is not None:
        expected["start_delay"] = found["start_delay"]
    assert found == expected


additions = st.lists(st.tuples(st.integers(0, 12_000_000), st.integers(0, 4)), max_size=12).map(sorted)


@examples(200)
@given(additions, st.integers(0, 12_000_000))
def test_consistency_is_that_of_the_buckets(added, length):
    """Against the definition in its plainest form: a list of all buckets, mean and population SD."""
    from statistics import fmean, pstdev

    added = [(t, size) for t, size in added if t <= length]
    buckets = speed_buckets(added, 0, length)
    found = consistency(added, 0, length)
    if len(buckets) < 2 or not fmean(buckets):
        assert found is None
    else:
        assert math.isclose(found, evenness(pstdev(buckets) / fmean(buckets)), abs_tol=1e-9)
    counted = length // 1_000_000 * 1_000_000 + (length % 1_000_000 if length % 1_000_000 >= 500_000 else 0)
    assert len(buckets) == math.ceil(counted / 1e6)
    inside = sum(size for t, size in added if counted and (t < counted or t == length))
    lengths = [min(counted / 1e6 - k, 1) for k in range(len(buckets))]
    assert math.isclose(sum(a * b for a, b in zip(buckets, lengths, strict=True)), inside, abs_tol=1e-6)


@examples(100)
@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_evenness_falls_from_100_to_0(a, b):
    assert 100 >= evenness(min(a, b)) >= evenness(max(a, b)) >= 0


@examples(100)
@given(
    st.lists(st.sampled_from(["a", "é", "👩\u200d👧", "🇩🇪", "한", " "]), min_size=1, max_size=20), st.integers(1, 10**6)
)
def test_typing_a_text_right_is_perfect(clusters, gap):
    text = "".join(clusters)
    keys, length = [], 0
    for k, cluster in enumerate(clusters):
        keys.append(Key(us(1) + k * gap, length, 0, cluster))
        length += len(cluster)
    found = compute(log_of(*keys, target=text))
    size = len(clusters)
    assert (found["accuracy"], found["kspc"], found["INF"], found["IF"], found["compared"]) == (1.0, 1.0, 0, 0, size)
    assert found["wpm"] == found["net_wpm"] == found["raw_wpm"]
    if size > 1:
        assert math.isclose(found["wpm"], 12e6 / gap)
        assert math.isclose(found["gap_ms_median"], gap / 1000)
