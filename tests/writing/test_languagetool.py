"""What the real server finds, and where."""

import os
from pathlib import Path

import pytest
from lt_fixture import clean_environ

from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker, CheckResult, checked_as
from typetrainer.writing.findings import Finding
from typetrainer.writing.languagetool.install import FOLDER_VARIABLE
from typetrainer.writing.languagetool.rules import FILES, SOURCE, rules_sha256

pytestmark = pytest.mark.languagetool
SPELLING = "MORFOLOGIK_RULE_EN_US"


def check(checker: Checker, text: str, **more: object) -> CheckResult:
    result = checker.check(text, **more).result(timeout=100)  # type: ignore[arg-type]
    assert result.reason is None
    return result


def findings(checker: Checker, text: str, **more: object) -> tuple[Finding, ...]:
    found = check(checker, text, **more).findings
    assert found is not None
    for one in found:
        assert text[one.offset : one.offset + one.length] == one.text
        assert len(one.replacements) <= 5
    return found


def test_engine_names_the_rules(checker: Checker) -> None:
    engine = check(checker, "Hello.").engine
    assert engine is not None
    assert (engine.name, engine.version, engine.rules_sha256) == ("LanguageTool", "6.8", rules_sha256())


@pytest.mark.parametrize(
    "before",
    [
        "",
        "😀 ",
        "👩‍👩‍👧 👍🏽 ",
        "Cafe\u0301 re\u0301sume\u0301: ",
        "Line one.\r\nLine two.\r\n\r\n",
        "\ufeffSo\u00adft and\u200b fine. ",
        "Broken \ud83d here. ",
        "Zero \x00 and \x1b here. ",
        "Naïve 𝔘nicode… ",
    ],
)
def test_spans_after_all_kinds_of_characters(checker: Checker, before: str) -> None:
    text = f"{before}The 😀 questoin is cle\u0301ar."
    spelling = [one for one in findings(checker, text) if one.rule == SPELLING and one.offset >= len(before)]
    assert [one.text for one in spelling] == ["questoin", "cle\u0301ar"]
    assert spelling[0].replacements[0] == "question"


def test_planted_errors(checker: Checker) -> None:
    text = "I has checked you're order. Their is a eror in it, and and we are sorry."
    assert {"has", "a", "eror", "and and"} <= {one.text for one in findings(checker, text)}
    assert all(one.severity == "error" for one in findings(checker, text))


def test_a_correct_reply_has_none(checker: Checker) -> None:
    text = (
        "Hi Sarah, thank you for waiting. I've checked your order and it's on its way. "
        "You should receive it by Tuesday.  If it doesn't arrive, reply here and I'll send a new one."
    )
    assert [one for one in findings(checker, text) if one.severity != "style"] == []


def test_words_of_the_scenario(checker: Checker) -> None:
    text = "Hi Oluwaseun, the Zephyra's eSIMs and ZEPHYRA plan KX-77Q are ready on livechat. A wordd."
    words = frozenset({"Oluwaseun", "Zephyra", "KX-77Q"})
    assert [one.text for one in findings(checker, text, words=words)] == ["wordd"]


def test_a_rule_switched_off(checker: Checker) -> None:
    text = "We found a eror."
    assert "eror" in [one.text for one in findings(checker, text)]
    assert "eror" not in [one.text for one in findings(checker, text, rules_off=frozenset({SPELLING}))]


def test_dates_never_depend_on_today(checker: Checker) -> None:
    # A weekday that is wrong in nearly every year; only a rule that asks the clock could know.
    text = "It arrives on Monday, 3 March. It arrives on Tuesday, 3 March. We will ship it on 3 March 2001."
    assert not [one for one in findings(checker, text) if "DATE" in one.rule]


def test_varieties(checker: Checker) -> None:
    text = "The colour of the order is grey, and we organise it."
    assert findings(checker, text, language="en-GB") == ()
    assert findings(checker, text) == ()
    american = "The color of the package is gray, we canceled it, and we organize it for our neighbor."
    assert findings(checker, american, language="en-GB") == ()
    assert [one.text for one in findings(checker, "We controled the colur.", language="en-GB")] == [
        "controled",
        "colur",
    ]


def test_a_variety_without_a_dictionary_is_checked_as_its_neighbour(checker: Checker) -> None:
    for language, known in (("en-IN", "en-GB"), ("en-IE", "en-GB"), ("en", "en-US"), ("en-NZ", "en-NZ"), ("xx", "xx")):
        assert checked_as(language) == known
    text = "Your parsel is at the counter."
    assert [one.text for one in findings(checker, text, language="en-IN")] == ["parsel"]
    assert findings(checker, "We apologise; the colour is wrong.", language="en-IN") == ()


def test_unknown_language_is_told(checker: Checker) -> None:
    result = checker.check("Hallo", language="xx").result(timeout=100)
    assert result.findings is None
    assert "'xx'" in (result.reason or "")


def test_long_text_in_parts(checker: Checker) -> None:
    sentence = "The parcel left our warehouse on time and it will arrive soon. "
    text = sentence * 500 + "\n\n" + sentence * 500 + "The last eror."
    assert [(one.offset, one.text) for one in findings(checker, text)][-1] == (text.index("eror"), "eror")


def test_same_text_same_findings(checker: Checker) -> None:
    text = "I has a questoin about teh ordr, thier is no anser and they dont reply us."
    first = findings(checker, text)
    assert len(first) >= 5
    findings(checker, "Something else entirely, with a eror.")
    assert all(findings(checker, text) == first for _ in range(5))


def test_empty_and_blank(checker: Checker) -> None:
    for text in ("", "  \n\t ", "\ud800", "\x00"):
        assert findings(checker, text) == ()


def test_own_words_stand_once_in_order_and_are_installed_as_they_are(languagetool_cache: Path) -> None:
    words = [line for line in (SOURCE / FILES[0]).read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    assert (languagetool_cache / FILES[0]).read_bytes() == (SOURCE / FILES[0]).read_bytes()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the server in /proc")
def test_memory_and_niceness_of_the_server(languagetool_cache: Path, tmp_path: Path) -> None:
    """A server of its own, as one learner has it: the shared one has by then read every variety and every corpus."""
    environ = clean_environ(tmp_path, **{FOLDER_VARIABLE: str(languagetool_cache)})
    own = Checker(Paths.of(environ), environ)
    try:
        for number in range(20):
            check(own, f"Hello Sarah, your order number {number} will arrive on Monday. I has checked it.")
        supervisor = own._supervisor
        assert supervisor is not None
        assert supervisor._server is not None
        process = Path(f"/proc/{supervisor._server[0]}")
        assert b"-Xmx512m" in (process / "cmdline").read_bytes()
        niceness = int((process / "stat").read_text().rpartition(")")[2].split()[16])
        assert niceness == min(os.nice(0) + 10, 19)
        resident = int((process / "status").read_text().split("VmRSS:")[1].split()[0])
        assert resident < 300_000
    finally:
        own.close()


def test_paths_are_not_touched_at_start(tmp_path: Path) -> None:
    Checker(Paths.of({"TYPETRAINER_HOME": str(tmp_path / "none")}), {}).close()
    assert not (tmp_path / "none").exists()
