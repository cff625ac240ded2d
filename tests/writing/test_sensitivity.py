"""What one change to a reply does to its score: its own criterion falls, the others hold; a harmless one moves none.

For every reply item the replies are made from the item's own examples (sensitivity.py).
"""

from collections.abc import Iterator
from concurrent.futures import Future
from functools import cache
from pathlib import Path

import pytest
from sensitivity import Change, base_reply, changes, said_once, sentences_of

from typetrainer.content.loader import Library
from typetrainer.content.written import WrittenItem
from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.assessment import Assessment
from typetrainer.writing.rubric.judging import Answer

pytestmark = pytest.mark.languagetool
LIBRARY = Library(Paths(*[Path("/nowhere")] * 4))
ANOTHER_NAME = "Oluwaseun Adeyemi"
HOLDS = 1.0  # points that another criterion may move
HARMLESS = 2.0  # points of the score that a harmless change may move
ITEMS = LIBRARY.ids("reply")
READ = ("brightpath", "kettlewick")
CHANGED = {"drop", "negate", "swap", "skip", "blame", "errors", "harmless", "name", "spelling"}


def judged(checker: Checker, texts: list[tuple[WrittenItem, str]]) -> Iterator[Assessment]:
    """Judge texts in order; LanguageTool reads on meanwhile.

    It reads those of the two largest packs; the others are tried for their patterns, and their language is taken as
    faultless.
    """
    asked: list[Future[CheckResult]] = []
    for item, text in texts:
        if item.pack not in READ:
            asked.append(Future())
            asked[-1].set_result(CheckResult(None, (), measure(text)))
            continue
        words = [*item.words, *item.customer.name.split(), *LIBRARY.company(item.pack).words, *ANOTHER_NAME.split()]
        asked.append(checker.check(text, language=LIBRARY.pack(item.pack).language, words=frozenset(words)))
    for (item, text), future in zip(texts, asked, strict=True):
        found = future.result(timeout=100)
        assert found.findings is not None, found.reason
        company, language = LIBRARY.company(item.pack), LIBRARY.pack(item.pack).language
        yield assess(Answer(text), found, item, company, language=language)


def against(change: Change, before: Assessment, after: Assessment) -> str:
    """Return what is wrong with how the scores moved, empty when nothing is."""
    if change.lowers is None:
        assert before.score is not None
        assert after.score is not None
        moved = abs(before.score - after.score)
        return f"the score moves by {moved:.1f}" if moved > HARMLESS else ""
    fell = {name: before.parts[name].points - after.parts[name].points for name in before.parts if name in after.parts}
    if not fell[change.lowers] > 0:
        return f"{change.lowers} does not fall"
    others = {name: round(by, 2) for name, by in fell.items() if name != change.lowers and abs(by) > HOLDS + 1e-9}
    return f"others move: {others}" if others else ""


@cache
def changed(item_id: str) -> tuple[str, tuple[Change, ...]]:
    """Return the base reply to an item, and its changes."""
    item = LIBRARY.find(item_id)
    assert isinstance(item, WrittenItem)
    company, month_first = LIBRARY.company(item.pack), LIBRARY.pack(item.pack).language == "en-US"
    facts, steps = sentences_of(item, company, month_first=month_first)
    once = said_once(item, company, facts, steps)
    return base_reply(item, facts, steps), tuple(changes(item, facts, steps, once))


@pytest.mark.parametrize("item_id", ITEMS)
def test_a_change_moves_its_own_criterion_and_no_other(checker: Checker, item_id: str) -> None:
    item = LIBRARY.find(item_id)
    assert isinstance(item, WrittenItem)
    text, made = changed(item_id)
    if item.pack not in READ:
        made = tuple(each for each in made if each.name.split()[0] not in {"errors", "spelling"})
    before, *after = judged(checker, [(item, text), *((each.item, each.text) for each in made)])
    wrong = {each.name: against(each, before, score) for each, score in zip(made, after, strict=True)}
    assert {name: problem for name, problem in wrong.items() if problem} == {}


def test_every_kind_of_change_is_tried() -> None:
    """So that the test above cannot come to try nothing; a quarter of the items tells."""
    some = ITEMS[::4]
    kinds = [change.name.split()[0] for item_id in some for change in changed(item_id)[1]]
    assert set(kinds) == CHANGED
    facts = sum(len(LIBRARY.find(item_id).raw["fact"]) for item_id in some)
    assert kinds.count("drop") >= 0.9 * facts, "most facts are told once, and can be left out"
    assert kinds.count("swap") >= 0.3 * facts
    assert kinds.count("negate") >= 0.5 * facts
