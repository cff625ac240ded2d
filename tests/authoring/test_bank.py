"""The bundled packs: nothing that `drills lint` finds, the numbers that were promised, and their own examples."""

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from typetrainer.authoring.lint import counts, lint
from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.authoring.lint_language import READ, Cache, Language, engine_of
from typetrainer.authoring.lint_load import load, packs_at
from typetrainer.content.loader import bundled_folder
from typetrainer.writing.checker import Checker
from typetrainer.writing.languagetool.install import find

PRACTICE = {"copy": 300, "reply": 120, "fix": 40, "note": 30, "article": 15, "triage": 40, "search": 30}
HIRING = {"copy": 60, "reply": 60, "fix": 20, "note": 20, "article": 20, "triage": 20, "search": 20}


@pytest.fixture(scope="module")
def subjects() -> list[Subject]:
    problems: list[Problem] = []
    library, packs = packs_at(bundled_folder(), problems)
    assert problems == []
    found = [load(library, pack, problems) for pack in packs]
    assert problems == []
    return found


def test_nothing_is_wrong_with_any_pack(subjects: list[Subject], languagetool_cache: Path) -> None:
    """Form, patterns with their examples, models of 95 points and more, sources, dates, twins, and the language.

    LanguageTool reads the bank for minutes, so what it found comes with the packs, by text and by what found it. A
    text that it has not read as it is now, or not by these rules, fails here: `make read` has it read.
    """
    installed = find(languagetool_cache.parent)
    assert installed is not None
    engine = engine_of(installed.version, installed.rules_sha256)
    with closing(Language(_unread, Cache(None, engine, shipped=bundled_folder() / READ))) as language:
        problems = list(lint(subjects, language))
    assert [f"{each.pack}/{each.item} {each.place} {each.check}: {each.message}" for each in problems] == []
    assert (language.read_now, language.reason) == (0, "")


def _unread(_url: str | None) -> Checker:
    raise AssertionError("LanguageTool has not read all bundled texts as they are: `make read`")


@pytest.mark.parametrize(("use", "least"), [("practice", PRACTICE), ("hiring", HIRING)])
def test_there_are_as_many_items_as_promised(subjects: list[Subject], use: str, least: dict[str, int]) -> None:
    rows = counts([subject for subject in subjects if subject.pack.use == use])
    by_kind: Counter[str] = Counter()
    for row in rows:
        by_kind[row["kind"]] += row["items"]
    assert {kind: by_kind[kind] >= number for kind, number in least.items()} == dict.fromkeys(least, True)


def test_ten_companies_of_four_countries_to_practise_with(subjects: list[Subject]) -> None:
    practice = [subject for subject in subjects if subject.pack.use == "practice"]
    assert len({subject.company.trade for subject in practice if subject.company}) >= 10
    assert {subject.pack.language for subject in practice} == {"en-US", "en-GB", "en-AU", "en-IN"}
