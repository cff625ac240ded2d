"""Metrics of logs made by hand, each number worked out on paper."""

import time

import pytest
from core_samples import log_of, typing, us

from typetrainer.core.log import Block, End, Key, Mark, Paste, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute, consistency, evenness, speed_buckets, without_pauses

NULL_WITHOUT_KEYS = {
    "seconds", "start_delay", "uncorrected_error_rate", "corrected_error_rate", "total_error_rate", "accuracy", "kspc",
    "wpm", "raw_wpm", "net_wpm", "consistency", "gap_ms_median", "revision_ratio", "timing",
}  # fmt: skip


def approx(value):
    return pytest.approx(value, abs=1e-9)


# --- what cannot be computed ---


@pytest.mark.parametrize("events", [(), (Mark(5, "x"),), (Paste(5, 3),), (End(9, "quit"),), (End(9, "time"),)])
def test_a_log_without_keys_has_counts_and_nulls(events):
    found = compute(log_of(*events))
    assert {name for name, value in found.items() if value is None} == NULL_WITHOUT_KEYS
    assert (found["INF"], found["IF"], found["C"], found["compared"], found["characters"]) == (0, 0, 0, 0, 0)
    assert found["interrupted"] is not any(isinstance(event, End) for event in events)


def test_done_without_a_key_is_all_missing():
    found = compute(log_of(End(9, "done")))
    assert (found["INF"], found["C"], found["accuracy"], found["uncorrected_error_rate"]) == (3, 0, 0.0, 1.0)


def test_one_key_has_no_speed_but_all_else():
    found = compute(log_of(*typing("a", 2.5)))
    assert (found["seconds"], found["start_delay"]) == (0.0, 2.5)
    assert [found[name] for name in ("wpm", "raw_wpm", "net_wpm", "consistency", "gap_ms_median")] == [None] * 5
    assert (found["accuracy"], found["kspc"], found["pauses"]) == (1.0, 1.0, 0)


def test_all_keys_in_one_instant_have_no_speed():
    found = compute(log_of(*typing("abc", 1, 1, 1), End(us(1), "done")))
    assert [found[name] for name in ("wpm", "raw_wpm", "net_wpm", "consistency")] == [None] * 4
    assert found["gap_ms_median"] == 0


def test_a_reply_without_keys():
    found = compute(log_of(Mark(3, "x"), End(us(9), "quit"), target=None))
    nulls = {"reading_s", "composing_s", "final_wpm", "revision_ratio", "burst_mean", "pause_share", "timing"}
    assert {name for name, value in found.items() if value is None} == nulls
    assert (found["bursts"], found["words"], found["characters"]) == (0, 0, 0)


# --- the ends of a copy drill ---


def test_an_interrupted_attempt_is_scored_against_its_nearest_prefix():
    found = compute(log_of(*typing("axc", 1, 2, 3), target="abcdef"))
    assert (found["interrupted"], found["compared"], found["INF"], found["C"]) == (True, 3, 1, 2)
    assert (found["seconds"], found["wpm"], found["net_wpm"]) == (2.0, 12.0, 0.0)


def test_quit_lasts_to_the_last_key_and_time_to_the_end():
    keys = typing("abc", 1, 2, 3)
    assert compute(log_of(*keys, End(us(9), "quit"), target="abcdef"))["seconds"] == 2.0
    assert compute(log_of(*keys, End(us(9), "done"), target="abcdef"))["seconds"] == 2.0
    assert compute(log_of(*keys, End(us(9), "error"), target="abcdef"))["seconds"] == 2.0
    assert compute(log_of(*keys, End(us(9), "time"), target="abcdef"))["seconds"] == 8.0


def test_only_done_is_scored_against_the_whole_target():
    keys = typing("abc", 1, 2, 3)
    compared = {
        reason: compute(log_of(*keys, End(us(9), reason), target="abcdef"))["compared"]
        for reason in ("done", "time", "quit", "error")
    }
    assert compared == {"done": 6, "time": 3, "quit": 3, "error": 3}


