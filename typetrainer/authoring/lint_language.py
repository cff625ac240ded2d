"""Lint of the language: LanguageTool over copy texts, models and articles, and the scores that depend on it.

Most of lint's time is LanguageTool's, so its findings are kept between runs, by the text and by what found them. Those
in the bundled texts come with the packs (`READ`): LanguageTool needs minutes for them. `make read` makes it anew.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from typetrainer.authoring.lint_found import Problem, Subject, short
from typetrainer.content.loader import bundled_folder
from typetrainer.content.model import CopyItem
from typetrainer.content.written import Flaw, WrittenItem
from typetrainer.errors import StorageProblem
from typetrainer.writing.checker import Checker, checked_as
from typetrainer.writing.findings import Finding, keep
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.assessment import Assessment
from typetrainer.writing.rubric.judging import Answer

READ = "read.json"  # in the folder of the bundled packs: what LanguageTool found when it read them
LEAST_SCORE = 95.0
GRADES = (0.0, 9.0)  # Flesch-Kincaid, of texts long enough for it; packs lie between 1 and 8
WAIT_SECONDS = 900.0  # a text may wait for all others
KEPT = 20_000  # texts in the cache
SECOND = 150  # texts, from which another checker is worth its start


class Language:
    """Has texts checked, each once, by one or two checkers of one server; what was found before is not asked again."""

    def __init__(self, make_checker: Callable[[str | None], Checker], cache: "Cache") -> None:
        """Take what makes a checker, which is given the address of a server that runs, or None for one of its own."""
        self._make_checker = make_checker
        self._checkers: list[Checker] = []
        self._cache = cache
        self._asked: dict[tuple[str, str], Future[CheckResult]] = {}
        self._second: Thread | None = None
        self._closed = False
        self.reason = ""
        self._wanted: set[tuple[str, str]] = set()
        self.read_now = 0  # texts that LanguageTool reads in this run; what it found in the others was kept

    def ask(self, asked: Sequence[tuple[str, str]]) -> None:
        """Ask for texts, each with its language; the answers are waited for when they are used."""
        wanted = list(dict.fromkeys((checked_as(language), text) for text, language in asked))
        self._wanted.update(wanted)
        wanted = [each for each in wanted if each not in self._asked and self._cache.get(*each) is None]
        self.read_now += len(wanted)
        wanted.sort(key=lambda each: each[0])  # a server loads a language once
        half = len(wanted) // 2 if len(wanted) >= SECOND and (os.cpu_count() or 1) > 1 else 0
        if wanted:
            self._submit(None, wanted[half:])
        if half:
            self._second = Thread(target=self._ask_second, args=(wanted[half], wanted[:half]), daemon=True)
            self._second.start()

    def _submit(self, url: str | None, wanted: Sequence[tuple[str, str]]) -> Checker:
        checker = self._make_checker(url)
        self._checkers.append(checker)
        for language, text in wanted:
            self._asked[language, text] = checker.check(text, language=language, timeout=WAIT_SECONDS)
        return checker

    def _ask_second(self, first: tuple[str, str], wanted: Sequence[tuple[str, str]]) -> None:
        """Ask by a second checker as soon as the first one's server answers: another server would warm up slowly."""
        self._asked[first].result()
        if not self._closed:
            self._submit(self._checkers[0].status().url, wanted)

    def close(self) -> None:
        """End the checkers, and keep what was found."""
        self._closed = True
        for checker in self._checkers[:1]:
            checker.close()
        if self._second is not None:
            self._second.join()
        for checker in self._checkers[1:]:
            checker.close()
        self._cache.save()

    @property
    def texts(self) -> int:
        """How many texts were asked for."""
        return len(self._wanted)

    def hand_out(self) -> None:
        """Write what was found beside the bundled packs. Raises StorageProblem."""
        self._cache.hand_out(bundled_folder() / READ, self._wanted)

    def found(self, text: str, language: str, words: frozenset[str]) -> tuple[Finding, ...] | None:
        """Return what LanguageTool finds in a text; None where it was not checked, which `reason` then explains."""
        language = checked_as(language)
        found = self._cache.get(language, text)
        if found is None:
            if (language, text) not in self._asked and self._second is not None:
                self._second.join()
            result = self._asked[language, text].result()
            if result.findings is None:
                self.reason = self.reason or result.reason or "LanguageTool did not answer."
                return None
            found = result.findings
            self._cache.put(language, text, found)
        return keep(found, text, words=words)


