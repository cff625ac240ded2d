"""A text as tokens: words with their stems, values, codes and marks, each with its span."""

import re
from functools import lru_cache
from typing import NamedTuple

from typetrainer.writing.addresses import is_address
from typetrainer.writing.dictionary import is_word
from typetrainer.writing.facts import lexicon as lex
from typetrainer.writing.facts.values import Raw, Reader, Value

_QUOTES = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‑": "-",
    "‐": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
})  # fmt: skip
# Every repetition is bounded, so that no text makes the scan slow.
_SCAN = re.compile(
    r"""
    (?P<url>https?://[^\s]{1,200}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{2,24}){1,4}|[A-Za-z][\w-]{0,40}(?:\.[a-z][\w-]{1,24}){1,4}/?)
    |(?P<date>\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/]))
    |(?P<clock>\d{1,2}:\d{2}(?![\d:])
        |\d{1,2}\.[0-5]\d(?=\ ?[ap]\.?m\b|\ (?:in\ the|this|tomorrow)\ (?:morning|afternoon|evening)\b|\ tonight\b)
        |(?:(?<=\bat\ )|(?<=\buntil\ )|(?<=\btill\ ))\d{1,2}\.[0-5]\d
            (?![\d.,]?\d|\ ?(?:%|[^\W\d_]{0,12}(?:cent|euro|dollar|pound|each))))
    |(?P<num>\d{1,2}(?:,\d{2}){1,4},\d{3}(?:\.\d{1,6})?(?!\d)
        |\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?(?!\d)
        |\d{1,12}(?:\.\d{1,6})?)
    |(?P<half>(?:[AaPp]\.[Mm]|[Ee]\.[Gg]|[Ii]\.[Ee])\.?(?![A-Za-z]))
    |(?P<word>[^\W\d_]{1,60}(?:'[^\W\d_]{1,20}){0,2})
    |(?P<newline>\n[\s]{0,20})
    |(?P<sym>[^\s\w]|_)
    """,
    re.VERBOSE,
)
_GLUED_SUFFIXES = frozenset(
    """
        am pm st nd rd th h hr hrs min mins k p gb mb mbps gbps kg g km m cm mm x d s
    """.split()
)
_CODE_PIECES = 12
LIST_NUMBER = "1."  # what a mark is that numbers a point of a list, whatever its number
# What a value can begin with, besides figures.
_VALUE_STARTS = frozenset(
    [
        *lex.NUMBERS,
        *lex.ORDINALS,
        *lex.MONTHS,
        *lex.WEEKDAYS,
        *(c for c in lex.CURRENCIES if not c.isalpha()),
        *"a an one another half quarter noon midday midnight us twenty thirty first second third".split(),
        *"usd gbp eur aud inr rs".split(),
    ]
)


class Token(NamedTuple):
    """A word (its stem), a value, a code or a mark, and where it stands in the text (code points)."""

    kind: str  # word, value, code, mark
    stem: str
    low: str
    value: Value | None
    start: int
    end: int
    before: str  # the lower-case word before a value: "by 2" is a time, "2" alone may not be


def scan(text: str) -> list[Raw]:
    """Split a text into raw pieces, contractions opened; spans are code points of `text`."""
    plain = text.translate(_QUOTES)
    raws: list[Raw] = []
    end = 0
    for match in _SCAN.finditer(plain):
        kind, piece = match.lastgroup or "sym", match.group()
        start, stop = match.span()
        if kind == "url" and not is_address(piece):
            kind, piece, stop = "word", piece.partition(".")[0], start + len(piece.partition(".")[0])
            raws += _address_words(match.group(), start)
            end = match.end()
            continue
        low = piece.lower() if len(piece.lower()) == len(piece) else piece
        glued = start == end and start > 0
        end = stop
        if kind == "word":
            raws += _words(low, piece, start, glued, counted=_counted(raws))
        else:
            raws.append(Raw("word" if kind == "half" else kind, low, piece, start, stop, glued))
    return raws


