"""Graphemes, widths, wrapping into rows, and what is safe to show."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from core_samples import examples, raw_texts, texts
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.text import (
    Row,
    ascii_twin,
    cells,
    clip,
    count_graphemes,
    graphemes,
    nfc,
    row_of,
    visible,
    visible_lines,
    width,
    words,
    wrap,
    wrap_text,
)

FAMILY = "👩\u200d👩\u200d👧"
prose = st.lists(st.sampled_from([*"abc ,", " ", " ", "\n", "界", "é", FAMILY, "🇩🇪", "ᄀᄀᄀ", "\u0301"]), max_size=60)
lines_of_prose = prose.map(lambda parts: graphemes(nfc("".join(parts))))


# --- graphemes ---


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("e\u0301x", ["e\u0301", "x"]),
        (FAMILY + "!", [FAMILY, "!"]),
        ("🇩🇪🇫🇷🇮", ["🇩🇪", "🇫🇷", "🇮"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("한글", ["한", "글"]),
        ("a\n\u0301", ["a", "\n", "\u0301"]),
        ("1️⃣", ["1️⃣"]),
    ],
)
def test_graphemes(text, clusters):
    assert graphemes(text) == clusters
    assert count_graphemes(text) == len(clusters)


@examples(150)
@given(raw_texts | st.text(max_size=30))
def test_graphemes_are_the_text(text):
    clusters = graphemes(text)
    assert "".join(clusters) == text
    assert all(clusters)
    assert len(clusters) == count_graphemes(text)


@examples(100)
@given(texts)
def test_a_grapheme_stands_alone(text):
    assert all(graphemes(cluster) == [cluster] for cluster in graphemes(text))


def test_nfc():
    assert nfc("e\u0301") == "é"
    assert nfc("\u1112\u1161\u11ab") == "한"
    assert nfc("ﬁ") == "ﬁ"


@examples(100)
@given(st.text(max_size=20))
def test_twins_are_as_many_and_ascii_stays(text):
    twin = ascii_twin(text)
    assert len(twin) == len(text)
    assert ascii_twin(twin) == twin
    assert all(a == b for a, b in zip(text, twin, strict=True) if ord(a) < 128)
    assert all(ord(b) < 128 for a, b in zip(text, twin, strict=True) if a != b)


def test_every_twin():
    found = {chr(code): ascii_twin(chr(code)) for code in range(0x3000) if ascii_twin(chr(code)) != chr(code)}
    assert "".join(sorted(found)) == "\u00a0\u2007‐‑‒–—―‘’‚‛“”„‟\u202f−"
    assert all(found[c] == " " for c in found if unicodedata.category(c) == "Zs")
    assert all(found[c] == "-" for c in found if unicodedata.category(c) in ("Pd", "Sm"))


@pytest.mark.parametrize(
    ("text", "found"),
    [("", []), ("  ", []), ("one", ["one"]), (" a\nb\tc  d\u00a0e ", ["a", "b", "c", "d", "e"]),
     ("it's a-b", ["it's", "a-b"])],
)  # fmt: skip
def test_words(text, found):
    assert words(text) == found


# --- widths ---


@pytest.mark.parametrize(
    ("cluster", "size"),
    [("a", 1), (" ", 1), ("é", 1), ("e\u0301", 1), ("界", 2), ("한", 2), (FAMILY, 2), ("🇩🇪", 2), ("👍🏽", 2),
     ("\u0301", 0), ("\n", 0), ("\t", 0), ("…", 1), ("’", 1), ("\u00a0", 1), ("❤️", 2)],
)  # fmt: skip
def test_cells(cluster, size):
    assert cells(cluster) == size


@examples(100)
@given(texts)
def test_width_is_the_sum_of_the_cells(text):
    assert width(text) == sum(map(cells, graphemes(text)))


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("界界", 4, "界界"), ("界界", 3, "界…"), ("界界", 2, "…"), ("abc", 1, "…"),
     ("abc", 0, ""), ("", 0, ""), ("abc", -1, ""), (f"ab{FAMILY}", 3, "ab…"), ("e\u0301e\u0301", 1, "…")],
)  # fmt: skip
def test_clip(text, room, short):
    assert clip(text, room) == short


@examples(200)
@given(texts, st.integers(0, 30))
def test_a_clipped_text_fits_and_is_a_beginning(text, room):
    short = clip(text, room)
    assert width(short) <= room
    if short != text:
        assert width(text) > room
        assert text.startswith(short.removesuffix("…"))
        rest = graphemes(text)[len(graphemes(short.removesuffix("…"))) :]
        assert room == 0 or width(short.removesuffix("…")) + cells(rest[0]) > room - 1


# --- rows ---


def told_rows(text, room):
    clusters = graphemes(text)
    return ["".join(clusters[row.start : row.end]) for row in wrap(clusters, room)]


@pytest.mark.parametrize(
    ("text", "room", "rows"),
    [
        ("", 10, [""]),
        ("one two", 10, ["one two"]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one ", "two"]),
        ("one two", 3, ["one ", "two"]),
        ("one   two", 4, ["one   ", "two"]),
        ("   one", 4, ["   ", "one"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a bcdefgh i", 3, ["a ", "bcd", "efg", "h i"]),
        ("one\ntwo", 10, ["one\n", "two"]),
        ("one\n", 10, ["one\n", ""]),
        ("\n\n", 10, ["\n", "\n", ""]),
        ("one \ntwo", 3, ["one \n", "two"]),
        ("界界界", 4, ["界界", "界"]),
        ("界界界", 5, ["界界", "界"]),
        ("a界", 2, ["a", "界"]),
        ("ab\u00a0cd ef", 5, ["ab\u00a0cd ", "ef"]),
        ("aᄀᄀᄀᄀb", 4, ["a", "ᄀᄀᄀᄀ", "b"]),
        ("ab", 0, ["ab"]),
    ],
)
def test_wrap(text, room, rows):
    assert told_rows(text, room) == rows


@examples(400)
@given(lines_of_prose, st.integers(2, 14))
def test_rows_hold_every_grapheme_once_and_fit(clusters, room):
    rows = wrap(clusters, room)
    assert rows[0].start == 0
    assert rows[-1].end == len(clusters)
    assert all(a.end == b.start for a, b in pairwise(rows))
    assert all(row.start < row.end for row in rows[:-1])
    for row in rows:
        inside = clusters[row.start : row.end]
        assert "\n" not in inside[:-1]
        while inside and inside[-1] in (" ", "\n"):
            inside.pop()
        assert sum(map(cells, inside)) <= room or len(inside) == 1
    if clusters[-1:] == ["\n"]:
        assert rows[-1] == Row(len(clusters), len(clusters))


@examples(400)
@given(lines_of_prose, st.integers(2, 14))
def test_rows_break_words_only_where_they_must_and_are_full(clusters, room):
    rows = wrap(clusters, room)
    for row, below in pairwise(rows):
        last = clusters[row.end - 1]
        if last == "\n":
            continue
        first = clusters[below.start]
        begin = end = below.start
        while begin and clusters[begin - 1] not in (" ", "\n"):
            begin -= 1
        while end < len(clusters) and clusters[end] not in (" ", "\n"):
            end += 1
        word = sum(map(cells, clusters[begin:end]))
        used = sum(map(cells, clusters[row.start : row.end]))
        if last != " ":  # a word is cut: it is longer than a row, and the row is full
            assert word > room
            assert begin <= row.start
            assert used + cells(first) > room
        else:  # the next word did not fit
            assert used + word > room
            assert first != " "


@examples(150)
@given(lines_of_prose, st.integers(2, 14))
def test_row_of_finds_the_row_with_the_cursor(clusters, room):
    rows = wrap(clusters, room)
    for index in range(len(clusters) + 1):
        found = row_of(rows, index)
        assert rows[found].start <= index
        assert index < rows[found].end or found == len(rows) - 1


@examples(150)
@given(lines_of_prose, st.integers(2, 14))
def test_typing_a_blank_never_moves_a_word(clusters, room):
    starts = [row.start for row in wrap(clusters, room)]
    if clusters[-1:] != ["\n"]:
        assert [row.start for row in wrap([*clusters, " "], room)] == starts


@examples(150)
@given(st.text(max_size=60), st.integers(2, 20))
def test_prose_is_wrapped_safely(text, room):
    for line in wrap_text(text, room):
        assert visible(line) == line
        assert width(line) <= room or len(graphemes(line)) == 1


def test_wrap_text():
    assert wrap_text("one  two\r\n\tthree\x1b[31m", 8) == ["one  two", "", "three␛[3", "1m"]
    assert wrap_text("one two three\n\nfour", 8) == ["one two", "three", "", "four"]
    assert wrap_text("", 8) == [""]


# --- safety ---

BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def test_no_code_point_that_a_terminal_may_obey_is_left():
    for start in range(0, sys.maxunicode + 1, 0x400):
        shown = visible("".join(map(chr, range(start, start + 0x400))))
        assert len(shown) == 0x400  # each was replaced by one sign
        for was, character in zip(range(start, start + 0x400), shown, strict=True):
            assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), hex(was)
            assert unicodedata.bidirectional(character) not in (
                "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
            ), hex(was)  # fmt: skip
            assert ord(character) not in BIDI
            category = unicodedata.category(chr(was))
            if category not in ("Cc", "Cs", "Zl", "Zp", "Cf"):
                assert character == chr(was)
        assert visible(shown) == shown


def test_signs_that_stand_for_controls():
    assert visible("\x00\x1b[31m\x07\n\t\x7f\x9b\u202e\ud800") == "␀␛[31m␇␊␉␡\ufffd\ufffd\ufffd"
    assert visible("\x1b") == "␛"
    assert visible(f"{FAMILY} é “x” – \u00a0") == f"{FAMILY} é “x” – \u00a0"


@examples(150)
@given(st.text(st.characters(), max_size=30))
def test_visible_text_can_be_written(text):
    shown = visible(text)
    assert shown.encode("utf-8") or not text
    assert not any(unicodedata.category(character) == "Cc" for character in shown)
    assert all(visible(line) == line for line in visible_lines(text))


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", [""]), ("a\nb", ["a", "b"]), ("a\r\nb\rc\n", ["a", "b", "c", ""]), ("a\tb", ["a    b"]),
     ("a\x0bb\x85", ["a␋b\ufffd"])],
)  # fmt: skip
def test_visible_lines(text, lines):
    assert visible_lines(text) == lines
