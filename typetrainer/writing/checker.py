"""The handle by which everything else has a text checked; light to import, and never in the way.

checker = Checker(paths, os.environ)
checker.start()                                  # when a drill opens: typing hides the server's start
future = checker.check("I has a question.", words=frozenset({"Zephyra"}))
result = future.result()                         # a CheckResult, also without LanguageTool
checker.close()
"""

import atexit
import itertools
import json
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future

from typetrainer.paths import Paths
from typetrainer.writing.result import CheckResult
from typetrainer.writing.supervisor import CLOSED, Pending, Status, Supervisor, not_checked

__all__ = ["CheckResult", "Checker", "Status", "not_checked"]

URL_VARIABLE = "TYPETRAINER_LT_URL"
# Starting takes up to 60 s and one check up to 20.
TIMEOUT_SECONDS = 90.0
CHECK_SECONDS = 20.0
CLOSE_SECONDS = 1.8


# English as LanguageTool 6.8 has a dictionary for; of any other it would check no spelling, and not say so.
VARIETIES = ("en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-ZA")


def checked_as(language: str) -> str:
    """Return the variety of English by whose dictionary a text is checked: British for those that have none."""
    if not language.startswith("en") or language in VARIETIES:
        return language
    return "en-US" if language in ("en", "en-PH") else "en-GB"


class Checker:
    """Owns at most one worker process. All methods may be called from any thread and return at once but `close`."""

    def __init__(
        self,
        paths: Paths,
        environ: Mapping[str, str],
        *,
        server_url: str | None = None,
        check_seconds: float = CHECK_SECONDS,
    ) -> None:
        """Prepare; nothing is started. `server_url`, or else TYPETRAINER_LT_URL, names a running server to use.

        `check_seconds` limits one request to the server; a text of over 30,000 characters is several.
        """
        self._paths, self._environ = paths, dict(environ)
        self._hello = {
            "data": str(paths.data),
            "config": str(paths.config),
            "cache": str(paths.cache),
            "state": str(paths.state),
            "server_url": server_url or environ.get(URL_VARIABLE) or None,
            "seconds": check_seconds,
        }
        self._numbers = itertools.count(1)
        self._starting = threading.Lock()
        self._supervisor: Supervisor | None = None
        self._closed = False

    def start(self) -> None:
        """Start the worker, if it is not, and return at once (its own start goes on behind)."""
        with self._starting:
            if self._supervisor is None and not self._closed:
                supervisor = Supervisor(self._paths, self._environ, self._hello)
                supervisor.start()
                self._supervisor = supervisor
                atexit.register(self.close)
                if self.status().state == "closed":  # meanwhile, by a signal handler
                    supervisor.stop(0)

    def check(
        self,
        text: str,
        *,
        language: str = "en-US",
        words: frozenset[str] = frozenset(),
        rules_off: frozenset[str] = frozenset(),
        timeout: float = TIMEOUT_SECONDS,
    ) -> "Future[CheckResult]":
        """Have a text checked; the future always gets a CheckResult, never an exception, and cannot be cancelled.

        `words` are never spelling errors, `rules_off` are rules this person switched off. After `timeout` seconds
        the result is "not checked". The future's callbacks run in the checker's thread: hand their work on.
        """
        future: Future[CheckResult] = Future()
        future.set_running_or_notify_cancel()
        self.start()
        supervisor = self._supervisor
        if supervisor is None or self._closed:
            future.set_result(not_checked(text, CLOSED))
            return future
        number, now = next(self._numbers), time.monotonic()
        request = {"op": "check", "id": number, "text": text, "language": checked_as(language)}
        request |= {"words": sorted(words), "rules_off": sorted(rules_off)}
        line = json.dumps(request).encode("ascii") + b"\n"
        supervisor.submit(Pending(number, text, line, future, now, now + timeout))
        return future

    def status(self) -> Status:
        """Tell what the checker does now."""
        if self._closed:
            return Status("closed")
        return self._supervisor.status if self._supervisor else Status("idle")

    def close(self) -> None:
        """End worker and server within 2 s, leaving no process; texts that wait become "not checked".

        May be called twice and from a signal handler.
        """
        self._closed = True
        if self._supervisor:
            self._supervisor.stop(CLOSE_SECONDS)
        atexit.unregister(self.close)
