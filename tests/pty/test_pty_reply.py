"""Reply drills: the editor, sending, and the ten planted errors that must all be found where they stand."""

import json
import time
from pathlib import Path

import pytest
from harness import HEAVY, Terminal, attempts_of, busy, only_log, typed_keys

from typetrainer.core.log import Key

pytestmark = pytest.mark.pty
ITEM = "brightpath/second-technician"

# (text, what must be found in it); the empty ones are right.
PIECES = (
    ("Hello Daniel, I am sorry that you ", ""), ("has", "has"), (" waited so long. We ", ""),
    ("should of", "should of"), (" called you ", ""), ("befor", "befor"), (" noon. The van broke down, ", ""),
    ("and and", "and and"), (" our ", ""), ("techncian", "techncian"), (" could not come. I put a $25 credit on ", ""),
    ("you're", "you're"), (" account. ", ""), ("Its", "Its"), (" the least we can do. ", ""), ("Their", "Their"),
    (" is a free visit on Friday. It ", ""), ("do", "do"), (" not cost you anything. Would that ", ""),
    ("suits", "suits"), (" you?", ""),
)  # fmt: skip
REPLY = "".join(text for text, _ in PIECES)


def planted() -> list[tuple[int, str]]:
    """Return offset and text of each planted error."""
    found, at = [], 0
    for text, error in PIECES:
        if error:
            found.append((at, error))
        at += len(text)
    return found


def reply_drill(home: Path, *arguments: str, **environ: str) -> Terminal:
    terminal = Terminal(home, "drill", "reply", "--item", ITEM, *arguments, **environ)
    terminal.wait_for("Enter sends it")
    return terminal


@HEAVY
@pytest.mark.languagetool
def test_ten_planted_errors_are_found_where_they_stand(home: Path, languagetool_cache: Path) -> None:
    errors = planted()
    assert len(errors) == 10
    with reply_drill(home, TYPETRAINER_LT_DIR=str(languagetool_cache)) as terminal:
        times = terminal.type_text(REPLY, gaps=[0.04] * (len(REPLY) - 1))
        assert times[-1] - times[0] > 10e9, "long enough to hide the server's start"
        terminal.settle(0.3)
        sent = terminal.send("\r")
        terminal.wait_for("10 errors")
        took = (terminal.when(b"10 errors", sent) - sent) / 1e9
        print(f"from Enter to findings {took * 1000:.0f} ms")
        # The benchmarks hold it to half a second; on busy cores the server may only just have started.
        assert took < 2 or busy()
        # On the screen: the number of each stands below the first character of its error.
        rows = terminal.screen()
        text_rows = [n for n, row in enumerate(rows[2:], 2) if "└" in row]
        shown = {}
        for n in text_rows:
            for part in [at for at, character in enumerate(rows[n]) if character == "└"]:
                number = rows[n][part + 1 : part + 3].strip("└ ")
                shown[int(number)] = rows[n - 1][part:]
        assert len(shown) == 10
        for number, (_, error) in enumerate(errors, 1):
            assert shown[number].replace("␣", " ").startswith(error[: len(shown[number])]), (number, error)
        terminal.send("\x1b[6~")
        terminal.wait_for("rule NON3PRS_VERB")
        terminal.send("m")
        terminal.wait_for("A model answer")
        terminal.send("m")
        terminal.wait_for("10 errors")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
        (record,) = terminal.history()
    attempt = attempts_of(home).read(record["id"])
    assert attempt.log.final_text() == REPLY
    assert typed_keys(attempt.log) == list(REPLY)
    assert record["finding_counts"]["error"] == 10
    assert record["engine"]["name"] == "LanguageTool"
    assert attempt.assessment is not None
    findings = [(f["offset"], f["text"], f["severity"]) for f in attempt.assessment["findings"]]
    assert findings == [(at, error, "error") for at, error in errors]
    for finding in attempt.assessment["findings"]:
        assert REPLY[finding["offset"] : finding["offset"] + finding["length"]] == finding["text"]


