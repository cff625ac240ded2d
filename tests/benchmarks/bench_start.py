"""`help` and `first-frame`: how long somebody waits."""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from bench_report import Options, Row, quantile
from bench_terminal import READY, Program, environ, folder, ours, plain_app


def help_(options: Options) -> Iterator[Row]:
    """`typetrainer --help` beside bare Python and the import of click."""
    commands = {
        "--help": ours("--help"),
        "python -c pass": [sys.executable, "-c", "pass"],
        "import click": [sys.executable, "-c", "import click"],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    with folder() as home:
        for _ in range(options.runs(21, 5)):
            for name, command in commands.items():
                at = time.perf_counter()
                subprocess.run(command, env=environ(home), cwd=home, stdout=subprocess.DEVNULL, check=True)
                took[name].append((time.perf_counter() - at) * 1e3)
    middles = {name: median(times) for name, times in took.items()}
    ours_ms = middles.pop("--help")
    yield Row("help", ours_ms, "ms", middles["import click"], "import click", "alone", 100)
    yield Row("help, over bare Python", ours_ms, "ms", middles["python -c pass"], "python -c pass", "more")


def first_frame(options: Options) -> Iterator[Row]:
    """From the start of the process to the first painted text, beside the plain program."""
    commands = {"ours": ours("drill", "copy", "--item", "brightpath/greeting-01"), "plain": plain_app()}
    took: dict[str, list[float]] = {name: [] for name in commands}
    with folder() as home:
        for turn in range(options.runs(21, 3) + 1):
            for name, command in commands.items():
                with Program(command, home) as program:
                    seconds = program.wait_for(READY)
                    program.leave()
                if turn:  # the first one may compile modules
                    took[name].append(seconds * 1e3)
    own, plain = took["ours"], took["plain"]
    yield Row("first-frame, copy drill", median(own), "ms", median(plain), "plain app", "more", 60)
    yield Row("first-frame, copy drill, p90", quantile(own, 0.9), "ms", quantile(plain, 0.9), "plain app", "more")
