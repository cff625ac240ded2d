"""`drills lint`: everything that can be found wrong with packs by looking; the checks are in lint_found.CHECKS."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from typetrainer.authoring import (
    lint_calendar,
    lint_copy,
    lint_language,
    lint_parts,
    lint_sources,
    lint_twins,
)
from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.authoring.lint_language import Language
from typetrainer.content.model import KINDS, CopyItem
from typetrainer.writing.facts.pattern import PatternError


def lint(
    subjects: Sequence[Subject], language: Language | None = None, *, others: Sequence[Subject] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Problem]:  # fmt: skip
    """Look at packs, in order. `others` are packs that are there as well: no id and no text may be theirs.

    Without `language` LanguageTool is left out. `tell` is told which pack is looked at.
    """
    if language is not None:
        language.ask([(text, of) for subject in subjects for of, text in lint_language.texts(subject)])
    ids: Mapping[str, Iterable[str]] = {other.pack.id: [item.id for item in other.items] for other in others}
    yield from lint_parts.ids(subjects, ids)
    for subject in subjects:
        tell(subject.pack.id)
        yield from _plain(subject)
    yield from lint_twins.twins(subjects, others)
    tell("LanguageTool" if language is not None else "the scores")
    for subject in subjects:
        yield from _judged(subject, language)


def _plain(subject: Subject) -> Iterator[Problem]:
    """Look at what needs no LanguageTool; it works meanwhile."""
    yield from lint_parts.names(subject)
    yield from lint_copy.of_article(subject)
    for item in subject.items:
        yield from lint_copy.characters(subject, item)
        yield from lint_calendar.calendar(subject, item)
    for written in subject.written:
        yield from lint_parts.patterns(subject, written)
        yield from lint_sources.sources(subject, written)


def _judged(subject: Subject, language: Language | None) -> Iterator[Problem]:
    for item in subject.items:
        if not isinstance(item, CopyItem):
            try:
                yield from lint_language.of_written(subject, item, language)
            except PatternError:  # told already
                continue
        elif language is not None:
            yield from lint_language.of_copy(subject, item, language)
    yield from lint_language.of_articles(subject, language)


def counts(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """Return how many items there are, by pack and kind, and how many of them are easy, middle and hard."""
    from typetrainer.content.difficulty import LEVELS, difficulty_of

    rows = []
    for subject in subjects:
        for kind in KINDS:
            levels = Counter(difficulty_of(item).level for item in subject.items if item.kind == kind)
            if levels:
                row: dict[str, Any] = {"pack": subject.pack.id, "kind": kind, "items": levels.total()}
                rows.append(row | {level: levels[level] for level in LEVELS})
    return rows