def _address_words(piece: str, start: int) -> list[Raw]:
    """Split "yet.we" into its words and the mark between."""
    found: list[Raw] = []
    for part in re.finditer(r"[^\W\d_]+|\d+|[^\w]|_", piece):
        kind = "word" if part.group().isalpha() else "num" if part.group().isdigit() else "sym"
        at = start + part.start()
        if kind == "word":
            found += _words(part.group().lower(), part.group(), at, bool(found), counted=False)
        else:
            found.append(Raw(kind, part.group(), part.group(), at, at + len(part.group()), glued=bool(found)))
    return found


def _words(low: str, text: str, start: int, glued: bool, *, counted: bool) -> list[Raw]:
    """Open a contraction: its words share the span; a possessive ending is dropped."""
    end = start + len(text)
    low = _slips(low) if text.islower() else low
    opened: tuple[str, ...] = (low,)
    if low in lex.CONTRACTIONS:
        opened = lex.CONTRACTIONS[low]
    elif "'" in low:
        base, _, ending = low.partition("'")
        opened = (
            (base, lex.ENDINGS["'" + ending])
            if "'" + ending in lex.ENDINGS
            else (base if ending == "s" else low.replace("'", ""),)
        )
    return [Raw("word", _mended(part, counted=counted), text, start, end, glued) for part in opened]


# Small words that turn a sentence, and are long enough to be known through a small misspelling.
_TURNING_WORDS = tuple(
    "never nothing nobody until without before third first unless only cannot because after free prefer".split()
)
_DENIALS = tuple(name for name in lex.CONTRACTIONS if name.endswith("n't"))
# Slips that the dictionary takes for words, or that are too short for a guess.
_USUAL_SLIPS = {"fe": "fee", "fre": "free", "frist": "first", "thier": "their", "wich": "which"}
# Words that make values, long enough as well.
_VALUE_WORDS = tuple(
    name for name in (*lex.UNITS, *lex.MONTHS, *lex.CURRENCIES, *lex.BUSINESS, *lex.NUMBERS) if len(name) > 3
)
# Behind a number, slips of these are units though the dictionary has them as names ("12 monts", "24 horus", "3 dyas").
_UNIT_WORDS = tuple(name for name in (*lex.UNITS, *lex.BUSINESS) if len(name) > 3)


def _slips(low: str) -> str:
    """Return the turning word or denial that an unknown word misspells by a letter ("dno't", "untli"), or the word."""
    if low in _USUAL_SLIPS:
        return _USUAL_SLIPS[low]
    return low if low in lex.CONTRACTIONS else _meant(low, _DENIALS if "'" in low else _TURNING_WORDS)


def _mended(low: str, *, counted: bool) -> str:
    """Return the unit, month or number that an unknown word misspells by one letter ("dyas", "Jluy"), or the word."""
    mended = _meant(low, _VALUE_WORDS)
    return _meant(low, _UNIT_WORDS, known=True) if counted and mended == low else mended


def _counted(raws: list[Raw]) -> bool:
    """Whether the next word is counted: it stands behind a number of more than one, or behind "working"."""
    before = raws[-2] if len(raws) > 1 and raws[-1].low == "-" else raws[-1] if raws else None
    return before is not None and (
        before.kind == "num" or before.low in lex.BUSINESS or (before.low in lex.NUMBERS and before.low != "one")
    )


@lru_cache(maxsize=32_768)
def _meant(low: str, names: tuple[str, ...], *, known: bool = False) -> str:
    """Return the first of the names that a word of four letters or more misspells by one letter, or the word.

    A word of the dictionary is none, unless `known` words may be such as well: two letters turned, or one left out.
    """
    if len(low) < 4 or low in names or not low.isascii():
        return low
    from rapidfuzz.distance import OSA

    near = (name for name in names if name[0] == low[0] and OSA.distance(name, low, score_cutoff=1) <= 1)
    if known:
        near = (name for name in near if len(low) < len(name) or sorted(low) == sorted(name))
    name = next(near, low)
    return name if name == low or known or not is_word(low) else low


