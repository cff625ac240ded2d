"""Keys, bigrams, words and mistakes of logs made by hand."""

from itertools import pairwise

import pytest
from core_samples import Play, examples, foreign_logs, log_of, typing, us
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.align import Op
from typetrainer.core.keystats import Mistake, Tally, Word, key_statistics, mistakes
from typetrainer.core.log import Block, End, Key, Mark
from typetrainer.core.text import graphemes


def statistics(*events, **header):
    return key_statistics([log_of(*events, **header)])


def counts(tallies):
    return {name: (tally.count, tally.errors) for name, tally in tallies.items()}


def latencies(tallies):
    return {name: tally.latencies for name, tally in tallies.items() if tally.latencies}


def ms(*values):
    return [pytest.approx(value) for value in values]


def test_a_text_typed_right():
    found = statistics(*typing("abab", 1, 1.1, 1.3, 1.6), target="abab")
    assert counts(found.keys) == {"a": (2, 0), "b": (2, 0)}
    assert latencies(found.keys) == {"b": ms(100, 300), "a": ms(200)}
    assert counts(found.bigrams) == {"ab": (2, 0), "ba": (1, 0)}
    assert latencies(found.bigrams) == {"ab": ms(100, 300), "ba": ms(200)}
    assert found.keys["b"].latency_ms == pytest.approx(200)
    assert found.keys["a"].latency_ms == pytest.approx(200)


def test_nothing_typed_and_no_target():
    assert counts(statistics().keys) == {}
    assert key_statistics([]).words == []
    assert counts(statistics(*typing("ab", 1, 2), target=None).keys) == {}
    assert Tally().latency_ms is None


def test_several_logs_add_up():
    log = log_of(*typing("ab", 1, 1.1), target="ab")
    found = key_statistics([log, log, log_of(target=None)])
    assert counts(found.keys) == {"a": (2, 0), "b": (2, 0)}
    assert latencies(found.bigrams) == {"ab": ms(100, 100)}


def test_an_error_belongs_to_the_expected_character():
    found = statistics(*typing("axc", 1, 1.1, 1.2), target="abc")
    assert counts(found.keys) == {"a": (1, 0), "b": (1, 1), "c": (1, 0)}
    assert latencies(found.keys) == {"c": ms(100)}
    assert counts(found.bigrams) == {"ab": (1, 1)}  # "bc" needs its first to be right


def test_blocked_keys_are_errors_of_the_expected_character():
    events = [*typing("a", 1), Block(us(1.1), "x"), Block(us(1.2), "y"), *typing("bc", 1.3, 1.5, at=1)]
    found = statistics(*events, policy="stop")
    assert counts(found.keys) == {"a": (1, 0), "b": (3, 2), "c": (1, 0)}
    assert counts(found.bigrams) == {"ab": (1, 1), "bc": (1, 0)}
    assert latencies(found.keys) == {"b": ms(100), "c": ms(200)}


def test_an_erased_and_repeated_key_counts_again_without_its_bigram():
    events = [*typing("ax", 1, 1.1), Key(us(1.2), 1, 1, ""), *typing("bc", 1.4, 1.5, at=1)]
    found = statistics(*events)
    assert counts(found.keys) == {"a": (1, 0), "b": (2, 1), "c": (1, 0)}
    assert counts(found.bigrams) == {"ab": (1, 1), "bc": (1, 0)}
    assert latencies(found.keys) == {"b": ms(200), "c": ms(100)}  # since the Backspace, the key before


@pytest.mark.parametrize(
    ("gap", "batch", "counted"),
    [(19_999, 1, False), (20_000, 1, True), (5_000_000, 1, True), (5_000_001, 1, False),
     (100_000, 2, False), (0, 1, False)],
)  # fmt: skip
def test_clean_latencies_only(gap, batch, counted):
    found = statistics(Key(us(1), 0, 0, "a"), Key(us(1) + gap, 1, 0, "b", batch))
    assert latencies(found.keys) == ({"b": ms(gap / 1000)} if counted else {})
    assert counts(found.keys) == {"a": (1, 0), "b": (1, 0)}


def test_a_pause_is_no_latency():
    events = [*typing("a", 1), Mark(us(1.1), "pause"), Mark(us(60), "resume"), *typing("b", 60.2, at=1)]
    assert latencies(statistics(*events).keys) == {"b": ms(300)}


def test_twins_count_for_what_the_target_has():
    found = statistics(*typing('"a', 1, 1.1), target="“a")
    assert counts(found.keys) == {"“": (1, 0), "a": (1, 0)}
    found = statistics(*typing('"a', 1, 1.1), target="“a", settings={"typography": True})
    assert counts(found.keys) == {"“": (1, 1), "a": (1, 0)}


def test_after_a_dropped_letter_the_keys_are_in_step_again():
    found = statistics(*typing("helo you", *(1 + k / 10 for k in range(8))), target="hello you")
    assert counts(found.keys)["l"] == (2, 1)  # "o" came where the second "l" was expected
    assert counts(found.keys)["y"] == (1, 0)
    assert counts(found.keys)["u"] == (1, 0)


def test_keys_beyond_the_target_count_for_nothing():
    assert counts(statistics(*typing("abx", 1, 2, 3), target="ab").keys) == {"a": (1, 0), "b": (1, 0)}


