"""The thread that talks to the worker process: starts it, restarts it once, keeps the time limits, ends it.

Everything about the process happens in this one thread, so there is nothing to lock; others hand it commands through
a queue and wake it through a pipe. It never blocks on the worker: both pipes are non-blocking.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Literal

from typetrainer.errors import InvalidFile
from typetrainer.paths import Paths
from typetrainer.writing.findings import Engine
from typetrainer.writing.languagetool.process import end_group
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult

LOG_NAME = "checker.log"
LOG_BYTES = 262_144
# A worker that has been silent this long while a text waited is stuck, and replaced.
SILENT_SECONDS = 90.0
# The worker needs a few hundredths of a second to end its server; after this it is killed.
END_SECONDS = 1.0
CLOSED = "The checker was closed before the text was checked: start the command again."
State = Literal["idle", "starting", "ready", "unavailable", "closed"]


@dataclass(frozen=True, slots=True)
class Status:
    """What the checker does now; `reason` is set when it is unavailable, `engine` and `url` when it is ready."""

    state: State
    reason: str | None = None
    engine: Engine | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that waits for its result: the request's line, and when (monotonic seconds) it is given up."""

    number: int
    text: str
    line: bytes
    future: "Future[CheckResult]"
    asked: float
    deadline: float


def not_checked(text: str, reason: str) -> CheckResult:
    """Return the result of a text that was not checked, with what can be told without the worker."""
    return CheckResult(engine=None, findings=None, readability=measure(text), reason=reason)