def _code_end(raws: list[Raw], i: int) -> int:
    """Return the index after an order code that begins at piece `i`, or `i`."""
    at, letters, digits = i, False, False
    while at < min(len(raws), i + _CODE_PIECES):
        raw = raws[at]
        if at > i and not raw.glued:
            break
        if raw.kind == "word" and (raw.text.isupper() or raw.low not in _GLUED_SUFFIXES) and "'" not in raw.text:
            if not raw.text.isupper():
                break
            letters = True
        elif raw.kind == "num" and raw.low.isdigit():
            digits = True
        elif (
            raw.low == "-"
            and at > i
            and at + 1 < len(raws)
            and raws[at + 1].glued
            and raws[at + 1].kind in ("word", "num")
        ):
            pass
        else:
            break
        at += 1
    if not (letters and digits) or at - i < 2:
        return i
    glued_suffix = at - i == 2 and raws[i].kind == "num" and raws[i + 1].low in _GLUED_SUFFIXES
    return i if glued_suffix else at


def _numbers_a_point(raws: list[Raw], i: int, *, bracket: bool) -> bool:
    """Whether piece `i` is the number of a list's point: "2." or "2)" where a line begins, or "2)" outside brackets."""
    if raws[i].kind != "num" or not raws[i].low.isdigit() or len(raws[i].low) > 2 or i + 2 >= len(raws):
        return False
    if raws[i + 2].glued or not raws[i + 1].glued:
        return False
    if i == 0 or raws[i - 1].kind == "newline":
        return raws[i + 1].low in (".", ")")
    return raws[i + 1].low == ")" and not bracket and not raws[i].glued


def tokenize(raws: list[Raw], *, month_first: bool) -> list[Token]:
    reader = Reader(raws, month_first=month_first)
    tokens: list[Token] = []
    i = 0
    word = ""
    bracket = False  # whether one is open
    while i < len(raws):
        raw = raws[i]
        bracket = (bracket or raw.low == "(") and raw.low != ")"
        if _numbers_a_point(raws, i, bracket=bracket):
            tokens.append(Token("mark", "", LIST_NUMBER, None, raw.start, raws[i + 1].end, word))
            i, word = i + 2, ""
            continue
        after = _code_end(raws, i) if raw.kind in ("word", "num") else i
        if after > i:
            code = "".join(r.low for r in raws[i:after] if r.low != "-")
            tokens.append(Token("code", code, code, None, raw.start, raws[after - 1].end, word))
            i = after
            continue
        may_be = raw.kind in ("num", "date", "clock") or raw.low in _VALUE_STARTS
        found = reader.read(i) if may_be else None
        if found is not None and raw.low == "one" and found.next == i + 1:
            found = None  # "this one", "no one": a word, though its value is known
        if found is not None:
            tokens.append(
                Token("value", "", "#" + found.value.kind, found.value, raw.start, raws[found.next - 1].end, word)
            )
            i, word = found.next, ""
            continue
        if raw.kind == "word":
            word = raw.low
            tokens.append(Token("word", lex.stem(raw.low), raw.low, _near_name(raw.low), raw.start, raw.end, ""))
        elif raw.kind == "url":
            tokens.append(Token("word", raw.low.rstrip("/."), raw.low, None, raw.start, raw.end, ""))
        else:
            tokens.append(Token("mark", "", "\n" if raw.kind == "newline" else raw.low, None, raw.start, raw.end, ""))
        i += 1
    return tokens


@lru_cache(maxsize=4096)
def _near_name(low: str) -> Value | None:
    """Return 1 for "one", or the weekday that a word of six letters or more misspells by one letter."""
    if low == "one":
        return Value("number", (1.0,))
    if len(low) < 6 or not low.endswith(("y", "a", "d")):
        return None
    from rapidfuzz.distance import OSA

    for name, day in lex.WEEKDAYS.items():
        if len(name) > 5 and name[0] == low[0] and OSA.distance(name, low, score_cutoff=1) <= 1:
            return Value("weekday", (day,))
    return None
