"""Items from a user's own text: paragraphs, cleaned of what cannot be typed or seen."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from typetrainer.content.loader import Lazy, item_sha256
from typetrainer.content.model import CopyItem
from typetrainer.errors import InvalidFile, StorageProblem

MAX_BYTES = 1024 * 1024
MAX_PARAGRAPH = 10_000  # code points
OWN_PACK = "own"
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PARAGRAPH_END = re.compile(r"\n[ \t\n]*\n")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]* ")
_JOINERS = "\u200c\u200d"


class OwnText(NamedTuple):
    """A user's own text as items, in its order, and what was changed to make them, as sentences."""

    name: str
    items: Lazy[CopyItem]
    notices: tuple[str, ...]


def read_limited(stream: BinaryIO, name: str, limit: int = MAX_BYTES) -> bytes:
    """Read at most `limit` bytes of an open file or pipe; of a larger one no more than that.

    Raises InvalidFile when there is more, StorageProblem when it cannot be read.
    """
    parts: list[bytes] = []
    left = limit + 1
    try:
        while left > 0 and (part := stream.read(left)):  # a pipe may give less than was asked for
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise StorageProblem(f"Cannot read {name}: {error.strerror or error}.") from error
    if left <= 0:
        raise InvalidFile(too_large(name, limit))
    return b"".join(parts)


def too_large(name: str, limit: int) -> str:
    """Return the sentence for a file over its limit (bytes)."""
    size = f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit:,} bytes"
    return f"{name} is larger than {size}; cut it into smaller files."


def decode_text(data: bytes, name: str, limit: int = MAX_BYTES) -> str:
    """Decode UTF-8, without its byte order mark. Raises InvalidFile for what is not a text, naming the line."""
    if len(data) > limit:
        raise InvalidFile(too_large(name, limit))
    if b"\0" in data:
        raise InvalidFile(f"{name} is not a text: it holds NUL bytes. Save it as plain text in UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidFile(f"{name}, line {line}: not UTF-8. Save it as plain text in UTF-8.") from None
    if not text.strip():
        raise InvalidFile(f"{name} is empty; there is nothing in it to work with.")
    return text


def own_text(data: bytes, name: str) -> OwnText:
    """Make items of a user's own text: a paragraph each, its lines joined, its blanks single, in NFC.

    Invisible characters that nobody can type (controls, bidirectional marks) are left out, and a notice counts them.
    Raises InvalidFile, naming `name`, for bytes that are not UTF-8 text, are empty, or are over 1 MiB.
    """
    text, removed = typeable(LINE_END.sub("\n", decode_text(data, name)))
    paragraphs = [p for block in _PARAGRAPH_END.split(text) if (p := " ".join(block.split()))]
    if not paragraphs:
        raise InvalidFile(f"{name} holds no character that can be typed.")
    notices = []
    if removed:
        what = "1 invisible character was" if removed == 1 else f"{removed} invisible characters were"
        notices.append(f"{name}: {what} left out, for they cannot be typed.")
    pieces = [piece for paragraph in paragraphs for piece in cut(paragraph)]
    if len(pieces) > len(paragraphs):
        notices.append(f"{name}: a paragraph over {MAX_PARAGRAPH:,} characters was split.")
    makers = [_maker(piece, name, number, len(pieces)) for number, piece in enumerate(pieces, 1)]
    return OwnText(name, Lazy(makers), tuple(notices))


def typeable(text: str) -> tuple[str, int]:
    """Return the text in NFC without what cannot be typed or seen, and how many characters were left out."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text, 0
    kept: list[str] = []
    removed = 0
    for c in text:
        if c in "\n " or c in _JOINERS or c.isprintable():
            kept.append(c)
        elif c == "\t" or unicodedata.category(c) == "Zs":
            kept.append(" ")
        elif unicodedata.category(c) in ("Cc", "Cf", "Cs"):
            removed += 1
        else:
            kept.append(c)
    return unicodedata.normalize("NFC", "".join(kept)), removed


def cut(paragraph: str, limit: int = MAX_PARAGRAPH) -> list[str]:
    """Cut a paragraph over `limit` code points: after a sentence, else at a blank, else between two characters."""
    pieces = []
    start = 0
    while len(paragraph) - start > limit:
        head = paragraph[start : start + limit + 1]
        at = _place_to_cut(head, limit)
        pieces.append(head[:at].strip())
        start += at
        while paragraph.startswith(" ", start):
            start += 1
    rest = paragraph[start:].strip()
    return [*pieces, rest] if rest else pieces


def _place_to_cut(head: str, limit: int) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    at = ends[-1] if ends else head.rfind(" ") + 1
    if at >= limit // 2 or ends:
        return at
    at = limit
    while at > limit // 2 and (unicodedata.combining(head[at]) or head[at] in _JOINERS):
        at -= 1
    return at if at > limit // 2 else limit  # a run of marks without end has no better place


def _maker(text: str, name: str, number: int, of: int) -> Callable[[], CopyItem]:
    return lambda: _item(text, name, number, of)


def _item(text: str, name: str, number: int, of: int) -> CopyItem:
    """Make an item whose id follows from its text, so that the same paragraph is the same item next time."""
    item_id = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    title = name if of == 1 else f"{name}, paragraph {number} of {of}"
    raw = {"id": item_id, "title": title, "tags": ["own"], "text": text}
    return CopyItem(OWN_PACK, item_id, title, ("own",), text, (), item_sha256(raw), raw)
