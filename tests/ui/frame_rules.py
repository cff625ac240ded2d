"""The rules of every picture, for all tests that make one."""

import unicodedata
from collections.abc import Iterator

from typetrainer.core.text import width
from typetrainer.ui.frame import Frame, Size, row_width
from typetrainer.ui.style import STYLES, palette

SIZES = (Size(80, 24), Size(81, 25), Size(120, 40), Size(200, 60))
MARKED = {"wrong", "missing", "extra", "next", "span", "selected"}


def assert_in_order(frame: Frame, size: Size) -> None:
    assert len(frame.rows) == size.rows
    for number, row in enumerate(frame.rows):
        text = "".join(piece for _, piece in row)
        for style, piece in row:
            assert style in STYLES
            assert not any(_obeyed(character) for character in piece), (number, piece)
        assert width(text.rstrip(" ␣\u3000\u00a0")) <= size.columns, (number, text)
        assert row_width(row) < 10 * size.columns
    assert frame.rows[0][1][0] == "title"
    assert any(style == "key" for style, _ in frame.rows[-1])
    if frame.cursor is not None:
        assert 2 <= frame.cursor[0] < size.rows - 1
        assert 0 <= frame.cursor[1] < size.columns


def _obeyed(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in "\u202a\u202b\u202d\u202e\ufeff"


def _cells(frame: Frame) -> Iterator[tuple[int, str, str]]:
    for number, row in enumerate(frame.rows):
        for style, text in row:
            yield number, style, text


def assert_no_colour_alone(frame: Frame) -> None:
    """Without colours, what is marked differs from plain text by an attribute, or something else stands there."""
    plain = palette("none")
    for number, style, text in _cells(frame):
        if style in MARKED and text.strip():
            beside = any(at == number + 1 and below.strip() for at, _, below in _cells(frame))
            assert plain[style] not in (plain[""], plain["todo"]) or beside, (style, text)
