"""Ranked full-text search over a company's articles, for the drill `search` and the knowledge base of the others.

The score is BM25F: an article's BM25 (Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3(4), 2009, formula 3.15) where the counts of a word in title, headings
and text are weighted and added before they saturate (Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple
weighted fields", CIKM 2004). For each word of the query that an article has,

    idf · tf · (K1 + 1) / (tf + K1 · (1 − B + B · length / mean length)),  idf = ln(1 + (N − n + ½) / (n + ½))

with tf and length weighted by field, N articles, n of them with the word; the 1 + keeps idf above 0. Words are compared
by their stems. All offsets and lengths are code points. Nothing here keeps state or reads files.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from typetrainer.content.model import Article
from typetrainer.core.text import ascii_twin, nfc
from typetrainer.writing.dictionary import is_word
from typetrainer.writing.facts.lexicon import NUMBERS, stem

K1, B = 1.2, 0.75  # the usual values, of the same source
TITLE, HEADING, TEXT = 4.0, 2.0, 1.0  # how often a word counts, by where it stands
MOST_CHARACTERS = 4000  # of a query; what follows is not read
MOST_WORDS = 40  # different ones of a query
MOST_MENDED = 12  # words of a query that are compared with all of the articles'
MOST_ENDINGS = 40  # stems that the beginning of a word may stand for
LIMIT = 20  # hits
ROOM = 180  # code points of a snippet
_ENDING = 0.5  # what a word counts of which only the beginning was typed
_MENDED = {1: 0.7, 2: 0.5}  # what a word counts that was typed with so many errors
_OTHER_INITIAL = 0.5  # times that, where the first letter would be wrong: people seldom slip there
_SHORTEST_MENDED, _TWO_ERRORS = 5, 9  # letters of the right word, as in facts/match.py
_NEAR = 3  # words from one word of a phrase to the next

_WORD = re.compile(r"[^\W\d_]{1,60}(?:'[^\W\d_]{1,20}){0,2}|\d{1,20}(?:[.,:]\d{1,20}){0,4}")
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s{0,12}(?:#{1,6}\s|[-*+]\s|\d{1,4}[.)]\s|>|\|)[\s|]*")
_SENTENCE = re.compile(r"[.!?][\"')*_]*\s+(?=\S)")
_STOP = frozenset(
    """
    a about after again ago all already also although always am an and any anything are as ask at away back be
    because been before being both but by came can can't cannot come comes coming could dear did didn't do does
    doesn't doing don't each else even evening ever every for from get gets getting give go goes going gone good got
    had has have having he hello help her here hers hey hi him his how however i i'd i'll i'm i've if in into is
    isn't it it's its just know let like ll looks made make many may maybe me mine more morning most much must my
    need never new nice no nor not nothing now of off often oh ok okay on once one only or other our out over please
    put quite rather really right said same say says see she should since so some somebody someone something still
    such sure take takes tell than thank thanks that that's the their them then there these they thing things think
    this those though through till to told too took tried two under until up upon us use used very want wanted wants
    was way we well went were what what's when where which while who whose why will with won't work would yes yet
    you your
    """.split()
)
_FIGURES = {word: str(value) for word, value in NUMBERS.items() if word != "one"}


class Hit(NamedTuple):
    """An article that was found.

    `score` has no unit and is rounded to a tenth; 0 when nothing was asked. `offset` and `length` are the best snippet
    of the article's text; `spans` the words found in it, (offset, length) in the article's text; `title_spans` those in
    the title, in the title. A snippet may hold Markdown and line breaks.
    """

    id: str
    title: str
    score: float
    offset: int
    length: int
    spans: tuple[tuple[int, int], ...]
    title_spans: tuple[tuple[int, int], ...]


class _Block(NamedTuple):
    """A paragraph, line of a list, row of a table or heading: its place in the text, and its first and last word."""

    start: int
    end: int
    first: int
    last: int
    heading: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """One article: the places of its words, in text and title, and where each stem stands."""

    article: Article
    words: tuple[tuple[int, int], ...]
    title_words: tuple[tuple[int, int], ...]
    blocks: tuple[_Block, ...]
    places: Mapping[str, list[int]]
    title_places: Mapping[str, list[int]]
    length: float


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What `search` needs of some articles: make it once for a pack by `build`."""

    pages: tuple[_Page, ...]
    norms: tuple[float, ...]  # K1 · (1 − B + B · length / mean length) of each page
    counts: Mapping[str, Mapping[int, float]]  # stem: page: how often, by weight
    forms: tuple[str, ...]  # all words as they are written, sorted
    stems: Mapping[str, str]  # a form, or a stem, to its stem
    by_length: Mapping[int, tuple[str, ...]]  # letters: forms and stems that may be meant by a misspelling
    in_titles: frozenset[str]