class Supervisor(threading.Thread):
    """One worker's keeper; a daemon thread, ended by `stop`."""

    def __init__(self, paths: Paths, environ: Mapping[str, str], hello: Mapping[str, Any]) -> None:
        """Prepare for a worker that is greeted with `hello`; its stderr goes to a log in the state folder."""
        super().__init__(name="checker", daemon=True)
        self._log = paths.state / LOG_NAME
        self._environ = dict(environ)
        self._hello = json.dumps({"op": "hello", **hello}).encode("ascii") + b"\n"
        self._commands: SimpleQueue[Pending] = SimpleQueue()
        self._wake_out, self._wake_in = os.pipe()
        os.set_blocking(self._wake_in, False)
        self._selector = selectors.DefaultSelector()
        self._pending: dict[int, Pending] = {}
        self._worker: subprocess.Popen[bytes] | None = None
        self._server: tuple[int, str | None] | None = None
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self._deaths = 0
        self._heard = 0.0
        self._closing = False
        self.status = Status("starting")

    def __del__(self) -> None:
        """Close the wake pipe; not before, since a late `_wake` would write into whatever took its number."""
        for end in (self._wake_out, self._wake_in):
            with suppress(OSError):
                os.close(end)

    # Called from other threads, and from signal handlers: no locks here.

    def submit(self, pending: Pending) -> None:
        """Hand over a text; its future is completed by this thread, whatever happens."""
        self._commands.put(pending)
        self._wake()
        if not self.is_alive():  # it ended between the caller's look and now
            self._refuse_all()

    def stop(self, seconds: float) -> None:
        """End the worker and its server, waiting up to `seconds`, then kill them."""
        self._closing = True
        self._wake()
        if threading.current_thread() is self:
            return
        deadline = time.monotonic() + seconds
        # Not join: its lock may be held by the very code that a signal handler interrupted.
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.005)
        if self.is_alive():
            self._kill()

    def _wake(self) -> None:
        with suppress(OSError):  # full: it is awake anyway
            os.write(self._wake_in, b"x")

    # The thread itself.

    def run(self) -> None:
        """Keep the worker until `stop`."""
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        try:
            self._spawn()
            while not self._closing:
                self._turn()
        finally:
            self._end_worker()
            self.status = Status("closed")
            self._refuse_all()
            self._selector.close()

    def _turn(self) -> None:
        nearest = min((pending.deadline for pending in self._pending.values()), default=None)
        timeout = None if nearest is None else max(0.0, nearest - time.monotonic())
        for key, events in self._selector.select(timeout):
            if key.fd == self._wake_out:
                os.read(self._wake_out, 4096)
            elif events & selectors.EVENT_READ:
                self._read()
            elif events & selectors.EVENT_WRITE:
                self._write()
        self._take_commands()
        self._give_up_late()

    def _take_commands(self) -> None:
        while not self._closing:
            try:
                pending = self._commands.get_nowait()
            except Empty:
                return
            self._pending[pending.number] = pending
            if self._worker is None:
                self._spawn()
            else:
                self._send(pending.line)

    def _give_up_late(self) -> None:
        now = time.monotonic()
        late = [pending for pending in self._pending.values() if pending.deadline <= now]
        for pending in late:
            seconds = pending.deadline - pending.asked
            self._finish(
                pending.number,
                not_checked(
                    pending.text,
                    f"The check took longer than {seconds:g} s: check the text again, or run `typetrainer doctor`.",
                ),
            )
        if any(now - max(self._heard, pending.asked) > SILENT_SECONDS for pending in late) and self._worker:
            self._kill()

    def _spawn(self) -> None:
        """Start a worker and send it all that waits; without one, everything that waits is not checked."""
        self._incoming.clear()
        self._outgoing.clear()
        self.status = Status("starting")
        log = self._open_log()
        try:
            # -P: nothing of the current folder may stand in for a module. A session of its own, so that Ctrl-C in
            # the terminal reaches only us, who then end it.
            self._worker = subprocess.Popen(
                [sys.executable, "-P", "-m", "typetrainer.writing.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if log is None else log,
                env=self._environ,
                start_new_session=True,
            )
        except OSError as error:
            self._unavailable(f"The language checker cannot be started ({error}): run `typetrainer doctor`.")
            return
        finally:
            if log is not None:
                os.close(log)
        for pipe in (self._worker.stdin, self._worker.stdout):
            if pipe:
                os.set_blocking(pipe.fileno(), False)
        if self._worker.stdout:
            self._selector.register(self._worker.stdout, selectors.EVENT_READ)
        self._send(self._hello + b"".join(pending.line for pending in self._pending.values()))

    def _open_log(self) -> int | None:
        """Open the worker's log to append, emptied when it has grown too large."""
        try:
            self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return None  # a log that cannot be written must not keep a text from being checked
        if os.fstat(log).st_size > LOG_BYTES:
            os.ftruncate(log, 0)
        return log

    def _send(self, data: bytes) -> None:
        self._outgoing += data
        self._write()

    def _write(self) -> None:
        pipe = self._worker.stdin if self._worker else None
        if pipe is None:
            return
        try:
            while self._outgoing:
                del self._outgoing[: os.write(pipe.fileno(), self._outgoing)]
        except BlockingIOError:
            pass
        except OSError:
            self._outgoing.clear()  # it died; its stdout tells
        watched = pipe in self._selector.get_map()
        if self._outgoing and not watched:
            self._selector.register(pipe, selectors.EVENT_WRITE)
        elif watched and not self._outgoing:
            self._selector.unregister(pipe)

    def _read(self) -> None:
        pipe = self._worker.stdout if self._worker else None
        if pipe is None:
            return
        try:
            data = os.read(pipe.fileno(), 65536)
        except BlockingIOError:
            return
        if not data:
            self._died()
            return
        self._heard = time.monotonic()
        self._incoming += data
        *lines, rest = self._incoming.split(b"\n")
        self._incoming = bytearray(rest)
        for line in lines:
            self._hear(json.loads(line))

    def _hear(self, message: Mapping[str, Any]) -> None:
        match message["event"]:
            case "server":
                self._server = (message["pid"], message["start"])
            case "state":
                engine = message["engine"] and Engine.from_json(message["engine"])
                self.status = Status(message["state"], message["reason"], engine, message["url"])
            case "result":
                self._deaths = 0
                self._hear_result(message)

    def _hear_result(self, message: Mapping[str, Any]) -> None:
        try:
            result = CheckResult.from_json(message["result"])
        except InvalidFile as error:
            pending = self._pending.get(message["id"])
            result = not_checked(pending.text if pending else "", str(error))
        self._finish(message["id"], result)

    def _finish(self, number: int, result: CheckResult) -> None:
        if pending := self._pending.pop(number, None):
            pending.future.set_result(result)

    def _died(self) -> None:
        """End what the worker left behind, then start another one, once, with all that waits."""
        self._end_worker()
        self._deaths += 1
        if self._deaths == 1:
            self._spawn()
        else:
            self._deaths = 0
            self._unavailable(f"The language checker stopped twice: see {self._log}, or run `typetrainer doctor`.")

    def _unavailable(self, reason: str) -> None:
        self._worker = None
        self.status = Status("unavailable", reason)
        for pending in list(self._pending.values()):
            self._finish(pending.number, not_checked(pending.text, reason))

    def _refuse_all(self) -> None:
        with suppress(Empty):
            while True:
                pending = self._commands.get_nowait()
                self._pending[pending.number] = pending
        for pending in list(self._pending.values()):
            self._finish(pending.number, not_checked(pending.text, CLOSED))

    def _end_worker(self) -> None:
        """Close the worker's stdin, which ends it and its server; then make sure of both."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                if pipe in self._selector.get_map():
                    self._selector.unregister(pipe)
                with suppress(OSError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=END_SECONDS)
        if worker.returncode is None:
            _kill_group(worker.pid)
        if self._server:
            end_group(*self._server)
            self._server = None
        with suppress(subprocess.TimeoutExpired):
            worker.wait(timeout=END_SECONDS)

    def _kill(self) -> None:
        """Kill the worker and its server from wherever we are; the thread then sees the worker's end."""
        worker, server = self._worker, self._server
        if worker and worker.returncode is None:
            _kill_group(worker.pid)
        if server:
            end_group(*server)


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
