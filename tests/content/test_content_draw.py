import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.content.draw import draw, joined, shuffled
from typetrainer.content.loader import item_sha256
from typetrainer.content.model import CopyItem
from typetrainer.content.own import MAX_BYTES, MAX_PARAGRAPH, own_text, read_limited
from typetrainer.core.text import count_graphemes, visible
from typetrainer.errors import InvalidFile, UsageProblem


def item(number: int, text: str) -> CopyItem:
    return CopyItem("p", f"i-{number}", "T", ("t",), text, (), "0" * 64, {})


def assert_names(error: Exception, name: str) -> None:
    assert name in str(error)
    assert str(error).isprintable()


texts = st.lists(st.text("aé ñ👍🏽b", min_size=1, max_size=30).map(lambda t: f"x{t.strip()}"), min_size=1, max_size=8)


@given(st.integers(1, 30), st.integers(0, 2**64))
def test_each_comes_once_before_any_comes_again(size, seed):
    order = shuffled(size, seed)
    last = None
    for _ in range(3):
        round_ = [next(order) for _ in range(size)]
        assert sorted(round_) == list(range(size))
        assert size == 1 or round_[0] != last
        last = round_[-1]


def test_the_same_seed_draws_the_same_everywhere():
    assert draw("abcdefgh", 7, 5) == ["g", "h", "c", "e", "a"]  # fixed: results name their seed
    assert draw("abcdefgh", None, 3) == ["a", "b", "c"]


def test_more_than_there_are_cannot_be_drawn():
    with pytest.raises(UsageProblem, match="only 3 items to choose from, not 4"):
        draw("abc", 1, 4)
    with pytest.raises(UsageProblem, match="no items"):
        draw("", 1, 1)
    with pytest.raises(UsageProblem, match="no items"):
        joined([], 1, 5)


@given(texts, st.integers(0, 2**32) | st.none(), st.integers(1, 400))
def test_joined_text_is_long_enough_and_its_spans_are_right(parts, seed, wanted):
    items = [item(n, text) for n, text in enumerate(parts)]
    result = joined(items, seed, wanted)
    assert count_graphemes(result.text) >= wanted
    assert result.text == " ".join(each.text for each, _ in result.spans)
    for each, start in result.spans:
        assert result.text.startswith(each.text, start)
    seen = [each.id for each, _ in result.spans]
    assert len(set(seen[: len(items)])) == min(len(seen), len(items))


def test_own_text_is_cleaned():
    data = "\ufeffOne  line\tand\r\nthe next.\r\n\r\n \r\nTwo\u200b\u202e: cafe\u0301\u00a0au lait.\n".encode()
    own = own_text(data, "notes.txt")
    assert [each.text for each in own.items] == ["One line and the next.", "Two: café au lait."]
    assert own.notices == ("notes.txt: 2 invisible characters were left out, for they cannot be typed.",)
    first = own.items[0]
    assert first.title == "notes.txt, paragraph 1 of 2"
    assert first.sha256 == item_sha256(first.raw)
    assert own_text(first.text.encode(), "other").items[0].id == first.id


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "n.txt is empty"),
        (b" \n\t\n", "n.txt is empty"),
        (b"\xef\xbb\xbf", "n.txt is empty"),
        (b"one\ntwo \xff", "n.txt, line 2: not UTF-8"),
        (b"\x7fELF\x00\x01", "NUL"),
        ("\u202e\u200b\ufeff".encode(), "no character that can be typed"),
        (b"x" * (MAX_BYTES + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_text_is_refused(data, said):
    with pytest.raises(InvalidFile, match=said):
        own_text(data, "n.txt")


def test_a_large_file_is_not_read_to_its_end():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += 1000
            return b"x" * 1000

    stream = Endless()
    with pytest.raises(InvalidFile, match="larger than 1 MiB"):
        read_limited(stream, "pipe")
    assert stream.given < MAX_BYTES + 2000


def test_a_long_paragraph_is_split_at_sentences_then_blanks():
    sentence = "This is a sentence of some length. "
    own = own_text((sentence * 1000).encode(), "n")
    parts = [each.text for each in own.items]
    assert all(len(part) <= MAX_PARAGRAPH and part.endswith(".") for part in parts)
    assert " ".join(parts) == (sentence * 1000).strip()
    assert "split" in own.notices[0]
    words = [each.text for each in own_text(b"word " * 5000, "n").items]
    assert all(part.replace("word", "").strip() == "" for part in words)
    assert [len(each.text) for each in own_text(b"x" * 25_000, "n").items] == [10_000, 10_000, 5_000]


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_own_text_gives_clean_items_or_names_the_file(data):
    try:
        own = own_text(data, "n.txt")
    except InvalidFile as error:
        assert_names(error, "n.txt")
        return
    assert len(own.items) > 0
    for each in own.items:
        assert each.text
        assert each.text == " ".join(each.text.split(" "))
        assert each.text == each.text.strip()
        assert "  " not in each.text
        assert unicodedata.is_normalized("NFC", each.text)
        assert visible(each.text) == each.text
