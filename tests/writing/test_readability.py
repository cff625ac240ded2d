import json

import pytest

from typetrainer.errors import InvalidFile
from typetrainer.writing.readability import Readability, measure, split_sentences, split_words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It costs $49.99 today. Got it!", ["It costs $49.99 today.", "Got it!"]),
        ("Use a charger, e.g. the white one. Done.", ["Use a charger, e.g. the white one.", "Done."]),
        ("Call at 5 p.m. We close at 6.", ["Call at 5 p.m.", "We close at 6."]),
        ("It arrives at 3 p.m. on Monday.", ["It arrives at 3 p.m. on Monday."]),
        ("Hi Sarah\n\nYour order is on its way", ["Hi Sarah", "Your order is on its way"]),
        ("This line is wrapped\nby hand here.", ["This line is wrapped by hand here."]),
        ("Thanks.\r\nBye.", ["Thanks.", "Bye."]),
        ("ok. thanks. i will check", ["ok.", "thanks.", "i will check"]),
        ("1. Restart it.\n2. Wait... then call.", ["1. Restart it.", "2. Wait... then call."]),
        ("Dr. Ng (really!) asked No. 5 twice?! Yes.", ["Dr. Ng (really!) asked No. 5 twice?!", "Yes."]),
        ("😀 !!! \n ...", []),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    # "(really!)" ends with a bracket before a small letter, so the sentence goes on.
    assert split_sentences(text) == sentences


def test_words_are_what_stands_between_spaces_and_dashes() -> None:
    assert split_words("Pay $49.99—now, 24/7 – at a@b.example …") == [
        "Pay",
        "$49.99",
        "now,",
        "24/7",
        "at",
        "a@b.example",
    ]


def test_one_message_is_counted_but_not_graded() -> None:
    result = measure("Thanks for your understanding, Sarah. We will send assistance immediately!", grade=True)
    assert (result.words, result.sentences, result.words_per_sentence_max) == (10, 2, 5)
    assert result.words_per_sentence_mean == 5.0
    assert result.long_words == ("understanding", "assistance", "immediately")
    assert result.flesch_reading_ease is None
    assert result.flesch_kincaid_grade is None


def test_codes_and_addresses_are_no_long_words() -> None:
    assert (
        measure("See https://example.org/verylongpath or ABCDEFGHIJK123 or someverylong@example.org").long_words == ()
    )


def test_hundred_words_are_graded_with_our_sentences() -> None:
    # Two-word sentences count: 50 sentences of 2 one-syllable words.
    result = measure("Got it. " * 50, grade=True)
    assert (result.words, result.sentences) == (100, 50)
    assert result.flesch_reading_ease == round(206.835 - 1.015 * 2 - 84.6, 1)
    assert result.flesch_kincaid_grade == round(0.39 * 2 + 11.8 - 15.59, 1)
    assert measure("Got it. " * 50).flesch_reading_ease is None


def test_json_round_trip() -> None:
    result = measure("Hello there, how are you? " * 30, grade=True)
    assert Readability.from_json(json.loads(json.dumps(result.to_json()))) == result
    assert measure("").words_per_sentence_mean == 0.0
    with pytest.raises(InvalidFile):
        Readability.from_json({"words": 1})
