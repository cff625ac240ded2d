"""The plain terminal on a real pseudo-terminal: keys one by one, raw mode, lines, signals, its end."""

import io
import os
import pty
import signal
import termios
import time
from collections.abc import Iterator

import pytest

from typetrainer.ui.input import PASTE, TEXT
from typetrainer.ui.plain.terminal import LeftError, PlainTerminal


class Line:
    """A pseudo-terminal; what is said goes into memory."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()
        self.before = termios.tcgetattr(self.theirs)
        self.stdin = os.fdopen(os.dup(self.theirs), encoding="utf-8")
        self.out = io.StringIO()
        self.terminal = PlainTerminal(self.stdin, self.out, time.monotonic_ns)

    def send(self, data: str | bytes) -> None:
        os.write(self.ours, data.encode() if isinstance(data, str) else data)

    def name(self) -> str:
        event = self.terminal.key(time.monotonic_ns() + 5_000_000_000)
        assert event is not None
        return event.text if event.name == TEXT else event.name

    def close(self) -> None:
        self.stdin.close()
        for fd in (self.ours, self.theirs):
            try:
                os.close(fd)
            except OSError:
                continue


@pytest.fixture
def line(monkeypatch) -> Iterator[Line]:
    monkeypatch.setenv("COLUMNS", "40")
    made = Line()
    with made.terminal.raw():
        yield made
    assert termios.tcgetattr(made.theirs) == made.before
    made.close()


def test_keys_come_one_by_one(line):
    line.send("aé\r\t\x7f\x1b[A")
    assert [line.name() for _ in range(6)] == ["a", "é", "enter", "tab", "backspace", "up"]


def test_escape_alone_is_a_key(line):
    line.send("\x1b")
    assert line.name() == "escape"


def test_alt_enter(line):
    line.send("\x1b\r")
    assert line.name() == "a-enter"


def test_a_paste_is_one_key(line):
    line.send("x" * 200)
    event = line.terminal.key(time.monotonic_ns() + 5_000_000_000)
    assert event is not None
    assert (event.name, event.size) == (PASTE, 200)
    line.send("y")
    assert line.name() == "y"


def test_ctrl_c_leaves_by_choice(line):
    line.send("ab\x03c")
    assert (line.name(), line.name()) == ("a", "b")
    with pytest.raises(LeftError) as left:
        line.name()
    assert left.value.by_choice


def test_no_key_until_then(line):
    until = time.monotonic_ns() + 60_000_000
    assert line.terminal.key(until) is None
    assert 0 <= time.monotonic_ns() - until < 1_000_000_000


def test_a_time_that_has_passed_does_not_wait(line):
    assert line.terminal.key(time.monotonic_ns() - 1) is None


def test_nothing_is_echoed_by_the_terminal_itself(line):
    line.send("secret")
    assert line.name() == "s"
    os.set_blocking(line.ours, False)
    with pytest.raises(BlockingIOError):
        os.read(line.ours, 100)


@pytest.fixture
def handlers():
    """Put back what signals do."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield before
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_without_choice_and_another_changes_nothing(number, handlers):
    line = Line()

    def wait_for_it() -> None:
        with line.terminal.raw():
            os.kill(os.getpid(), number)
            line.terminal.key(time.monotonic_ns() + 5_000_000_000)

    with pytest.raises(LeftError) as left:
        wait_for_it()
    assert not left.value.by_choice
    assert {signal.getsignal(each) for each in handlers} == {signal.SIG_IGN}
    assert termios.tcgetattr(line.theirs) == line.before
    line.close()


def test_handlers_come_back(handlers):
    line = Line()
    with line.terminal.raw():
        assert signal.getsignal(signal.SIGHUP) != handlers[signal.SIGHUP]
    assert {number: signal.getsignal(number) for number in handlers} == handlers
    line.close()


def test_the_end_of_a_pipe_leaves(monkeypatch):
    reading, writing = os.pipe()
    monkeypatch.setattr(termios, "tcgetattr", lambda _: [])
    with os.fdopen(reading, encoding="utf-8") as stdin:
        terminal = PlainTerminal(stdin, io.StringIO(), time.monotonic_ns)
        os.write(writing, b"a")
        os.close(writing)
        event = terminal.key()
        assert event is not None
        assert event.text == "a"
        with pytest.raises(LeftError) as left:
            terminal.key()
        assert not left.value.by_choice


def test_an_output_that_is_gone_leaves(line):
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError(32, "gone")

    line.terminal._out = Gone()
    with pytest.raises(LeftError):
        line.terminal.say("hello")


def test_choose_waits_for_what_is_allowed(line):
    line.send("xyz\tKk")
    assert line.terminal.choose("kd") == "k"
    line.send("\r")
    assert line.terminal.choose("") == "enter"


# --- what is said ---


def test_lines_wrap_between_words(line):
    line.terminal.say("word " * 20, "", "x" * 50)
    lines = line.out.getvalue().split("\n")
    assert max(map(len, lines)) <= 39
    assert "".join(lines).count("word") == 20
    assert "".join(lines).count("x") == 50
    assert "" in lines[:-1]


def test_what_was_echoed_ends_before_something_is_said(line):
    line.terminal.echo("typed")
    line.terminal.say("said")
    line.terminal.end_line()
    line.terminal.echo("more")
    line.terminal.end_line()
    line.terminal.end_line()
    assert line.out.getvalue() == "typed\nsaid\nmore\n"


def test_taking_back_and_the_bell(line):
    line.terminal.echo("ab")
    line.terminal.rub_out(2)
    line.terminal.rub_out(0)
    line.terminal.bell()
    assert line.out.getvalue() == "ab\b \b\b \b\a"


def test_nothing_a_terminal_obeys_is_said_or_echoed(line):
    line.terminal.say("a\x1b[2Jb\x07\x9bc\u202e\ud800")
    line.terminal.echo("\x1b]0;title\x07")
    assert not set("\x1b\x07\x9b\u202e\ud800") & set(line.out.getvalue())
