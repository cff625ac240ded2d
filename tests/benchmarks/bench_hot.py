"""`hot`: the pieces of the path from a key to the screen, and what a longer text adds to each."""

import gc
import re
import time
from collections.abc import Callable, Iterator
from random import Random
from statistics import median
from typing import Any

from bench_report import Options, Row
from bench_terminal import READY, TEXT_FILE, Program, folder, ours
from prompt_toolkit.data_structures import Size as TerminalSize
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from typetrainer.content.loader import Library
from typetrainer.content.model import Article
from typetrainer.core.align import Alignment
from typetrainer.core.editor import Editor
from typetrainer.core.log import AttemptLog, End, Header, Key, encode_log
from typetrainer.core.log_reader import parse_log
from typetrainer.core.metrics import compute
from typetrainer.paths import Paths
from typetrainer.store.journal import Journal
from typetrainer.ui.frame import Frame, Size, keys
from typetrainer.ui.painter import Painter
from typetrainer.ui.style import palette
from typetrainer.ui.views.copy import CopyPicture, CopyView
from typetrainer.ui.views.reply import ReplyPicture, case_pane, reply_view
from typetrainer.writing.search import build, search

SIZE = Size(120, 40)
LIBRARY_PATHS = Paths.of({"TYPETRAINER_HOME": "/nonexistent"})
LIBRARY = Library(LIBRARY_PATHS)
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


def hot(options: Options) -> Iterator[Row]:
    """Microseconds of each piece; what has a size is compared with its smallest one."""
    text = _long_text(8000)
    yield from _sizes("Alignment.push", (400, 1200, 6000), lambda size: _push(text[:size]), options)
    yield from _sizes("CopyView of a key", (400, 1200, 6000), lambda size: _copy_view(text[:size]), options)
    yield from _sizes("reply_view of a key", (100, 1000, 8000), lambda size: _reply_view(text[:size]), options)
    yield Row("Painter, a key's change", _each(_paint(text[:1200]), options) * 1e6, "us", how="alone")
    yield from _logs(options)
    yield from _content()
    yield from _search(options)
    yield from _imports(options)