def test_a_bigram_needs_its_first_hit_right_at_its_place():
    """A swap before three equal letters: the fourth key is right, then the cursor takes it for an extra one."""
    found = statistics(*typing("babbb", 1, 2, 3, 4, 5), target="abbba")
    assert counts(found.keys) == {"a": (1, 1), "b": (4, 1)}
    assert counts(found.bigrams) == {"bb": (1, 0)}


# --- words ---


def test_word_speeds_run_from_the_key_before_the_word():
    found = statistics(*typing("ab cde f", 1, 1.1, 1.2, 1.4, 1.6, 1.8, 2, 2.5), target="ab cde f")
    assert [(word.text, word.start) for word in found.words] == [("cde", 3), ("f", 7)]
    assert [word.wpm for word in found.words] == ms(3 * 12 / 0.6, 12 / 0.5)  # nothing is before the first word


def test_a_word_with_any_error_has_no_speed():
    events = [*typing("a bx", 1, 2, 3, 4), Key(us(5), 3, 1, ""), *typing("c de", 6, 7, 8, 9, at=3)]
    assert [word.text for word in statistics(*events, target="a bc de").words] == ["de"]
    left_in = typing("a bxd ef", *range(1, 9))
    assert [word.text for word in statistics(*left_in, target="a bcd ef").words] == ["ef"]
    blocked = [*typing("a b", 1, 2, 3), Block(us(4), "x"), *typing("c de", 6, 7, 8, 9, at=3)]
    assert [word.text for word in statistics(*blocked, target="a bc de", policy="stop").words] == ["de"]


def test_a_whole_word_in_one_instant_has_no_speed():
    assert statistics(*typing("a b", 1, 2, 2), target="a b").words == []
    assert statistics(*typing("a b", 1, 2, 3), target="a b").words == [Word("b", 2, 12.0)]


# --- splices that do not append ---


def test_a_splice_in_the_middle_keeps_the_rest():
    events = [*typing("bc", 1, 1.1), Key(us(1.2), 0, 0, "a"), *typing("d", 1.3, at=3)]
    found = statistics(*events, target="abcd")
    assert counts(found.keys)["d"] == (1, 0)


def test_combining_marks_keep_the_place():
    play = Play("été là", step=0.1)
    play("e\u0301te\u0301 la\u0300")
    found = key_statistics([play.log])
    assert counts(found.keys)["t"] == (1, 0)
    assert counts(found.keys)["l"] == (1, 0)


@examples(150)
@given(foreign_logs(target=st.sampled_from(["abab", "été", "a b a", "👩\u200d👧a"])))
def test_counts_are_consistent_for_any_log(log):
    found = key_statistics([log])
    target = graphemes(log.header.target)
    pairs = {a + b for a, b in pairwise(target)}
    assert set(found.keys) <= set(target)
    assert set(found.bigrams) <= pairs
    for tally in (*found.keys.values(), *found.bigrams.values()):
        assert 0 <= tally.errors <= tally.count
        assert len(tally.latencies) <= tally.count - tally.errors
        assert all(20 <= latency <= 5000 for latency in tally.latencies)
    for word in found.words:
        assert "".join(target[word.start :]).startswith(word.text)
        assert word.text in log.header.target.split(" ")
        assert word.wpm > 0


# --- mistakes ---


def marked(target, typed, reason="done"):
    keys = typing(typed, *(1 + k / 10 for k in range(len(typed))))
    found = mistakes(log_of(*keys, *([End(us(99), reason)] if reason else []), target=target))
    return [(m.op.value, m.typed, m.expected, m.word_typed, m.word) for m in found]


@pytest.mark.parametrize(
    ("target", "typed", "found"),
    [
        ("one two six", "one two six", []),
        ("one two six", "one twp six", [("wrong", "p", "o", "twp", "two")]),
        ("one two six", "one to six", [("missing", "", "w", "to", "two")]),
        ("one two six", "one twwo six", [("extra", "w", "", "twwo", "two")]),
        ("one two six", "one tow six", [("swapped", "ow", "wo", "tow", "two")]),
        ("one two six", "onetwo six", [("missing", "", " ", "onetwo", "one two")]),
        ("one two six", "one two si", [("missing", "", "x", "si", "six")]),
        ("one two", "xne twx", [("wrong", "x", "o", "xne", "one"), ("wrong", "x", "o", "twx", "two")]),
        ("one two", "one two!", [("extra", "!", "", "two!", "two")]),
        ("a “b” c", 'a "b" c', []),
    ],
)
def test_mistakes_with_their_words(target, typed, found):
    assert marked(target, typed) == found


def test_unfinished_text_is_compared_with_its_nearest_prefix():
    assert marked("one two six", "one twp", "time") == [("wrong", "p", "o", "twp", "two")]
    assert marked("one two six", "one two", None) == []
    assert len(marked("one two six", "one two", "done")) == 4


def test_corrected_mistakes_are_not_listed():
    events = [*typing("ax", 1, 2), Key(us(3), 1, 1, ""), *typing("bc", 4, 5, at=1), End(us(5), "done")]
    assert mistakes(log_of(*events)) == []


def test_a_mistake_says_its_kind():
    [found] = mistakes(log_of(*typing("axc", 1, 2, 3), End(us(3), "done")))
    assert found == Mistake(Op.WRONG, "x", "b", "axc", "abc")
