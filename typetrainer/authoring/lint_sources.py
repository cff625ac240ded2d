"""Lint of what an answer is made of: every value, code and name in it stands somewhere the writer can read.

The writer reads the message, the card, the transcript, what is known, the item's articles and policies, and the
company's page. Amounts are compared as the matcher does: "forty pounds" is £40, and a sum of amounts counts as told.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from typetrainer.authoring.lint_found import Problem, Subject, short
from typetrainer.content.written import WrittenItem
from typetrainer.writing.dictionary import is_word
from typetrainer.writing.facts.comparing import same
from typetrainer.writing.facts.lexicon import MONTHS, ORDINALS, UNIT_ORDINALS, WEEKDAYS
from typetrainer.writing.facts.tokens import Token, scan, tokenize
from typetrainer.writing.facts.values import Value

SMALL = 12  # counts up to here are the writer's own: "two questions", "both of the 3 ways"
YEAR = 2026  # of dates without one, where none of the item has one
DAY = 86_400
_SIZES = (1, 60, 3600, DAY)  # of the units of a duration, in seconds; 1 is a month and a working day as well
_ORDINALS = {number: word for word, number in (UNIT_ORDINALS | ORDINALS).items()}
_ZONES = {"eastern": "et", "central": "ct", "mountain": "mt", "pacific": "pt"}
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_NAME = re.compile(r"[^\W\d_][\w’'-]*[^\W_]|[^\W\d_]")
_OPENS = re.compile(r"(?:^|[.!?…:;\n\"“(•*#>-]|\d\.)\s*[\"'“‘(*]*$")
_SPOKEN = re.compile(
    r"(?:a|an|one|per|each|another)\s+(?:minute|second|moment|hour|day|week|month|year)"
    r"|(?:a few|two|three|four|five)\s+minutes|(?:a few|two)\s+seconds"
)
_KNOWN_NAMES = frozenset("i i'm i'll i've i'd ok faq mr mrs ms mx dr".split())


class Told(NamedTuple):
    """What the writer is told, as values, codes and words; `plain` is all of it, words and numbers between blanks."""

    values: tuple[Value, ...]
    codes: frozenset[str]
    words: frozenset[str]
    plain: str


def sources(subject: Subject, item: WrittenItem) -> Iterator[Problem]:
    """Find what stands in the model or in a fact's sentence and nowhere among what the writer is told."""
    told = _told(subject, item)
    case = _case_values(subject, item)
    texts = [("model", item.model), *((f'fact "{fact.id}", says', fact.says) for fact in item.facts)]
    reported: set[str] = set()
    for place, text in texts:
        for words in (*_values(subject, text, told, case), *_names(text, told)):
            if words.casefold() not in reported:
                reported.add(words.casefold())
                message = f'"{short(words, 40)}" stands in nothing that the writer can read: add it to know, or mend it'
                yield subject.problem("source", message, item, place)


# --- what is told ---


def _case(item: WrittenItem) -> Iterator[str]:
    yield item.message
    yield f"{item.customer.name}. {'. '.join(item.customer.card())}"
    yield from item.transcript
    yield from item.know
    yield item.poor


def _pages(subject: Subject, item: WrittenItem) -> Iterator[str]:
    for name in (*item.articles, item.article, *item.accept):
        article = subject.article(name)
        if article is not None:
            yield article.text
    company = subject.company
    if company is None:
        return
    for policy in company.policies:
        if policy.id in item.policies:
            yield f"{policy.id}. {policy.title}. {policy.text}"
    yield f"{company.name}. {company.trade}. {company.about} {company.hours}"
    yield from (f"{tier.name}. {tier.handles}" for tier in company.tiers)
    yield from (guideline.text for guideline in company.guidelines)
    yield " ".join(company.words)


def _told(subject: Subject, item: WrittenItem) -> Told:
    texts = [*_case(item), *_pages(subject, item)]
    tokens = [token for text in texts for token in _tokens(text, month_first=subject.month_first)]
    values = _values_of(texts, month_first=subject.month_first)
    words = frozenset(_bare(word) for text in texts for word in _NAME.findall(text.replace("’", "'")))
    codes = frozenset(token.stem for token in tokens if token.kind == "code")
    return Told(values, codes, words, _spaced("\n".join(texts)))


@lru_cache(maxsize=1024)
def _tokens(text: str, *, month_first: bool) -> tuple[Token, ...]:
    return tuple(tokenize(scan(text), month_first=month_first))


def _case_values(subject: Subject, item: WrittenItem) -> tuple[Value, ...]:
    """Return the values of the case, its policies, and the article sought: those that are reckoned with."""
    company = subject.company
    named = [p.text for p in company.policies if p.id in item.policies] if company is not None else []
    sought = subject.article(item.article)
    texts = [*_case(item), *named, *([sought.text] if sought is not None else [])]
    return _values_of(texts, month_first=subject.month_first)


def _values_of(texts: Iterable[str], *, month_first: bool) -> tuple[Value, ...]:
    found: list[Value] = []
    for text in texts:
        tokens = _tokens(text, month_first=month_first)
        for at, token in enumerate(tokens):
            if token.value is not None:
                found += [*_ends(token.value), *_shared(tokens, at)]
    return tuple(found)


