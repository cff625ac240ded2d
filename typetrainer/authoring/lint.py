"""`drills lint`: everything that can be found wrong with packs by looking; the checks are in lint_found.CHECKS."""

import os
import signal
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

MANY = 60  # written items, from which processes of their own are worth their start


def lint(
    subjects: Sequence[Subject], language: Language | None = None, *, others: Sequence[Subject] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Problem]:  # fmt: skip
    """Look at packs. `others` are packs that are there as well: no id may be theirs, and no text of a bundled one.

    Without `language` LanguageTool is left out. `tell` is told how far it is.
    """
    if language is not None:
        language.ask([(text, of) for subject in subjects for of, text in lint_language.texts(subject)])
    ids: Mapping[str, Iterable[str]] = {other.pack.id: [item.id for item in other.items] for other in others}
    yield from lint_parts.ids(subjects, ids)
    for subject, problems in zip(subjects, _all_plain(subjects), strict=True):
        tell(f"Looked at {subject.pack.id}.")
        yield from problems
    yield from lint_twins.twins(subjects, [other for other in others if not other.pack.own])
    if language is not None:
        tell("LanguageTool reads the texts …")
    for subject in subjects:
        yield from _judged(subject, language)


def _all_plain(subjects: Sequence[Subject]) -> Iterator[list[Problem]]:
    """Look at what needs no LanguageTool, which works meanwhile; many packs by as many processes as pay."""
    workers = min(os.cpu_count() or 1, len(subjects))
    if workers == 1 or sum(len(subject.written) for subject in subjects) < MANY:
        yield from map(_plain, subjects)
        return
    from multiprocessing import get_context

    with get_context("spawn").Pool(workers, _ignore_interrupts) as pool:  # left in any way, it ends them
        yield from pool.imap(_plain, subjects)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's


def _plain(subject: Subject) -> list[Problem]:
    return list(_of_pack(subject))


def _of_pack(subject: Subject) -> Iterator[Problem]:
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
