"""What no typist types: pastes, broken bytes, control sequences; and texts that would do something to the terminal."""

import re
import time
from pathlib import Path

import pytest
from harness import Terminal, copy_drill, only_log, text_file, typed_keys

from typetrainer.core.log import Block, Paste

pytestmark = pytest.mark.pty
TEXT = "Thanks for waiting, Priya."
MEGABYTE = 1_000_000

# What the program itself writes: SGR, cursor addresses, erasing, private modes, and no other escape sequence.
_OWN = re.compile(rb"\x1b\[[\d;]*[mHKJ]|\x1b\[\?[\d;]+[hl]|\x1b\[\d*[ABCDG]|\x1b\[\d+ q")


def assert_nothing_raw(raw: bytes) -> None:
    """Assert that no control character but those of the program's own sequences reached the terminal."""
    rest = _OWN.sub(b"", raw).decode("utf-8")  # and it is valid UTF-8
    found = {c for c in rest if c in _FORBIDDEN} - {"\r", "\n"}
    assert not found, (found, re.findall(rb".{20}\x1b[^\[].{20}", raw)[:3])


_FORBIDDEN = {chr(c) for c in [*range(0x20), 0x7F, *range(0x80, 0xA0)]} | set(
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)


def finish(terminal: Terminal, text: str = TEXT) -> None:
    """Type the text, timed by its echo: the program answers."""
    started = time.monotonic()
    terminal.type_text(text, wpm=1200)
    terminal.wait_for("this run")
    assert time.monotonic() - started < 10
    terminal.send("q")
    assert terminal.wait() == 0
    terminal.assert_clean()


