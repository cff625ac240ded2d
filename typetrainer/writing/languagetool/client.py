"""Ask a LanguageTool server: language_tool_python as the HTTP client, and nothing else of it.

The server runs here or where the user said; the public service is never asked, since it would send the text of a
learner or a candidate to a third party.
"""

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from language_tool_python import LanguageTool
from language_tool_python.exceptions import LanguageToolError
from requests import Timeout

from typetrainer.errors import CheckerUnavailable

CHECK_SECONDS = 20.0
_PUBLIC = ("languagetool.org", "languagetoolplus.com")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class ServerLost(Exception):
    """The server closed the connection or cannot be reached."""


class CheckTimedOut(Exception):
    """The server did not answer one check in time."""


@dataclass(frozen=True, slots=True)
class RawMatch:
    """One match as the server told it; `start` and `length` are UTF-16 units of the text sent."""

    rule: str
    category: str
    issue_type: str
    message: str
    start: int
    length: int
    replacements: tuple[str, ...]


class _Client(LanguageTool):
    """The library's client with one try per request: a second one would double the time limit."""

    def __init__(self, language: str, url: str, proxies: dict[str, str] | None, seconds: float) -> None:
        self._TIMEOUT = seconds  # type: ignore[assignment] # the library has no other way than its constant
        super().__init__(language, remote_server=url, proxies=proxies)

    def _query_server(self, url: str, params: Any = None, num_tries: int = 1, method: Any = "get") -> Any:  # noqa: ARG002
        return super()._query_server(url, params, 1, method)

    def raw(self, text: str) -> list[dict[str, Any]]:
        """Return the server's matches untouched: the library's own objects lose UTF-16 lengths."""
        url = urllib.parse.urljoin(self._url, "check")
        answer = self._query_server(url, self._create_params(text), method="post")
        matches: list[dict[str, Any]] = answer["matches"]
        return matches


class Client:
    """A server's address with one client object per language; not for several threads."""

    def __init__(self, url: str, *, seconds: float = CHECK_SECONDS) -> None:
        """Prepare for the server at `url`; `seconds` limits each request. Raises CheckerUnavailable."""
        self.url = server_url(url)
        self.seconds = seconds
        self._clients: dict[str, _Client] = {}

    def check(self, text: str, language: str) -> list[RawMatch]:
        """Return the matches of a text; the same rule settings always (the server's cache depends on them).

        Raises ServerLost, CheckTimedOut, or CheckerUnavailable when the server refuses (an unknown language).
        """
        try:
            return [_raw_match(match) for match in self._client(language).raw(text)]
        except LanguageToolError as error:
            raise self._meaning(error) from error
        except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
            raise CheckerUnavailable(
                f"{self.url} does not answer like a LanguageTool server: check `--server` or TYPETRAINER_LT_URL."
            ) from error

    def version(self) -> str:
        """Return the server's own version, "unknown" when it does not say."""
        # Without proxies for loopback; with those of the environment for a server elsewhere.
        handlers = [urllib.request.ProxyHandler({})] if is_loopback(self.url) else []
        opener = urllib.request.build_opener(*handlers)
        try:
            with opener.open(urllib.parse.urljoin(self.url, "v2/info"), timeout=self.seconds) as response:
                return str(json.load(response)["software"]["version"])
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
            return "unknown"

    def _client(self, language: str) -> _Client:
        if language not in self._clients:
            # An empty entry keeps requests from the environment's proxy, which must never see loopback.
            proxies = {"http": "", "https": "", "all": ""} if is_loopback(self.url) else None
            try:
                self._clients[language] = _Client(language, self.url, proxies, self.seconds)
            except ValueError as error:
                raise CheckerUnavailable(
                    f"LanguageTool has no language {language!r}: use en-US, en-GB, en-CA, en-AU, en-NZ or en-ZA."
                ) from error
        return self._clients[language]

    def _meaning(self, error: LanguageToolError) -> Exception:
        cause = error.__cause__
        if isinstance(cause, Timeout):
            return CheckTimedOut()
        # The server tells its own troubles in plain text, which the library cannot decode.
        if isinstance(cause, json.JSONDecodeError):
            return CheckerUnavailable(
                f"LanguageTool at {self.url} refused the text ({str(error)[:120]}): run `typetrainer doctor`."
            )
        return ServerLost()


def server_url(url: str) -> str:
    """Return a server's address as `http(s)://host[:port]/`; raises CheckerUnavailable for one not to be used."""
    parts = urllib.parse.urlsplit(url if "://" in url else f"http://{url}")
    try:
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if parts.scheme not in {"http", "https"} or not host:
        raise CheckerUnavailable(
            f"{url!r} is not the address of a LanguageTool server: write it like http://127.0.0.1:8081."
        )
    if any(host == public or host.endswith(f".{public}") for public in _PUBLIC):
        raise CheckerUnavailable(
            f"{host} is a public service and would see every text: run your own LanguageTool, or `typetrainer setup`."
        )
    path = parts.path.rstrip("/").removesuffix("/v2")
    return urllib.parse.urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))


def is_loopback(url: str) -> bool:
    """Tell whether the address is on this computer."""
    return urllib.parse.urlsplit(url).hostname in _LOOPBACK


def _raw_match(match: dict[str, Any]) -> RawMatch:
    rule = match["rule"]
    return RawMatch(
        rule=str(rule["id"]),
        category=str(rule["category"]["id"]),
        issue_type=str(rule.get("issueType", "")),
        message=str(match["message"]),
        start=int(match["offset"]),
        length=int(match["length"]),
        replacements=tuple(str(replacement["value"]) for replacement in match["replacements"]),
    )
