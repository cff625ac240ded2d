"""Drives the real program on a pseudo-terminal: keys in at known times, the screen out, and what it leaves behind.

A thread keeps every byte the program writes and answers what a terminal is asked; the screen is emulated only when
somebody looks, so that typing at known times is not disturbed. `close` asserts for every program that nothing like a
traceback was ever shown.
"""

import contextlib
import fcntl
import json
import os
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM, Signals
from typing import Any

import pyte
import pytest
from filelock import FileLock

from typetrainer.core.log import AttemptLog, Key
from typetrainer.store.attempts import AttemptStore

LAUNCH = Path(__file__).with_name("pty_launch.py")
NOWHERE = "/nonexistent/languagetool"
LINUX = sys.platform == "linux"
# A slow machine with other work on both cores: far more than anything takes, and only waited for when a test fails.
PATIENCE = 30.0
LOOK = 1.1  # seconds; longer than results are deaf for
RESULTS = (" Enter another", " Enter next", " Enter leave")
# Measures time, or takes cores for seconds as a start of LanguageTool does: one such test at a time.
HEAVY = pytest.mark.usefixtures("alone")
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_]|\x1b[()].")
_FORBIDDEN = (
    b"Traceback (most recent call last)",
    b"Exception ignored in",
    b"never retrieved",
    b"Task was destroyed",
    b"was never awaited",
)
Check = str | Callable[[list[str]], object]


def busy() -> bool:
    """Whether more programs want to run than there are cores, for a minute now: then times prove nothing."""
    return os.getloadavg()[0] > 1.25 * (os.cpu_count() or 1)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Run nothing else that is HEAVY meanwhile, in whichever of xdist's processes."""
    with FileLock(folder / "alone.lock"):
        yield


def program_environ(home: Path, **more: str | None) -> dict[str, str]:
    """Return the environment of a program that lives below `home`, and has no LanguageTool unless told where."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "tmp").mkdir(exist_ok=True)
    kept = ("PATH", "LANG", "LC_ALL", "JAVA_HOME", "LD_LIBRARY_PATH", "COVERAGE_PROCESS_START", "PYTHONPATH")
    environ: dict[str, str | None] = {name: os.environ[name] for name in kept if name in os.environ}
    environ |= {"PYTHONUTF8": "1"} if "LANG" not in environ else {}
    environ |= {
        "HOME": str(home), "TMPDIR": str(home / "tmp"), "TYPETRAINER_HOME": str(home / "tt"),
        "TYPETRAINER_LT_DIR": NOWHERE, "TERM": "xterm-256color",
    }  # fmt: skip
    environ |= more
    return {name: value for name, value in environ.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Modes:
    """What the escape sequences written so far leave switched on, and the terminal's own modes."""

    alternate: bool
    cursor: bool
    bracketed_paste: bool
    mouse: bool
    termios: list[Any]