def test_an_erased_error_counts_against_accuracy_and_not_against_the_text():
    keys = [*typing("ax", 1, 2), Key(us(3), 1, 1, "", 1), *typing("bc", 4, 5, at=1)]
    found = compute(log_of(*keys, End(us(5), "done")))
    assert (found["INF"], found["IF"], found["C"], found["inserted"]) == (0, 1, 3, 4)
    assert (found["accuracy"], found["corrected_error_rate"], found["uncorrected_error_rate"]) == (0.75, 0.25, 0.0)
    assert (found["kspc"], found["revision_ratio"]) == (approx(5 / 3), 0.25)
    assert (found["wpm"], found["raw_wpm"]) == (approx(2 / 4 * 12), approx(3 / 4 * 12))


def test_net_speed_takes_a_word_a_minute_for_each_error_a_minute():
    keys = typing("abxdefghij", *(k * 0.6 for k in range(10)))
    found = compute(log_of(*keys, End(us(6), "time"), target="abcdefghij", limit_s=6))
    assert (found["wpm"], found["net_wpm"]) == (approx(18), approx(8))


def test_a_swap_costs_two():
    found = compute(log_of(*typing("acb", 1, 2, 3), End(us(3), "done"), target="abc"))
    assert (found["INF"], found["C"], found["compared"]) == (2, 1, 3)


def test_replacing_splices_count_what_they_add():
    keys = [Key(us(1), 0, 0, "e"), Key(us(2), 0, 1, "é"), Key(us(3), 1, 0, "ab"), Key(us(4), 1, 2, "xyz")]
    found = compute(log_of(*keys, target="éxyz"))
    assert (found["inserted"], found["characters"], found["IF"], found["revision_ratio"]) == (4, 4, 0, 0.0)
    assert compute(log_of(*keys[:3], Key(us(4), 0, 3, "z"), target="z"))["inserted"] == 3


def test_deleting_marks_and_families_counts_graphemes():
    family = "👩\u200d👩\u200d👧"
    keys = [Key(us(1), 0, 0, family), Key(us(2), 5, 0, "🇩🇪"), Key(us(3), 7, 0, "é"), Key(us(4), 5, 3, "")]
    found = compute(log_of(*keys, target=family))
    assert (found["inserted"], found["characters"], found["C"], found["IF"]) == (3, 1, 1, 2)
    assert found["revision_ratio"] == approx(2 / 3)


def test_a_foreign_log_that_splits_a_grapheme_counts_no_fixed_error_below_zero():
    keys = [Key(us(1), 0, 0, "🇩🇪🇫🇷"), Key(us(2), 1, 0, "x")]  # two flags become four things
    found = compute(log_of(*keys, target="🇩🇪"))
    assert (found["inserted"], found["characters"], found["IF"]) == (3, 4, 0)


# --- twins ---


def test_twins_are_right_unless_they_are_trained():
    keys = typing("\"-' ", 1, 2, 3, 4)
    assert compute(log_of(*keys, End(us(4), "done"), target="“–’\u00a0"))["INF"] == 0
    assert compute(log_of(*keys, End(us(4), "done"), target="“–’\u00a0", settings={"typography": True}))["INF"] == 4


# --- consistency ---


def test_a_metronome_is_100():
    keys = typing("abcdefgh", *(1 + k / 2 for k in range(8)))
    assert compute(log_of(*keys, End(us(5), "time"), target="abcdefgh"))["consistency"] == 100.0


@pytest.mark.parametrize(
    ("t1", "buckets"),
    [
        (0.4, []),
        (0.5, [4.0]),
        (1.0, [2.0]),
        (1.4, [2.0]),  # the rest is dropped
        (1.5, [2.0, 0.0]),  # half a second counts with its own length
        (2.0, [2.0, 0.0]),
    ],
)
def test_the_last_bucket(t1, buckets):
    assert speed_buckets([(us(10), 1), (us(10.3), 1)], us(10), us(10 + t1)) == buckets


def test_a_key_exactly_at_t1_joins_the_last_bucket_that_counts():
    start = us(10)
    assert speed_buckets([(start, 1), (us(12), 3)], start, us(12)) == [1.0, 3.0]
    assert speed_buckets([(start, 1), (us(12.5), 3)], start, us(12.5)) == [1.0, 0.0, 6.0]
    assert speed_buckets([(start, 1), (us(12.4), 3)], start, us(12.4)) == [1.0, 3.0]
    assert speed_buckets([(start, 1), (us(12.3), 3)], start, us(12.4)) == [1.0, 0.0]  # in the dropped part
    assert speed_buckets([(start, 1)], start, start) == []


