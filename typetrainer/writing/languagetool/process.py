"""Know a process by pid and start time, and end it only when both agree: a pid alone may be somebody else's by now."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_LINUX = sys.platform == "linux"
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def start_time(pid: int) -> str | None:
    """Return an opaque text that is the same for one process all its life and never for another; None if gone."""
    if _LINUX:
        return _start_time_linux(pid)
    # Elsewhere `ps` is what every system has; one second is its resolution.
    try:
        answer = subprocess.run(  # noqa: S603
            ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=2,
            check=False,
            env={"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    state, _, started = answer.stdout.strip().partition(" ")
    return started.strip() if started and not state.startswith("Z") else None


def end_group(pid: int, started: str | None) -> bool:
    """Kill the process group led by `pid` if that process started at `started`; tell whether it was killed."""
    if started is None or start_time(pid) != started:
        return False
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
        return True
    return False


def _start_time_linux(pid: int) -> str | None:
    try:
        # The name in parentheses may hold spaces and parentheses; the fields after the last one are plain.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        if fields[0] in {"Z", "X"}:
            return None
        return f"{_BOOT_ID.read_text(encoding='ascii').strip()}:{fields[19]}"
    except (OSError, IndexError):
        return None
