"""The running program, in this process: ends of all kinds, the order of work, timers, and a window too small."""

import contextlib
import errno
import fcntl
import gc
import os
import pty
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Iterator

import pyte
import pytest
from prompt_toolkit.data_structures import Size as LibrarySize
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from typetrainer.ui.app import INTERRUPTED, Program, Screen
from typetrainer.ui.frame import Frame, Size
from typetrainer.ui.input import KeyEvent, TimedInput
from typetrainer.ui.style import palette


class Recording(Screen):
    """A screen that notes what it is told. `on` holds what to do at a key; q ends."""

    def __init__(self) -> None:
        super().__init__()
        self.on: dict[str, Callable[[], object]] = {}
        self.heard: list[str] = []
        self.views = 0
        self.ticks: list[int] = []
        self.wake: int | None = None
        self.may = True

    def opened(self) -> None:
        self.heard.append("opened")

    def view(self, size: Size) -> Frame:
        self.views += 1
        return Frame((((("title", f"shown {size.columns}x{size.rows}"),)),), (0, 0))

    def handle(self, key: KeyEvent) -> None:
        self.heard.append(key.text or key.name)
        if (action := self.on.get(key.text or key.name)) is not None:
            action()
        elif key.text == "q":
            self.program.exit()

    def wake_at(self) -> int | None:
        return self.wake

    def tick(self, now: int) -> None:
        self.ticks.append(now)
        self.wake = None

    def paused(self, now: int) -> None:
        self.heard.append("paused")

    def resumed(self, now: int) -> None:
        self.heard.append("resumed")

    def may_leave(self) -> bool:
        self.heard.append("may leave?")
        return self.may

    def leaving(self) -> None:
        self.heard.append("leaving")


class Stage:
    """A program on a real pseudo-terminal whose other end a thread plays."""

    def __init__(self, *, use_painter: bool = True) -> None:
        self.ours, self.theirs = pty.openpty()
        self.resize(Size(80, 24), signals=False)
        self.stdin = os.fdopen(os.dup(self.theirs), encoding="utf-8")
        self.stdout = os.fdopen(os.dup(self.theirs), "w", encoding="utf-8")
        self.before = termios.tcgetattr(self.theirs)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)  # asyncio leaves them so; below nohup they begin otherwise
        self.handlers = {n: signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
        self.shown = bytearray()
        self.painted = threading.Condition()
        self.stopped = 0
        self.program = Program(
            input=TimedInput(self.stdin, time.monotonic_ns),
            output=Vt100_Output(self.stdout, self._size, term="xterm", default_color_depth=ColorDepth.DEPTH_8_BIT),
            palette=palette("dark"),
            clock_ns=time.monotonic_ns,
            use_painter=use_painter,
            stop_waiting=self._stop,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _stop(self) -> None:
        self.stopped += 1

    def _size(self) -> LibrarySize:
        rows, columns, _, _ = struct.unpack("HHHH", fcntl.ioctl(self.theirs, termios.TIOCGWINSZ, b"\0" * 8))
        return LibrarySize(rows, columns)

    def resize(self, size: Size, *, signals: bool = True) -> None:
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size.rows, size.columns, 0, 0))
        if signals:
            os.kill(os.getpid(), signal.SIGWINCH)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while data := os.read(self.ours, 65536):
                with self.painted:
                    self.shown += data
                    self.painted.notify_all()

    def send(self, data: str) -> None:
        os.write(self.ours, data.encode())

    def run(self, screen: Screen, *script: Callable[[], object] | str) -> int:
        """Run the program; meanwhile a thread does the script: texts are keys, after the first picture."""

        def play() -> None:
            with self.painted:
                self.painted.wait_for(lambda: b"\x1b[?1049h" in self.shown, 10)
            for step in script:
                time.sleep(0.03)
                if isinstance(step, str):
                    self.send(step)
                else:
                    step()

        player = threading.Thread(target=play, daemon=True)
        if script:
            player.start()
        try:
            return self.program.run(screen)
        finally:
            if script:
                player.join(10)

    def assert_restored(self) -> None:
        """The modes of before, the normal screen, a cursor, no bracketed paste, no handlers of ours."""
        self.stdout.flush()
        assert termios.tcgetattr(self.theirs) == self.before
        assert {number: signal.getsignal(number) for number in self.handlers} == self.handlers
        assert gc.isenabled()
        self.quiet()
        text = bytes(self.shown)
        assert text.rindex(b"\x1b[?1049l") > text.rindex(b"\x1b[?1049h")
        assert text.rindex(b"\x1b[?2004l") > text.rindex(b"\x1b[?2004h")
        assert text.rfind(b"\x1b[?25h") >= text.rfind(b"\x1b[?25l")

    def quiet(self) -> None:
        """Wait until the terminal has all that was written."""
        with self.painted:
            count = self.shown.count(b"\x1e")
            os.write(self.theirs, b"\x1e")
            assert self.painted.wait_for(lambda: self.shown.count(b"\x1e") > count, 10)

    def lines(self) -> list[str]:
        self.quiet()
        screen = pyte.Screen(80, 24)
        pyte.ByteStream(screen).feed(bytes(self.shown))
        return [line.rstrip() for line in screen.display]

    def close(self) -> None:
        self.stdin.close()
        self.stdout.close()
        for fd in (self.theirs, self.ours):
            with contextlib.suppress(OSError):
                os.close(fd)
        self.reader.join(10)


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.close()
    gc.unfreeze()