def test_consistency_by_hand():
    added = [(0, 3), (us(1.2), 1), (us(2.5), 2)]  # 3, 1 and 2 / 0.5 s = 4 a second
    mean, sd = 8 / 3, (((3 - 8 / 3) ** 2 + (1 - 8 / 3) ** 2 + (4 - 8 / 3) ** 2) / 3) ** 0.5
    assert consistency(added, 0, us(2.5)) == approx(evenness(sd / mean))


def test_consistency_is_null_under_two_buckets_and_without_text():
    assert consistency([(0, 5)], 0, us(1.4)) is None
    assert consistency([(0, 0), (us(2), 0)], 0, us(3)) is None
    found = compute(log_of(Block(us(1), "x"), Block(us(3), "x"), Block(us(6), "x"), policy="stop"))
    assert (found["consistency"], found["blocked"], found["accuracy"], found["kspc"]) == (None, 3, 0.0, None)


def test_keys_centuries_apart_cost_no_memory():
    log = log_of(Key(0, 0, 0, "a"), Key(2**53, 1, 0, "b"), End(2**53, "time"))
    started = time.monotonic()
    found = compute(parse_log(encode_log(log)))
    assert time.monotonic() - started < 1
    assert found["consistency"] == 0.0


# --- gaps, pauses, pause marks ---


def test_gaps_run_between_keys_and_blocks():
    events = [
        Key(us(1), 0, 0, "a"),
        Block(us(1.1), "x"),
        Mark(us(1.2), "x"),
        Paste(us(1.3), 5),
        Key(us(1.5), 1, 0, "b"),
    ]
    found = compute(log_of(*events, Key(us(4), 1, 1, "")))
    assert (found["gap_ms_median"], found["pauses"], found["pastes_refused"]) == (approx(400), 1, 1)


def test_a_gap_of_just_two_seconds_is_no_pause():
    assert compute(log_of(*typing("ab", 1, 3)))["pauses"] == 0
    assert compute(log_of(Key(us(1), 0, 0, "a"), Key(us(3) + 1, 1, 0, "b")))["pauses"] == 1


def test_pauses_are_cut_out_of_every_time():
    events = [
        Mark(us(0.5), "pause"), Mark(us(1.5), "resume"), Key(us(2), 0, 0, "a"), Mark(us(3), "pause"),
        Mark(us(5), "pause"), Mark(us(60), "resume"), Mark(us(61), "resume"), Key(us(62), 1, 0, "b"),
        End(us(63), "time"),
    ]  # fmt: skip
    log = log_of(*events)
    moved, end = without_pauses(log)
    assert [event.t for event in moved] == [us(t) for t in (0.5, 0.5, 1, 2, 2, 2, 3, 4)]
    assert end == us(5)
    found = compute(log)
    assert (found["start_delay"], found["seconds"], found["gap_ms_median"]) == (1.0, 4.0, approx(3000))


def test_a_pause_that_is_not_resumed_lasts_to_the_end():
    log = log_of(*typing("ab", 1, 2), Mark(us(3), "pause"), Mark(us(8), "x"), End(us(60), "time"))
    assert without_pauses(log)[1] == us(3)
    assert [event.t for event in without_pauses(log)[0]] == [us(t) for t in (1, 2, 3, 3)]
    assert compute(log)["seconds"] == 2.0
    assert without_pauses(log_of(*typing("a", 1), Mark(us(2), "pause")))[1] is None


# --- not typed, timing ---


def not_typed(*events, **header):
    return compute(log_of(*events, **header))["not_typed"]


def test_five_keys_in_one_read_were_not_typed():
    assert not_typed(Key(us(1), 0, 0, "a", 4), Key(us(2), 1, 0, "b", 1)) == 0
    assert not_typed(*[Key(us(1), k, 0, "é", 5) for k in range(5)], Key(us(2), 5, 0, "b", 1)) == 5
    assert not_typed(*[Block(us(1), "x", 6) for _ in range(6)], policy="stop") == 6
    assert not_typed(Key(us(1), 0, 0, "👩\u200d👧b", 5)) == 2
    assert not_typed(Key(us(1), 0, 0, "ab"), Key(us(2), 0, 2, "", 9)) == 0  # erasing is no text


