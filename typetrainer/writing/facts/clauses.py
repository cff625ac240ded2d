"""Sentences and clauses: where they begin and end. How they are said is read in saying.py."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from typetrainer.writing.facts import cues, lexicon
from typetrainer.writing.facts.phrases import Stretch, by_first, phrase_at
from typetrainer.writing.facts.tokens import LIST_NUMBER, Token

_BULLET = frozenset("-*•·–")
_CONDITIONS = by_first(cues.CONDITIONAL_PHRASES)
# What may stand before "you" or "we" within an if-clause: "if the parcel for you is lost you get another".
_BEFORE_OBJECTS = frozenset(
    """
    if unless that to for with of and or give let tell help send show ask call contact from at by than what when where
    how which do does did can could will would should are were have had is was like as but email text reach
    """.split()
)
_BEFORE_THAT = frozenset(
    """
    in for at on by with of from to after before like if unless whether when because provided assuming supposing
    """.split()
)
_JOINS = frozenset("at on from between by for in to or and nor until through either".split())
_HALT = frozenset((";", ":", "\n"))


@dataclass(slots=True, eq=False)
class Clause:
    """Tokens `first` to `last` (exclusive), and how it is said. `cues` are the indices of its negations."""

    first: int
    last: int
    cues: list[int] = field(default_factory=list)
    local: list[tuple[int, int, int]] = field(default_factory=list)  # (cue, first, last) denied by "instead of" …
    denied: bool = False
    hedged: bool = False
    conditional: bool = False
    pointing: bool = False  # a condition that only points back: "if you do"
    conditions: list["Clause"] = field(default_factory=list)  # it holds only under these
    restricted: list[Stretch] = field(default_factory=list)  # or only for these: "for customers who …"
    doubts: list[Stretch] = field(default_factory=list)  # what says that its writer vouches for nothing
    elsewhere: list[Stretch] = field(default_factory=list)  # what says that it is told of another case
    parts: list[tuple[int, Stretch]] = field(default_factory=list)  # an amount, and of what it is a part
    asked: bool = False
    told: bool = False  # and told all the same: "could you please send …?"
    state: bool = False  # asked how things stand: no offer
    reported: bool = False
    request: bool = False

    @property
    def under(self) -> bool:
        """Whether it holds only under a condition."""
        return bool(self.conditions or self.restricted)

    @property
    def unsure(self) -> bool:
        """Whether its writer vouches for nothing in its sentence."""
        return bool(self.doubts)


class Sentence(NamedTuple):
    """Tokens `first` to `last` (exclusive) and the clauses in them."""

    first: int
    last: int
    clauses: tuple[Clause, ...]


# --- sentences ---


def sentence_spans(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    """Return where sentences begin and end (exclusive)."""
    spans, first = [], 0
    for i, token in enumerate(tokens):
        if token.kind != "mark" or i < first:
            continue
        if token.low == LIST_NUMBER and i > first:
            spans.append((first, i))
            first = i
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.low == "\n":
            ends = following is None or not (following.low in _BULLET or _wrapped(text, tokens, i))
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


def _wrapped(text: str, tokens: list[Token], i: int) -> bool:
    """Whether the line end at `i` is one of a text wrapped by hand: the sentence goes on in small letters."""
    if not 0 < i < len(tokens) - 1 or text.count("\n", tokens[i].start, tokens[i + 1].start) > 1:
        return False
    return text[tokens[i + 1].start].islower() and tokens[i - 1].low not in (".", "!", "?", "…", ":")


def _abbreviates(tokens: list[Token], i: int) -> bool:
    """Whether the full stop at `i` belongs to a short form; that of "no." only before a number."""
    before = tokens[i - 1].low if i else ""
    number = i + 1 < len(tokens) and tokens[i + 1].kind == "value"
    return before in cues.ABBREVIATIONS and (before != "no" or number)


# --- clauses ---


def clauses_of(tokens: list[Token], first: int, last: int) -> list[Clause]:
    """Return the clauses of a sentence."""
    starts = [first] + [i for i in range(first + 1, last) if _begins_clause(tokens, i, last)]
    return [part for a, b in zip(starts, [*starts[1:], last], strict=True) for part in _unrolled(tokens, Clause(a, b))]


def _begins_clause(tokens: list[Token], i: int, last: int) -> bool:
    """Whether a new clause begins at token `i`."""
    token, before = tokens[i], tokens[i - 1]
    low = token.low
    if before.low == "\n":  # within a sentence: the next line of a list, or of a text wrapped by hand
        return low in _BULLET
    if before.kind == "mark" and before.low in (",", ";", ":", "(", ")", "-", "/"):
        return not (before.low in ("-", "/") and before.end == token.start)
    if token.kind != "word":
        return False
    if low in ("provided", "assuming") or phrase_at(tokens, i, last, _CONDITIONS):
        return True
    following = tokens[i + 1].low if i + 1 < last else ""
    if low == "only" and following in ("if", "when"):
        return True
    if before.low in ("only", "except") and low in ("if", "when"):
        return False
    if low in cues.CLAUSE_WORDS:
        return not (low == "so" and following in ("much", "far", "that", "sorry", "many", "long"))
    return low in cues.CLAUSE_WORDS_WITH_SUBJECT and i + 1 < last and _has_subject(tokens, i, last)


def _has_subject(tokens: list[Token], i: int, last: int) -> bool:
    """Whether "and", "that", "until" … at token `i` is followed by a subject, and so begins a clause."""
    low, before, following = tokens[i].low, tokens[i - 1], tokens[i + 1]
    if low == "that" and before.low in _BEFORE_THAT:  # "in that case", "for that we need", "if that is easier"
        return False
    if low == "as" and before.low in ("soon", "well", "long", "such", "same", "much", "far", "just"):
        return False
    if following.low == "no" and i + 2 < last and tokens[i + 2].low == "one":
        return True
    if following.low in cues.SUBJECTS or following.low in cues.AUXILIARIES:
        return low != "that" or following.low not in ("this", "that")
    has_verb = any(
        tokens[k].low in cues.AUXILIARIES for k in range(i + 2, min(i + 6, last)) if tokens[k].kind == "word"
    )
    if following.low in cues.DETERMINERS or low in ("that", "who"):
        return has_verb or (low == "that" and following.low in cues.DETERMINERS)
    return has_verb and following.kind == "word" and low in ("and", "or")


def _unrolled(tokens: list[Token], clause: Clause) -> list[Clause]:
    """Part an if-clause from a main clause that follows without a comma: "if it is lost you get another"."""
    words = word_places(tokens, clause)
    if len(words) < 5 or tokens[words[0]].low not in cues.CONDITIONALS:
        return [clause]
    for k in words[4:]:
        here, before = tokens[k].low, tokens[k - 1].low
        following = tokens[k + 1].low if k + 1 < clause.last else ""
        subject = here in ("you", "we", "i", "they", "he", "she") and before not in _BEFORE_OBJECTS
        subject &= bool(following) and following not in ("and", "or", "to", "a", "the")
        if subject or (here in ("it", "this", "that", "there") and following in ("will", "is", "can", "would")):
            return [Clause(clause.first, k), Clause(k, clause.last)]
    return [clause]


# --- what others ask of a clause ---


def word_places(tokens: list[Token], clause: Clause) -> list[int]:
    """Return the places of a clause's words and values."""
    return [k for k in range(clause.first, clause.last) if tokens[k].kind != "mark"]


