"""The golden logs, and the worked examples read from the pages of the contract themselves."""

import json
import math
import re

import pytest
from core_samples import CONTRACTS, GOLDEN, log_of, typing, us

from typetrainer.core.log import Block, End, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute, evenness
from typetrainer.core.stats import band_wpm

NUMBER = r"(\d+(?:\.\d+)?)"


def same(ours, theirs):
    if isinstance(theirs, float):
        return isinstance(ours, float) and math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return type(ours) is type(theirs) and ours == theirs


def page(name):
    return (CONTRACTS / name).read_text(encoding="utf-8")


def worked_log(name):
    return re.search(rf"```jsonl log={name}\n(.*?)```", page("attempt-log.md"), re.DOTALL)[1]


def as_printed(value, printed):
    """Whether a value is what a page prints, to the digits that it prints."""
    digits = len(printed.partition(".")[2])
    return round(value, digits) == float(printed)


@pytest.mark.parametrize("number", range(101, 109))
def test_a_golden_log_gives_its_metrics(number):
    data = (GOLDEN / f"{number}.jsonl").read_bytes()
    expected = json.loads((GOLDEN / f"{number}.expected.json").read_bytes())
    found = compute(parse_log(data))
    assert {name: found[name] for name in expected if not same(found[name], expected[name])} == {}
    assert len(expected) > 20
    assert encode_log(parse_log(data)).encode() == data


def test_the_page_s_log_of_the_policy_stop():
    text = worked_log("stop-abc")
    log = parse_log(text)
    assert encode_log(log) == text
    assert (log.final_text(), log.end.reason, log.interrupted) == ("abc", "done", False)
    found = compute(log)
    assert (found["start_delay"], found["seconds"]) == (1.0, 0.6)


def test_the_page_s_killed_log():
    text = worked_log("killed")
    with pytest.raises(ValueError, match="line 5"):
        parse_log(text)  # on the page the cut-off line has its newline, as code blocks do
    log = parse_log(text.rstrip("\n"))
    assert (log.final_text(), log.interrupted, len(log.events)) == ("ét", True, 3)
    found = compute(log)
    assert (found["inserted"], found["interrupted"], found["IF"], found["accuracy"]) == (2, True, 0, 1.0)


def test_the_page_s_text_that_was_taken_over():
    text = worked_log("taken-over")
    log = parse_log(text)
    assert encode_log(log) == text
    assert log.final_text() == "Please wait."
    found = compute(log)
    assert (found["inserted"], found["characters"], found["not_typed"]) == (9, 12, 0)
    assert found["revision_ratio"] == pytest.approx(1 / 9)
    assert (found["reading_s"], found["composing_s"], found["final_wpm"]) == (2.0, 4.0, 24.0)


def worked_numbers(beginning, end="\n\n"):
    """Return what a worked example of metrics.md says: {name: digits}."""
    paragraph = page("metrics.md").split("### Worked", 1)[1].split(beginning, 1)[1].split(end)[0]
    return dict(re.findall(rf"`?\b(S|INF|C|[a-z_]+)`? {NUMBER}", paragraph))


def check_numbers(found, said):
    assert said
    for name, printed in said.items():
        assert as_printed(found["seconds" if name == "S" else name], printed), name


def test_the_numbers_of_the_first_worked_example():
    said = worked_numbers("The log `stop-abc` of `attempt-log.md`:", "With the block first")
    assert set(said) == {"S", "wpm", "raw_wpm", "accuracy", "kspc"}
    check_numbers(compute(parse_log(worked_log("stop-abc"))), said)


def test_with_the_block_first_the_clock_starts_with_a_key_that_inserts_nothing():
    assert "With the block first\n(x 1.0, a 1.2, b 1.4, c 1.6)" in page("metrics.md")
    keys = typing("abc", 1.2, 1.4, 1.6)
    found = compute(log_of(Block(us(1.0), "x"), *keys, End(us(1.6), "done"), policy="stop"))
    assert found["wpm"] == pytest.approx(60, abs=1e-9)
    assert found["raw_wpm"] == pytest.approx(60, abs=1e-9)
    assert (found["start_delay"], found["blocked"], found["accuracy"]) == (1.0, 1, 0.75)


def test_the_quick_brown_fox():
    said = worked_numbers("P = `the quick brown fox`, T = `the qick b`, t0 0.5 s, ended by time at 10 s:")
    assert set(said) == {"INF", "C", "accuracy", "S", "wpm", "net_wpm"}
    typed = "the qick b"
    keys = typing(typed, *(0.5 + k * 0.3 for k in range(len(typed))))
    found = compute(log_of(*keys, End(us(10), "time"), target="the quick brown fox", limit_s=9.5))
    check_numbers(found, said)
    assert found["compared"] == len("the quick b")


def test_the_values_of_k():
    said = re.findall(rf"k\({NUMBER}\) = {NUMBER}", page("metrics.md"))
    assert len(said) == 5
    assert all(as_printed(evenness(float(c)), value) for c, value in said)
    assert evenness(0) == 100


def test_the_standard_errors_of_the_page():
    said = re.search(rf"typists: 1 min {NUMBER}, 3 min {NUMBER}, 5 min {NUMBER};", page("metrics.md")).groups()
    assert all(as_printed(band_wpm(minutes * 60) / 1.96, value) for minutes, value in zip((1, 3, 5), said, strict=True))


def test_every_metric_of_the_page_is_computed_and_every_computed_one_is_on_the_page():
    copy, reply = page("metrics.md").split("## Replies", 1)
    names = [
        {n for cell in re.findall(r"^\| (`.*?) \|", part, re.MULTILINE) for n in re.findall(r"`(\w+)`", cell)}
        for part in (copy, reply.split("## Per key", 1)[0])
    ]
    assert names[0] == set(compute(log_of()))
    assert names[1] == set(compute(log_of(target=None)))
