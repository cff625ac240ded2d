"""A text as the matcher reads it: tokens with spans and values, sentences, and clauses with how they are said."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

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
    |(?P<clock>\d{1,2}:\d{2}(?![\d:])|\d{1,2}\.\d{2}(?=\ ?[ap]\.?m\b))
    |(?P<num>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?(?!\d)|\d{1,12}(?:\.\d{1,6})?)
    |(?P<half>[AaPp]\.[Mm]\.?(?![A-Za-z]))
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
_TELLING = frozenset(
    """
    tell share say give disclose discuss confirm accept change answer take use count go verify hand pass let look
    release provide reveal speak talk
    """.split()
)
_LEAVE = frozenset(
    """
    ask write contact choose cancel book use keep send return pay view move call email request speak discuss read open
    look enter pick collect swap exchange join add remove report decide order apply bring leave stay
    """.split()
)
_TURNS = frozenset(("but", "so", "because", "instead", "although", "though", "actually", "i", "we"))
_BEFORE_OBJECTS = frozenset(
    """
    if unless that to for with of and or give let tell help send show ask call contact from at by than what when where
    how which do does did can could will would should are were have had is was like as but email text reach
    """.split()
)
_NOT_REPORTING = frozenset(
    "as if whether when that what how which who where would could can do did the will may should".split()
)
# What a value can begin with, besides figures.
_VALUE_STARTS = frozenset(
    [
        *lex.NUMBERS,
        *lex.ORDINALS,
        *lex.MONTHS,
        *lex.WEEKDAYS,
        *(c for c in lex.CURRENCIES if not c.isalpha()),
        *"""\n        a an one another half quarter noon midday midnight us twenty thirty\n    """.split(),
    ]
)
_JOINS = frozenset(
    """
        at on from between by for in to or and nor until through either
    """.split()
)
_BULLET = frozenset("-*•·–")


class Token(NamedTuple):
    """A word (its stem), a value, a code or a mark, and where it stands in the text (code points)."""

    kind: str  # word, value, code, mark
    stem: str
    low: str
    value: Value | None
    start: int
    end: int
    before: str  # the lower-case word before a value: "by 2" is a time, "2" alone may not be


@dataclass(slots=True)
class Clause:
    """Tokens `first` to `last` (exclusive), and how it is said. `cues` are the indices of its negations."""

    first: int
    last: int
    cues: list[int] = field(default_factory=list)
    local: list[tuple[int, int, int]] = field(default_factory=list)  # (cue, first, last) denied by "instead of" …
    denied: bool = False
    hedged: bool = False
    conditional: bool = False
    under: bool = False  # holds only under the condition beside it
    unsure: bool = False  # in a sentence whose writer vouches for nothing
    asked: bool = False
    reported: bool = False
    request: bool = False


class Sentence(NamedTuple):
    """Tokens `first` to `last` (exclusive) and the clauses in them."""

    first: int
    last: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read. `clause_of[i]` is the clause of token `i`, `sentence_of[i]` the number of its sentence."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    clause_of: tuple[Clause, ...]
    sentence_of: tuple[int, ...]


def scan(text: str) -> list[Raw]:
    """Split a text into raw pieces, contractions opened; spans are code points of `text`."""
    plain = text.translate(_QUOTES)
    raws: list[Raw] = []
    end = 0
    for match in _SCAN.finditer(plain):
        kind, piece = match.lastgroup or "sym", match.group()
        start, stop = match.span()
        if kind == "url" and not _is_address(piece):
            kind, piece, stop = "word", piece.partition(".")[0], start + len(piece.partition(".")[0])
            raws += _address_words(match.group(), start, raws)
            end = match.end()
            continue
        low = piece.lower() if len(piece.lower()) == len(piece) else piece
        glued = start == end and start > 0
        end = stop
        if kind == "word":
            raws += _words(low, piece, start, glued)
        else:
            raws.append(Raw("word" if kind == "half" else kind, low, piece, start, stop, glued))
    return raws


def _is_address(piece: str) -> bool:
    """Whether `a.b` is an address rather than the end of a sentence without a blank ("yet.we")."""
    if "@" in piece or "://" in piece:
        return True
    last = piece.rstrip("/").rpartition(".")[2]
    return piece.count(".") > 1 or last in (
        "com",
        "org",
        "net",
        "example",
        "co",
        "uk",
        "io",
        "app",
        "edu",
        "gov",
        "info",
    )


def _address_words(piece: str, start: int, _before: list[Raw]) -> list[Raw]:
    """Split "yet.we" into its words and the mark between."""
    found: list[Raw] = []
    for part in re.finditer(r"[^\W\d_]+|\d+|[^\w]|_", piece):
        kind = "word" if part.group().isalpha() else "num" if part.group().isdigit() else "sym"
        at = start + part.start()
        if kind == "word":
            found += _words(part.group().lower(), part.group(), at, bool(found))
        else:
            found.append(Raw(kind, part.group(), part.group(), at, at + len(part.group()), glued=bool(found)))
    return found


def _words(low: str, text: str, start: int, glued: bool) -> list[Raw]:
    """Open a contraction: its words share the span; a possessive ending is dropped."""
    end = start + len(text)
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
    return [Raw("word", _mended(part), text, start, end, glued) for part in opened]


# Words that make values, and are long enough to be known through a small misspelling.
_VALUE_WORDS = tuple(
    name for name in (*lex.UNITS, *lex.MONTHS, *lex.CURRENCIES, *lex.BUSINESS, *lex.NUMBERS) if len(name) > 3
)


@lru_cache(maxsize=16_384)
def _mended(low: str) -> str:
    """Return the unit, month or number that an unknown word misspells by one letter ("dyas", "Jluy"), or the word."""
    if len(low) < 4 or low in _VALUE_WORDS or not low.isascii():
        return low
    from rapidfuzz.distance import OSA

    for name in _VALUE_WORDS:
        if name[0] == low[0] and OSA.distance(name, low, score_cutoff=1) <= 1:
            from typetrainer.writing.facts.words import is_word

            return low if is_word(low) else name
    return low


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


def _tokens(raws: list[Raw], *, month_first: bool) -> list[Token]:
    reader = Reader(raws, month_first=month_first)
    tokens: list[Token] = []
    i = 0
    word = ""
    while i < len(raws):
        raw = raws[i]
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


@lru_cache(maxsize=32)
def read(text: str, *, month_first: bool = True) -> Reading:
    """Read a text of any length in linear time; `month_first` says how 5/6 is meant."""
    tokens = _tokens(scan(text), month_first=month_first)
    sentences, clause_of, sentence_of = [], [], []
    for number, (first, last) in enumerate(_sentence_spans(tokens)):
        clauses = _clauses(tokens, first, last)
        sentences.append(Sentence(first, last, tuple(clauses)))
        for clause in clauses:
            clause_of += [clause] * (clause.last - clause.first)
        sentence_of += [number] * (last - first)
    return Reading(text, tuple(tokens), tuple(sentences), tuple(clause_of), tuple(sentence_of))


def _sentence_spans(tokens: list[Token]) -> list[tuple[int, int]]:
    spans, first = [], 0
    for i, token in enumerate(tokens):
        if token.kind != "mark" or i < first:
            continue
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.low == "\n":
            ends = following is None or following.low not in _BULLET
        elif token.low == ".":
            ends = not _abbreviates(tokens, i) and (
                following is None or following.start > token.end or following.kind != "mark" or following.low == "\n"
            )
        else:
            ends = token.low in "!?…"
        if ends:
            last = i + 1
            while last < len(tokens) and tokens[last].kind == "mark" and tokens[last].low in "!?.)\"'":
                last += 1
            spans.append((first, last))
            first = last
    if first < len(tokens):
        spans.append((first, len(tokens)))
    return spans


def _abbreviates(tokens: list[Token], i: int) -> bool:
    """Whether the full stop at `i` belongs to a short form; that of "no." only before a number."""
    before = tokens[i - 1].low if i else ""
    number = i + 1 < len(tokens) and tokens[i + 1].kind == "value"
    return before in lex.ABBREVIATIONS and (before != "no" or number)


# --- clauses ---


def _has(tokens: list[Token], i: int, last: int, phrase: tuple[str, ...]) -> bool:
    if i + len(phrase) > last:
        return False
    return all(
        tokens[i + k].low == word or (word == "be" and tokens[i + k].low in _FORMS_OF_BE)
        for k, word in enumerate(phrase)
    )


Phrases = dict[str, list[tuple[str, ...]]]


def _by_first(phrases: tuple[tuple[str, ...], ...]) -> Phrases:
    found: Phrases = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


_NEUTRAL, _LOCAL, _HEDGES = _by_first(lex.NEUTRAL), _by_first(lex.LOCAL_NEGATIONS), _by_first(lex.HEDGE_PHRASES)
_CONDITIONS, _REQUESTS = _by_first(lex.CONDITIONAL_PHRASES), _by_first(lex.REQUESTS)
_WISHES = _by_first(lex.WISHES)
_UNSURE = _by_first(lex.UNSURE_PHRASES)
_FORMS_OF_BE = frozenset(("am", "is", "are", "was", "were", "be"))


def _any_phrase(tokens: list[Token], i: int, last: int, phrases: Phrases) -> tuple[str, ...] | None:
    low = "be" if tokens[i].low in _FORMS_OF_BE else tokens[i].low
    return next((phrase for phrase in phrases.get(low, ()) if _has(tokens, i, last, phrase)), None)


def _begins_clause(tokens: list[Token], i: int, last: int) -> bool:
    """Whether a new clause begins at token `i`."""
    token, before = tokens[i], tokens[i - 1]
    low = token.low
    if before.kind == "mark" and before.low in (",", ";", ":", "(", ")", "-", "\n", "/"):
        return not (before.low in ("-", "/") and before.end == token.start)
    if token.kind != "word":
        return False
    if low in ("provided", "assuming") or _any_phrase(tokens, i, last, _CONDITIONS):
        return True
    if low in lex.CLAUSE_WORDS:
        return not (
            low == "so" and i + 1 < last and tokens[i + 1].low in ("much", "far", "that", "sorry", "many", "long")
        )
    if low not in lex.CLAUSE_WORDS_WITH_SUBJECT or i + 1 >= last:
        return False
    if low == "as" and before.low in ("soon", "well", "long", "such", "same", "much", "far", "just"):
        return False
    following = tokens[i + 1]
    if following.low == "no" and i + 2 < last and tokens[i + 2].low == "one":
        return True
    if following.low in lex.SUBJECTS or following.low in lex.AUXILIARIES:
        return low != "that" or following.low not in ("this", "that")
    if low in ("and", "or", "until", "before", "after", "once", "till", "as", "since", "that", "where", "who", "then"):
        has_verb = any(
            tokens[k].low in lex.AUXILIARIES for k in range(i + 2, min(i + 6, last)) if tokens[k].kind == "word"
        )
        if following.low in lex.DETERMINERS or low in ("that", "who"):
            return has_verb or (low == "that" and following.low in lex.DETERMINERS)
        return has_verb and following.kind == "word" and low in ("and", "or")
    return False


def _clauses(tokens: list[Token], first: int, last: int) -> list[Clause]:
    starts = [first] + [i for i in range(first + 1, last) if _begins_clause(tokens, i, last)]
    clauses = [
        part for a, b in zip(starts, [*starts[1:], last], strict=True) for part in _unrolled(tokens, Clause(a, b))
    ]
    asks = tokens[last - 1].low == "?" or any(tokens[k].low == "?" for k in range(max(first, last - 3), last))
    question_from: int | None = None
    for number, clause in enumerate(clauses):
        words = [k for k in range(clause.first, clause.last) if tokens[k].kind != "mark"]
        should = bool(words) and tokens[words[0]].low == "should" and not asks  # "should it be lost, …"
        if should:
            clause.conditional = True
        elif words and question_from is None and _opens_question(tokens, words, asks=asks):
            question_from = number
        _read_clause(tokens, clause, clauses[number - 1] if number else None)
    if asks:
        asking = clauses[question_from or 0]
        for clause in clauses[question_from or 0 :]:
            clause.asked = clause is asking or not _taken_for_granted(tokens, asking, clause)
    elif question_from is not None:
        clauses[question_from].asked = True
    _requests(tokens, clauses)
    _conditions(tokens, clauses)
    return clauses


def _taken_for_granted(tokens: list[Token], asking: Clause, clause: Clause) -> bool:
    """Whether a clause in a question is told, not asked: "shall I book it, since it is free?", "is it good that …"."""
    words = [tokens[k].low for k in range(clause.first, min(clause.first + 3, clause.last)) if tokens[k].kind != "mark"]
    if not words:
        return False
    if words[0] in lex.GRANTING or tuple(words[:2]) in lex.GRANTING_PAIRS:
        return True
    head = {tokens[k].low for k in range(asking.first, asking.last)}
    return words[0] == "that" and bool(head & lex.FACTIVE) and not head & lex.NOT_FACTIVE


def _conditions(tokens: list[Token], clauses: list[Clause]) -> None:
    """Mark what holds only under a condition that stands in the same sentence."""
    binding = any(
        clause.conditional
        and not any(tokens[k].low in lex.HARMLESS_CONDITIONS for k in range(clause.first, clause.last))
        for clause in clauses
    )
    unsure = any(
        _any_phrase(tokens, k, clauses[-1].last, _UNSURE)
        for clause in clauses
        for k in range(clause.first, clause.last)
    )
    for clause in clauses:
        clause.under = binding and not clause.conditional
        clause.unsure = unsure


def _unrolled(tokens: list[Token], clause: Clause) -> list[Clause]:
    """Part an if-clause from a main clause that follows without a comma: "if it is lost you get another"."""
    words = [k for k in range(clause.first, clause.last) if tokens[k].kind != "mark"]
    if len(words) < 5 or tokens[words[0]].low not in lex.CONDITIONALS:
        return [clause]
    for k in words[4:]:
        here, before = tokens[k].low, tokens[k - 1].low
        following = tokens[k + 1].low if k + 1 < clause.last else ""
        subject = here in ("you", "we", "i", "they", "he", "she") and before not in _BEFORE_OBJECTS
        subject &= bool(following) and following not in ("and", "or", "to", "a", "the")
        if subject or (here in ("it", "this", "that", "there") and following in ("will", "is", "can", "would")):
            return [Clause(clause.first, k), Clause(k, clause.last)]
    return [clause]


def _opens_question(tokens: list[Token], words: list[int], *, asks: bool) -> bool:
    """Whether a clause begins like a question: inverted, or with a question word in a sentence that ends with one."""
    k = 0
    while k < len(words) and tokens[words[k]].low in ("and", "but", "so", "or", "then", "also", "please", "okay", "ok"):
        k += 1
    if k + 1 >= len(words):
        return False
    one, two = tokens[words[k]].low, tokens[words[k + 1]].low
    if one in lex.AUXILIARIES and one not in ("been", "be", "am"):
        if two == "not" and k + 2 < len(words):
            two = tokens[words[k + 2]].low
        return two in lex.SUBJECTS or (two in lex.DETERMINERS and (asks or one in ("do", "does", "did")))
    return asks and one in lex.QUESTION_WORDS


def _read_clause(tokens: list[Token], clause: Clause, before: Clause | None) -> None:
    first, last = clause.first, clause.last
    _negations(tokens, clause)
    lows = [tokens[k].low for k in range(first, last)]
    start = next((k for k in range(first, last) if tokens[k].low not in ("and", "but", "so", "or", ",", "-")), first)
    if tokens[start].low in lex.CONDITIONALS or _any_phrase(tokens, start, last, _CONDITIONS):
        clause.conditional = clause.last - start > 3 or tokens[start].low != "in"
    if "whether" in lows:
        clause.hedged = True
    clause.hedged |= any(
        low in lex.HEDGES or (low == "may" and tokens[k].kind == "word" and _chance(tokens, k, first, last))
        for k, low in zip(range(first, last), lows, strict=True)
    )
    clause.hedged |= any(_any_phrase(tokens, k, len(tokens), _HEDGES) for k in range(first, last))
    clause.hedged |= any(
        (tokens[k].low, tokens[k + 1].low) == ("could", "be") and tokens[k + 2].low == "#money"
        for k in range(first, last - 2)
    )
    _reported(tokens, clause)
    if before is None:
        return
    start_low = tokens[first].low
    head = next((tokens[k] for k in range(before.last - 1, before.first - 1, -1) if tokens[k].kind == "word"), None)
    if start_low in ("that", "if", "whether", "because") and head is not None:
        because = start_low == "because" and tokens[first - 1].low in ("not", "just", "only")
        if (before.cues or before.denied) and (
            head.stem in _stems(lex.DENIED_HEADS) if start_low != "because" else because
        ):
            clause.denied = True
        if start_low == "if" and head.stem in _stems(lex.CHECKING):
            clause.conditional, clause.hedged = False, True  # "see if it drops" is "see whether"
        if start_low != "because":
            clause.hedged |= before.hedged or (start_low in ("if", "whether") and head.stem in _stems(lex.CHECKING))
            clause.reported |= before.reported and start_low != "because"
    if before.denied and start_low in ("and", "or", "that", "nor", "which", "until", "before", "after", "when", "once"):
        clause.denied = True  # "it is not true that … and that …"
    if _is_fragment(tokens, clause) or (before.denied and _has_comma(tokens, clause) and start_low not in _TURNS):
        clause.cues = [*before.cues, *clause.cues]
        clause.denied |= before.denied
        clause.hedged |= before.hedged
        clause.conditional |= before.conditional
        clause.reported |= before.reported


def _has_comma(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause follows a comma."""
    return clause.first > 0 and tokens[clause.first - 1].low == ","


