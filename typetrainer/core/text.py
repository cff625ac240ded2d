"""Text as people see it: graphemes, cell widths, wrapping into rows, and what is safe to show.

Everything here works on NFC text; `nfc` makes it so. Lengths in code points are Python lengths, lengths in graphemes
are lengths of `graphemes(...)`, widths are terminal cells.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from wcwidth import iter_graphemes, wcswidth

_TWINS = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "‐": "-", "‑": "-", "‒": "-",
    "–": "-", "—": "-", "―": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2007": " ",
})  # fmt: skip
# C0 and C1 controls, line and paragraph separators, bidirectional overrides, and lone surrogates: a terminal may obey
# or stumble over them, and a reader cannot see them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_CONTROL_PICTURE = 0x2400


def counted(number: object, noun: str) -> str:
    """Return the number with its noun: `1 word`, `2 words`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def nfc(text: str) -> str:
    """Return the text in Unicode normalisation form C."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def graphemes(text: str) -> list[str]:
    """Split into extended grapheme clusters (UAX #29), the units a cursor moves by."""
    return list(text) if text.isascii() else list(iter_graphemes(text))


def count_graphemes(text: str) -> int:
    """Return how many graphemes the text has."""
    return len(text) if text.isascii() else sum(1 for _ in iter_graphemes(text))


def ascii_twin(text: str) -> str:
    """Fold typographic quotes, dashes and no-break spaces to the keys that stand for them."""
    return text if text.isascii() else text.translate(_TWINS)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURE + code)
    return "␡" if code == 0x7F else "\ufffd"


def visible(text: str) -> str:
    """Return the text with every character that a terminal might obey replaced by a visible sign.

    Newlines and tabs are replaced as well: split lines before, and expand tabs before.
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_picture, text)


def visible_lines(text: str) -> list[str]:
    """Split at line ends and make each line safe to show; tabs become four blanks."""
    return [visible(line.replace("\t", "    ")) for line in re.split("\r\n|[\n\r]", text)]


@lru_cache(maxsize=4096)
def _cluster_width(cluster: str) -> int:
    return max(wcswidth(cluster), 0)


def cells(cluster: str) -> int:
    """Return the terminal cells of one grapheme: 0, 1 or 2; more for a few, such as a run of Hangul Jamo."""
    return 1 if cluster.isascii() and cluster.isprintable() else _cluster_width(cluster)


def width(text: str) -> int:
    """Return the terminal cells of a text without control characters."""
    return len(text) if text.isascii() else sum(cells(cluster) for cluster in graphemes(text))


def clip(text: str, room: int) -> str:
    """Shorten to `room` cells, with an ellipsis where something was cut."""
    if width(text) <= room:
        return text
    kept, used = [], 0
    for cluster in graphemes(text):
        used += cells(cluster)
        if used > room - 1:
            break
        kept.append(cluster)
    return "".join(kept) + "…" if room > 0 else ""


class Row(NamedTuple):
    """One row of wrapped text: the graphemes `start` to `end` (exclusive) of it stand on it."""

    start: int
    end: int


def wrap(clusters: list[str], room: int) -> list[Row]:
    """Wrap graphemes into rows of at most `room` cells, at blanks; also the map from cursor to row.

    A newline ends its row and belongs to it. Blanks at a row's end belong to that row even where they hang over, so
    that every grapheme is on exactly one row and typing a blank never moves a word. A longer word is cut, and a
    grapheme wider than a row stands alone. There is always at least one row, and after a final newline an empty one.
    """
    room = max(room, 2)
    rows: list[Row] = []
    start = used = 0
    word_start = word_used = 0  # where the current word began, and the cells of the row up to there
    for index, cluster in enumerate(clusters):
        if cluster == "\n":
            rows.append(Row(start, index + 1))
            start = word_start = index + 1
            used = word_used = 0
            continue
        size = cells(cluster)
        if cluster == " ":
            used += size
            word_start, word_used = index + 1, used
            continue
        if used + size > room:
            if word_start > start:
                rows.append(Row(start, word_start))
                start, used = word_start, used - word_used
            if used + size > room and index > start:
                rows.append(Row(start, index))
                start, used = index, 0
            word_start, word_used = start, 0
        used += size
    rows.append(Row(start, len(clusters)))
    return rows


def row_of(rows: list[Row], index: int) -> int:
    """Return the row on which a cursor before grapheme `index` stands."""
    low, high = 0, len(rows) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if rows[middle].start <= index:
            low = middle
        else:
            high = middle - 1
    return low


def wrap_text(text: str, room: int) -> list[str]:
    """Wrap prose for showing: safe lines of at most `room` cells, without blanks at their ends."""
    lines: list[str] = []
    for line in visible_lines(text):
        clusters = graphemes(line)
        lines += ["".join(clusters[row.start : row.end]).rstrip() for row in wrap(clusters, room)]
    return lines


_WORD = re.compile(r"\S+")


def words(text: str) -> list[str]:
    """Return the runs without white space, the words of words per minute of a reply."""
    return _WORD.findall(text)
