"""Lint of texts that are nearly the same, within a pack and across packs, of whatever kind.

Texts that share rare runs of words are compared letter by letter; all others never meet, so the work grows with the
number of texts and not with its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.content.model import CopyItem
from typetrainer.content.written import Item, WrittenItem

RUN = 4  # words
COMMON = 12  # a run in more texts than these says nothing: "is there anything else"
SHARED = 0.15  # of the shorter text's runs, before letters are compared
ALIKE = 80.0  # per cent of the letters: one text with other names and amounts
LEAST = 8  # words; shorter texts are greetings, and may be alike
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,:]*")


class _Text(NamedTuple):
    subject: Subject
    item: Item | None
    name: str  # pack/item, or pack/articles/name.md
    place: str
    words: tuple[str, ...]


def twins(subjects: Sequence[Subject], others: Sequence[Subject] = ()) -> Iterator[Problem]:
    """Find nearly equal texts, at least one of them of `subjects`; each pair of items is told once."""
    texts = [text for subject in (*others, *subjects) for text in _texts(subject)]
    mine = {id(subject) for subject in subjects}
    told: set[tuple[str, str]] = set()
    for first, second, alike in _pairs(texts):
        if id(second.subject) not in mine or first.name == second.name or (first.name, second.name) in told:
            continue
        told.add((first.name, second.name))
        message = f"nearly the same as {first.place} of {first.name} ({alike:.0f} % alike)"
        if second.item is None:
            yield second.subject.about_article("twin", message, second.name.rpartition("/")[2].removesuffix(".md"))
        else:
            yield second.subject.problem("twin", message, second.item, second.place)


def _texts(subject: Subject) -> Iterator[_Text]:
    for item in subject.items:
        for place, text in _parts(item):
            yield _Text(subject, item, item.full_id, place, _words(text))
    for article in subject.articles:
        name = f"{subject.pack.id}/articles/{article.id}.md"
        yield _Text(subject, None, name, "the text", _words(article.text))


def _parts(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, CopyItem):
        yield "text", item.text
    elif isinstance(item, WrittenItem):
        yield "message", item.message
        yield "transcript", "\n".join(item.transcript)
        yield "poor", item.poor
        yield "model", item.model


def _words(text: str) -> tuple[str, ...]:
    """Return the words in small letters; all numbers are one, or a text with other amounts would be another."""
    return tuple("0" if word[0].isdigit() else word for word in _WORD.findall(text.casefold()))


def _pairs(texts: Sequence[_Text]) -> Iterator[tuple[_Text, _Text, float]]:
    from rapidfuzz import fuzz

    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for number, text in enumerate(texts):
        if len(text.words) < LEAST:
            continue
        runs = {text.words[k : k + RUN] for k in range(len(text.words) - RUN + 1)}
        sizes[number] = len(runs)
        for run in runs:
            holders[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= COMMON:
            shared.update(combinations(numbers, 2))
    for (one, two), count in sorted(shared.items()):
        first, second = texts[one], texts[two]
        if count < SHARED * min(sizes[one], sizes[two]):
            continue
        alike = fuzz.ratio(" ".join(first.words), " ".join(second.words), score_cutoff=ALIKE)
        if alike:
            yield first, second, alike