def _is_fragment(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause is but a piece of the one before it ("..., May 14, 8-10 AM"), said as that is said."""
    words = [tokens[k] for k in range(clause.first, clause.last) if tokens[k].kind != "mark"]
    if not words or any(token.low in lex.AUXILIARIES or token.low in lex.SUBJECTS for token in words):
        return False
    return words[0].kind == "value" or words[0].low in _JOINS


@lru_cache(maxsize=8)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(lex.stem(word) for word in words)


def _chance(tokens: list[Token], k: int, first: int, last: int) -> bool:
    """Whether "may" at token `k` is a verb of chance, not of leave ("you may choose", "may I", "we may not tell")."""
    following = tokens[k + 1].low if k + 1 < last else ""
    after = tokens[k + 2] if k + 2 < last else None
    if k == first or (following == "not" and after is not None and after.low in _TELLING):
        return False
    if following == "be" and after is not None and after.low.endswith(("ed", "sent", "given", "kept", "put")):
        return False  # "may be returned"
    before = tokens[k - 1].low
    if before == "you":
        return following in ("be", "have", "get", "receive", "see", "need", "not")
    if before in ("i", "we", "it", "they", "there", "this", "that", "which"):
        return following not in ("i", "we")
    return following not in _LEAVE


def _negations(tokens: list[Token], clause: Clause) -> None:
    k = clause.first
    while k < clause.last:
        neutral = _any_phrase(tokens, k, len(tokens), _NEUTRAL)
        local = _any_phrase(tokens, k, clause.last, _LOCAL) if neutral is None else None
        if neutral is None and local is None:
            _cue(tokens, clause, k)
        elif local is not None and not _is_number_sign(tokens, k + len(local) - 1):
            end = min(k + len(local) + 5, clause.last)
            verb = next((j for j in range(k + len(local), end) if tokens[j].low in lex.AUXILIARIES), end)
            clause.local.append((k, k + len(local), verb))
        k += len(neutral or local or (k,))


def _cue(tokens: list[Token], clause: Clause, k: int) -> None:
    """Note the negation at token `k`, if it is one."""
    if tokens[k].kind != "word" or tokens[k].low not in lex.NEGATIONS or _is_number_sign(tokens, k):
        return
    following = tokens[k + 1] if k + 1 < clause.last else None
    if tokens[k].low == "not" and following is not None and following.kind == "value" and k > clause.first:
        clause.local.append((k, k + 1, min(k + 3, clause.last)))
    else:
        clause.cues.append(k)


def _is_number_sign(tokens: list[Token], k: int) -> bool:
    """Whether "no" is short for number: "at no. 16"."""
    mark, number = (tokens[j] if j < len(tokens) else None for j in (k + 1, k + 2))
    return (
        tokens[k].low == "no" and mark is not None and mark.low == "." and number is not None and number.kind == "value"
    )


def _reported(tokens: list[Token], clause: Clause) -> None:
    """Mark a clause that tells what the customer said: "you say that …", not "what you told me"."""
    stems = _stems(lex.REPORTING)
    for k in range(clause.first, min(clause.last - 2, clause.first + 3)):
        wish = _any_phrase(tokens, k, clause.last, _WISHES)
        if wish is not None and not (k > clause.first and tokens[k - 1].low in _NOT_REPORTING):
            clause.reported = True
            return
    for k in range(clause.first, min(clause.last - 1, clause.first + 5)):
        if tokens[k].low != "you" or (k > clause.first and tokens[k - 1].low in _NOT_REPORTING):
            continue
        for j in range(k + 1, min(k + 3, clause.last)):
            if tokens[j].kind == "word" and tokens[j].stem in stems:
                clause.reported = True
                return
            if tokens[j].low not in ("have", "also", "already", "just", "had", "are", "were"):
                break


def _requests(tokens: list[Token], clauses: list[Clause]) -> None:
    """Mark the clauses that ask something of the reader, and those after them in the sentence."""
    open_request = False
    for clause in clauses:
        open_request |= any(_any_phrase(tokens, k, clause.last, _REQUESTS) for k in range(clause.first, clause.last))
        first = next(
            (t for t in tokens[clause.first : clause.last] if t.kind == "word" and t.low not in lex.SOFTENERS), None
        )
        open_request |= first is not None and first.low in lex.ASKING_VERBS
        clause.request = open_request