def test_without_languagetool_the_reply_is_kept_and_it_says_why(home: Path) -> None:
    with reply_drill(home) as terminal:
        terminal.type_text("We are sorry that nobody came.", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("not checked")
        terminal.wait_for("of 100")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
        (record,) = terminal.history()
    assert record["finding_counts"] is None
    assert record["metrics"]["words"] == 6


def test_a_short_send_asks_once_and_nothing_is_not_sent(home: Path) -> None:
    with reply_drill(home) as terminal:
        terminal.send("\r")
        terminal.wait_for("nothing to send")
        terminal.type_text("Hello there", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("Send 2 words?")
        terminal.send("!")
        terminal.wait_for(lambda rows: "Send 2 words?" not in "\n".join(rows))
        terminal.send("\r")
        terminal.wait_for("Send 2 words?")
        terminal.send("\r")
        terminal.wait_for("sent after")
        terminal.send("q")
        assert terminal.wait() == 0
    assert only_log(home).final_text() == "Hello there!"


def test_the_editor_edits_and_the_log_replays_it(home: Path) -> None:
    with reply_drill(home) as terminal:
        terminal.type_text("Helo Daniel", wpm=1200)
        terminal.send("\x1b[H")  # Home
        terminal.send("\x1b[C\x1b[C\x1b[C")
        terminal.send("l")
        terminal.wait_for("Hello Daniel")
        terminal.send("\x1b[F")  # End
        terminal.send("\x1b\r")  # Alt-Enter
        terminal.type_text("one two three", wpm=1200)
        terminal.send("\x17")
        terminal.wait_for(lambda rows: any(row.strip() == "one two" for row in rows))
        terminal.send("\x1f")  # Ctrl-_: undo
        terminal.wait_for(lambda rows: any(row.strip() == "one two three" for row in rows))
        terminal.send("\n")  # Ctrl-J
        terminal.send("four")
        terminal.wait_for("four")
        terminal.send("\r")
        terminal.wait_for("sent after")
        terminal.send("q")
        assert terminal.wait() == 0
    assert only_log(home).final_text() == "Hello Daniel\none two three\nfour"


def test_panes_turn_and_starting_again_asks(home: Path) -> None:
    with reply_drill(home) as terminal:
        terminal.wait_for("Daniel Okafor")
        terminal.send("\t")
        terminal.wait_for(lambda rows: "Daniel Okafor" not in "\n".join(rows))
        terminal.send("\x1b[Z")
        terminal.wait_for("Daniel Okafor")
        terminal.send("\x1bOP")
        terminal.wait_for("Ctrl-R starts again")
        terminal.type_text("A reply that is long enough.", wpm=1200)
        terminal.send("\x12")
        terminal.wait_for("Ctrl-R once more")
        terminal.send("\x12")
        terminal.wait_for("Enter sends it")
        terminal.type_text("Another reply that is kept.", wpm=1200)
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "Kept: your reply of 5 words" in terminal.said()
        terminal.assert_clean()
        records = terminal.history()
    assert [record["reason"] for record in records] == ["quit", "quit"]


def test_a_reply_with_a_limit_is_sent_when_time_is_over(home: Path) -> None:
    with reply_drill(home, "--seconds", "5") as terminal:
        terminal.type_text("We are on our way", wpm=1200)
        terminal.wait_for("sent after")
        terminal.send("q")
        assert terminal.wait() == 0
        (record,) = terminal.history()
    log = only_log(home)
    assert log.end is not None
    assert (log.end.t, log.end.reason) == (5_000_000, "time")
    assert record["seconds"] == 5.0


@HEAVY
@pytest.mark.languagetool
def test_a_word_put_into_the_dictionary_is_not_found_again(home: Path, languagetool_cache: Path) -> None:
    text = "Your flibbernet box is on its way to you."
    with reply_drill(home, TYPETRAINER_LT_DIR=str(languagetool_cache)) as terminal:
        terminal.type_text(text, wpm=2400)
        terminal.send("\r")
        terminal.wait_for("1 error ", 90)
        terminal.send("d")
        terminal.wait_for("is in your dictionary")
        terminal.send("r")
        terminal.wait_for("Enter sends it")
        terminal.type_text(text, wpm=2400)
        terminal.send("\r")
        terminal.wait_for("nothing found", 90)
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
    words = home / "tt" / "data" / "profiles" / "default" / "dictionary.txt"
    assert words.read_text(encoding="utf-8").split() == ["flibbernet"]
    assert any(isinstance(event, Key) for event in attempts_of(home).read(attempts_of(home).ids()[0]).log.events)


@HEAVY
@pytest.mark.languagetool
def test_leaving_while_the_server_starts_does_not_wait_for_it(home: Path, languagetool_cache: Path) -> None:
    with reply_drill(home, TYPETRAINER_LT_DIR=str(languagetool_cache)) as terminal:
        terminal.type_text("We are sorry that nobody came.", wpm=2400)
        terminal.send("\r")
        terminal.wait_for("is being checked")
        asked = time.monotonic()
        terminal.send("q")
        assert terminal.wait() == 0
        took = time.monotonic() - asked
        terminal.assert_clean()
        (record,) = terminal.history()
    print(f"left after {took:.2f} s")
    assert took < 3
    assert json.dumps(record)
