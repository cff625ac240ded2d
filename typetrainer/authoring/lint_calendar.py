"""Lint of weekdays that stand beside dates: "Friday 12 June" must be one in the year of the case."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.content.model import CopyItem
from typetrainer.content.written import Item
from typetrainer.writing.facts.tokens import scan, tokenize

YEARS = range(2015, 2045)
_LATE, _EARLY = 9, 4  # months: a case that runs from autumn into spring is in two years


class _Pair(NamedTuple):
    words: str
    weekday: int
    year: int  # 0: not said
    month: int
    day: int

    def holds(self, year: int) -> bool:
        try:
            return date(year, self.month, self.day).weekday() == self.weekday
        except ValueError:
            return False


def calendar(subject: Subject, item: Item) -> Iterator[Problem]:
    """Find weekdays and dates of an item that cannot be of one year; with a year of its own, each by itself."""
    found = [(place, pair) for place, text in _texts(item) for pair in _pairs(text, month_first=subject.month_first)]
    for place, pair in found:
        if pair.year and not pair.holds(pair.year):
            yield subject.problem("calendar", f'"{pair.words}" is another weekday', item, place)
    bare = [(place, pair) for place, pair in found if not pair.year]
    autumn = any(pair.month >= _LATE for _, pair in found)
    best: list[tuple[str, _Pair]] | None = None
    for year in YEARS:
        wrong = [(p, pair) for p, pair in bare if not (pair.holds(year) or _next_spring(pair, year, autumn=autumn))]
        if best is None or len(wrong) < len(best):
            best = wrong
    for place, pair in best or ():
        yield subject.problem("calendar", f'"{pair.words}" is another weekday in the year of the others', item, place)


def _next_spring(pair: _Pair, year: int, *, autumn: bool) -> bool:
    return autumn and pair.month <= _EARLY and pair.holds(year + 1)


def _texts(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, CopyItem):
        yield "text", item.text
        return
    yield "message", item.message
    yield "customer", ". ".join(item.customer.card())
    yield from (("transcript", line) for line in item.transcript)
    yield from (("know", line) for line in item.know)
    yield "model", item.model
    yield from ((f'fact "{fact.id}"', fact.says) for fact in item.facts)


def _pairs(text: str, *, month_first: bool) -> Iterator[_Pair]:
    tokens = [token for token in tokenize(scan(text), month_first=month_first) if token.low not in (",", "the")]
    for one, two in pairwise(tokens):
        first, second = one.value, two.value
        if first is None or second is None or (first.kind, second.kind) != ("weekday", "date"):
            continue
        year, month, day = (int(str(part)) for part in second.data)
        if month and day and two.start - one.end <= len(", the "):
            yield _Pair(text[one.start : two.end], int(str(first.data[0])), year, month, day)
