"""Make a text fit to be sent to LanguageTool, and lead the spans of its answer back to the text as it was given."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# The server's limit is 40,000 UTF-16 units; a part may be a little over what is asked for, never over that.
PART_UNITS = 30_000
# Invisible characters that only confuse a spelling checker: soft hyphen, zero-width space and joiner, BOM.
_DROPPED = {"\u00ad", "\u200b", "\u2060", "\ufeff"}
_LINE_ENDS = {"\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"}
_PLAIN = re.compile(r"[\n\t\x20-\x7e\u2010-\u2026\u20ac]*")
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?…][\"'”’)\]]*\s+"), re.compile(r"\s+"))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of prepared text. `starts[i]`, `ends[i]`: the original code points that its character i stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, length: int) -> tuple[int, int]:
        """Return the original (offset, length) in code points of a span in UTF-16 units of this part."""
        first, last = self._index(start), self._index(start + length)
        if not self.text:
            return (0, 0)
        if last <= first:
            at = self.starts[first] if first < len(self.starts) else self.ends[-1]
            return (at, 0)
        return (self.starts[first], self.ends[last - 1] - self.starts[first])

    def _index(self, units: int) -> int:
        """Return the code point index of an offset in UTF-16 units, clipped to the text."""
        if self.text.isascii():
            return max(0, min(units, len(self.text)))
        for index, char in enumerate(self.text):
            if units <= 0:
                return index
            units -= _units(char)
        return len(self.text)


def prepare(text: str) -> list[Part]:
    """Normalise a text and cut it into parts that the server takes; no part for a text of spaces only."""
    chars, starts, ends = _normalise(text)
    return [
        Part(chars[begin:end], tuple(starts[begin:end]), tuple(ends[begin:end]))
        for begin, end in _cuts(chars)
        if chars[begin:end].strip()
    ]


def _normalise(text: str) -> tuple[str, list[int], list[int]]:
    """Compose accents, turn line ends into newlines and controls into spaces, drop what is invisible."""
    if _PLAIN.fullmatch(text):
        return text, list(range(len(text))), list(range(1, len(text) + 1))
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for begin, end in _clusters(text):
        for char in _clean(text[begin:end]):
            chars.append(char)
            starts.append(begin)
            ends.append(end)
    return "".join(chars), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a character with its combining marks, and of CR LF."""
    begin = 0
    while begin < len(text):
        end = begin + 1
        if text.startswith("\r\n", begin):
            end += 1
        else:
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
        yield begin, end
        begin = end


def _clean(cluster: str) -> str:
    char = cluster[0]
    if char in _DROPPED:
        return ""
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category == "Cc":
        return char if char in "\n\t" else " "
    return unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else char


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(text):
        end = _cut(text, begin)
        yield begin, end
        begin = end


def _cut(text: str, begin: int) -> int:
    """Return where the part that begins at `begin` ends: at a paragraph, a line, a sentence, else a word."""
    limit = _advance(text, begin, PART_UNITS)
    if limit == len(text):
        return limit
    for pattern in _BREAKS:
        # Half a part at least, so that a lone early paragraph end does not make many small parts.
        ends = [found.end() for found in pattern.finditer(text, begin + (limit - begin) // 2, limit)]
        if ends:
            return ends[-1]
    return limit


def _advance(text: str, begin: int, units: int) -> int:
    if text.isascii():
        return min(len(text), begin + units)
    for index in range(begin, len(text)):
        units -= _units(text[index])
        if units < 0:
            return index
    return len(text)


def _units(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1
