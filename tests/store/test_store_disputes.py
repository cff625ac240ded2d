"""Judgements found wrong: kept, matched by rule, words and item, taken back."""

from datetime import UTC, datetime

import pytest

from typetrainer.errors import InvalidFile
from typetrainer.store.disputes import Dispute, Disputes, Respected

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SHA = "a" * 64


def dispute(rule: str, words: str = "", verdict: str = "poor", sha256: str = SHA) -> Dispute:
    return Dispute("20261123-120000-000000-00000001", "page/one", sha256, rule, words, "The whole text.", verdict)


@pytest.fixture
def disputes(tmp_path) -> Disputes:
    return Disputes(tmp_path / "disputes.jsonl")


def respected(*made: Dispute) -> Respected:
    return Respected([each._asdict() for each in made])


def test_what_was_added_is_read_again(disputes):
    disputes.add(dispute("fact.credit"), NOW)
    disputes.add(dispute("tone-blame", "You should have"), NOW)
    assert [entry["rule"] for entry in disputes.entries()] == ["fact.credit", "tone-blame"]
    assert disputes.exported().count("\n") == 2


@pytest.mark.parametrize(("rule", "words"), [("MODAL_OF", "should of"), ("tone-blame", "You  SHOULD have")])
def test_words_of_a_rule_for_every_text_are_respected_in_every_text(rule, words):
    known = respected(dispute(rule, words))
    assert known.covers(rule, words.lower().replace("  ", " "), "page/other", "b" * 64)
    assert not known.covers(rule, "other words", "page/one", SHA)
    assert not known.covers("OTHER", words, "page/one", SHA)


@pytest.mark.parametrize("rule", ["fact.credit", "step.verify", "flaw.blame", "order", "findable", "tone-thanks"])
def test_what_was_missing_is_respected_in_its_item_as_it_is(rule):
    known = respected(dispute(rule))
    assert known.covers(rule, "", "page/one", SHA)
    assert not known.covers(rule, "", "page/one", "b" * 64)
    assert not known.covers(rule, "", "page/other", SHA)
    assert not known.covers(rule, "", "", "")


@pytest.mark.parametrize(("rule", "words"), [
    ("claim.price", "it is free"), ("critical.promise", "I promise"), ("action", "reply"), ("source", "visits"),
])  # fmt: skip
def test_words_that_are_wrong_in_one_item_only_are_respected_there(rule, words):
    known = respected(dispute(rule, words))
    assert known.covers(rule, words, "page/one", SHA)
    assert not known.covers(rule, words, "page/other", SHA)
    assert not known.covers(rule, "something else", "page/one", SHA)


def test_praise_that_is_wrong_is_another_thing_than_blame():
    known = respected(dispute("clarity-words", verdict="good"))
    assert known.covers("clarity-words", "", "page/one", SHA, good=True)
    assert not known.covers("clarity-words", "", "page/one", SHA)


def test_a_dispute_of_an_older_program_has_no_verdict_and_is_no_praise():
    entry = dispute("fact.credit")._asdict()
    del entry["verdict"]
    assert Respected([entry]).covers("fact.credit", "", "page/one", SHA)


def test_taking_back_leaves_the_others(disputes):
    disputes.add(dispute("fact.credit"), NOW)
    disputes.add(dispute("tone-blame", "you should have"), NOW)
    disputes.add(dispute("tone-blame", "You should have", sha256="b" * 64), NOW)
    assert disputes.withdraw("tone-blame", "you should have", "page/one", SHA) == 2
    assert [entry["rule"] for entry in disputes.entries()] == ["fact.credit"]
    assert disputes.withdraw("tone-blame", "you should have", "page/one", SHA) == 0


@pytest.mark.parametrize("line", ["{", "[]", '{"rule": "x"}'])
def test_a_broken_file_is_named_and_not_overwritten(disputes, line):
    disputes._path.write_text(line + "\n", encoding="utf-8")
    for use in (
        disputes.respected,
        lambda: disputes.add(dispute("x"), NOW),
        lambda: disputes.withdraw("x", "", "", ""),
    ):
        with pytest.raises(InvalidFile, match="line 1"):
            use()
    assert disputes._path.read_text(encoding="utf-8") == line + "\n"