def _shared(tokens: tuple[Token, ...], at: int) -> Iterator[Value]:
    """Yield what a number beside another value means: "4 to Sun 6 Dec" is 4 Dec, "5 minutes, not 1" a minute."""
    number = tokens[at].value
    if number is None or number.kind != "number":
        return
    x = _number(number.data[0])
    for other in tokens[at + 1 : at + 5]:
        if other.value is not None and other.value.kind == "date" and other.value.data[1] and x in range(1, 32):
            yield Value("date", (*other.value.data[:2], int(x)))
    for other in tokens[max(0, at - 4) : at]:
        if other.value is not None and other.value.kind == "duration":
            family, size = str(other.value.data[0]), _number(other.value.data[1])
            yield from (Value("duration", (family, x * unit)) for unit in _SIZES if size % unit == 0)


def _ends(value: Value) -> Iterator[Value]:
    """Yield a value, and of a range both ends as well."""
    yield value
    if value.kind == "range":
        kind, low, high, unit = value.data
        for end in (low, high):
            data = (unit, end) if kind == "duration" else (end, unit) if kind in ("money", "time") else (end,)
            yield Value(str(kind), data)


def _spaced(text: str) -> str:
    return f" {' '.join(_PIECE.findall(text.casefold()))} "


# --- values and codes ---


def _values(subject: Subject, text: str, told: Told, case: tuple[Value, ...]) -> Iterator[str]:
    for token in _tokens(text, month_first=subject.month_first):
        words = text[token.start : token.end]
        if token.kind == "code":
            missing = token.stem not in told.codes and _spaced(words) not in told.plain
        else:
            missing = token.kind == "value" and token.value is not None and not _is_told(token.value, words, told, case)
        if missing:
            yield words


def _is_told(value: Value, words: str, told: Told, case: tuple[Value, ...]) -> bool:
    if any(same(value, there) or same(there, value) for there in told.values):
        return True
    if value.kind == "range":
        return all(_is_told(end, words, told, case) for end in list(_ends(value))[1:])
    if _spaced(words).count(" ") > 2 and any(c.isdigit() for c in words) and _spaced(words) in told.plain:
        return True
    if value.kind == "number":
        return _number(value.data[0]) <= SMALL or _counted(value, told) or _added(value, case)
    if value.kind == "date" and re.search(r"[.!?]\s+[A-Z]", words):  # read across the end of a sentence
        return True
    if value.kind == "time":
        return _clocked(value, case)
    if value.kind == "money":
        return _reckoned(value, case)
    if value.kind in ("date", "weekday"):
        return _dated(value, told, case)
    if value.kind == "duration":
        return _lasting(value, words, case)
    return False


def _counted(value: Value, told: Told) -> bool:
    """Whether a bare number is the number of something that is told: 300 of 300 Mbps, 42 of £42, 14 of 14 days."""
    x = _number(value.data[0])
    return any(
        there.data[0] == value.data[0]
        or there.data[-1] == value.data[0]
        or (there.kind == "duration" and any(_number(there.data[1]) == x * size for size in (*_SIZES, 7 * DAY)))
        for there in told.values
    )


def _added(value: Value, case: tuple[Value, ...]) -> bool:
    """Whether a number is the sum or difference of two: the 4 cm that a door of 96 cm has more than 92."""
    numbers = _numbers(case, "number")
    wanted = _number(value.data[0])
    return any(abs(wanted - made) < 1e-6 for a, b in combinations(numbers, 2) for made in (a + b, b - a))


def _clocked(value: Value, case: tuple[Value, ...]) -> bool:
    """Whether a time is another one and a span: ten minutes after 4.20 pm."""
    times = [_whole(there.data[0]) for there in case if there.kind == "time"]
    spans = [_number(there.data[1]) for there in case if there.kind == "duration" and there.data[0] == "s"]
    made = {time + sign * span / 60 for time in times for span in spans if span < DAY for sign in (1, -1)}
    return any(same(value, Value("time", (int(minute) % 1440, "24"))) for minute in made)


def _whole(part: object) -> int:
    return int(str(part))


def _number(part: object) -> float:
    return float(str(part))


def _numbers(values: Iterable[Value], kind: str) -> list[float]:
    return sorted({_number(value.data[0]) for value in values if value.kind == kind})


def _reckoned(value: Value, case: tuple[Value, ...]) -> bool:
    """Whether an amount is the sum or difference of two, the sum of three, a multiple or a share of the case's."""
    amounts = _numbers(case, "money")
    wanted = _number(value.data[0])
    counts = {n for n in _numbers(case, "number") if 1 < n <= 100 and n == int(n)} | {2.0}
    counts |= {_number(v.data[1]) / size for v in case if v.kind == "duration" for size in (1, DAY, 7 * DAY)}
    made = {a + b for a, b in combinations(amounts, 2)} | {abs(a - b) for a, b in combinations(amounts, 2)}
    made |= {sum(three) for three in combinations(amounts[:30], 3)}
    made |= {a * n for a in amounts for n in counts} | {a / n for a in amounts for n in counts if n}
    made |= {a * p / 100 for a in amounts for p in _numbers(case, "percent")}
    made |= {a * (100 - p) / 100 for a in amounts for p in _numbers(case, "percent")}
    return any(abs(wanted - each) < 0.006 for each in made)


