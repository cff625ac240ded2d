"""Notes of running servers, so that one left behind is known and ended at the next start.

One file per server in the state folder: the server's pid and start time, and its owner's. On Linux the server dies
with its owner anyway; elsewhere it may last until then. A folder that cannot be written only loses this.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from typetrainer.writing.languagetool.process import end_group, start_time

FOLDER = "languagetool-servers"


def note(state: Path, pid: int, started: str | None) -> Path | None:
    """Write the note of a server just started by this process and return its file, or None if it cannot be."""
    owner = os.getpid()
    content = {"pid": pid, "start": started, "owner": owner, "owner_start": start_time(owner)}
    path = state / FOLDER / f"{owner}-{pid}.json"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    except OSError:
        return None
    return path


def sweep(state: Path) -> int:
    """End the servers whose owner is gone and forget their notes; return how many were ended."""
    ended = 0
    for path in sorted((state / FOLDER).glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            pid, started = int(content["pid"]), str(content["start"])
            owner, owner_start = int(content["owner"]), str(content["owner_start"])
        except (OSError, ValueError, KeyError, TypeError):
            pid, started, owner, owner_start = 0, "", 0, ""
        if owner and start_time(owner) == owner_start:
            continue
        if pid > 1:
            ended += end_group(pid, started)
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return ended