def opening(tokens: list[Token], clause: Clause, most: int = 3) -> list[str]:
    """Return the first words of a clause."""
    return [tokens[k].low for k in word_places(tokens, clause)[:most]]


def has_comma(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause follows a comma."""
    return clause.first > 0 and tokens[clause.first - 1].low == ","


def is_fragment(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause is but a piece of the one before it ("..., May 14, 8-10 AM"), said as that is said."""
    words = [tokens[k] for k in word_places(tokens, clause)]
    if not words or any(token.low in cues.AUXILIARIES or token.low in cues.SUBJECTS for token in words):
        return False
    if words[0].low in ("and", "or") and any(token.low in cues.FINITE for token in words[2:]):
        return False
    return words[0].kind == "value" or words[0].low in _JOINS


def segments(tokens: list[Token], clauses: list[Clause]) -> list[list[Clause]]:
    """Return the clauses of a sentence in pieces that stand for themselves: a semicolon or a list's line parts them."""
    pieces: list[list[Clause]] = [[]]
    for clause in clauses:
        if pieces[-1] and _halts(tokens, clause):
            pieces.append([])
        pieces[-1].append(clause)
    return pieces


def _halts(tokens: list[Token], clause: Clause) -> bool:
    """Whether a semicolon or a list's next line stands before a clause."""
    k = clause.first - 1
    return tokens[k].low in _HALT or (tokens[k].low in _BULLET and k > 0 and tokens[k - 1].low == "\n")


@lru_cache(maxsize=8)
def stems(words: frozenset[str]) -> frozenset[str]:
    """Return the stems of words."""
    return frozenset(lexicon.stem(word) for word in words)
