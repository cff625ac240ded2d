"""LanguageTool as the worker uses it: brought up when needed, restarted once when it dies, asked text by text."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from typetrainer.errors import CheckerUnavailable
from typetrainer.paths import Paths
from typetrainer.writing.findings import Engine, Finding, make_finding
from typetrainer.writing.languagetool import leftovers
from typetrainer.writing.languagetool.install import locate, renew_rules
from typetrainer.writing.languagetool.java import find_java
from typetrainer.writing.languagetool.server import Server
from typetrainer.writing.prepare import Part, prepare

if TYPE_CHECKING:
    from typetrainer.writing.languagetool.client import Client, RawMatch

NAME = "LanguageTool"
# A server that could not start will not a second later; after this long, something may have been mended.
_RETRY_SECONDS = 30.0


class LanguageEngine:
    """Owns the server and its client; all but `end` from one thread, the main one (see launch.py)."""

    def __init__(
        self,
        paths: Paths,
        environ: Mapping[str, str],
        *,
        server_url: str | None,
        seconds: float,
        on_server: Callable[[Server], None] = lambda _server: None,
    ) -> None:
        """Prepare; `seconds` limits one request, `on_server` is told of each server process started."""
        self._paths, self._environ, self._url, self._seconds = paths, environ, server_url, seconds
        self._on_server = on_server
        self._server: Server | None = None
        self._client: Client | None = None
        self._failed: tuple[float, CheckerUnavailable] | None = None
        self._ending = False
        self.engine: Engine | None = None

    def ensure(self) -> Engine:
        """Bring LanguageTool up unless it is, and return what it is; raises CheckerUnavailable."""
        if self._client and self.engine and (self._url or (self._server and self._server.alive())):
            return self.engine
        if self._failed and time.monotonic() - self._failed[0] < _RETRY_SECONDS:
            raise self._failed[1]
        self._drop()
        self.engine = self._join() if self._url else self._start()
        return self.engine

    def check(self, text: str, language: str) -> list[Finding]:
        """Return all findings of a text, unfiltered; raises CheckerUnavailable."""
        findings = []
        for part in prepare(text):
            for match in self._check_part(part, language):
                offset, length = part.span(match.start, match.length)
                findings.append(make_finding(match, text, offset, length))
        return findings

    @property
    def url(self) -> str | None:
        """The server's address, None while there is none."""
        return self._client.url if self._client else None

    def end(self) -> None:
        """End the server for good; from any thread, while another waits for it, twice."""
        self._ending = True
        if server := self._server:
            server.end()

    def _check_part(self, part: Part, language: str) -> "list[RawMatch]":
        from typetrainer.writing.languagetool.client import CheckTimedOut, ServerLost

        for _ in range(2):  # a server that died is restarted once, and the text asked again
            self.ensure()
            try:
                if self._client:
                    return self._client.check(part.text, language)
            except CheckTimedOut as error:
                if not self._url and self._server and not self._server.healthy():
                    self._drop()
                raise CheckerUnavailable(
                    f"LanguageTool did not answer within {self._seconds:g} s: check the text again, or run "
                    "`typetrainer doctor`."
                ) from error
            except ServerLost:
                self._drop()
        raise CheckerUnavailable(self._lost())

    def _lost(self) -> str:
        if self._url:
            return f"The LanguageTool server {self._url} does not answer: start it, or leave out `--server`."
        return "LanguageTool ended twice while it checked the text: run `typetrainer doctor`."

    def _join(self) -> Engine:
        """Use the server the user named; its rules are not ours."""
        from typetrainer.writing.languagetool.client import Client

        self._client = Client(self._url or "", seconds=self._seconds)
        return Engine(NAME, self._client.version(), "unknown")

    def _start(self) -> Engine:
        installed = locate(self._paths, self._environ)
        if installed is None:
            raise CheckerUnavailable("LanguageTool is not installed: run `typetrainer setup`.")
        renew_rules(installed)
        leftovers.sweep(self._paths.state)
        try:
            java = find_java(self._environ)
            self._bring_up(Server(installed.folder, java, environ=self._environ, state=self._paths.state))
        except CheckerUnavailable as error:
            self._failed = (time.monotonic(), error)
            raise
        self._failed = None
        return Engine(NAME, installed.version, installed.rules_sha256)

    def _bring_up(self, server: Server) -> None:
        self._server = server
        if self._ending:  # looked at after the server is known to `end`
            raise CheckerUnavailable("The checker is being ended: start the command again.")
        server.on_spawn = self._on_server
        server.spawn()
        # Imported while the server starts: the client's libraries take 0.3 s.
        from typetrainer.writing.languagetool.client import Client

        server.wait_ready()
        self._client = Client(server.url, seconds=self._seconds)

    def _drop(self) -> None:
        if self._server:
            self._server.end()
        self._server = self._client = None