# --- ends ---


def test_the_librarys_own_bindings_are_not_made(stage):
    from prompt_toolkit.application import Application, application
    from prompt_toolkit.key_binding.defaults import load_key_bindings

    assert application.load_key_bindings is load_key_bindings  # for everybody else it is as it was
    assert len(Application()._default_bindings.bindings) > 100
    assert stage.program.app._default_bindings.bindings == []


def test_a_screen_ends_the_program(stage):
    screen = Recording()
    screen.on = {"q": lambda: screen.program.exit(3)}
    assert stage.run(screen, "a", "q") == 3
    assert screen.heard == ["opened", "a", "q", "leaving"]
    assert stage.program.left_by_choice
    assert stage.stopped == 1
    stage.assert_restored()


def test_ctrl_c_leaves_where_a_screen_lets_it(stage):
    screen = Recording()
    screen.may = False
    screen.on = {"y": lambda: setattr(screen, "may", True)}
    assert stage.run(screen, "\x03", "y", "\x03") == INTERRUPTED
    assert screen.heard == ["opened", "may leave?", "y", "may leave?", "leaving"]
    assert stage.program.left_by_choice
    stage.assert_restored()


def test_keys_after_the_end_are_not_heard(stage):
    screen = Recording()
    assert stage.run(screen, "aqbc") == 0
    assert screen.heard == ["opened", "a", "q", "leaving"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it_without_choice(stage, number):
    screen = Recording()
    assert stage.run(screen, lambda: os.kill(os.getpid(), number)) == INTERRUPTED
    assert screen.heard == ["opened", "leaving"]
    assert not stage.program.left_by_choice
    stage.assert_restored()


def test_sigint_from_outside_is_ctrl_c(stage):
    screen = Recording()
    assert stage.run(screen, lambda: os.kill(os.getpid(), signal.SIGINT)) == INTERRUPTED
    assert screen.heard == ["opened", "may leave?", "leaving"]
    stage.assert_restored()


def test_a_terminal_that_goes_away_ends_it(stage):
    screen = Recording()
    assert stage.run(screen, lambda: setattr(stage.program.app.input.stdin_reader, "closed", True), "x") == INTERRUPTED
    assert screen.heard[-1] == "leaving"
    assert not stage.program.left_by_choice


# --- errors ---


class BrokenError(Exception):
    pass


def _raise() -> None:
    raise BrokenError("this screen is broken")


@pytest.mark.parametrize("where", ["handle", "tick", "view", "work", "then", "await", "spawn", "opened"])
def test_an_error_anywhere_is_raised_once_the_terminal_is_restored(stage, where):
    screen = Recording()
    program = stage.program

    async def coroutine() -> None:
        _raise()

    actions: dict[str, Callable[[], object]] = {
        "handle": _raise,
        "tick": lambda: (setattr(screen, "wake", time.monotonic_ns()), setattr(screen, "tick", lambda _: _raise())),
        "view": lambda: setattr(screen, "view", lambda _: _raise()),
        "work": lambda: program.work(_raise),
        "then": lambda: program.work(lambda: 1, lambda _: _raise()),
        "await": lambda: program.await_(_raise, lambda _: None),
        "spawn": lambda: program.spawn(coroutine()),
        "opened": lambda: program.show(_Opens()),
    }
    screen.on = {"x": actions[where]}
    with pytest.raises(BrokenError):
        stage.run(screen, "x")
    stage.assert_restored()
    assert where == "opened" or screen.heard[-1] == "leaving"
    assert where == "opened" or not program.left_by_choice


class _Opens(Recording):
    def opened(self) -> None:
        _raise()


def test_an_error_of_the_first_screen_is_raised(stage):
    with pytest.raises(BrokenError):
        stage.run(_Opens())
    assert termios.tcgetattr(stage.theirs) == stage.before


@pytest.mark.parametrize("number", [errno.EIO, errno.EPIPE, errno.EBADF])
def test_a_terminal_that_cannot_be_written_to_is_gone(stage, number):
    screen = Recording()

    def gone() -> None:
        raise OSError(number, os.strerror(number))

    screen.on = {"x": gone}
    assert stage.run(screen, "x") == INTERRUPTED
    assert not stage.program.left_by_choice


def test_another_error_of_the_system_is_raised(stage):
    screen = Recording()

    def full() -> None:
        raise OSError(errno.ENOSPC, "no space")

    screen.on = {"x": full}
    with pytest.raises(OSError, match="no space"):
        stage.run(screen, "x")
    stage.assert_restored()


# --- work ---


def test_work_is_done_in_order_in_a_thread_and_handed_back_on_the_loop(stage):
    screen = Recording()
    done: list[object] = []
    loop_thread = threading.current_thread()

    def job(number: int) -> Callable[[], int]:
        def run() -> int:
            assert threading.current_thread() is not loop_thread
            time.sleep(0.02 * (4 - number))
            done.append(f"job {number}")
            return number

        return run

    def then(number: int) -> None:
        assert threading.current_thread() is loop_thread
        done.append(number)
        if number == 3:
            screen.program.exit()

    screen.on = {"x": lambda: [screen.program.work(job(n), then) for n in (1, 2, 3)]}
    assert stage.run(screen, "x") == 0
    assert [entry for entry in done if isinstance(entry, str)] == ["job 1", "job 2", "job 3"]
    assert [entry for entry in done if isinstance(entry, int)] == [1, 2, 3]


def test_who_waits_long_does_not_hold_the_others_up(stage):
    screen = Recording()
    released = threading.Event()
    done: list[str] = []
    program = stage.program

    def start() -> None:
        program.await_(lambda: released.wait(10), lambda _: (done.append("awaited"), program.exit()))
        program.work(lambda: done.append("worked"), lambda _: released.set())

    screen.on = {"x": start}
    assert stage.run(screen, "x") == 0
    assert done == ["worked", "awaited"]


def test_what_is_under_way_at_the_end_is_finished(stage):
    screen = Recording()
    done: list[str] = []

    def save() -> str:
        time.sleep(0.1)
        done.append("saved")
        return "saved"

    def start() -> None:
        stage.program.work(save, lambda _: stage.program.work(lambda: done.append("assessed")))
        stage.program.exit()

    screen.on = {"x": start}
    assert stage.run(screen, "x") == 0
    assert done == ["saved", "assessed"]


# --- time ---


def test_a_timer_wakes_the_screen_when_it_asked(stage):
    screen = Recording()
    asked = time.monotonic_ns() + 150_000_000
    screen.wake = asked
    stage.run(screen, lambda: time.sleep(0.25), "q")
    (came,) = screen.ticks
    assert 0 <= came - asked < 200_000_000


def test_the_lag_of_the_loop_is_measured(stage):
    screen = Recording()
    lags: list[float | None] = []

    def look() -> None:
        lags.append(screen.program.lag_p99_ms())

    screen.on = {"z": lambda: time.sleep(0.2), "l": look}
    stage.run(screen, lambda: time.sleep(0.2), "l", "z", lambda: time.sleep(0.3), "l", "q")
    quiet, busy = lags
    assert quiet is not None
    assert busy is not None
    assert busy > 100 > 0 <= quiet


# --- the window ---


def test_a_window_too_small_asks_for_room_and_pauses(stage):
    screen = Recording()
    seen: list[list[str]] = []
    stage.run(
        screen,
        lambda: stage.resize(Size(60, 20)),
        lambda: (time.sleep(0.1), seen.append(stage.lines())),
        "abc",
        lambda: stage.resize(Size(100, 30)),
        lambda: time.sleep(0.1),
        "d",
        "q",
    )
    assert screen.heard == ["opened", "paused", "resumed", "d", "q", "leaving"]
    assert seen[0][0] == "60×20 is too small."
    assert b"shown 100x30" in bytes(stage.shown)


def test_ctrl_c_leaves_a_window_too_small(stage):
    screen = Recording()
    stage.resize(Size(40, 10), signals=False)
    assert stage.run(screen, "x", "\x03") == INTERRUPTED
    assert screen.heard == ["opened", "paused", "may leave?", "leaving"]
    stage.assert_restored()


def test_no_timer_runs_while_the_window_is_too_small(stage):
    screen = Recording()
    stage.resize(Size(40, 10), signals=False)
    screen.wake = time.monotonic_ns()
    stage.run(screen, lambda: time.sleep(0.1), "\x03")
    assert screen.ticks == []


def test_ctrl_l_paints_the_whole_again(stage):
    screen = Recording()
    stage.run(screen, "\x0c", "q")
    assert bytes(stage.shown).count(b"shown 80x24") == 2


def test_the_fallback_layout_shows_the_same(monkeypatch):
    stage = Stage(use_painter=False)
    try:
        screen = Recording()
        seen: list[list[str]] = []
        assert stage.run(screen, lambda: (time.sleep(0.1), seen.append(stage.lines())), "q") == 0
        assert seen[0][0] == "shown 80x24"
        stage.assert_restored()
    finally:
        stage.close()
        gc.unfreeze()


def test_going_to_another_screen(stage):
    first, second = Recording(), Recording()
    first.on = {"n": lambda: first.program.show(second)}
    assert stage.run(first, "n", "q") == 0
    assert first.heard == ["opened", "n"]
    assert second.heard == ["opened", "q", "leaving"]


def test_a_program_that_is_not_running_ignores_what_it_is_told(stage):
    stage.quiet()
    before = len(stage.shown)
    stage.program.exit(5)
    stage.program.repaint()
    stage.quiet()
    assert len(stage.shown) == before + 1
    assert not stage.stopped
