"""Looks for a fact in a reading: which way it was said and where, or why each way was not. Linear in the text."""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from typetrainer.writing.dictionary import is_word
from typetrainer.writing.facts.comparing import same
from typetrainer.writing.facts.cues import NEGATIONS
from typetrainer.writing.facts.lexicon import stem as stem_of
from typetrainer.writing.facts.pattern import NEAR, Group, Phrase, Term, Way
from typetrainer.writing.facts.phrases import Stretch
from typetrainer.writing.facts.reading import Clause, Reading
from typetrainer.writing.facts.values import Value

CONTEXT = 3  # sentences before the window in which a ~ group may stand
FORMS = ("tell", "offer", "ask", "any")
ALLOWANCES = ("question", "if", "hedge", "negation", "case")


class Span(NamedTuple):
    """Tokens `first` to `last` (inclusive) that a phrase matched."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What is looked for: its ways, how it must be said, and over how many sentences (0: the whole reply)."""

    ways: tuple[Way, ...]
    form: str = "tell"
    allow: frozenset[str] = frozenset()
    within: int = 2


@dataclass(frozen=True, slots=True)
class Tried:
    """One way and what became of it: `found` when it was said; each group with its span or the reason against it."""

    way: str
    found: bool
    groups: tuple[tuple[str, tuple[int, int] | None, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """The result: `spans` are (offset, length) of the evidence in code points; `why` is why it was not found."""

    found: bool
    spans: tuple[tuple[int, int], ...]
    why: str
    tried: tuple[Tried, ...] = field(default=(), repr=False)

    @property
    def offset(self) -> int | None:
        """Where the evidence begins, None when not found."""
        return self.spans[0][0] if self.spans else None


def _denies(term: Term) -> bool:
    """Whether a term is itself a negation."""
    return term.text in _negation_stems()


_LACKS = frozenset(("free", "without"))


@lru_cache(maxsize=1)
def _negation_stems() -> frozenset[str]:
    return NEGATIONS | {stem_of(word) for word in (*NEGATIONS, "without")}


_BEFORE_TIMES = frozenset("by at until till before after around about from to".split())
_SHORTEST, _TWO_SLIPS = 3, 9  # letters of a word that may be misspelt, and of one that may be so twice


class Index:
    """Positions of stems, values and codes of one reading, and which words may be misspellings of what is sought."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.stems: dict[str, list[int]] = {}
        self.lows: dict[str, list[int]] = {}
        self.values: list[int] = []
        for i, token in enumerate(reading.tokens):
            if token.kind in ("word", "code"):
                self.stems.setdefault(token.stem, []).append(i)
                self.lows.setdefault(token.low, []).append(i)
            if token.value is not None:
                self.values.append(i)
        self._unknown: dict[str, list[str]] = {}  # by each of their first two letters, one of which the right word has
        for low in self.lows:
            if len(low) >= _SHORTEST and low.isalpha() and not is_word(low):
                for letter in {low[0], low[1]}:
                    self._unknown.setdefault(letter, []).append(low)
        self._terms: dict[Term, list[int]] = {}

    def positions(self, term: Term) -> list[int]:
        """Return where a term stands, in order."""
        found = self._terms.get(term)
        if found is None:
            found = self._terms[term] = self._look(term)
        return found

    def _look(self, term: Term) -> list[int]:
        tokens = self.reading.tokens
        match term.how:
            case "stem":
                near = [i for low in self._misspelt(term.text, term.word) for i in self.lows[low]]
                return sorted({*self.stems.get(term.text, ()), *near})
            case "code":
                return self.stems.get(term.text, [])
            case "exact":
                near = [i for low in self._misspelt(term.text, term.text) for i in self.lows[low]]
                return sorted({*self.lows.get(term.text, ()), *near}) if near else self.lows.get(term.text, [])
            case "prefix":
                return sorted(i for low, places in self.lows.items() if low.startswith(term.text) for i in places)
            case "kind":
                if term.text == "code":
                    return [i for i, token in enumerate(tokens) if token.kind == "code"]
                return [i for i in self.values if _is_kind(tokens[i].value, term.text)]
        wanted = term.value
        if wanted is None:
            return []
        return [i for i in self.values if (there := tokens[i].value) is not None and self._same(wanted, there, i)]

    def _same(self, wanted: Value, there: Value, i: int) -> bool:
        if not same(wanted, there):
            return False
        if wanted.kind == "time" and there.kind == "number":
            return self.reading.tokens[i].before in _BEFORE_TIMES
        return True

    def _misspelt(self, stem: str, word: str) -> list[str]:
        """Return words of the text that are small misspellings of a word with that stem, and no words themselves."""
        unknown = self._unknown.get(stem[:1])
        if unknown is None or len(stem) < _SHORTEST or not stem.isalpha():
            return []
        forms = (word, *(stem + ending for ending in ("", "e", "s", "ed", "ing", "ion")))
        return [low for low in unknown if any(_slip(form, low) for form in forms) or _slip(stem, stem_of(low))]


def _slip(meant: str, low: str) -> bool:
    """Whether a word has a small error: one edit, two from nine letters on; in three letters a swap or a doubling."""
    if abs(len(meant) - len(low)) > 2 or not meant or len(meant) < _SHORTEST or len(low) < _SHORTEST:
        return False
    if meant[0] != low[0] and meant[:2] != low[1::-1]:
        return False
    if min(len(meant), len(low)) == _SHORTEST:
        doubled = len(low) == len(meant) + 1 and low[1:2] + low[3:] == meant[1:] and low[-1] == low[-2]
        return doubled or (meant != low and sorted(meant) == sorted(low))
    from rapidfuzz.distance import OSA

    allowed = 1 if len(low) < _TWO_SLIPS else 2
    return 0 < OSA.distance(meant, low, score_cutoff=allowed) <= allowed


def _is_kind(value: Value | None, kind: str) -> bool:
    return value is not None and (value.kind == kind or (value.kind == "range" and value.data[0] == kind))


def _instances(index: Index, phrase: Phrase, limit: int) -> list[Span]:
    """Return where a phrase stands: the nearest continuation of each beginning, within one sentence."""
    beginnings = index.positions(phrase[0])
    if not beginnings:  # as for most phrases
        return []
    sentence_of = index.reading.sentence_of
    spans = [Span(i, i) for i in beginnings[:limit]]
    for term in phrase[1:]:
        places = index.positions(term)
        longer = []
        for span in spans:
            at = bisect_left(places, span.last + 1)
            if (
                at < len(places)
                and places[at] <= span.last + 1 + term.gap
                and sentence_of[places[at]] == sentence_of[span.first]
            ):
                longer.append(Span(span.first, places[at]))
        spans = longer
    near = len(phrase) > 1 and all(term.gap == NEAR for term in phrase[1:])
    if near and _denies(phrase[0]) and phrase[1].text not in _LACKS:  # no "not charged": "not free of charge"
        tokens = index.reading.tokens
        spans = [s for s in spans if not any(tokens[k].low in _LACKS for k in range(s.first + 1, s.last))]
    return spans


# So that a text of one word repeated takes no longer than another.
_MOST = 20_000


class _Named(NamedTuple):
    """Tokens that a way names, in order: all, those with a meaning of their own, and those of its negated groups."""

    said: list[int]
    content: list[int]
    negated: list[int]

    def within(self, stretch: Stretch) -> bool:
        """Whether something in a stretch is named."""
        return _any_within(self.content, stretch)

    def denied(self, stretch: Stretch) -> bool:
        """Whether a negated group stands in a stretch."""
        return _any_within(self.negated, stretch)

    def whole(self, stretch: Stretch) -> bool:
        """Whether both ends of a stretch are named."""
        return all(_any_within(self.said, Stretch(k, k + 1)) for k in (stretch.first, stretch.last - 1))


def _any_within(places: list[int], stretch: Stretch) -> bool:
    at = bisect_left(places, stretch.first)
    return at < len(places) and places[at] < stretch.last


# Words that name no condition though a pattern may have them: "not there|if|without".
_EMPTY = frozenset(
    """
    if unless when once only not no without it you we they i that this there be is are was were do does did have has the
    a an or and can will would should in to of for with your our now then case otherwise
    """.split()
)


class _Look:
    """One claim looked for in one reading."""

    def __init__(self, index: Index, claim: Claim) -> None:
        self.index = index
        self.claim = claim
        self.reading = index.reading
        self._contrary = ""  # why the window that came nearest was refused: the value in it

    def way(self, way: Way) -> tuple[tuple[Span, ...] | None, Tried]:
        every = [
            sorted(s for phrase in group.phrases for s in _instances(self.index, phrase, _MOST)) for group in way.groups
        ]
        consumed = self._consumed(way)
        named = self._named(way, every)
        usable: list[list[Span]] = []
        reasons: list[str] = []
        for group, spans in zip(way.groups, every, strict=True):
            good, reason = self._usable(group, spans, consumed, named, negative=way.negative)
            usable.append(good)
            reasons.append(reason)
        self._contrary = ""
        chosen = self._window(way, usable)
        shown = tuple(
            (
                group.text,
                self._place(chosen[k] if chosen else good[0])
                if (chosen and chosen[k]) or (good and not chosen)
                else None,
                reason,
            )
            for k, (group, good, reason) in enumerate(zip(way.groups, usable, reasons, strict=True))
        )
        if chosen is not None:
            return tuple(span for span in chosen if span is not None), Tried(way.text, True, shown, "")
        why = next((r for g, r in zip(way.groups, reasons, strict=True) if r and g.prefix in ("", "-")), "")
        why = why or self._contrary or self._far(way, usable)
        return None, Tried(way.text, False, shown, why)

    def _place(self, span: Span | None) -> tuple[int, int] | None:
        if span is None:
            return None
        tokens = self.reading.tokens
        return tokens[span.first].start, tokens[span.last].end - tokens[span.first].start

    def _consumed(self, way: Way) -> frozenset[int]:
        """Return the negations that phrases name themselves ("no charge"): they belong to what is said."""
        tokens = self.reading.tokens
        cues: set[int] = set()
        for group in () if way.negative else way.groups:
            for phrase in group.phrases if group.prefix in ("", "~") else ():
                if len(phrase) > 1 and any(_denies(term) for term in phrase):
                    for span in _instances(self.index, phrase, _MOST):
                        cues.update(k for k in range(span.first, span.last + 1) if tokens[k].kind == "word")
        return frozenset(cues)

    def _named(self, way: Way, every: Sequence[Sequence[Span]]) -> "_Named":
        """Return which tokens the groups of a way name."""
        pairs = [(g, spans) for g, spans in zip(way.groups, every, strict=True) if g.prefix in ("", "~", "-")]
        tokens = self.reading.tokens
        said = {k for _g, spans in pairs for s in spans for k in range(s.first, s.last + 1)}
        denied = {k for g, spans in pairs if g.prefix == "-" for s in spans for k in range(s.first, s.last + 1)}
        longer = {k for _g, spans in pairs for s in spans if s.last > s.first for k in range(s.first, s.last + 1)}
        content = [k for k in said if k in longer or tokens[k].kind != "word" or tokens[k].low not in _EMPTY]
        return _Named(sorted(said), sorted(content), sorted(denied))

    def _usable(
        self, group: Group, spans: list[Span], consumed: frozenset[int], named: "_Named", *, negative: bool
    ) -> tuple[list[Span], str]:
        """Return the instances that stand in clauses as the group asks, and why not when there are none."""
        if group.prefix == "!":
            return spans, ""
        if group.prefix == "~":
            clause_of = self.reading.clause_of
            spans = [s for s in spans if negative or not clause_of[s.first].denied]
            return spans, "" if spans else "not found"
        good: list[Span] = []
        reason = "not found"
        for span in spans:
            against = self._against(span, group, consumed, named, negative=negative)
            if against:
                reason = against
            else:
                good.append(span)
        return good, "" if good else reason

    def _against(self, span: Span, group: Group, consumed: frozenset[int], named: "_Named", *, negative: bool) -> str:
        """Return why an instance does not count, empty when it does."""
        clauses = {id(c): c for c in (self.reading.clause_of[k] for k in (span.first, span.last))}.values()
        denied = self._denied(clauses, span, consumed)
        if group.prefix == "-":
            if not denied or any(clause.denied and clause.cues for clause in clauses):  # twice is not at all
                return "not negated"
        elif denied and not negative and "negation" not in self.claim.allow:
            return "negated"
        return self._mood(clauses, named) or self._about(span, clauses, named)

    def _denied(self, clauses: Iterable[Clause], span: Span, consumed: frozenset[int]) -> bool:
        for clause in clauses:
            if clause.denied or any(cue not in consumed for cue in clause.cues):
                return True
            if any(first <= span.first < last and cue not in consumed for cue, first, last in clause.local):
                return True
        return False

    def _mood(self, clauses: Iterable[Clause], named: "_Named") -> str:
        form, allow = self.claim.form, self.claim.allow
        if form == "any":
            return ""
        if form == "ask":
            return "" if any(c.asked or c.request for c in clauses) else "not asked"
        offer = form == "offer"
        for clause in clauses:
            loose = (offer or "question" in allow) and not clause.state
            if clause.asked and not clause.told and not loose:
                return "asked"
            if clause.reported:
                return "reported"
            if (clause.hedged and not offer and "hedge" not in allow) or self._doubted(clause, named):
                return "hedged"
            if self._bound(clause, named, offer=offer):
                return "conditional"
        return ""

    def _doubted(self, clause: Clause, named: "_Named") -> bool:
        """Whether the writer vouches for nothing, and not because that is what is told: "what she paid I can't say"."""
        return any(not named.denied(doubt) for doubt in clause.doubts) and "hedge" not in self.claim.allow

    def _bound(self, clause: Clause, named: "_Named", *, offer: bool) -> bool:
        """Whether a clause holds under a condition that the fact does not have: one that no group of the way names."""
        if any(not named.within(stretch) for stretch in clause.restricted):
            return True
        if "if" in self.claim.allow:
            return any(not (c.pointing or named.within(Stretch(c.first, c.last))) for c in clause.conditions)
        return bool(clause.conditions) or (clause.conditional and not offer)

    def _about(self, span: Span, clauses: Iterable[Clause], named: "_Named") -> str:
        """Return "another case" where a clause tells of one that the way does not name, or of a part of the whole."""
        for clause in clauses:
            if "case" not in self.claim.allow and any(not named.whole(stretch) for stretch in clause.elsewhere):
                return "another case"
            for amount, part in clause.parts:
                figure = part.last == part.first + 1
                there = part.first <= span.last and span.first < part.last
                if there and (figure or not named.within(Stretch(amount, amount + 1))):
                    return "only a part"
        return ""

    # --- windows ---

    def _window(self, way: Way, usable: list[list[Span]]) -> list[Span | None] | None:
        """Return a span for each group, all in one window; None for groups that need none."""
        sentence_of = self.reading.sentence_of
        by_sentence: list[dict[int, list[Span]]] = []
        for spans in usable:
            places: dict[int, list[Span]] = {}
            for span in spans:
                places.setdefault(sentence_of[span.first], []).append(span)
            by_sentence.append(places)
        needed = [k for k, group in enumerate(way.groups) if group.prefix in ("", "-")]
        anchor = min(needed, key=lambda k: len(by_sentence[k]))
        width = self.claim.within or len(self.reading.sentences)
        tried: set[int] = set()
        for sentence in sorted(by_sentence[anchor]):
            starts = [0] if not self.claim.within else range(max(0, sentence - width + 1), sentence + 1)
            for start in sorted(starts, reverse=True):
                if start in tried:
                    continue
                tried.add(start)
                chosen = self._in_window(way, by_sentence, start, width)
                if chosen is not None:
                    return chosen
        return None

    def _in_window(
        self, way: Way, by_sentence: list[dict[int, list[Span]]], start: int, width: int
    ) -> list[Span | None] | None:
        chosen: list[Span | None] = []
        before = -1
        for k, group in enumerate(way.groups):
            reach = (
                range(max(0, start - CONTEXT), start + width) if group.prefix == "~" else range(start, start + width)
            )
            if self.claim.within == 0:
                found = [span for spans in by_sentence[k].values() for span in spans]
            else:
                found = [span for s in reach for span in by_sentence[k].get(s, ())]
            if group.prefix == "!":
                if found:
                    return None
                chosen.append(None)
                continue
            if group.prefix == "?":
                if not found and self._other_value(group, range(start, start + width)):
                    return None
                chosen.append(found[0] if found else None)
                continue
            if group.after:
                found = [span for span in found if span.first > before]
            if not found:
                return None
            chosen.append(found[0])
            before = found[0].first
        self._contrary = self._contradicted(way, by_sentence, chosen)
        return None if self._contrary else chosen

    def _contradicted(self, way: Way, by_sentence: list[dict[int, list[Span]]], chosen: Sequence[Span | None]) -> str:
        """Return a reason where the sentences that say it have another value than a ? group's, which stands beside."""
        sentence_of = self.reading.sentence_of
        told = {
            sentence_of[span.first]
            for group, span in zip(way.groups, chosen, strict=True)
            if span is not None and group.prefix in ("", "-")
        }
        for k, group in enumerate(way.groups):
            if group.prefix == "?" and not told & by_sentence[k].keys() and self._other_value(group, told):
                return f"{group.text[1:]} not found, another value is"
        return ""

    def _other_value(self, group: Group, sentences: Container[int]) -> bool:
        """Whether some of the sentences have a value of the kind of a ? group."""
        kinds = {term.value.kind for phrase in group.phrases for term in phrase if term.value is not None}
        tokens, sentence_of = self.reading.tokens, self.reading.sentence_of
        return any(
            sentence_of[i] in sentences and (value := tokens[i].value) is not None
            and any(_is_kind(value, kind) for kind in kinds)
            for i in self.index.values
        )  # fmt: skip

    def _far(self, way: Way, usable: list[list[Span]]) -> str:
        for group, good in zip(way.groups, usable, strict=True):
            if group.prefix == "?" and not good:
                return f"{group.text[1:]} not found, another value is"
            if group.prefix == "!" and good:
                return f"{group.text[1:]} is there"
            if group.prefix == "~" and not good:
                return f"{group.text[1:]} not found"
        ordered = next((k for k, group in enumerate(way.groups) if group.after), None)
        if ordered is not None:
            return f"{way.groups[ordered - 1].text} is not before {way.groups[ordered].text}"
        return "too far apart"


def find(index: Index, claim: Claim) -> Match:
    """Look for a claim in a reading; the first way that is found decides. `tried` tells of every way before it."""
    tried: list[Tried] = []
    look = _Look(index, claim)
    for way in claim.ways:
        spans, attempt = look.way(way)
        tried.append(attempt)
        if spans is not None:
            tokens = index.reading.tokens
            places = sorted({(tokens[s.first].start, tokens[s.last].end - tokens[s.first].start) for s in spans})
            return Match(True, tuple(places), "", tuple(tried))
    return Match(False, (), _best_reason(tried), tuple(tried))


def _best_reason(tried: Sequence[Tried]) -> str:
    """Return the reason of the way that came nearest."""
    if not tried:
        return "not found"
    nearest = max(tried, key=lambda t: sum(place is not None for _text, place, _why in t.groups) / len(t.groups))
    return nearest.why or "not found"
