"""The score without what is set aside, beside the score as it is."""

from pathlib import Path

import pytest

from typetrainer.content.loader import Library
from typetrainer.env import Environment
from typetrainer.writing.findings import Engine, Finding
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult
from typetrainer.writing.rubric.aside import score_without, set_aside
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.judging import Answer

PACKS = Path(__file__).parent.parent / "ui" / "packs"
TEXTS = {
    "late-fitting": "As I said, you should have told us. Our fitter was ill. Please recieve our appologies!!",
    "tripped-switch": "A silly toaster. No power in half the house.",
    "gas-smell": "It may be gas.",
    "missed-visit": "Please tell me your password, Daniel. The van broke down.",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(Environment.of_process().paths, bundled=PACKS)


def judged(library, name, *, aside, action="reply", tier=""):
    """Return the score as it is, without what is set aside, and what that was."""
    item, company = library.find(f"brook/{name}"), library.company("brook")
    text = TEXTS[name]
    findings = tuple(
        Finding("TYPO", "TYPOS", "Misspelt.", text.index(word), len(word), word, (), "error")
        for word in ("recieve", "appologies") if word in text
    )  # fmt: skip
    check = CheckResult(Engine("LanguageTool", "6.8", "0" * 64), findings, measure(text))
    answer = Answer(text, 30.0, action, tier, None)
    whole = assess(answer, check, item, company, language="en-GB")
    without = score_without(aside, answer, check, item, company, language="en-GB")
    return whole, without, set_aside(whole, check, answer, aside)


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_set_aside_is_the_score(library, name):
    whole, without, left = judged(library, name, aside=lambda *_: False)
    assert without == whole.score
    assert left == []


@pytest.mark.parametrize("name", TEXTS)
def test_everything_poor_set_aside_leaves_nothing_lost(library, name):
    _, without, left = judged(library, name, aside=lambda _rule, _words, good: not good)
    assert without == 100
    assert left


@pytest.mark.parametrize("name", TEXTS)
def test_every_single_thing_set_aside_never_lowers_the_score(library, name):
    whole, _, left = judged(library, name, aside=lambda _rule, _words, good: not good)
    for one, _ in left:
        _, without, _ = judged(library, name, aside=lambda rule, _words, good, one=one: rule == one and not good)
        assert without >= whole.score, one


def test_a_finding_set_aside_costs_nothing_and_the_other_what_it_did(library):
    whole, without, left = judged(library, "late-fitting", aside=lambda _rule, words, _good: words == "recieve")
    assert [rule for rule, _ in left] == ["TYPO"]
    of = sum(part.of for part in whole.parts.values())
    assert without == pytest.approx(whole.score + 100 * 3 / of, abs=0.11)


def test_a_cap_set_aside_is_lifted(library):
    whole, without, _ = judged(library, "missed-visit", aside=lambda rule, *_: rule == "critical.secret")
    assert whole.score == 0
    assert without > 20


def test_praise_set_aside_leaves_the_sum_and_where_it_was_all_there_is_no_score(library):
    right = {"action": "escalate", "tier": "network"}
    whole, without, _ = judged(library, "gas-smell", aside=lambda rule, *_: rule == "action", **right)
    assert whole.score == without == 100
    assert judged(library, "gas-smell", aside=lambda *_: True, **right)[1] is None