class _Term(NamedTuple):
    """A word of the query: the stems it may stand for and what each counts (0 to 1)."""

    stems: Mapping[str, float]


# --- words ---


def _plain(word: str) -> str:
    """Return a word without case, accents and possessive; a number in figures."""
    word = word.casefold()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    word = word.removesuffix("'s")
    return _FIGURES.get(word, word)


def _stem(word: str) -> str:
    return word if word in _STOP else stem(word)


def _words(text: str) -> list[tuple[str, int, int]]:
    """Return words with start and end; of words joined by a hyphen the whole before its parts (`wifi`, `wi`, `fi`)."""
    twin = ascii_twin(text)
    words: list[tuple[str, int, int]] = []
    joined: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(twin):
        found = (_plain(match.group()), *match.span())
        if joined and not (found[1] == joined[-1][2] + 1 and twin[found[1] - 1] == "-"):
            words += _compound(joined)
            joined = []
        joined.append(found)
    return words + _compound(joined)


def _compound(parts: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    if not 1 < len(parts) <= 4:
        return parts
    return [("".join(part[0] for part in parts), parts[0][1], parts[-1][2]), *parts]


def _blocks(article: Article) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is a heading, of what stands in the text together; the title is left out."""
    title_seen = False
    start = end = -1
    for match in _LINE.finditer(article.text):
        line, at = match.group(), match.start()
        item = _ITEM.match(line)
        if not line.strip() or item or (start >= 0 and article.text[end:at].count("\n") > 1):
            if start >= 0:
                yield start, end, False
            start = end = -1
        if not line.strip():
            continue
        heading = line.startswith("#")
        if heading and not title_seen:
            title_seen = True
            if line.lstrip("# ").strip() == article.title:
                continue
        if start < 0:
            start = at + (item.end() if item else len(line) - len(line.lstrip()))
        end = max(start, at + len(line.rstrip()))
        if heading:
            yield start, end, True
            start = end = -1
    if start >= 0:
        yield start, end, False


def build(articles: Iterable[Article]) -> SearchIndex:
    """Make the index of some articles, in whatever order they come; each is read once."""
    ordered = sorted(articles, key=lambda article: (article.title.casefold(), article.id))
    counts: dict[str, dict[int, float]] = {}
    stems: dict[str, str] = {}
    pages = tuple(_page(number, article, counts, stems) for number, article in enumerate(ordered))
    forms = tuple(sorted(stems))
    stems |= {found: found for found in stems.values()}
    by_length: dict[int, list[str]] = {}
    for form in sorted(stems):
        if len(form) >= _SHORTEST_MENDED - 1 and form.isalpha() and form not in _STOP:
            by_length.setdefault(len(form), []).append(form)
    mean = sum(page.length for page in pages) / max(len(pages), 1) or 1.0
    return SearchIndex(
        pages,
        tuple(K1 * (1 - B + B * page.length / mean) for page in pages),
        counts,
        forms,
        stems,
        {size: tuple(found) for size, found in by_length.items()},
        frozenset(found for page in pages for found in page.title_places),
    )


def _page(number: int, article: Article, counts: dict[str, dict[int, float]], stems: dict[str, str]) -> _Page:
    length = 0.0

    def keep(form: str, places: dict[str, list[int]], at: int, weight: float) -> None:
        nonlocal length
        found = stems.get(form)
        if found is None:
            found = stems[form] = _stem(form)
        places.setdefault(found, []).append(at)
        of = counts.setdefault(found, {})
        of[number] = of.get(number, 0.0) + weight
        length += weight

    title_places: dict[str, list[int]] = {}
    title_words: list[tuple[int, int]] = []
    for form, start, end in _words(article.title):
        keep(form, title_places, len(title_words), TITLE)
        title_words.append((start, end))
    places: dict[str, list[int]] = {}
    words: list[tuple[int, int]] = []
    blocks: list[_Block] = []
    for start, end, heading in _blocks(article):
        first = len(words)
        for form, low, high in _words(article.text[start:end]):
            keep(form, places, len(words), HEADING if heading else TEXT)
            words.append((start + low, start + high))
        blocks.append(_Block(start, end, first, len(words), heading))
    return _Page(article, tuple(words), tuple(title_words), tuple(blocks), places, title_places, length)


# --- asking ---


def search(index: SearchIndex, query: str, *, limit: int = LIMIT) -> tuple[Hit, ...]:
    """Return at most `limit` articles for a query, the best first; without a word in it all, in order of title.

    Nothing in a query is an operator. While it does not end after its last word, that word may be but the beginning of
    one. Articles whose scores are equal to a tenth come in the order of how many words stand as in the query.
    """
    terms = _terms(index, query)
    if terms is None:
        return tuple(_hit(page, 0.0, (), ()) for page in index.pages)
    scores = _scores(index, terms)
    ranked = sorted(((round(score, 1), score, number) for number, score in enumerate(scores) if score), reverse=True)
    if not ranked or limit < 1:
        return ()
    lowest = ranked[min(limit, len(ranked)) - 1][0]
    close = [entry for entry in ranked if entry[0] >= lowest]
    shared = Counter(shown for shown, _, _ in close)
    close.sort(
        key=lambda entry: (
            -entry[0],
            -_in_order(index.pages[entry[2]], terms) if shared[entry[0]] > 1 else 0,
            -entry[1],
            entry[2],  # pages are in order of title
        )
    )
    values = [_idf(len(index.pages), len(_counts(index, term))) for term in terms]
    return tuple(_hit(index.pages[number], shown, terms, values) for shown, _, number in close[:limit])


def _terms(index: SearchIndex, query: str) -> list[_Term] | None:
    """Return what is asked for; None when the query has no word."""
    text = nfc(query[:MOST_CHARACTERS])
    words = _words(text)
    if not words:
        return None
    typing = words[-1][2] == len(text) and len(query) <= MOST_CHARACTERS
    last = words[-1][0]
    asked = list(dict.fromkeys(word for word, _, _ in words))
    kept = [word for word in asked if word not in _STOP] or asked
    if typing and last in kept:
        kept.remove(last)
        kept = [*kept[: MOST_WORDS - 1], last]
    kept = kept[:MOST_WORDS]
    found: dict[str, _Term] = {}
    for word in kept:
        stems = {meant: 1.0} if (meant := _stem(word)) in index.counts else {}
        if typing and word == last:
            stems = {**_endings(index, word), **stems}
        if stems:
            found[word] = _Term(stems)
    unknown = [word for word in kept if word not in found and _mendable(word)]
    _mend(index, [word for word in unknown if not is_word(word)], found)
    if not found:  # a slip may make another word of it
        _mend(index, [word for word in unknown if is_word(word)], found)
    distinct = {tuple(sorted(found[word].stems.items())): found[word] for word in kept if word in found}
    return list(distinct.values())


def _endings(index: SearchIndex, beginning: str) -> dict[str, float]:
    """Return the stems of words that begin so: those in titles first, then by how many articles have them."""
    first = bisect_left(index.forms, beginning)
    last = bisect_right(index.forms, beginning + "\U0010ffff")
    stems = {index.stems[form] for form in index.forms[first:last] if form not in _STOP}
    best = sorted(stems, key=lambda s: (s not in index.in_titles, -len(index.counts[s]), s))
    return dict.fromkeys(best[:MOST_ENDINGS], _ENDING)


def _mendable(word: str) -> bool:
    return len(word) >= _SHORTEST_MENDED - 1 and word.isalpha()


def _mend(index: SearchIndex, words: Sequence[str], found: dict[str, _Term]) -> None:
    """Add for each word, up to a limit, the words of the articles that it misspells."""
    for word in words[:MOST_MENDED]:
        stems = _misspelt(index, word)
        if stems:
            found[word] = _Term(stems)


def _misspelt(index: SearchIndex, word: str) -> dict[str, float]:
    """Return the stems of what a word misspells by the fewest errors, 1 or 2, and what each counts."""
    near: dict[int, set[str]] = {1: set(), 2: set()}
    for size in range(max(len(word) - 2, _SHORTEST_MENDED), len(word) + 3):
        allowed = 2 if size >= _TWO_ERRORS else 1
        if abs(size - len(word)) > allowed or size not in index.by_length:
            continue
        for form, errors, _ in extract(
            word, index.by_length[size], scorer=OSA.distance, score_cutoff=allowed, limit=None
        ):
            near[max(int(errors), 1)].add(form)
    stems: dict[str, float] = {}
    errors = 1 if near[1] else 2
    for form in sorted(near[errors]):
        weight = _MENDED[errors] * (1.0 if form[0] == word[0] else _OTHER_INITIAL)
        stems[index.stems[form]] = max(weight, stems.get(index.stems[form], 0.0))
    return stems


# --- ranking ---


def _scores(index: SearchIndex, terms: Sequence[_Term]) -> list[float]:
    norms, scores = index.norms, [0.0] * len(index.pages)
    for term in terms:
        counts = _counts(index, term)
        most = _idf(len(norms), len(counts)) * (K1 + 1)
        for number, count in counts.items():
            scores[number] += most * count / (count + norms[number])
    return scores


def _counts(index: SearchIndex, term: _Term) -> Mapping[int, float]:
    """Return how often each page has the term, by weight."""
    if len(term.stems) == 1:
        ((only, weight),) = term.stems.items()
        return index.counts[only] if weight == 1.0 else {n: c * weight for n, c in index.counts[only].items()}
    counts: dict[int, float] = {}
    for meant, weight in term.stems.items():
        for number, count in index.counts[meant].items():
            counts[number] = counts.get(number, 0.0) + count * weight
    return counts


def _idf(pages: int, having: int) -> float:
    return log(1 + (pages - having + 0.5) / (having + 0.5))


def _in_order(page: _Page, terms: Sequence[_Term]) -> int:
    """Return how many words of the query stand in the page soon after the word before them, as in the query."""
    found: set[int] = set()
    for places in (page.title_places, page.places):
        there = [_places(places, term) for term in terms]
        found.update(
            k for k, (one, two) in enumerate(pairwise(there)) if one and two and k not in found and _follows(one, two)
        )
    return len(found)


def _places(places: Mapping[str, list[int]], term: _Term) -> list[int]:
    if len(term.stems) == 1:
        return places.get(next(iter(term.stems)), [])
    return sorted({at for meant in term.stems for at in places.get(meant, ())})


def _follows(one: Sequence[int], two: Sequence[int]) -> bool:
    """Whether a place of `two` is at most `_NEAR` words after one of `one`; both are in order."""
    k = 0
    for at in one:
        while k < len(two) and two[k] <= at:
            k += 1
        if k == len(two):
            return False
        if two[k] - at <= _NEAR:
            return True
    return False


# --- what is shown of a hit ---


def _hit(page: _Page, score: float, terms: Sequence[_Term], values: Sequence[float]) -> Hit:
    matched = sorted((at, k) for k, term in enumerate(terms) for at in _places(page.places, term))
    offset, length = _snippet(page, matched, values)
    words, end = page.words, offset + length
    inside = {words[at] for at, _ in matched if offset <= words[at][0] and words[at][1] <= end}
    in_title = {at for term in terms for at in _places(page.title_places, term)}
    return Hit(
        page.article.id,
        page.article.title,
        score,
        offset,
        length,
        _merged(inside),
        _merged([page.title_words[at] for at in in_title]),
    )


def _merged(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return (offset, length) of places in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((start, end - start) for start, end in merged)


def _snippet(page: _Page, matched: Sequence[tuple[int, int]], values: Sequence[float]) -> tuple[int, int]:
    """Return offset and length of the piece, within one block, whose different words are worth most; the first such."""
    best, piece = 0.0, None
    starts = [block.first for block in page.blocks]
    low = 0
    held: dict[int, int] = {}
    worth = 0.0
    for high, (at, term) in enumerate(matched):
        block = page.blocks[bisect_right(starts, at) - 1]
        held[term] = held.get(term, 0) + 1
        worth += values[term] if held[term] == 1 else 0.0
        while matched[low][0] < block.first or page.words[at][1] - page.words[matched[low][0]][0] > ROOM:
            left = matched[low][1]
            held[left] -= 1
            worth -= values[left] if not held[left] else 0.0
            low += 1
        here = worth * (0.5 if block.heading else 1.0)
        if here > best + 1e-9:
            best, piece = here, (block, matched[low][0], matched[high][0])
    if piece is None:
        first = next((block for block in page.blocks if not block.heading and block.last > block.first), None)
        first = first or next(iter(page.blocks), None)
        return (0, 0) if first is None else _cut(page, first, first.start, first.start)
    block, one, other = piece
    return _cut(page, block, page.words[one][0], page.words[other][1])


def _cut(page: _Page, block: _Block, start: int, end: int) -> tuple[int, int]:
    """Return at most ROOM code points of a block around `start` to `end`: from a sentence's start where one is near."""
    if block.end - block.start <= ROOM:
        return block.start, block.end - block.start
    low = max(block.start, end - ROOM)
    sentences = [block.start, *(low + m.end() for m in _SENTENCE.finditer(page.article.text[low : start + 1]))]
    begin = max((at for at in sentences if low <= at <= start), default=-1)
    words = page.words[block.first : block.last]
    if begin < 0:
        wanted = max(low, start - (ROOM - (end - start)) // 2)
        begin = next((word[0] for word in words if word[0] >= wanted), start)
    stop = max((word[1] for word in words if begin < word[1] <= begin + ROOM), default=min(block.end, begin + ROOM))
    if stop < block.end <= begin + ROOM:
        stop = block.end
    return begin, stop - begin
