"""`check`, with the real LanguageTool where the language is asked for."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_world import World, golden, one_sentence, validate

from typetrainer.cli.check import Lines, readability_lines
from typetrainer.store.disputes import Dispute
from typetrainer.writing.findings import Engine, Finding
from typetrainer.writing.readability import Readability, measure
from typetrainer.writing.result import CheckResult

TEXT = "I has a question.\nPlease recieve this, and tell me when you could of come.\n"


class Shared:
    """The tests' one checker, not to be closed by the command."""

    def __init__(self, checker):
        self.checker = checker

    def check(self, *arguments, **options):
        return self.checker.check(*arguments, **options)

    def close(self):
        pass


@pytest.fixture
def asking(tmp_path, monkeypatch, checker) -> World:
    monkeypatch.chdir(tmp_path)
    return World(tmp_path / "home", checker_factory=lambda _env, _url: Shared(checker))


def spans(text, record):
    return [(f["rule"], text[f["offset"] : f["offset"] + f["length"]], f["text"]) for f in record["findings"]]


@pytest.mark.languagetool
def test_a_text_with_errors(asking, tmp_path):
    (tmp_path / "reply.txt").write_text(TEXT, encoding="utf-8")
    ran = asking.run("check", "--json", "reply.txt")
    assert (ran.status, ran.err) == (1, "")
    validate("check", ran.lines)
    (record,) = ran.lines
    assert record["file"] == "reply.txt"
    assert record["engine"]["name"] == "LanguageTool"
    assert [covered for _, covered, text in spans(TEXT, record) if covered == text] == ["has", "recieve", "could of"]
    text = asking.run("check", "reply.txt")
    assert text.status == 1
    golden("check.txt", text.out)


@pytest.mark.languagetool
def test_offsets_are_those_of_the_file_as_it_stands(asking, tmp_path):
    data = b"\xef\xbb\xbfHi \xf0\x9f\x91\x8d.\r\nI has a question.\r\n"
    (tmp_path / "a.txt").write_bytes(data)
    text = data.decode("utf-8")
    ran = asking.run("check", "--json", "a.txt")
    (found,) = ran.lines[0]["findings"]
    assert text[found["offset"] : found["offset"] + found["length"]] == "has"
    assert "a.txt:2:3: error" in asking.run("check", "a.txt").out


@pytest.mark.languagetool
def test_files_come_in_their_order_and_a_bad_one_stops_none(asking, tmp_path):
    (tmp_path / "good.txt").write_text("Thank you for waiting.\n")
    (tmp_path / "bad.txt").write_bytes(b"one\ntwo \xff\n")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "huge.txt").write_bytes(b"x" * (2 * 2**20))
    ran = asking.run("check", "--json", "bad.txt", "good.txt", "binary.txt", "empty.txt", "huge.txt", "none.txt", "-",
                     stdin=b"I has a question.")  # fmt: skip
    assert ran.status == 5
    assert [line["file"] for line in ran.lines] == ["good.txt", "-"]
    said = ran.err.splitlines()
    assert [line.split(" ")[0].strip(",") for line in said[:4]] == ["bad.txt", "binary.txt", "empty.txt", "huge.txt"]
    assert "line 2: not UTF-8" in said[0]
    assert "no file none.txt" in said[4]
    assert ran.lines[0]["findings"] == []
    assert len(ran.lines[1]["findings"]) == 1


@pytest.mark.languagetool
def test_a_clean_text_is_0_and_a_word_of_ones_own_is_right(asking):
    assert asking.run("check", stdin=b"Thank you for waiting.").status == 0
    text = b"The zephyrqua router is ready."
    assert asking.run("check", stdin=text).status == 1
    asking.env().open_store().dictionary.add("zephyrqua")
    assert asking.run("check", stdin=text).status == 0


@pytest.mark.languagetool
def test_any_variety_of_english_is_right_and_a_misspelling_is_wrong_in_each(asking):
    for language in ("en-US", "en-GB"):
        for text, status in ((b"Our favourite colour is grey.", 0), (b"Our favorite color is gray.", 0),
                             (b"We have recieved your parcel.", 1)):  # fmt: skip
            assert asking.run("check", "--language", language, stdin=text).status == status


@pytest.mark.languagetool
def test_control_characters_of_a_file_never_reach_the_terminal(asking):
    text = "I has \x1b[2J\x9b2J a \u202equestion\x07, recieve it.".encode()
    for options in ((), ("--json",)):
        ran = asking.run("check", *options, stdin=text)
        assert all(line.isprintable() for line in ran.out.splitlines())


def test_without_languagetool_readability_is_given_and_the_rest_is_said_last(world):
    ran = world.run("check", "--json", stdin=TEXT.encode())
    assert ran.status == 3
    validate("check", ran.lines)
    (record,) = ran.lines
    assert record["findings"] is None
    assert record["engine"] is None
    assert record["readability"]["sentences"] == 2
    assert one_sentence(ran.err)
    assert "typetrainer setup" in ran.err
    text = world.run("check", stdin=TEXT.encode())
    assert "standard input: language not checked" in text.out
    assert "15 words in 2 sentences" in text.out


