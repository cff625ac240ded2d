import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.errors import InvalidFile
from typetrainer.writing.findings import Engine, Finding, Vocabulary, keep, severity_of
from typetrainer.writing.prepare import PART_UNITS, prepare


def finding(text: str, part: str, rule: str = "MORFOLOGIK_RULE_EN_US") -> Finding:
    return Finding(rule, "TYPOS", "m", text.index(part), len(part), part, (), "error")


@pytest.mark.parametrize(
    ("words", "token", "known"),
    [
        ({"Zephyra"}, "Zephyra", True),
        ({"Zephyra"}, "Zephyra's", True),
        ({"Zephyra"}, "Zephyra’s", True),
        ({"Zephyra"}, "Zephyras", True),
        ({"Zephyra"}, "ZEPHYRA", True),
        ({"Zephyra"}, "zephyra", False),
        ({"chatbox"}, "Chatboxes", True),
        ({"Nguyễn Thị Minh"}, "Nguyễn", True),
        ({"Nguyễn Thị Minh"}, "Thị", True),
        ({"Jo"}, "Jos", False),
        ({"Acme"}, "Acne", False),
    ],
)
def test_vocabulary(words: set[str], token: str, known: bool) -> None:
    assert (token in Vocabulary(words)) is known


def test_known_words_filter_spelling_only() -> None:
    text = "Zephyra's order AB-12X9 and Zephyra-X are wordd, eSIM."
    flagged = [finding(text, part) for part in ("Zephyra's", "AB", "Zephyra-X", "wordd")]
    other = finding(text, "Zephyra's", "SOME_GRAMMAR_RULE")
    words = frozenset({"Zephyra", "AB-12X9"})
    assert keep([*flagged, other], text, words=words) == (other, flagged[3])


def test_a_known_word_may_begin_a_sentence_small() -> None:
    text = "eSIM works. but why?"
    found = [finding(text, part, "UPPERCASE_SENTENCE_START") for part in ("eSIM", "but")]
    assert keep(found, text, words=frozenset({"eSIM"})) == (found[1],)


def test_an_address_has_no_errors() -> None:
    text = "See robinparcels.example, or shop.example/help. It is late.yet we are here."
    found = [finding(text, part, "LC_AFTER_PERIOD") for part in ("example,", "shop.example", "late.yet")]
    assert keep(found, text) == (found[2],)


def test_rules_off_order_and_doubles() -> None:
    text = "one two three four"
    found = [finding(text, word, rule) for word in text.split() for rule in ("B", "A", "CONSECUTIVE_SPACES", "OFF")]
    expected = [finding(text, word, rule) for word in text.split() for rule in ("A", "B")]
    random.Random(1).shuffle(found)
    assert list(keep(found + found, text, rules_off=frozenset({"OFF"}))) == expected


def test_severities() -> None:
    assert severity_of("TYPOGRAPHY", "whitespace") == "typography"
    assert severity_of("REDUNDANCY", "style") == "style"
    assert severity_of("AMERICAN_ENGLISH_STYLE", "locale-violation") == "style"
    assert severity_of("CASING", "typographical") == "error"
    assert severity_of("GRAMMAR", "grammar") == "error"
    assert severity_of("PUNCTUATION", "typographical", "COMMA_COMPOUND_SENTENCE") == "style"


def test_json_round_trips() -> None:
    made = Finding("R", "C", "é \ud83d", 1, 2, "\ud83d x", ("a", "b"), "style")
    assert Finding.from_json(json.loads(json.dumps(made.to_json()))) == made
    engine = Engine("LanguageTool", "6.8", "00")
    assert Engine.from_json(json.loads(json.dumps(engine.to_json()))) == engine
    with pytest.raises(InvalidFile):
        Finding.from_json({**made.to_json(), "severity": "grave"})
    with pytest.raises(InvalidFile):
        Engine.from_json({})


TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from(["e", " ", "\u0301", "😀", "\r", "\n", "\u00ad", "\ud83d", "\x00", "."]))
)


@given(TEXTS)
def test_every_span_leads_back_into_the_text(text: str) -> None:
    for part in prepare(text):
        part.text.encode("utf-16-le")  # nothing that cannot be sent
        for index, char in enumerate(part.text):
            units = len(part.text[:index].encode("utf-16-le")) // 2
            offset, length = part.span(units, len(char.encode("utf-16-le")) // 2)
            assert 0 <= offset < offset + length <= len(text)
            if char.isascii() and char.isalnum():
                assert char in text[offset : offset + length]


@given(
    st.integers(min_value=1, max_value=3), st.sampled_from(["One more. ", "line\n", "para\n\n", "wordwithoutend", "😀"])
)
def test_long_texts_are_cut_without_a_gap(times: int, piece: str) -> None:
    text = piece * (times * PART_UNITS // len(piece))
    parts = prepare(text)
    assert "".join(part.text for part in parts) == text
    assert all(len(part.text.encode("utf-16-le")) // 2 <= PART_UNITS for part in parts)
    assert len(parts) <= 4 * times + 1