class Terminal:
    """One program on its pseudo-terminal. Use as a context manager."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        job: bool = False,
        file_size: int = -1,
        stdin: str = "tty",
        program: Sequence[str] | None = None,
        cwd: Path | None = None,
        **environ: str | None,
    ) -> None:
        self.home = home
        if file_size >= 0:  # or Python keeps half of a module it compiles, for everybody
            environ["PYTHONDONTWRITEBYTECODE"] = "1"
        self.environ = program_environ(home, **environ)
        self.started = time.monotonic()
        self._changed = threading.Condition()
        self._chunks: list[tuple[int, bytes]] = []  # monotonic ns, bytes
        self._fed = 0
        self._over = False
        self._vanished = False
        self._columns, self._rows = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.sent: list[tuple[int, bytes]] = []
        self._results_at: float | None = None  # when results were first seen
        self.master, slave = os.openpty()
        self._set_size(*size)
        self.modes_before = termios.tcgetattr(slave)
        what = [*(program or [sys.executable, "-m", "typetrainer"]), *arguments]
        mode = "job" if job else "direct"
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LAUNCH), mode, str(file_size), stdin, *what],
            stdin=slave, stdout=slave, stderr=slave, env=self.environ, start_new_session=True,
            cwd=cwd or self.home,
        )  # fmt: skip
        os.close(slave)
        self._wake_out, self._wake_in = os.pipe()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what is typed ---

    def send(self, data: bytes | str) -> int:
        """Write keys to the terminal; return the time just before, monotonic nanoseconds."""
        data = data.encode() if isinstance(data, str) else data
        if self._results_at is not None and (left := self._results_at + LOOK - time.monotonic()) > 0:
            time.sleep(left)
        at = time.monotonic_ns()
        view = memoryview(data)
        deadline = time.monotonic() + PATIENCE
        while view:
            _, writable, _ = select.select([], [self.master], [], 1)
            if writable:
                view = view[os.write(self.master, view[:1024]) :]
            assert time.monotonic() < deadline, "the program does not read its terminal"
        self.sent.append((at, data))
        return at

    def type_text(self, text: Iterable[str], *, wpm: float = 0, gaps: Iterable[float] | None = None) -> list[int]:
        """Type key by key at a speed, or with these gaps in seconds; return when each key was sent."""
        waits = iter(gaps) if gaps is not None else None
        times: list[int] = []
        due = time.monotonic()
        for key in text:
            if times:
                due += next(waits) if waits is not None else 12 / wpm
                if (left := due - time.monotonic()) > 0:
                    time.sleep(left)
            times.append(self.send(key))
        return times

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size; the kernel tells the program."""
        with self._changed:
            self._feed()
            self._columns, self._rows = columns, rows
            self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def vanish(self) -> None:
        """Take the terminal away, as a closed window does."""
        self._vanished = True
        self._stop_reading()
        os.close(self.master)

    # --- what is shown ---

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                ready, _, _ = select.select([self.master, self._wake_out], [], [])
                if self._wake_out in ready:
                    break
                data = os.read(self.master, 65536)
                at = time.monotonic_ns()
                if not data:
                    break
                with self._changed:
                    self._chunks.append((at, data))
                    self._answer(data)
                    self._changed.notify_all()
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _answer(self, data: bytes) -> None:
        """Answer as xterm would: cursor position, device attributes."""
        if b"\x1b[6n" in data:
            self._feed()
            cursor = self._screen.cursor
            os.write(self.master, f"\x1b[{cursor.y + 1};{cursor.x + 1}R".encode())
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            os.write(self.master, b"\x1b[?64;1;2;6;9;15;18;21;22c")

    def _feed(self) -> None:
        for _, data in self._chunks[self._fed :]:
            self._stream.feed(data)
        self._fed = len(self._chunks)

    def screen(self) -> list[str]:
        """Return the rows as they are shown, without blanks at their ends."""
        with self._changed:
            self._feed()
            return [row.rstrip() for row in self._screen.display]

    def text(self) -> str:
        """Return the screen as one text."""
        return "\n".join(self.screen())

    @property
    def raw(self) -> bytes:
        """Every byte the program has written."""
        with self._changed:
            return b"".join(data for _, data in self._chunks)

    def said(self) -> str:
        """Return what was written on the normal screen after the program left the alternate one, without escapes."""
        return _ESCAPES.sub(b"", self.raw.rpartition(b"\x1b[?1049l")[2]).decode(errors="replace").replace("\r", "")

    def when(self, data: bytes, after: int) -> int:
        """Return when the bytes were first read, monotonic nanoseconds, at or after a time."""
        seen = b""
        for at, chunk in self._chunks:
            if at >= after:
                seen += chunk
                if data in seen:
                    return at
        raise AssertionError(f"{data!r} was not written")

    def wait_for(self, check: Check, timeout: float = PATIENCE) -> list[str]:
        """Wait until a text stands on the screen, or a function of its rows is true; return the rows.

        Results are looked at before anything is sent: for a moment they are deaf to what was meant for the drill.
        """
        deadline = time.monotonic() + timeout
        while True:
            with self._changed:
                seen = len(self._chunks)
            rows = self.screen()
            if _shows(rows, check) if isinstance(check, str) else check(rows):
                self._look_at_results(rows)
                return rows
            left = deadline - time.monotonic()
            with self._changed:
                if self._over and seen == len(self._chunks):
                    raise AssertionError(f"the program ended without {check!r}:\n" + self._shown(rows))
                if left <= 0:
                    raise AssertionError(f"not within {timeout} s: {check!r}\n" + self._shown(rows))
                if seen == len(self._chunks):
                    self._changed.wait(min(left, 0.25))

    def _shown(self, rows: list[str]) -> str:
        return "\n".join(rows) + f"\n--- said: {self.said()[-2000:]}"

    def _look_at_results(self, rows: list[str]) -> None:
        results = rows[-1].startswith(RESULTS)
        if results and self._results_at is None:
            self._results_at = time.monotonic()
        elif not results:
            self._results_at = None

    def settle(self, quiet: float = 0.1, timeout: float = PATIENCE) -> list[str]:
        """Wait until nothing was written for a moment: where there is no text to wait for."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            with self._changed:
                seen = len(self._chunks)
                self._changed.wait(quiet)
                if seen == len(self._chunks):
                    break
        return self.screen()

    # --- its end ---

    def signal(self, number: Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def signal_and_leave(self, number: Signals = SIGTERM) -> None:
        """Send a signal that ends it, and assert that it goes well."""
        self.signal(number)
        assert self.wait() == 130
        self.assert_clean()

    def kill(self) -> None:
        """Kill -9, and nothing else."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def wait(self, timeout: float = PATIENCE) -> int:
        """Wait for the program's end; return its exit status, minus the number of a signal."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s:\n" + self._shown(self.screen())) from None
        self.settle(0.02)
        return status

    def modes(self) -> Modes:
        """Return how the program has left the terminal."""
        state = {1049: False, 25: True, 2004: False, 1000: False, 1002: False, 1003: False}
        for numbers, way in _MODE.findall(self.raw):
            for number in numbers.split(b";"):
                state[int(number)] = way == b"h"
        mouse = state[1000] or state[1002] or state[1003]
        return Modes(state[1049], state[25], state[2004], mouse, termios.tcgetattr(self.master))

    def is_restored(self) -> bool:
        """Whether the terminal is as it was before."""
        now = self.modes()
        usable = not now.alternate and now.cursor and not now.bracketed_paste and not now.mouse
        return usable and now.termios == self.modes_before

    def assert_restored(self, timeout: float = 3.0) -> None:
        """Assert that the terminal is as it was, at the latest after a moment (the keeper's, after a kill)."""
        until(self.is_restored, timeout, lambda: f"{self.modes()} instead of {self.modes_before}")

    def processes(self) -> list[int]:
        """Return the living processes of this home, on Linux (elsewhere none can be found)."""
        return processes_of(self.environ["TYPETRAINER_HOME"])

    def assert_none_left(self, timeout: float = 3.0) -> None:
        """Assert that no process of this home is left, at the latest after a moment."""
        until(lambda: not self.processes(), timeout, lambda: "left: " + str([command_of(p) for p in self.processes()]))

    def assert_clean(self, timeout: float = 3.0) -> None:
        """Assert that the terminal is as it was and no process is left."""
        self.assert_restored(timeout)
        self.assert_none_left(timeout)

    def _stop_reading(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._wake_in, b"x")
        self._reader.join(PATIENCE)

    def close(self) -> None:
        """End everything, and assert that no traceback was ever shown."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        self.settle(0.02, 2)
        self._stop_reading()
        for fd in (self._wake_in, self._wake_out, *([] if self._vanished else [self.master])):
            os.close(fd)
        for forbidden in _FORBIDDEN:
            assert forbidden not in self.raw, self.said()[-4000:]

    # --- what it kept ---

    @property
    def store(self) -> AttemptStore:
        """The attempts of the default profile."""
        return attempts_of(self.home)

    def history(self) -> list[dict[str, Any]]:
        """Return the records of `history --json`."""
        return [json.loads(line) for line in run(self.home, "history", "--json").stdout.splitlines()]


def _shows(rows: list[str], text: str) -> bool:
    """Whether a text stands on the screen, perhaps wrapped."""
    return text in "\n".join(rows) or text in folded("\n".join(rows))


def folded(text: str) -> str:
    """Return a text as one line, blanks taken together."""
    return " ".join(text.split())


def attempts_of(home: Path) -> AttemptStore:
    """Return the attempts of the default profile below a test's home."""
    return AttemptStore(home / "tt" / "data" / "profiles" / "default" / "attempts")


def only_log(home: Path) -> AttemptLog:
    """Return the log of the one attempt there is."""
    store = attempts_of(home)
    (attempt_id,) = store.ids()
    return store.read(attempt_id).log


def newest_log(home: Path) -> AttemptLog:
    """Return the log of the newest attempt."""
    store = attempts_of(home)
    return store.read(store.ids()[-1]).log


def typed_keys(log: AttemptLog) -> list[str]:
    """Return what was inserted, key by key; an erasure is an empty text."""
    return [event.inserted for event in log.events if isinstance(event, Key)]


def run(home: Path, *arguments: str, data: str = "", **environ: str | None) -> subprocess.CompletedProcess[str]:
    """Run a command of the program without a terminal; no traceback may come of it."""
    done = subprocess.run(
        [sys.executable, "-m", "typetrainer", *arguments],
        env=program_environ(home, **environ), input=data, capture_output=True, text=True, timeout=60, check=False,
        cwd=home,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def until(
    true: Callable[[], object], timeout: float = PATIENCE, why: Callable[[], str] = lambda: "not in time"
) -> None:
    """Wait until something is true that no event tells."""
    deadline = time.monotonic() + timeout
    while not true():
        assert time.monotonic() < deadline, why()
        time.sleep(0.01)


def processes_of(home: str) -> list[int]:
    """Return the living processes with this TYPETRAINER_HOME."""
    if not LINUX:
        return []
    wanted = f"TYPETRAINER_HOME={home}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):  # it ended, or is not ours
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return [pid for pid in found if state_of(pid) not in "ZX"]


def state_of(pid: int) -> str:
    """Return the letter of a process's state: R running, S sleeping, T stopped, Z ended, X gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def command_of(pid: int) -> str:
    """Return the command line of a process, for the message of a failure."""
    try:
        return f"{pid} " + Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return f"{pid} (gone)"


def text_file(folder: Path, text: str | bytes, name: str = "text.txt") -> str:
    """Write a text to be typed and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def copy_drill(home: Path, text: str, *arguments: str, **more: Any) -> Terminal:
    """Start a copy drill of an own text, and wait until it can be typed."""
    terminal = Terminal(home, "drill", "copy", "--text", text_file(home, text), *arguments, **more)
    terminal.wait_for("the clock starts with your first key")
    return terminal