@pytest.mark.parametrize("bracketed", [True, False])
def test_a_paste_of_a_megabyte_is_refused_and_counted(home: Path, bracketed: bool) -> None:
    words = (b"the whole text from the clipboard " * (MEGABYTE // 34 + 1))[:MEGABYTE]
    with copy_drill(home, TEXT) as terminal:
        terminal.send(b"\x1b[200~" + words + b"\x1b[201~" if bracketed else words)
        terminal.wait_for("A paste does not count here")
        terminal.settle(0.2)
        finish(terminal)
        (record,) = terminal.history()
    log = only_log(home)
    pastes = [event for event in log.events if isinstance(event, Paste)]
    assert sum(paste.n for paste in pastes) == MEGABYTE
    # Without brackets a slow terminal may part it: then it is some pastes, but nothing of it is typed.
    assert len(pastes) == 1 if bracketed else 1 <= len(pastes) <= 20
    assert typed_keys(log) == list(TEXT)
    assert record["metrics"]["pastes_refused"] == len(pastes)


@pytest.mark.parametrize("bracketed", [True, False])
def test_a_paste_into_a_reply_is_refused(home: Path, bracketed: bool) -> None:
    with Terminal(home, "drill", "reply", "--item", "brightpath/second-technician") as terminal:
        terminal.wait_for("Enter sends it")
        pasted = b"We are sorry that nobody came.\r" * 50
        terminal.send(b"\x1b[200~" + pasted + b"\x1b[201~" if bracketed else pasted)
        terminal.wait_for("A paste does not count here")
        terminal.type_text("We are so sorry.", wpm=1200)
        terminal.wait_for("We are so sorry.")
        terminal.send("\r")
        terminal.wait_for("sent after")
        terminal.send("q")
        assert terminal.wait() == 0
    assert only_log(home).final_text() == "We are so sorry."


def test_a_paste_that_never_ends_does_not_hold_the_program(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.send(b"\x1b[200~" + b"no end " * 100)
        terminal.settle(0.2)
        terminal.signal_and_leave()


def test_bytes_that_are_not_utf8_do_no_harm(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        for rubbish in (b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80\x81\x9b31m"):
            terminal.send(rubbish)
            terminal.settle(0.02)
        terminal.send("\x17\x17\x17")
        terminal.settle(0.05)
        finish(terminal)
    log = only_log(home)
    assert log.final_text().endswith(TEXT)
    assert_nothing_raw(terminal.raw)


def test_control_characters_and_sequences_are_never_typed(home: Path) -> None:
    keys = [bytes([c]) for c in range(0x20) if chr(c) not in "\x03\t\n\r\x08\x0c\x12\x17\x1a\x1b\x1c"]
    keys += [b"\x1b[A", b"\x1b[5~", b"\x1b[15~", b"\x1b[1;5C", b"\x1b[<0;3;4M", b"\x1b]0;title\x07", b"\x1bPq\x1b\\"]
    keys += [b"\x1b[31m", b"\x1b[?1049h", b"\x1bc"]
    with copy_drill(home, TEXT, "--policy", "stop") as terminal:
        terminal.send("T")
        for key in keys:
            terminal.send(key)
            terminal.settle(0.01)
        time.sleep(0.1)  # a lone Escape is told from a sequence by time
        terminal.type_text(TEXT[1:], wpm=1200)
        terminal.wait_for("this run")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
    log = only_log(home)
    assert log.final_text() == TEXT
    blocked = "".join(event.typed for event in log.events if isinstance(event, Block))
    assert not _FORBIDDEN & set(blocked)
    assert_nothing_raw(terminal.raw)


def test_emoji_marks_and_wide_characters_are_typed_whole(home: Path) -> None:
    text = "Café 👍🏽 naïve 東京 한국 👩‍👩‍👧 £5 €7 — “ok” ñ"
    decomposed = text.replace("é", "e\u0301").replace("ñ", "n\u0303")
    with copy_drill(home, text) as terminal:
        assert "東京" in terminal.text().replace("東 京 ", "東京")
        terminal.type_text(decomposed, gaps=[0.02] * (len(decomposed) - 1))
        terminal.wait_for("this run")
        terminal.send("q")
        assert terminal.wait() == 0
        (record,) = terminal.history()
    assert only_log(home).final_text() == text
    assert record["metrics"]["INF"] == 0
    assert record["metrics"]["accuracy"] == 1.0
    assert_nothing_raw(terminal.raw)


EVIL = (
    "Hello \x1b[31mred\x1b[0m \x1b]0;title\x07 bell\x07 back\x08 nul-free \x9b2J c1 \x85 next\n\n"
    "rtl \u202eevil\u202c \u2066iso\u2069 \ufeffbom \u200fmark 東京 👍🏽 e\u0301 z\u0335\u0336\u0337 end\r\ntab\there\n"
)


def test_an_own_text_never_reaches_the_terminal_raw(home: Path) -> None:
    with Terminal(home, "drill", "copy", "--text", text_file(home, EVIL)) as terminal:
        terminal.wait_for("the clock starts with your first key")
        rows = "\n".join(terminal.screen())
        assert "red" in rows
        terminal.type_text("wrong \x02 東", wpm=1200)
        terminal.send("\r")
        terminal.wait_for("Enter once more")
        terminal.send("\r")
        terminal.wait_for("this run")
        terminal.send("m")
        terminal.settle()
        terminal.send("m")
        terminal.wait_for("this run")
        terminal.send("\r")
        terminal.wait_for("the clock starts with your first key")
        assert "東" in terminal.text()
        terminal.send("\x03")
        assert terminal.wait() == 130
    assert "invisible characters were left out" in terminal.raw.decode()
    assert_nothing_raw(terminal.raw)


def test_a_text_from_standard_input_takes_its_keys_from_the_terminal(home: Path) -> None:
    path = text_file(home, TEXT + "\x1b[2J\x07\n")
    with Terminal(home, "drill", "copy", "--text", "-", stdin=path) as terminal:
        terminal.wait_for("the clock starts with your first key")
        finish(terminal, TEXT + "[2J")
        (record,) = terminal.history()
    assert record["reason"] == "done"
    assert record["metrics"]["characters"] == len(TEXT) + len("[2J")
    assert_nothing_raw(terminal.raw)


def test_a_reply_with_control_sequences_shows_none(home: Path) -> None:
    with Terminal(home, "drill", "reply", "--item", "brightpath/second-technician") as terminal:
        terminal.wait_for("Enter sends it")
        for key in (
            "Dear\u202e ",
            "\u009b31m",
            "Daniel",
            "\u0000",
            "\ufeff",
            " 👍🏽",
            " e\u0301",
            "\u2028",
            " so sorry.",
        ):
            terminal.send(key)
            terminal.settle(0.02)
        terminal.send("\r")
        terminal.wait_for("sent after")
        terminal.send("q")
        assert terminal.wait() == 0
    text = only_log(home).final_text()
    assert "Daniel" in text
    assert text.endswith(" so sorry.")
    assert_nothing_raw(terminal.raw)
