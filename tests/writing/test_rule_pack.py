"""The rule pack: every example of every rule through the real server, and correct replies that must stay clean."""

import itertools
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from language_table import touches

from typetrainer.writing.checker import Checker
from typetrainer.writing.findings import Finding
from typetrainer.writing.languagetool.rules import FILES, SOURCE

PACK = Path(__file__).with_name("pack")
LISTS = sorted(PACK.glob("*.txt"))
FAULTY = PACK / "faulty" / "replies.txt"
# Of the errors the rules were made with, a few per class stay unfound: their rule would wrong somebody.
FAULTY_FLOOR = 0.9


@dataclass(frozen=True)
class Example:
    rule: str
    text: str
    marked: tuple[int, str] | None
    corrections: tuple[str, ...]


def rules() -> Iterator[ET.Element]:
    """Yield what is one rule to the user: a rule group, or a rule by itself."""
    category = ET.parse(SOURCE / FILES[1]).getroot().find("category")
    assert category is not None
    yield from (one for one in category if one.tag in {"rule", "rulegroup"})


def examples() -> Iterator[Example]:
    for rule in rules():
        for one in rule.iter("example"):
            marker, rule_id = one.find("marker"), rule.get("id", "")
            marked = None if marker is None else (len(one.text or ""), marker.text or "")
            corrections = tuple(part for part in one.get("correction", "").split("|") if part) if marked else ()
            yield Example(rule_id, "".join(one.itertext()), marked, corrections)


def sentences(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")]


def check_all(checker: Checker, texts: list[str], language: str = "en-US") -> list[tuple[Finding, ...]]:
    # All at once: the worker takes one after the other without waiting for us.
    waiting = [checker.check(text, language=language, timeout=300) for text in texts]
    results = [future.result(timeout=300) for future in waiting]
    assert all(result.findings is not None for result in results), results[0].reason
    return [result.findings or () for result in results]


def test_the_pack_keeps_its_own_rules() -> None:
    ids = [rule.get("id", "") for rule in rules()]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("TT_") for one in ids)
    for rule in itertools.chain.from_iterable(rule.iter("rule") for rule in rules()):
        message = " ".join("".join(one.itertext()) for one in rule.findall("message"))
        assert message.endswith((".", "?")), message
        assert rule.find("short") is not None, message
        assert rule.find("url") is None, message


def test_every_rule_has_examples() -> None:
    failing = Counter(one.rule for one in examples() if one.marked)
    passing = Counter(one.rule for one in examples() if not one.marked)
    for rule in (rule.get("id", "") for rule in rules()):
        assert failing[rule] >= 8, rule
        assert passing[rule] >= 5, rule


@pytest.mark.languagetool
def test_examples(checker: Checker) -> None:
    cases = list(examples())
    wrong = []
    for case, found in zip(cases, check_all(checker, [case.text for case in cases]), strict=True):
        ours = [one for one in found if one.rule.startswith("TT_")]
        if case.marked is None:
            right = not ours
        else:
            right = any(
                (one.rule, one.offset, one.text) == (case.rule, *case.marked)
                and set(case.corrections) <= set(one.replacements)
                for one in ours
            )
        if not right:
            wrong.append((case, found))
    assert wrong == []


@pytest.mark.languagetool
@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
@pytest.mark.parametrize("language", ["en-US", "en-GB"])
def test_correct_text_has_no_error(checker: Checker, path: Path, language: str) -> None:
    texts = sentences(path)
    found = check_all(checker, texts, language)
    errors = [(text, one) for text, some in zip(texts, found, strict=True) for one in some if one.severity == "error"]
    assert errors == []


@dataclass(frozen=True)
class Faulty:
    kind: str
    text: str
    begin: int
    end: int


def faulty_replies() -> Iterator[Faulty]:
    kind = ""
    for line in FAULTY.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line.removeprefix("## ")
        elif not line.startswith("#"):
            text = line.replace("\\n", "\n")
            yield Faulty(kind, text.replace("[", "").replace("]", ""), text.index("["), text.index("]") - 1)


@pytest.mark.languagetool
def test_faulty_replies_are_found(checker: Checker) -> None:
    cases = list(faulty_replies())
    found: Counter[str] = Counter()
    missed = []
    for case, findings in zip(cases, check_all(checker, [case.text for case in cases], "en-GB"), strict=True):
        if any(one.severity == "error" and touches(one, case.begin, case.end) for one in findings):
            found[case.kind] += 1
        else:
            missed.append(case)
    planted = Counter(case.kind for case in cases)
    assert len(planted) == 9
    assert all(found[kind] >= FAULTY_FLOOR * count for kind, count in planted.items()), missed
