"""Programs on pseudo-terminals, timed from outside: write a key, wait for the first byte that comes back.

One thread, nothing between `write` and `select`; an emulator of the screen would cost more than what is measured.
"""

import contextlib
import fcntl
import os
import random
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TEXT_FILE = HERE / "typing_text.txt"
READY = b"the clock starts"
SIZES = ((120, 40), (80, 24))
KEYS_PER_SECOND = 20
_LOST_S = 1.0
_KEPT = ("PATH", "LANG", "LC_ALL", "JAVA_HOME", "LD_LIBRARY_PATH")


def environ(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program that lives below `home`, with no LanguageTool unless told where."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    kept |= {"PYTHONUTF8": "1"} if "LANG" not in kept else {}
    kept |= {"HOME": str(home), "TYPETRAINER_HOME": str(home / "tt"), "TYPETRAINER_LT_DIR": str(home / "none")}
    return {**kept, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **more}


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A home for a program; it is removed whatever happens in it."""
    path = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def ours(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "typetrainer", *arguments]


def copy_drill() -> list[str]:
    return ours("drill", "copy", "--text", str(TEXT_FILE))


def plain_app() -> list[str]:
    return [sys.executable, str(HERE / "plain_app.py"), str(TEXT_FILE)]


class Program:
    """A program on its own terminal. Use as a context manager: it is killed at the end if it still runs."""

    def __init__(self, command: Sequence[str], home: Path, size: tuple[int, int] = (80, 24), **more: str) -> None:
        self.fd, slave = os.openpty()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.seen = b""
        self.lost = 0  # keys that nothing answered
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ(home, **more), cwd=home,
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        os.close(self.fd)

    @property
    def pid(self) -> int:
        return self.process.pid

    def _ready(self, seconds: float) -> bool:
        return bool(select.select([self.fd], [], [], max(seconds, 0))[0])

    def _take(self) -> bool:
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # it ended
            data = b""
        self.seen += data
        if b"\x1b[6n" in data:
            os.write(self.fd, b"\x1b[1;1R")
        return bool(data)

    def wait_for(self, marks: bytes | tuple[bytes, ...] = READY, seconds: float = 60) -> float:
        """Read until a text was written; return the seconds since the start of the program or of `forget`."""
        wanted = (marks,) if isinstance(marks, bytes) else marks
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            if self._ready(left):
                more = self._take()
                if any(mark in self.seen for mark in wanted):
                    return time.perf_counter() - self.started
                if not more:
                    break
        raise RuntimeError(f"{self.process.args!r} did not show {wanted!r}: {self.seen[-600:]!r}")

    def forget(self) -> None:
        """Measure from now on."""
        self.drain(0)
        self.seen = b""
        self.started = time.perf_counter()

    def drain(self, seconds: float) -> None:
        """Read what comes within a time."""
        deadline = time.perf_counter() + seconds
        while self._ready(deadline - time.perf_counter()):
            if not self._take():
                return

    def press(self, key: str) -> float | None:
        """Write a key; return the ms until the first byte comes back, None when none does."""
        self.drain(0)
        data = key.encode()
        at = time.perf_counter()
        os.write(self.fd, data)
        if not self._ready(_LOST_S):
            self.lost += 1
            return None
        took = (time.perf_counter() - at) * 1e3
        self._take()
        return took

    def peak_mb(self) -> float:
        return memory_mb(self.pid, "VmHWM")

    def leave(self) -> int:
        """End it by Ctrl-C, as a user does; return its status."""
        os.write(self.fd, b"\x03")
        deadline = time.perf_counter() + 20
        while self.process.poll() is None and time.perf_counter() < deadline:
            self.drain(0.02)
        return self.process.wait(1)


def memory_mb(pid: int, name: str) -> float:
    """Return a figure of /proc/PID/status in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(name + ":"))


def children(pid: int) -> list[int]:
    """Return all processes below one."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        todo += (more := below.get(todo.pop(), []))
        found += more
    return found


def keys_of(text: str, count: int) -> list[str]:
    """Return `count` keys that type a text with a slip and a Backspace now and then."""
    keys: list[str] = []
    for index, character in enumerate(text):
        if index % 23 == 22:
            keys += ["x" if character != "x" else "y", "\x7f"]
        keys.append(character)
    return keys[:count]


def type_beside(programs: Sequence[Program], keys: Sequence[str], seed: int = 1) -> list[list[float]]:
    """Type the same keys into programs in turn, each at a typist's pace, and return the echo times (ms) of each.

    Who comes first changes with every key. Everything that is written between keys is read at once.
    """
    chance = random.Random(seed)
    took: list[list[float]] = [[] for _ in programs]
    due = time.perf_counter()
    for number, key in enumerate(keys):
        order = range(len(programs)) if number % 2 else range(len(programs) - 1, -1, -1)
        for index in order:
            due = max(due + chance.uniform(0.5, 1.5) / KEYS_PER_SECOND / len(programs), time.perf_counter())
            while (left := due - time.perf_counter()) > 0:
                for program in programs:
                    program.drain(0)
                time.sleep(min(left, 0.004))
            answer = programs[index].press(key)
            if answer is not None:
                took[index].append(answer)
    return took


def languagetool() -> Path | None:
    """Return the install of LanguageTool that the user has, or None."""
    from typetrainer.paths import Paths
    from typetrainer.writing.languagetool.install import locate

    found = locate(Paths.of(os.environ), os.environ)
    return found.folder if found else None
