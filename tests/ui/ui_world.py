"""The screens in process: the real ones, on a fake program with a fake clock and a real store."""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from typetrainer.content.loader import Library
from typetrainer.content.request import DrillRequest, Manner, request_for
from typetrainer.core.log import AttemptLog, End, Header, Key
from typetrainer.core.text import graphemes
from typetrainer.env import Environment
from typetrainer.store.attempts import Attempt
from typetrainer.store.records import summary
from typetrainer.ui.app import Screen
from typetrainer.ui.context import Context
from typetrainer.ui.flow import Flow
from typetrainer.ui.frame import Frame, Size
from typetrainer.ui.input import PASTE, TEXT, KeyEvent
from typetrainer.ui.results import ResultScreen
from typetrainer.ui.task import Task, request_tasks
from typetrainer.writing.findings import Engine, Finding
from typetrainer.writing.readability import measure
from typetrainer.writing.result import CheckResult

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
PACKS = HERE / "packs"
SMALL, LARGE = Size(80, 24), Size(120, 40)
BASE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MS = 1_000_000
SECOND = 1_000_000_000


class Stream(io.TextIOWrapper):
    """A stream in memory that may say it is a terminal."""

    def __init__(self, data: bytes = b"", *, tty: bool = True) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", newline="", errors="backslashreplace")
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()


