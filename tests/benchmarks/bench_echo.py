"""`echo` and `loop-lag`: what a typist feels, a key at a time."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench_report import Options, Row, middle, number
from bench_terminal import (
    READY,
    SIZES,
    TEXT_FILE,
    Program,
    copy_drill,
    folder,
    keys_of,
    languagetool,
    ours,
    plain_app,
    type_beside,
)

P50_RATIO, P99_RATIO = 0.35, 0.5
WARMING_P99_MS = 8.0
LAG_P99_MS = 5.0
REPLY = ("drill", "reply", "--item", "brightpath/second-technician")
REPLY_READY = b"Write your reply"
_IDLE_LOOP = """
import asyncio, sys
late = []
async def main():
    loop = asyncio.get_running_loop()
    for _ in range(int(sys.argv[1])):
        due = loop.time() + 0.05
        await asyncio.sleep(0.05)
        late.append((loop.time() - due) * 1e3)
asyncio.run(main())
print(sorted(late)[int(len(late) * 0.99)])
"""


def echo(options: Options) -> Iterator[Row]:
    """Key to first byte written back, beside the plain program; both run at once and take keys in turn."""
    keys = keys_of(TEXT_FILE.read_text(encoding="utf-8").strip(), 24 if options.quick else 420)
    warm_s = 0.5 if options.quick else 8.0
    lt = languagetool()
    with warm_checker(lt):
        for size in SIZES:
            yield from _beside("copy", copy_drill(), READY, size, keys, options, None, 0.5)
        if lt is None:
            yield Row("echo reply", None, "ms", note="LanguageTool is not installed")
            return
        for size in SIZES:
            yield from _beside("reply", ours(*REPLY), REPLY_READY, size, keys, options, lt, warm_s)
    yield from _warming(options, lt)


@contextlib.contextmanager
def warm_checker(lt: Path | None) -> Iterator[None]:
    """Keep a LanguageTool server warm beside what is measured, as after a reply drill; without one do without."""
    if lt is None:
        yield
        return
    from typetrainer.paths import Paths
    from typetrainer.writing.checker import Checker

    with folder() as home:
        world = {**os.environ, "TYPETRAINER_HOME": str(home), "TYPETRAINER_LT_DIR": str(lt)}
        checker = Checker(Paths.of(world), world)
        try:
            checker.check("Hello Sarah, your order will arrive on Monday.").result()
            yield
        finally:
            checker.close()


def _beside(
    kind: str,
    command: Sequence[str],
    ready: bytes,
    size: tuple[int, int],
    keys: Sequence[str],
    options: Options,
    lt: Path | None,
    settle_s: float,
) -> Iterator[Row]:
    own: list[list[float]] = []
    plain: list[list[float]] = []
    lost = 0
    with folder() as home:
        more = {"TYPETRAINER_LT_DIR": str(lt)} if lt else {}
        for run in range(options.runs(3)):
            with Program(command, home, size, **more) as first, Program(plain_app(), home, size) as second:
                first.wait_for(ready)
                second.wait_for(READY)
                first.drain(settle_s)
                a, b = type_beside((first, second), keys, seed=run)
                lost += first.lost
                first.leave()
                second.leave()
            own.append(a)
            plain.append(b)
    note = f"{lost} keys unanswered" if lost else ""
    name = f"echo {kind} {size[0]}x{size[1]}"
    for share, target in ((0.5, P50_RATIO), (0.99, P99_RATIO)):
        yield Row(
            f"{name} p{share * 100:.0f}", middle(own, share), "ms", middle(plain, share), "plain app",
            target=target, note=note,
        )  # fmt: skip


def _warming(options: Options, lt: Path) -> Iterator[Row]:
    """Type into a reply drill from its first frame on: its worker and its server are just starting."""
    keys = keys_of(TEXT_FILE.read_text(encoding="utf-8").strip(), 30 if options.quick else 110)
    own: list[list[float]] = []
    plain: list[list[float]] = []
    with folder() as home:
        for run in range(options.runs(5)):
            with Program(plain_app(), home) as second:
                second.wait_for(READY)
                with Program(ours(*REPLY), home, TYPETRAINER_LT_DIR=str(lt)) as first:
                    first.wait_for(REPLY_READY)
                    a, b = type_beside((first, second), keys, seed=run)
                    first.leave()
                second.leave()
            own.append(a)
            plain.append(b)
    name = "echo reply 80x24, server starting"
    yield Row(f"{name} p50", middle(own, 0.5), "ms", middle(plain, 0.5), "plain app", "ratio")
    yield Row(f"{name} p99", middle(own, 0.99), "ms", middle(plain, 0.99), "plain app", "alone", WARMING_P99_MS)


def loop_lag(options: Options) -> Iterator[Row]:
    """How late the program's own loop was in a typed drill, by its own log; beside a loop that does nothing."""
    count = 60 if options.quick else 300
    keys = keys_of(TEXT_FILE.read_text(encoding="utf-8").strip(), count)
    own: list[float] = []
    idle: list[float] = []
    for run in range(options.runs(5)):
        with folder() as home, Program(copy_drill(), home) as program:
            program.wait_for(READY)
            beside = subprocess.Popen(
                [sys.executable, "-c", _IDLE_LOOP, str(count)], stdout=subprocess.PIPE, text=True
            )  # fmt: skip
            type_beside((program,), keys, seed=run)
            said, _ = beside.communicate(timeout=60)
            idle.append(float(said))
            program.leave()
            own.append(_logged_lag(home))
    note = "runs: " + ", ".join(number(lag) for lag in own)
    yield Row("loop-lag p99 of a copy drill", middle([own], 0.5), "ms", middle([idle], 0.5), "idle asyncio loop",
              "alone", LAG_P99_MS, note)  # fmt: skip


def _logged_lag(home: Path) -> float:
    from typetrainer.core.log import Mark
    from typetrainer.store.attempts import AttemptStore

    store = AttemptStore(home / "tt" / "data" / "profiles" / "default" / "attempts")
    events = store.read(store.ids()[-1]).log.events
    lags = [event.value for event in events if isinstance(event, Mark) and event.name == "loop_lag_ms_p99"]
    return float(lags[-1]) if lags and isinstance(lags[-1], int | float) else float("nan")
