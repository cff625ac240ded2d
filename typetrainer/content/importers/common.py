"""What the importers of texts share: drafts of items, what was left and why, and the cleaning of a foreign text."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from typetrainer.content.own import LINE_END, cut, decode_text, typeable
from typetrainer.core.text import counted
from typetrainer.errors import InvalidFile

MAX_BYTES = 4 * 1024 * 1024
MAX_ENTRIES = 10_000
MAX_ITEM = 1_000  # code points: four minutes of typing
MAX_ROW = 240  # code points of words that stand in no sentence: a minute
_MAX_TITLE = 80


class Draft(NamedTuple):
    """An item to be: the line on which its text began, and both texts clean."""

    line: int
    title: str
    text: str


class Remark(NamedTuple):
    """Something of a file that was left or changed: its line, what it is, and why."""

    line: int
    what: str
    why: str


class Parsed(NamedTuple):
    """What a file holds: texts to type, what was left, what was changed or is odd.

    `language` is the file's own word for its language, `title` its own title, where it has them.
    """

    drafts: tuple[Draft, ...]
    left: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    language: str | None = None
    title: str | None = None


def decoded(data: bytes, name: str) -> str:
    """Decode UTF-8 and make all line ends alike. Raises InvalidFile."""
    return decode_text(data, name, MAX_BYTES).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> tuple[str, int]:
    """Return a text on one line, in NFC, without what cannot be typed or seen; and how many characters that were.

    Blanks at its ends go, those within stay.
    """
    if text.isascii() and text.isprintable():  # as nearly always, and lists have hundreds of thousands of words
        return text.strip(), 0
    clean, removed = typeable(LINE_END.sub(" ", text))
    return clean.strip(), removed


def can_be_typed(text: str) -> bool:
    """Whether there is anything in a clean text, without blanks at its ends, that a reader sees; joiners are not."""
    return (text.isprintable() and text != "") or any(c.isprintable() and c != " " for c in text)


def short(text: str, limit: int = _MAX_TITLE) -> str:
    """Return a text as a title: one line, single blanks, cut where it is long; empty for what nobody can see."""
    clean = " ".join(one_line(text[: limit * 8])[0].split())
    if not can_be_typed(clean):
        return ""
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


class Gathering:
    """Collects drafts and remarks while a file is read; `name` stands in its errors."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._drafts: list[Draft] = []
        self._left: list[Remark] = []
        self._notes: list[Remark] = []
        self._seen: dict[str, int] = {}

    def wrong(self, line: int, why: str) -> InvalidFile:
        """Return the error for a line with which the file is not in its format."""
        return InvalidFile(f"{self.name}, line {line}: {why} Nothing was imported.")

    def add(self, line: int, what: str, title: str, text: str, *, keep_blanks: bool = False) -> None:
        """Take a text, cut where it is long; or leave it, where there is nothing to type or it is there already.

        Runs of blanks become single ones, unless `keep_blanks`.
        """
        clean, removed = one_line(text)
        if not keep_blanks:
            clean = " ".join(clean.split())
        if removed:
            self.note(line, what, f"{counted(removed, 'invisible character')} left out, for they cannot be typed")
        if not can_be_typed(clean):
            self.leave(line, what, "it holds nothing that can be typed")
            return
        pieces = [piece for piece in cut(clean, MAX_ITEM) if can_be_typed(piece)]
        if len(pieces) > 1:
            self.note(line, what, f"over {MAX_ITEM:,} characters, so it was cut into {len(pieces)} items")
        for number, piece in enumerate(pieces, 1):
            part = f" ({number} of {len(pieces)})" if len(pieces) > 1 else ""
            if piece in self._seen:
                self.leave(line, what + part, f"the same text stands in line {self._seen[piece]}")
                continue
            self._seen[piece] = line
            self._drafts.append(Draft(line, (short(title) or short(piece, 40)) + part, piece))
        self._hold(self._drafts)

    def leave(self, line: int, what: str, why: str) -> None:
        """Say that something was not taken, and why."""
        self._left.append(Remark(line, what, why))
        self._hold(self._left)

    def note(self, line: int, what: str, why: str) -> None:
        """Say that something was changed, or is odd."""
        self._notes.append(Remark(line, what, why))
        self._hold(self._notes)

    def _hold(self, entries: list[Draft] | list[Remark]) -> None:
        if len(entries) > MAX_ENTRIES:
            raise InvalidFile(f"{self.name} holds more than {MAX_ENTRIES:,} entries; cut it into smaller files.")

    def done(self, *, language: str | None = None, title: str | None = None) -> Parsed:
        """Return what was found. Raises InvalidFile when that is nothing to type."""
        if not self._drafts:
            first = self._left[0] if self._left else None
            why = f" (line {first.line}, {first.what}: {first.why})" if first else ""
            raise InvalidFile(f"{self.name} holds nothing to type{why}. Nothing was imported.")
        order = sorted(self._notes, key=lambda remark: remark.line)
        left = sorted(self._left, key=lambda remark: remark.line)
        return Parsed(tuple(self._drafts), tuple(left), tuple(order), language, title)


def rows(words: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join words, in their order, into rows of at most MAX_ROW characters, each with the line of its first word."""
    row: list[str] = []
    size = first = 0
    for line, word in words:
        if row and size + len(word) > MAX_ROW:
            yield first, " ".join(row)
            row, size = [], 0
        if not row:
            first = line
        row.append(word)
        size += len(word) + 1
    if row:
        yield first, " ".join(row)


def add_words(found: Gathering, words: Iterable[tuple[int, str]]) -> None:
    """Take a list of words as rows to type; what is no word is left, each with its line."""
    good: list[tuple[int, str]] = []
    for line, word in words:
        clean, removed = one_line(word)
        if removed:
            found.note(line, "word", f"{counted(removed, 'invisible character')} left out, for they cannot be typed")
        if not can_be_typed(clean):
            found.leave(line, "word", "it holds nothing that can be typed")
            continue
        good.append((line, " ".join(clean.split())))
    for number, (line, row) in enumerate(rows(good), 1):
        found.add(line, "words", f"Words, part {number}", row)
