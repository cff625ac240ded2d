"""The worker process: ``python -m typetrainer.writing.worker``, JSON lines on stdin and stdout (ASCII).

It owns the server, its client and textstat, so that none of them is in the terminal's process.

    -> {"op": "hello", "data", "config", "cache", "state": folders, "server_url": text|null, "seconds": number}
    -> {"op": "check", "id": number, "text", "language", "words": [...], "rules_off": [...]}
    <- {"event": "server", "pid": number, "start": text|null}           a server process was started
    <- {"event": "state", "state": "starting"|"ready"|"unavailable", "reason": text|null, "engine": {...}|null,
        "url": text|null}                                                the server's address when it is ready
    <- {"event": "result", "id": number, "result": CheckResult as JSON}

When stdin closes, for whatever reason, it ends the server and itself.
"""

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import FrameType
from typing import Any

from typetrainer.errors import CheckerUnavailable
from typetrainer.paths import Paths
from typetrainer.writing.engine import LanguageEngine
from typetrainer.writing.findings import keep
from typetrainer.writing.languagetool.server import Server
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult
from typetrainer.writing.supervisor import LOG_BYTES

# So that a start of 3 to 8 s never takes the typist's core.
NICE = 10

Message = dict[str, Any]


class Worker:
    """One worker: reads requests in a thread of its own, works on them in the main one."""

    def __init__(self, hello: Message, out: int) -> None:
        """Prepare for the folders of `hello`; answers go to the file descriptor `out`."""
        self._out = out
        self._requests: SimpleQueue[Message] = SimpleQueue()
        self._state: tuple[str, str | None] | None = None
        folders = (Path(hello[name]) for name in ("data", "config", "cache", "state"))
        self.engine = LanguageEngine(
            Paths(*folders),
            dict(os.environ),
            server_url=hello["server_url"],
            seconds=float(hello["seconds"]),
            on_server=self._tell_server,
        )

    def run(self) -> None:
        """Bring LanguageTool up, then answer until the process ends."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        signal.signal(signal.SIGTERM, self._terminated)
        try:
            self._tell_state("starting", None)
            self._ensure()
            while True:
                self._answer(self._requests.get())
                _bound_log()
        except BrokenPipeError:  # nobody reads any more
            self._leave()
        finally:
            self.engine.end()

    def _read(self) -> None:
        """Queue the requests; at the end of stdin leave no server behind, whatever the main thread does."""
        with suppress(OSError, ValueError):
            for line in sys.stdin.buffer:
                self._requests.put(json.loads(line))
        self._leave()

    def _leave(self) -> None:
        self.engine.end()
        os._exit(0)

    def _terminated(self, _signal: int, _frame: FrameType | None) -> None:
        # In a thread: the main one may hold the lock that `end` needs.
        threading.Thread(target=self._leave, name="leave").start()

    def _ensure(self) -> str | None:
        """Bring LanguageTool up and tell; return why it cannot be, or None."""
        try:
            self.engine.ensure()
        except CheckerUnavailable as error:
            self._tell_state("unavailable", str(error))
            return str(error)
        self._tell_state("ready", None)
        return None

    def _answer(self, request: Message) -> None:
        text, language = request["text"], request["language"]
        readability = measure(text, grade=language.startswith("en"))
        reason = self._ensure()
        findings = None
        if reason is None:
            try:
                findings = keep(
                    self.engine.check(text, language),
                    text,
                    words=frozenset(request["words"]),
                    rules_off=frozenset(request["rules_off"]),
                )
            except CheckerUnavailable as error:
                reason = str(error)
        engine = None if findings is None else self.engine.engine
        result = CheckResult(engine, findings, readability, reason)
        self._send({"event": "result", "id": request["id"], "result": result.to_json()})

    def _tell_server(self, server: Server) -> None:
        self._send({"event": "server", "pid": server.pid, "start": server.started})

    def _tell_state(self, state: str, reason: str | None) -> None:
        if self._state == (state, reason):
            return
        self._state = (state, reason)
        engine = self.engine.engine if state == "ready" else None
        message = {"event": "state", "state": state, "reason": reason}
        self._send(message | {"engine": engine and engine.to_json(), "url": self.engine.url if engine else None})

    def _send(self, message: Message) -> None:
        data = json.dumps(message).encode("ascii") + b"\n"
        while data:
            data = data[os.write(self._out, data) :]


def main() -> None:
    """Run the worker; never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the terminal process's, which closes stdin
    out = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints goes to the log, never between our lines
    with suppress(OSError):
        os.nice(NICE)
    first = sys.stdin.buffer.readline()
    if first:
        Worker(json.loads(first), out).run()


def _bound_log() -> None:
    """Empty the log (stderr, opened to append) when it has grown too large."""
    with suppress(OSError):
        if os.fstat(2).st_size > LOG_BYTES:
            os.ftruncate(2, 0)


if __name__ == "__main__":
    main()
