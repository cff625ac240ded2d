"""`check`, `assessment`, `send-to-findings`, `install`: what has to do with LanguageTool."""

import contextlib
import http.client
import os
import shutil
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from bench_echo import REPLY, REPLY_READY
from bench_report import Options, Row, middle, number, quantile
from bench_terminal import TEXT_FILE, Program, environ, folder, keys_of, languagetool, ours, type_beside

from typetrainer.content.loader import Library
from typetrainer.content.written import WrittenItem
from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker
from typetrainer.writing.languagetool.install import install
from typetrainer.writing.languagetool.java import find_java
from typetrainer.writing.languagetool.server import Server
from typetrainer.writing.rubric.assess import assess
from typetrainer.writing.rubric.judging import Answer, read_ahead

CHECK_MS = 150
FINDINGS_MS = 500
MISSING = "LanguageTool is not installed"
FOUND, UNCHECKED = b"LanguageTool 6", b"not checked: "


def hundred_words(number_: int) -> str:
    """Return a reply of 100 words with a few errors; no sentence comes twice, for the server remembers them."""
    sentences = TEXT_FILE.read_text(encoding="utf-8").strip().removesuffix("?").split(". ")
    start = number_ % len(sentences)
    sentences = ["She dont know it", "I has seen it", *sentences[start:], *sentences[:start]]
    return " ".join(". ".join(f"{sentence}, case {number_}" for sentence in sentences).split()[:100]) + "."


def check(options: Options) -> Iterator[Row]:
    """A whole warm assessment (worker, findings, readability) beside the bare request to the same server."""
    if (lt := languagetool()) is None:
        yield Row("check", None, "ms", note=MISSING)
        return
    own: list[list[float]] = []
    bare: list[list[float]] = []
    server = Server(lt, find_java(os.environ), environ=os.environ)
    with folder() as home, contextlib.ExitStack() as stack:
        world = environ(home)
        stack.callback(server.end)
        server.start()
        checker = Checker(Paths.of(world), world, server_url=server.url)
        stack.callback(checker.close)
        _alternately(checker, server, 1000, options.runs(30, 5))  # warm both, with texts that are not asked again
        for run in range(options.runs(3)):
            first, second = _alternately(checker, server, run * 100, options.runs(40, 5))
            own.append(first)
            bare.append(second)
    for share in (0.5, 0.95):
        name = f"check of 100 words p{share * 100:.0f}"
        yield Row(name, middle(own, share), "ms", middle(bare, share), "server alone", "alone", CHECK_MS)


def _alternately(checker: Checker, server: Server, first: int, count: int) -> tuple[list[float], list[float]]:
    """Ask for texts by turns, the whole way and the server alone; return the ms of both."""
    own: list[float] = []
    bare: list[float] = []
    for number_ in range(first, first + 2 * count, 2):
        at = time.perf_counter()
        result = checker.check(hundred_words(number_)).result()
        own.append((time.perf_counter() - at) * 1e3)
        if not result.findings:
            raise RuntimeError(f"nothing was found: {result.reason}")
        at = time.perf_counter()
        _request(server, hundred_words(number_ + 1))
        bare.append((time.perf_counter() - at) * 1e3)
    return own, bare


def _request(server: Server, text: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    form = urllib.parse.urlencode({"language": "en-US", "text": text})
    connection.request("POST", "/v2/check", form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})
    connection.getresponse().read()
    connection.close()