class FakeProgram:
    """What screens see of a program. Work is done at once, or collected while `hold` is set."""

    def __init__(self, size: Size) -> None:
        self.now = SECOND
        self.columns_rows = size
        self.lag: float | None = 1.0
        self.left_by_choice = True
        self.status: int | None = None
        self.hold = False  # all work
        self.hold_awaited = False  # what waits for somebody else
        self.held: list[tuple[Callable[[], Any], Callable[[Any], None] | None]] = []
        self.screen: Screen = Screen()

    def clock_ns(self) -> int:
        return self.now

    def size(self) -> Size:
        return self.columns_rows

    def show(self, screen: Screen) -> None:
        self.screen = screen
        screen.program = self  # type: ignore[assignment]
        screen.opened()

    def exit(self, status: int = 0, *, by_choice: bool = True) -> None:
        self.status, self.left_by_choice = status, by_choice
        self.screen.leaving()

    def repaint(self) -> None: ...

    def lag_p99_ms(self) -> float | None:
        return self.lag

    def work(self, job: Callable[[], Any], then: Callable[[Any], None] | None = None) -> None:
        if self.hold:
            self.held.append((job, then))
            return
        result = job()
        if then is not None:
            then(result)

    def await_(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if self.hold_awaited:
            self.held.append((job, then))
        else:
            self.work(job, then)

    def aside(self, steps: Iterator[None]) -> None:
        for _ in steps:
            pass

    def release(self) -> None:
        """Do what was held."""
        self.hold = self.hold_awaited = False
        held, self.held = self.held, []
        for job, then in held:
            self.work(job, then)

    def wait(self, seconds: float) -> None:
        """Let time pass, waking the screen when it asks for it."""
        end = self.now + round(seconds * 1e9)
        while (at := self.screen.wake_at()) is not None and at <= end:
            assert at >= self.now - SECOND, "a screen asks to be woken in the past"
            self.now = max(at, self.now)
            self.screen.tick(self.now)
        self.now = end


class FakeChecker:
    """Answers with findings at the words it is given."""

    def __init__(self, findings: Sequence[tuple[str, ...]] | None, reason: str | None = None) -> None:
        self.findings, self.reason = findings, reason
        self.started = self.closed = False

    def start(self) -> None:
        self.started = True

    def close(self) -> None:
        self.closed = True

    def check(self, text: str, **_: Any) -> "FakeChecker":
        self.text = text
        return self

    def result(self) -> CheckResult:
        return checked(self.text, self.findings, self.reason)


def checked(text: str, findings: Sequence[tuple[str, ...]] | None, reason: str | None = None) -> CheckResult:
    """Return a check: each finding is (word, severity, rule, category, message, *replacements)."""
    if findings is None:
        return CheckResult(None, None, measure(text), reason)
    made = []
    for word, severity, rule, category, message, *replacements in findings:
        at = text.index(word)
        made.append(Finding(rule, category, message, at, len(word), word, tuple(replacements), severity))  # type: ignore[arg-type]
    return CheckResult(Engine("LanguageTool", "6.8", "0" * 64), tuple(made), measure(text), reason)


class World:
    """One person's computer, the packs of the tests, and the screens on a fake program."""

    def __init__(self, home: Path, size: Size = SMALL, *, checker: FakeChecker | None = None) -> None:
        self.program = FakeProgram(size)
        self.checker = checker or FakeChecker([])
        self.env = Environment(
            Stream(), Stream(), Stream(),
            environ={"TYPETRAINER_HOME": str(home), "TERM": "xterm"},
            clock=self.program.clock_ns,
            now=lambda: BASE + timedelta(microseconds=self.program.now // 1000),
            seed=1,
            checker_factory=lambda _env, _url: self.checker,  # type: ignore[arg-type, return-value]
        )  # fmt: skip
        self.env.__dict__["library"] = Library(self.env.paths, bundled=PACKS)
        self.context = Context(self.env, self.env.open_store(), self.env.library)
        self.flow = Flow(self.context)
        self.flow.program = self.program  # type: ignore[assignment]

    @property
    def screen(self) -> Any:
        return self.program.screen

    def frame(self, size: Size | None = None) -> Frame:
        return self.program.screen.view(size or self.program.size())

    def text(self) -> str:
        return self.frame().text()

    # --- keys ---

    def key(self, name: str, text: str = "", batch: int = 1, size: int = 0) -> None:
        self.program.screen.handle(KeyEvent(name, self.program.now, text, batch, size))

    def press(self, *names: str, gap_ms: int = 150) -> None:
        """Press named keys; a single letter is text. Results are looked at first: they are deaf to a second Enter."""
        for name in names:
            self.program.wait(1.0 if isinstance(self.screen, ResultScreen) else gap_ms / 1000)
            if len(name) == 1:
                self.key(TEXT, name)
            else:
                self.key(name)

    def type(self, text: str, gap_ms: int = 0, batch: int = 1) -> None:
        """Type text, by default as unevenly as people do."""
        for number, cluster in enumerate(graphemes(text)):
            gap = gap_ms or 140 + (number * 37 % 11) * 16 + (320 if cluster in "£$(" else 0)
            self.program.wait(gap / 1000)
            self.key(TEXT, cluster, batch)

    def paste(self, size: int = 70) -> None:
        self.key(PASTE, size=size)

    # --- screens ---

    def request(self, kind: Any = "copy", item: str | None = "brook/bill", **more: Any) -> DrillRequest:
        manner = {name: more.pop(name) for name in ("policy", "exam", "pace", "figures", "out") if name in more}
        return request_for(self.context.library, kind, seed=1, item=item, manner=Manner(**manner), **more)

    def copy(self, target: str | None = None, **more: Any) -> Task:
        """Show a copy drill, of the pack or of a text of one's own; return its task."""
        request = self.request(**more)
        self.flow._take(request)
        task = self.flow._tasks[0]
        if target is not None:
            task = changed(task, target=target, spans=())
            self.flow._tasks = [task]
        self.program.show(self.flow.drill(task))
        return task

    def reply(self, item: str = "brook/missed-visit", **more: Any) -> Task:
        return self.write("reply", item, **more)

    def write(self, kind: str, item: str, **more: Any) -> Task:
        """Show a drill of writing; return its task."""
        request = self.request(kind, item, **more)
        self.flow._take(request)
        task = self.flow._tasks[0]
        self.program.show(self.flow.drill(task))
        return task

    def tasks(self, request: DrillRequest) -> list[Task]:
        return request_tasks(self.context.settings, request)

    def past(self, number: int, **more: Any) -> str:
        """Put a finished attempt into the history, `number` minutes after the first; return its id."""
        record = record_of(number, **more)
        self.context.store.history.insert(record)
        return str(record["id"])

    def interrupted(self, number: int, **more: Any) -> str:
        """Leave an attempt behind that has no end; return its id."""
        log = log_of(number, end=False, **more)
        item = {"kind": log.header.kind, "id": log.header.item, "item": {"id": log.header.item}}
        journal = self.context.store.attempts.start(log.header, item)
        for event in log.events:
            journal.write(event)
        journal.close(None)
        return log.header.id


def changed(thing: Any, **members: Any) -> Any:
    """Return a named tuple or a frozen dataclass with some members changed."""
    return thing._replace(**members) if hasattr(thing, "_replace") else replace(thing, **members)


def log_of(number: int, *, typed: str = "", gap_us: int = 200_000, end: bool = True, **header: Any) -> AttemptLog:
    """Return an attempt, begun `number` minutes after the first one, one grapheme every `gap_us`."""
    when = BASE - timedelta(days=3) + timedelta(minutes=number)
    members: dict[str, Any] = {
        "id": f"{when:%Y%m%d-%H%M%S}-000000-{number:08x}", "app": "typetrainer test",
        "started": f"{when:%Y-%m-%dT%H:%M:%SZ}", "kind": "copy", "item": "brook/bill", "item_sha256": "0" * 64,
        "target": bill(), "limit_s": None, "policy": "free",
    }  # fmt: skip
    events = []
    at = 0
    text = typed or bill()
    for n, cluster in enumerate(graphemes(text)):
        events.append(Key(1_000_000 + n * gap_us, at, 0, cluster))
        at += len(cluster)
    last = End(1_000_000 + len(events) * gap_us, "done") if end else None
    return AttemptLog(Header(**{**members, **header}), tuple(events), last)


def record_of(number: int, **more: Any) -> dict[str, Any]:
    """Return the history's record of such an attempt."""
    log = log_of(number, **more)
    return summary(Attempt(log.header.id, log, None, None, "0" * 64))


@cache
def bill() -> str:
    """The text of the pack's copy item."""
    return Library(Environment.of_process().paths, bundled=PACKS).find("brook/bill", "copy").text  # type: ignore[union-attr]


SCENES: dict[str, Callable[[World], None]] = {}


def scene(function: Callable[[World], None]) -> Callable[[World], None]:
    """Register a scene: it brings a world to the moment that a golden screen shows."""
    SCENES[function.__name__] = function
    return function


def golden(name: str, text: str) -> None:
    """Compare with a golden file; TYPETRAINER_GOLDEN=write in the environment writes it anew."""
    path = GOLDEN / name
    if os.environ.get("TYPETRAINER_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