class Cache:
    """Findings by language and text, in one file of the cache folder; `engine` is whatever they depend on."""

    def __init__(self, path: Path | None, engine: str = "", *, shipped: Path | None = None) -> None:
        """Read what was kept, and what came with the packs; of another engine nothing counts.

        What cannot be read is made anew.
        """
        self._path = path
        self._engine = engine
        self._kept, self._shipped = self._read(path), self._read(shipped)
        self._changed = False

    def _read(self, file: Path | None) -> dict[str, list[dict[str, Any]]]:
        with suppress(OSError, ValueError, AttributeError, TypeError):
            if file is not None:
                data = json.loads(file.read_text(encoding="utf-8"))
                return dict(data["texts"]) if data["engine"] == self._engine else {}
        return {}

    def get(self, language: str, text: str) -> tuple[Finding, ...] | None:
        """Return what was found before, or None."""
        key = _key(language, text)
        kept = self._kept.get(key, self._shipped.get(key))
        return None if kept is None else tuple(Finding.from_json(each) for each in kept)

    def put(self, language: str, text: str, found: Sequence[Finding]) -> None:
        """Keep what was found."""
        self._kept[_key(language, text)] = [each.to_json() for each in found]
        self._changed = True

    def hand_out(self, file: Path, asked: Iterable[tuple[str, str]]) -> None:
        """Write what was found in texts, each with its language, to come with the packs. Raises StorageProblem."""
        from typetrainer.store.atomic import write_atomic

        known = self._shipped | self._kept
        texts = {key: known[key] for key in sorted(_key(*each) for each in asked)}
        written = json.dumps({"engine": self._engine, "texts": texts}, indent=0, ensure_ascii=False) + "\n"
        write_atomic(file, written.encode())

    def save(self) -> None:
        """Write the file, if there is anything new; a cache that cannot be written is none."""
        from typetrainer.store.atomic import encode_json, write_atomic

        if self._path is None or not self._changed:
            return
        newest = dict(list(self._kept.items())[-KEPT:])
        with suppress(StorageProblem):
            write_atomic(self._path, encode_json({"engine": self._engine, "texts": newest}))


def _key(language: str, text: str) -> str:
    return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()