def assessment(options: Options) -> Iterator[Row]:
    """A 100-word answer to each reply item: checked by the warm server and judged, beside the check alone.

    Its patterns are read before, as a drill does while the answer is written.
    """
    if (lt := languagetool()) is None:
        yield Row("assessment", None, "ms", note=MISSING)
        return
    ahead: list[float] = []
    checked: list[float] = []
    whole: list[float] = []
    with folder() as home, contextlib.ExitStack() as stack:
        world = environ(home, TYPETRAINER_LT_DIR=str(lt))
        library = Library(Paths.of(world))
        checker = Checker(Paths.of(world), world)
        stack.callback(checker.close)
        for number_ in range(options.runs(30, 5)):
            for variety in ("en-US", "en-GB", "en-AU"):
                checker.check(hundred_words(number_), language=variety).result()
        for item in list(library.items("reply"))[: options.runs(1000, 3)]:
            assert isinstance(item, WrittenItem)
            company, language = library.company(item.pack), library.pack(item.pack).language
            at = time.perf_counter()
            for _ in read_ahead(item, company, month_first=language == "en-US"):
                pass
            ahead.append((time.perf_counter() - at) * 1e3)
            text = " ".join([*(item.model.split() * 2)[:97], "That is all."])
            words = frozenset([*item.words, *item.customer.name.split(), *company.words])
            at = time.perf_counter()
            found = checker.check(text, language=language, words=words).result()
            checked.append((time.perf_counter() - at) * 1e3)
            assess(Answer(text), found, item, company, language=language)
            whole.append((time.perf_counter() - at) * 1e3)
    note = f"{len(whole)} items"
    for share in (0.5, 0.95):
        of = f"p{share * 100:.0f}"
        yield Row(f"patterns of an item, read ahead {of}", quantile(ahead, share), "ms", how="alone")
        yield Row(
            f"assessment of 100 words {of}", quantile(whole, share), "ms", quantile(checked, share), "its check",
            "alone", CHECK_MS, note=note,
        )  # fmt: skip


def send_to_findings(options: Options) -> Iterator[Row]:
    """A reply of ten seconds or more, then Enter: until the findings stand on the screen."""
    if (lt := languagetool()) is None:
        yield Row("send-to-findings", None, "ms", note=MISSING)
        return
    keys = keys_of("Hello Sarah how are you. She dont know it. " + TEXT_FILE.read_text(encoding="utf-8").strip(), 215)
    took: list[float] = []
    with folder() as home:
        for run in range(options.runs(10, 2)):
            with Program(ours(*REPLY), home, TYPETRAINER_LT_DIR=str(lt)) as program:
                program.wait_for(REPLY_READY)
                type_beside((program,), keys, seed=run)
                program.forget()
                os.write(program.fd, b"\r")
                took.append(program.wait_for((FOUND, UNCHECKED)) * 1e3)
                if UNCHECKED in program.seen:
                    raise RuntimeError("the reply was not checked")
                os.write(program.fd, b"q")
                program.drain(0.2)
                program.leave()
    note = "runs: " + ", ".join(number(one) for one in took)
    yield Row("send-to-findings p50", quantile(took, 0.5), "ms", how="alone")
    yield Row("send-to-findings p95", quantile(took, 0.95), "ms", how="alone", target=FINDINGS_MS, note=note)


def install_(options: Options) -> Iterator[Row]:
    """An install from a folder, and with --network from Maven Central, beside copying the same bytes."""
    if (lt := languagetool()) is None:
        yield Row("install", None, "s", note=MISSING)
        return
    own: list[float] = []
    copied: list[float] = []
    for _ in range(options.runs(5)):
        with folder() as home:
            at = time.perf_counter()
            install(home / "cache", source=lt)
            own.append(time.perf_counter() - at)
            at = time.perf_counter()
            shutil.copytree(lt, home / "copy")
            copied.append(time.perf_counter() - at)
    size = sum(path.stat().st_size for path in Path(lt).rglob("*") if path.is_file()) / 1e6
    yield Row("install from a folder", quantile(own, 0.5), "s", quantile(copied, 0.5), f"copying {size:.0f} MB")
    if options.network:
        with folder() as home:
            at = time.perf_counter()
            install(home / "cache")
            took = time.perf_counter() - at
        yield Row("install from the network", took, "s", quantile(copied, 0.5), f"copying {size:.0f} MB")