def _long_text(size: int) -> str:
    text = TEXT_FILE.read_text(encoding="utf-8").strip() + " "
    return (text * (size // len(text) + 1))[:size]


def _each(work: Iterator[object], options: Options) -> float:
    """Return the median seconds of one step, as in a drill: after start-up, the collector mostly left alone."""
    took: list[float] = []
    gc.collect()
    gc.freeze()
    for _ in range(options.runs(400, 60)):
        at = time.perf_counter()
        try:
            next(work)
        except StopIteration:
            break
        took.append(time.perf_counter() - at)
    gc.unfreeze()
    return median(took)


def _sizes(
    name: str, sizes: tuple[int, ...], work: Callable[[int], Iterator[object]], options: Options
) -> Iterator[Row]:
    first: float | None = None
    for size in sizes:
        took = _each(work(size), options) * 1e6
        yield Row(f"{name}, {size} graphemes", took, "us", first, f"of {sizes[0]}" if first else "")
        first = first or took


def _push(text: str) -> Iterator[object]:
    """Type towards the end of a text, with a slip now and then."""
    alignment = Alignment(list(text))
    start = max(len(text) - 420, 0)
    alignment.extend(text[:start])
    for index, character in enumerate(text[start:]):
        alignment.push(character if index % 23 else "~")
        yield None


def _copy_view(text: str) -> Iterator[Frame]:
    """Draw each key of the last part of a text."""
    alignment = Alignment(list(text))
    view = CopyView(alignment.target)
    start = max(len(text) - 420, 0)
    alignment.extend(text[:start])
    line = keys(("Ctrl-R", "again"), ("F1", "help"), columns=SIZE.columns)
    for index, character in enumerate(text[start:]):
        alignment.push(character if index % 23 else "~")
        yield view(CopyPicture("Copy", "free  0:10", alignment, None, "61 wpm", "", "", line), SIZE)


def _reply_view(text: str) -> Iterator[object]:
    """Draw each key at the end of a reply of that length."""
    editor = Editor(text)
    pane = case_pane("Sarah · plan Home 500", text[:300], [text[:80], text[80:160]], SIZE.columns)
    line = keys(("Enter", "send"), ("F1", "help"), columns=SIZE.columns)
    for character in _long_text(420):
        editor.insert(character)
        yield reply_view(ReplyPicture("Reply", "waiting 0:10", pane, 0, editor, "9 words", "", "", line), SIZE)


class _Nowhere:
    """A stream that is a terminal and keeps nothing."""

    encoding = "utf-8"

    def write(self, data: str) -> int:
        return len(data)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


def _paint(text: str) -> Iterator[object]:
    frames = list(_copy_view(text))
    frame = frames[0]
    output = Vt100_Output(
        _Nowhere(), lambda: TerminalSize(rows=40, columns=120),  # type: ignore[arg-type]
        default_color_depth=ColorDepth.DEPTH_8_BIT,
    )  # fmt: skip
    painter = Painter(output, lambda _size: frame, palette("dark"))
    anything: Any = None
    painter.render(anything, anything)
    for frame in frames[1:]:  # noqa: B007 - the painter asks for it
        yield painter.render(anything, anything)


def _header(target: str | None) -> Header:
    return Header("20261123T120000Z-ab12cd", "typetrainer", "2026-11-23T12:00:00.000Z", "copy", "own/text", "0" * 64,
                  target, None, "free")  # fmt: skip


def _log(text: str, count: int) -> AttemptLog:
    events = tuple(Key(index * 150_000, index, 0, text[index % len(text)]) for index in range(count))
    return AttemptLog(_header(text), events, End(count * 150_000, "done"))


def _logs(options: Options) -> Iterator[Row]:
    text = _long_text(2000)
    log = _log(text, 2000)  # five minutes of 80 words a minute
    with folder() as home:
        journal = Journal(home / "attempt", log.header, {"kind": "copy"})
        yield Row("Journal.write", _each((journal.write(event) for event in log.events), options) * 1e6, "us")
    data = encode_log(_log(text, 10_000)).encode()
    few = Options(quick=True)
    yield Row("parse_log of 10,000 events", _each((parse_log(data) for _ in range(5)), few) * 1e3, "ms")
    yield Row("metrics of a 5-minute log", _each((compute(log) for _ in range(9)), few) * 1e3, "ms")


def _content() -> Iterator[Row]:
    """Find one item and read it, by a new library each time, as at the start of a drill."""
    few = Options(quick=True)
    for name, kind in (("brightpath/greeting-01", "copy"), ("brightpath/second-technician", "reply")):
        took = _each((Library(LIBRARY_PATHS).find(name, kind) for _ in range(30)), few) * 1e3  # type: ignore[arg-type]
        yield Row(f"content: find a {kind} item", took, "ms", how="alone", target=15)


def _search(options: Options) -> Iterator[Row]:
    """Make the index of a pack's articles, and search 200 of 400 words each: by key, by a long message, with slips."""
    pages = [LIBRARY.article("brightpath", name) for name in LIBRARY.article_ids("brightpath")]
    few = Options(quick=True)
    yield Row("search: index of 10 articles", _each((build(pages) for _ in range(9)), few) * 1e3, "ms")
    words = " ".join(page.text for page in pages).split()
    chance = Random(1)
    many = [Article("p", f"a{k}", f"Page {k}", " ".join(chance.choices(words, k=400))) for k in range(200)]
    index = build(many)
    message = " ".join(chance.choices(words, k=120))
    for name, query in (("one letter", "r"), ("three words, two slips", "chnage my bil plna"), ("120 words", message)):
        took = _each((search(index, query) for _ in range(60)), few) * 1e3
        yield Row(f"search: {name}, 200 articles", took, "ms", how="alone", target=5)


def _imports(options: Options) -> Iterator[Row]:
    """Our own modules on the way to a drill's first frame: their own time in all, and the greatest ones."""
    drill = ours("drill", "copy", "--item", "brightpath/greeting-01")
    tables: list[dict[str, float]] = []
    with folder() as home:
        table = home / "imports"
        for _ in range(options.runs(7, 2)):
            command = ["/bin/sh", "-c", 'exec "$@" 2>"$0"', str(table), *drill]
            with Program(command, home, PYTHONPROFILEIMPORTTIME="1") as program:
                program.wait_for(READY)
                program.leave()
            found = {name: int(own) / 1e3 for own, name in _IMPORT.findall(table.read_text())}
            tables.append({name: ms for name, ms in found.items() if name.split(".")[0] == "typetrainer"})
    middles = {name: median(table.get(name, 0.0) for table in tables) for name in tables[-1]}
    yield Row("imports of our modules, own time", sum(middles.values()), "ms", note=f"{len(middles)} modules")
    for name, ms in sorted(middles.items(), key=lambda pair: -pair[1])[: options.runs(8, 5)]:
        yield Row(f"  {name}", ms, "ms")