def engine_of(version: str, rules: str) -> str:
    """Return what findings depend on: the server, its rules, and our own code that filters them."""
    import typetrainer.writing as writing

    folder = Path(os.fsdecode(writing.__file__)).parent
    code = [folder / name for name in ("addresses.py", "findings.py", "prepare.py")]
    code += sorted((folder / "languagetool").glob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()
    return f"{version} {rules} {digest}"


# --- what is asked ---


def texts(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the texts of a pack to be checked, with the language; the poor ones where a flaw is one of language."""
    language = subject.pack.language
    for item in subject.items:
        yield language, item.text if isinstance(item, CopyItem) else item.model
        if isinstance(item, WrittenItem) and any(flaw.check == "language" for flaw in item.flaws):
            yield language, item.poor
    for article in subject.articles:
        yield language, article.text


def _words(subject: Subject, item: CopyItem | WrittenItem | None) -> frozenset[str]:
    own = subject.company.words if subject.company is not None else ()
    if item is None:
        return frozenset(own)
    name = item.customer.name.split() if isinstance(item, WrittenItem) else []
    return frozenset([*own, *item.words, *name])


# --- what is found ---


def of_copy(subject: Subject, item: CopyItem, language: Language) -> Iterator[Problem]:
    """Check a copy text."""
    for found in language.found(item.text, subject.pack.language, _words(subject, item)) or ():
        if found.severity == "error":
            yield subject.problem("language", said(found), item, "text")


def of_articles(subject: Subject, language: Language | None) -> Iterator[Problem]:
    """Check the articles, and how hard they are to read."""
    for article in subject.articles:
        found = language.found(article.text, subject.pack.language, _words(subject, None)) if language else ()
        for each in found or ():
            if each.severity == "error":
                yield subject.about_article("language", said(each), article.id)
        message = _grade(article.text, subject.pack.language)
        if message:
            yield subject.about_article("grade", message, article.id)


def of_written(subject: Subject, item: WrittenItem, language: Language | None) -> Iterator[Problem]:
    """Judge the model answer, and the poor text by the rubric's own checks.

    Without `language` the score is what it would be if LanguageTool found nothing.
    """
    words = _words(subject, item)
    found = language.found(item.model, subject.pack.language, words) if language else ()
    for each in found or ():
        if each.severity == "error":
            yield subject.problem("language", said(each), item, "model")
    if message := _grade(item.model, subject.pack.language):
        yield subject.problem("grade", message, item, "model")
    judged = _judged(subject, item, item.model, found or ())
    if judged.score is not None and judged.score < LEAST_SCORE:
        message = f"scores {judged.score:g}, less than {LEAST_SCORE:g}: {_lost(judged)}"
        yield subject.problem("score", message, item, "model")
    flaws = [flaw for flaw in item.flaws if flaw.check]
    if flaws:
        yield from _flaws(subject, item, flaws, judged, language)


def _flaws(
    subject: Subject, item: WrittenItem, flaws: Sequence[Flaw], model: Assessment, language: Language | None
) -> Iterator[Problem]:
    asked = language is not None and any(flaw.check == "language" for flaw in flaws)
    found = language.found(item.poor, subject.pack.language, _words(subject, item)) if asked and language else None
    poor = _judged(subject, item, item.poor, found or ())
    for flaw in flaws:
        place = f'flaw "{flaw.id}"'
        if not _mended(model, flaw):
            yield subject.problem("model", f"the check {flaw.check} finds it in the model", item, place)
        if _mended(poor, flaw) and (flaw.check != "language" or found is not None):
            yield subject.problem("poor", f"the check {flaw.check} does not find it in the poor text", item, place)


def _mended(judged: Assessment, flaw: Flaw) -> bool:
    evidence = judged.parts["process"].evidence if "process" in judged.parts else ()
    return any(each.rule == f"flaw.{flaw.id}" and each.points > 0 for each in evidence)


def _judged(subject: Subject, item: WrittenItem, text: str, found: Sequence[Finding]) -> Assessment:
    check = CheckResult(None, tuple(found), measure(text))
    answer = Answer(text, None, item.action, item.tier if item.action else None, item.article or None)
    return assess(answer, check, item, subject.company, language=subject.pack.language)


def _lost(judged: Assessment) -> str:
    """Return where the points went."""
    if judged.critical:
        return "; ".join(short(each.message, 60) for each in judged.critical)
    evidence = [each for part in judged.parts.values() for each in part.evidence]
    lost = [(each.of - each.points, each) for each in evidence if each.of - each.points > 0.05]
    return "; ".join(f"{each.rule} -{points:.2g}" for points, each in sorted(lost, key=lambda pair: -pair[0])[:5])


def _grade(text: str, language: str) -> str:
    """Return what is wrong with how hard a text is to read, or empty; short texts have no grade."""
    grade = measure(text, grade=language.startswith("en")).flesch_kincaid_grade
    if grade is None or GRADES[0] <= grade <= GRADES[1]:
        return ""
    return f"reads like grade {grade:g}; it should be from {GRADES[0]:g} to {GRADES[1]:g}: " + (
        "shorten sentences and words" if grade > GRADES[1] else "it is too choppy"
    )


def said(found: Finding) -> str:
    """Return a finding in one line: words, rule, what to write."""
    better = f"; better: {' | '.join(found.replacements[:3])}" if found.replacements else ""
    return f'"{short(found.text, 40)}" ({found.rule}): {short(found.message)}{better}'
