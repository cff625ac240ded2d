"""`memory`: what the program takes at its peak, and what runs beside it."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bench_echo import REPLY, REPLY_READY
from bench_report import Options, Row
from bench_terminal import (
    READY,
    TEXT_FILE,
    Program,
    children,
    copy_drill,
    folder,
    keys_of,
    languagetool,
    memory_mb,
    ours,
    plain_app,
    type_beside,
)

TARGET_MB = 60


def memory(options: Options) -> Iterator[Row]:
    """Peak resident memory (VmHWM) after some typing, beside the plain program's."""
    if sys.platform != "linux":
        yield Row("memory", None, "MB", note="read from /proc, which is Linux's")
        return
    keys = keys_of(TEXT_FILE.read_text(encoding="utf-8").strip(), 40 if options.quick else 200)
    with folder() as home, Program(copy_drill(), home) as own, Program(plain_app(), home) as plain:
        own.wait_for(READY)
        plain.wait_for(READY)
        type_beside((own, plain), keys)
        yield Row("memory copy drill, peak", own.peak_mb(), "MB", plain.peak_mb(), "plain app", "alone", TARGET_MB)
        own.leave()
    if (lt := languagetool()) is None:
        yield Row("memory reply drill", None, "MB", note="LanguageTool is not installed")
        return
    with folder() as home, Program(ours(*REPLY), home, TYPETRAINER_LT_DIR=str(lt)) as own:
        own.wait_for(REPLY_READY)
        type_beside((own,), keys)
        own.drain(1 if options.quick else 6)
        yield Row("memory reply drill, peak", own.peak_mb(), "MB", None, "", "alone", TARGET_MB)
        for pid in children(own.pid):
            yield Row(f"memory beside it: {_name(pid)}, now", memory_mb(pid, "VmRSS"), "MB", how="alone")
        own.leave()


def _name(pid: int) -> str:
    """Return which of our processes this is, by its command line."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    if "java" in Path(command[0]).name:
        return "server (Java)"
    return "worker" if any("worker" in part for part in command) else "keeper"