def test_a_server_that_does_not_answer(world):
    ran = world.run("check", "--server", "http://127.0.0.1:9", stdin=b"Hello there.")
    assert ran.status == 3
    assert one_sentence(ran.err)


def test_a_terminal_is_not_waited_for(world):
    assert world.run("check", tty=True).status == 2


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("ab\ncd", 4, (2, 2)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\rcd", 3, (2, 1)),
        ("\ufeffab", 1, (1, 1)),
        ("ab\n", 3, (2, 1)),
    ],
)
def test_places(text, offset, place):
    assert Lines(text).place(offset) == place


def test_the_marks_stand_below_the_span():
    text = "word " * 40 + "wröng日本 " + "word " * 40
    shown, marks = Lines(text).marked(200, 7)
    assert marks == " " * shown.index("wröng") + "^" * 9
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert Lines("ab").marked(2, 0) == ["ab", "  ^"]


def test_readability_in_words():
    lines = readability_lines(Readability(120, 4, 30.0, 41, ("immediately",), 61.0, 7.5))
    assert lines[0] == "120 words in 4 sentences, 30 a sentence (aim for 20 or fewer), the longest 41"
    assert "over 25 words" in lines[1]
    assert lines[2] == "long words: immediately"
    assert "grade 7.5" in lines[3]


@pytest.mark.languagetool
def test_rescore_checks_what_could_not_be_checked_then(asking):
    from typetrainer.store.migrations import ASSESSMENT_VERSION

    attempt_id = asking.attempt(typed="Your zephyrqua are ready.", target=None)
    store = asking.env().open_store()
    unchecked = {"version": ASSESSMENT_VERSION, "engine": None, "findings": None, "readability": {}, "reason": "none"}
    store.attempts.write_assessment(attempt_id, unchecked)
    store.add(attempt_id)
    ran = asking.run("rescore")
    assert (ran.status, ran.err) == (0, "0 numbers moved.\n1 reply checked.\n")
    assert asking.run("rescore").err == "0 numbers moved.\n"
    attempt = store.attempts.read(attempt_id)
    assert [found["text"] for found in attempt.assessment["findings"]] == ["zephyrqua"]
    assert "reason" not in attempt.assessment
    assert asking.run("history", "--json").lines[0]["finding_counts"] == {"error": 1}


def test_rescore_says_when_nothing_can_be_checked(world):
    world.attempt(typed="Hello.", target=None)
    ran = world.run("rescore")
    assert ran.status == 3
    assert "0 of 1 replies checked" in ran.err


# --- what was found wrong before ---


class Scripted:
    """A checker that finds one error, wherever its word stands."""

    def check(self, text, **_):
        self.text = text
        return self

    def result(self):
        at = self.text.index("noone")
        found = Finding("TYPO", "TYPOS", "Misspelt.", at, 5, "noone", (), "error")
        return CheckResult(Engine("LanguageTool", "6.8", "0" * 64), (found,), measure(self.text))

    def close(self): ...


@pytest.fixture
def scripted(tmp_path, monkeypatch) -> World:
    monkeypatch.chdir(tmp_path)
    return World(tmp_path / "home", checker_factory=lambda _env, _url: Scripted())


def found_wrong(world: World, rule: str, words: str, item: str = "page/one", sha256: str = "0" * 64) -> None:
    made = Dispute("20261123-120000-000000-00000001", item, sha256, rule, words, "A text.")
    world.env().open_store().disputes.add(made, datetime(2026, 11, 23, tzinfo=UTC))


def test_an_error_that_was_found_wrong_is_set_aside(scripted, tmp_path):
    (tmp_path / "a.txt").write_text("I know noone here.\n", encoding="utf-8")
    assert scripted.run("check", "a.txt").status == 1
    found_wrong(scripted, "TYPO", "Noone")
    ran = scripted.run("check", "a.txt")
    assert ran.status == 0
    assert "error TYPO (set aside)" in ran.out
    assert "0 errors, 0 notes, 1 set aside" in ran.out
    ran = scripted.run("check", "a.txt", "--json")
    validate("check", ran.lines)
    assert ran.lines[0]["set_aside"] == [{"rule": "TYPO", "offset": 7}]
    assert len(ran.lines[0]["findings"]) == 1


def test_a_fact_that_was_found_wrong_is_set_aside_in_its_item(scripted, tmp_path):
    text = "Hello Tolu, noone came. You can have 9 June.\n"
    shutil.copytree(Path(__file__).parent.parent / "ui" / "packs" / "brook", tmp_path / "home" / "data/packs/brook")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    item = scripted.env().library.find("brook/late-fitting")
    found_wrong(scripted, "fact.ill", "", item.full_id, item.sha256)
    ran = scripted.run("check", "--item", "brook/late-fitting", "a.txt")
    assert "✗ ill: The fitter was ill. (set aside)" in ran.out
    assert "without what you set aside" in ran.out
    assert "dates: 9 June 8 to 12 and 11 June 12 to 16 are free. (set" not in ran.out
    ran = scripted.run("check", "--item", "brook/late-fitting", "a.txt", "--json")
    validate("check", ran.lines)
    assert ran.lines[0]["set_aside"] == [{"rule": "fact.ill", "offset": None}]