def test_over_25_keys_in_a_second_were_not_typed():
    def keys(count, gap):
        return [Key(k * gap, k, 0, "a") for k in range(count)]

    assert not_typed(*keys(25, 40_000)) == 0
    assert not_typed(*keys(60, 40_000)) == 0  # 25 in every second
    assert not_typed(*keys(26, 39_000)) == 26
    assert not_typed(*keys(26, 40_000)) == 0
    slow = [Key(us(60) + k * 200_000, 26 + k, 0, "a") for k in range(10)]
    assert not_typed(*keys(26, 39_000), *slow) == 26  # the slow ones were typed
    assert compute(log_of(*keys(26, 1_000), target=None))["not_typed"] == 26


def test_assistive_input_is_never_not_typed():
    assert not_typed(Key(us(1), 0, 0, "word", 30), settings={"assistive": True}) == 0


def test_very_many_keys_in_one_instant_are_counted_in_linear_time():
    keys = [Key(0, k, 0, "a") for k in range(20_000)]
    started = time.monotonic()
    assert not_typed(*keys, target="aaa") == 20_000
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("lags", "says"),
    [([], None), ([20], "ok"), ([0.5], "ok"), ([20.001], "degraded"), ([30, 1], "degraded"), ([1, 30], "degraded"),
     ([None], "ok"), (["slow"], "ok")],
)  # fmt: skip
def test_timing(lags, says):
    marks = [Mark(us(3), "loop_lag_ms_p99", lag) for lag in lags]
    for target in ("abc", None):
        assert compute(log_of(*typing("a", 1), Mark(us(2), "x", 99), *marks, target=target))["timing"] == says


# --- replies ---


def test_a_reply_by_hand():
    """Reads 3 s, writes "Hi you" (6), pauses 4 s, erases 3 and writes "all\n." (5), waits 2.5 s, sends at 14 s."""
    events = [
        *typing("Hi you", 3, 3.2, 3.4, 3.6, 3.8, 4),
        *[Key(us(8 + k / 10), 5 - k, 1, "") for k in range(3)],
        *typing("all\n.", 9, 10, 10.5, 11, 11.5, at=3),
        End(us(14), "done"),
    ]
    found = compute(log_of(*events, target=None))
    assert (found["reading_s"], found["composing_s"]) == (3.0, 11.0)
    assert (found["characters"], found["words"], found["inserted"]) == (8, 3, 11)
    assert found["final_wpm"] == approx(8 / 11 * 12)
    assert found["revision_ratio"] == approx(3 / 11)
    assert (found["bursts"], found["burst_mean"]) == (2, 5.5)
    assert found["pause_share"] == approx((4 + 2.5) / 11)


def test_an_interrupted_reply_ends_with_its_last_key():
    found = compute(log_of(*typing("ab", 3, 5), Mark(us(50), "x"), target=None))
    assert (found["composing_s"], found["pause_share"], found["interrupted"]) == (2.0, 0.0, True)


def test_a_reply_of_one_key_sent_at_once():
    found = compute(log_of(*typing("a", 3), End(us(3), "done"), target=None))
    assert (found["composing_s"], found["final_wpm"], found["pause_share"]) == (0.0, None, None)
    assert (found["bursts"], found["burst_mean"]) == (1, 1.0)


def test_bursts_end_with_gaps_over_two_seconds_only():
    found = compute(log_of(*typing("abc", 1, 3, 5.000001), target=None))
    assert (found["bursts"], found["burst_mean"]) == (2, 1.5)


def test_words_are_runs_without_white_space():
    text = " Hi,  you-all\n\nit's\tfine\u00a0now "
    assert compute(log_of(Key(us(1), 0, 0, text), target=None))["words"] == 5


def test_a_pause_share_is_never_over_one():
    times = [0, 3820219, 7984323, 15621814, 21280605, 29815101, 37071808, 41596999, 47129849]
    found = compute(log_of(*[Key(t, 0, 0, "a") for t in times], End(times[-1], "done"), target=None))
    assert found["pause_share"] == 1.0