# --- days ---


def _day(value: Value) -> date | None:
    """Return a date with its month, in YEAR where it has no year of its own; None where there is none."""
    year, month, day = (_whole(part) for part in value.data)
    try:
        return date(year or YEAR, month, day) if month and day else None
    except ValueError:
        return None


def _days(case: Iterable[Value]) -> set[date]:
    return {day for value in case if value.kind == "date" and (day := _day(value)) is not None}


def _spans(case: Iterable[Value]) -> set[int]:
    """Return in how many days something may be, by the spans told: a day before or after always ("tomorrow")."""
    spans = {-1, 0, 1}
    for value in case:
        if value.kind == "duration":
            family, x = str(value.data[0]), _number(value.data[1])
            days = {"s": x / DAY, "bd": x, "mo": x * 30}[family]
            spans |= {int(days), -int(days)} if days <= 400 else set()
            spans |= {int(x + 2 * ((x + k) // 5)) for k in range(5)} if family == "bd" else set()
            spans |= {28, 29, 30, 31} if family == "mo" and x == 1 else set()
    return spans


def _dated(value: Value, told: Told, case: tuple[Value, ...]) -> bool:
    """Whether a day follows from the days and spans that are told."""
    days = _days(case)
    reached = {day + timedelta(days=span) for day in days for span in _spans(case)}
    firsts = {(day.replace(day=1) + timedelta(days=31)).replace(day=1) for day in days}
    reached |= days | firsts | {day - timedelta(days=1) for day in firsts}  # "from the 1st", "by the end of the month"
    named = {_whole(there.data[0]) for there in case if there.kind == "weekday"}
    week = {day + timedelta(days=step) for day in days for step in range(-6, 8)}
    reached |= {day for day in week if day.weekday() in named}  # "from Monday", and what day it is today
    if value.kind == "weekday":
        told_days = {_whole(there.data[0]) for there in told.values if there.kind == "weekday"}
        near = {(day + step) % 7 for day in told_days for step in (-1, 1)}
        return value.data[0] in near or any(day.weekday() == value.data[0] for day in reached)
    if not any(value.data[:2]) and _ORDINALS.get(_whole(value.data[2]), "") in told.words:  # the third floor
        return True
    year, month, day_of = (_whole(part) for part in value.data)
    return any(
        day.day == day_of and (not month or day.month == month) and (not year or day.year == year) for day in reached
    )


def _lasting(value: Value, words: str, case: tuple[Value, ...]) -> bool:
    """Whether a span is a manner of speaking ("a minute", "five minutes"), or made of the days and spans told."""
    if _SPOKEN.fullmatch(words.lower()):
        return True
    family, x = str(value.data[0]), _number(value.data[1])
    between = [sorted(pair) for pair in combinations(_days(case), 2)]
    if family == "s":
        # With or without the first or the last of the days.
        gaps = {(late - early).days for early, late in between}
        bare = {_whole(v.data[2]) for v in case if v.kind == "date" and not v.data[1]}
        gaps |= {abs(a - b) for a, b in combinations(bare, 2)}
        if any(abs(gap * DAY - x) <= DAY for gap in gaps):
            return True
        times = sorted({_whole(v.data[0]) for v in case if v.kind == "time"})
        if any((b - a) * 60 == x for a, b in combinations(times, 2)):
            return True
    elif family == "bd" and any(abs(_working_days(early, late) - x) <= 1 for early, late in between):
        return True
    spans = sorted({_number(v.data[1]) for v in case if v.kind == "duration" and v.data[0] == family})
    return any(abs(x - made) < 1e-6 for a, b in combinations(spans, 2) for made in (a + b, b - a))


def _working_days(early: date, late: date) -> int:
    return sum((early + timedelta(days=n)).weekday() < 5 for n in range(min((late - early).days, 400)))


# --- names ---


def _bare(word: str) -> str:
    low = word.casefold().replace("’", "'").strip("'-")
    return low.removesuffix("'s").removesuffix("'")


def _names(text: str, told: Told) -> Iterator[str]:
    """Yield capitalised words inside sentences, and unknown ones at their beginning, that are told nowhere."""
    for match in _NAME.finditer(text):
        word = match.group()
        if not word[0].isupper():
            continue
        bare = _bare(word)
        if bare in told.words or bare in _KNOWN_NAMES or bare in MONTHS or bare in WEEKDAYS or len(bare) == 1:
            continue
        if any(char.isdigit() for char in word) or _spaced(word) in told.plain:
            continue
        if _ZONES.get(bare) in told.words:
            continue
        parts = [part for part in re.split(r"[-']", bare) if part]
        opens = _OPENS.search(text[max(0, match.start() - 6) : match.start()]) is not None
        if all(part in told.words for part in parts):
            continue
        if opens and (is_word(bare) or all(map(is_word, parts))):
            continue
        yield word
