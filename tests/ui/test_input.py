"""Keys with their times: names, Alt pairs, batches, pastes, bytes that are no text; through pipes and a terminal."""

import os
import pty
import termios
import tty

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

from typetrainer.ui.input import (
    PASTE,
    PASTE_KEYS,
    TEXT,
    KeyDispatcher,
    KeyEvent,
    KeyReader,
    StampedKeyPress,
    TimedInput,
)

MS = 1_000_000


class Clock:
    def __init__(self) -> None:
        self.now = 1_000 * MS

    def __call__(self) -> int:
        return self.now


class Keyboard:
    """A pipe with a `TimedInput` at its other end."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()
        self.clock = Clock()

    def open(self, monkeypatch) -> "Keyboard":
        monkeypatch.setattr(termios, "tcgetattr", lambda _: [])  # a pipe has no modes
        self.input = TimedInput(os.fdopen(self.reading, encoding="utf-8"), self.clock)
        return self

    def events(self, data: bytes | str, after_ms: float = 1) -> list[KeyEvent]:
        """Send bytes, let time pass, and return what one read makes of them."""
        self.clock.now += round(after_ms * MS)
        os.write(self.writing, data.encode() if isinstance(data, str) else data)
        return taken(self.input.read_keys())

    def flushed(self, after_ms: float = 50) -> list[KeyEvent]:
        self.clock.now += round(after_ms * MS)
        return taken(self.input.flush_keys())


def taken(presses) -> list[KeyEvent]:
    assert all(isinstance(press, StampedKeyPress) for press in presses)
    return [press.event for press in presses]


def names(events: list[KeyEvent]) -> list[str]:
    return [event.text if event.name == TEXT else event.name for event in events]


@pytest.fixture
def keyboard(monkeypatch, capsys):
    made = Keyboard().open(monkeypatch)
    yield made
    os.close(made.writing)
    made.input.stdin.close()


# --- names ---


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("\r", "enter"), ("\n", "c-j"), ("\t", "tab"), ("\x1b[Z", "s-tab"), ("\x7f", "backspace"),
        ("\x08", "backspace"),
        ("\x17", "c-w"), ("\x12", "c-r"), ("\x03", "c-c"), ("\x1a", "c-z"), ("\x0c", "c-l"), ("\x1f", "c-_"),
        ("\x1b[A", "up"), ("\x1b[B", "down"), ("\x1b[C", "right"), ("\x1b[D", "left"), ("\x1b[H", "home"),
        ("\x1b[F", "end"), ("\x1b[5~", "pageup"), ("\x1b[6~", "pagedown"), ("\x1b[3~", "delete"),
        ("\x1bOP", "f1"), ("\x1b[11~", "f1"), ("\x1b[1;5D", "c-left"), ("\x1b[1;2C", "s-right"),
        ("\x1b[1;6C", "c-s-right"), ("\x1b[1;5H", "c-home"),
    ],
)  # fmt: skip
def test_names(keyboard, data, name):
    assert names(keyboard.events(data)) == [name]


@pytest.mark.parametrize(("data", "name"), [("\x1b\r", "a-enter"), ("\x1bf", "a-f"), ("\x1b\x7f", "a-backspace")])
def test_alt_pairs(keyboard, data, name):
    events = keyboard.events(data)
    assert names(events) == [name]
    assert events[0].batch == 1


def test_alt_pair_among_text(keyboard):
    assert names(keyboard.events("a\x1b\rb")) == ["a", "a-enter", "b"]


def test_alt_with_a_letter_is_not_text(keyboard):
    (event,) = keyboard.events("\x1bx")
    assert (event.name, event.text) == ("a-x", "")


def test_two_escapes_and_a_letter(keyboard):
    assert names(keyboard.events("\x1b\x1bb")) == ["a-b"]


def test_escape_alone_comes_with_the_flush(keyboard):
    assert keyboard.events("\x1b") == []
    assert names(keyboard.flushed()) == ["escape"]
    assert keyboard.flushed() == []


def test_answers_of_the_terminal_and_the_mouse_are_no_keys(keyboard):
    assert keyboard.events("\x1b[24;80R") == []
    assert keyboard.events("\x1b[<0;3;4M") == []


# --- text ---


@pytest.mark.parametrize(
    "text",
    ["a", " ", "é", "ß", "£", "€", "李", "🙂", "\u00a0", "\u202f", "\u3000", "e\u0301", "👩\u200d👧", "☺\ufe0f", "’"],
)
def test_characters_come_as_typed(keyboard, text):
    events = keyboard.events(text)
    assert "".join(names(events)) == text
    assert all(event.name == TEXT for event in events)


def test_invisible_characters_do_not_count_as_text(keyboard):
    assert keyboard.events("\u202e\u200e\ufeff") == []


def test_a_character_in_two_reads(keyboard):
    half = "é".encode()
    assert keyboard.events(half[:1]) == []
    assert names(keyboard.events(half[1:])) == ["é"]


def test_invalid_utf8_makes_no_character(keyboard):
    assert names(keyboard.events(b"a\xffb\xc3\x28c\xed\xa0\x80d")) == ["a", "b", "(", "c", "d"]


def test_lone_surrogates_are_no_text():
    presses = [KeyPress(character, character) for character in ("\ud800", "\udcff", "a")]
    assert names(KeyReader().events(presses, 5)) == ["a"]


# --- times and batches ---


def test_stamps_are_the_clock_at_the_read(keyboard):
    for wait in (3, 150, 0.25):
        before = keyboard.clock.now
        (event,) = keyboard.events("x", after_ms=wait)
        assert event.at == before + round(wait * MS) == keyboard.clock.now
        assert (event.batch, event.size) == (1, 0)


@pytest.mark.parametrize("count", [1, 2, 5, 63, PASTE_KEYS])
def test_a_batch_counts_its_printable_keys(keyboard, count):
    events = keyboard.events("\x1b[A" + "é" * count + "\x7f")
    assert [event.batch for event in events if event.name == TEXT] == [count] * count
    assert {event.at for event in events} == {keyboard.clock.now}
    assert [event.batch for event in events if event.name != TEXT] == [1, 1]


# --- pastes ---


def test_sixty_five_printable_keys_in_one_read_are_a_paste(keyboard):
    assert len(keyboard.events("x" * 64)) == 64
    assert keyboard.events("x" * 65) == []
    (paste,) = keyboard.flushed()
    assert (paste.name, paste.size) == (PASTE, 65)
    assert names(keyboard.events("y")) == ["y"]


def test_the_tail_of_a_paste_belongs_to_it(keyboard):
    assert keyboard.events("x" * 100) == []
    assert keyboard.events("y" * 30, after_ms=39) == []
    assert keyboard.events("z", after_ms=39) == []
    (paste,) = keyboard.flushed(after_ms=40)
    assert paste.size == 131


def test_what_comes_40_ms_later_is_typed_and_the_paste_goes_before_it(keyboard):
    keyboard.events("x" * 100)
    events = keyboard.events("y", after_ms=40)
    assert [(event.name, event.size, event.text) for event in events] == [(PASTE, 100, ""), (TEXT, 0, "y")]


def test_a_paste_is_not_over_before_its_time(keyboard):
    keyboard.events("x" * 100)
    assert keyboard.flushed(after_ms=39) == []
    assert [event.size for event in keyboard.flushed(after_ms=1)] == [100]


def test_controls_in_the_tail_of_a_paste_are_swallowed_with_it(keyboard):
    """Else a pasted text of two lines would send its first line."""
    keyboard.events("x" * 100)
    assert keyboard.events("y\r", after_ms=1) == []
    assert keyboard.events("\r", after_ms=1) == []
    assert [event.size for event in keyboard.flushed()] == [101]


def test_ctrl_c_in_the_tail_of_a_paste_is_heard(keyboard):
    keyboard.events("x" * 100)
    assert "c-c" in names(keyboard.events("\x03", after_ms=1))


@pytest.mark.parametrize("size", [1, 5, 3_000])
def test_bracketed_paste(keyboard, size):
    (paste,) = keyboard.events("\x1b[200~" + "é" * size + "\x1b[201~")
    assert (paste.name, paste.size, paste.text) == (PASTE, size, "")


def test_bracketed_paste_in_parts_and_keys_around_it(keyboard):
    assert names(keyboard.events("a\x1b[200~some ")) == ["a"]
    assert keyboard.events("more\r") == []
    assert [(e.name, e.size) for e in keyboard.events("text\x1b[201~b")] == [(PASTE, 14), (TEXT, 0)]


def test_a_large_paste_comes_in_several_reads(keyboard):
    assert keyboard.events("é" * 20_000) == []
    for _ in range(2):
        keyboard.clock.now += 5 * MS
        assert taken(keyboard.input.read_keys()) == []
    assert [event.size for event in keyboard.flushed()] == [20_000]


# --- as the program uses it ---


def test_the_end_of_a_pipe_is_seen(monkeypatch, capsys):
    keyboard = Keyboard().open(monkeypatch)
    os.close(keyboard.writing)
    assert keyboard.input.read_keys() == []
    assert keyboard.input.closed
    keyboard.input.stdin.close()


def test_on_a_terminal_raw_mode_and_the_modes_of_before():
    ours, theirs = pty.openpty()
    try:
        before = termios.tcgetattr(theirs)
        clock = Clock()
        with os.fdopen(os.dup(theirs), encoding="utf-8") as stdin:
            source = TimedInput(stdin, clock)
            with source.raw_mode():
                raw = termios.tcgetattr(theirs)
                assert not raw[tty.LFLAG] & (termios.ECHO | termios.ICANON | termios.ISIG)
                assert not raw[tty.IFLAG] & termios.IXON
                os.write(ours, b"\x13a\x03")
                assert names(taken(source.read_keys())) == ["c-s", "a", "c-c"]
                with source.cooked_mode():
                    assert termios.tcgetattr(theirs) == before
                assert termios.tcgetattr(theirs) == raw
            assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)


def test_the_dispatcher_hands_over_whole_batches():
    handed: list[list[KeyEvent]] = []
    dispatcher = KeyDispatcher(handed.append)
    dispatcher.send_sigint()
    assert [[event.name for event in events] for events in handed] == [["c-c"]]
    with create_pipe_input() as source:
        assert source is not None
        dispatcher.feed_multiple([KeyPress(Keys.ControlA, "")])
        dispatcher.process_keys()  # without a running program nothing is handed over
    assert len(handed) == 1
