"""Breaks the store on purpose, in a process of its own: `fault_driver.py SCENARIO FOLDER …` prints JSON.

It forks without threads, so a child costs a millisecond and dozens can be killed at random moments in seconds.
"""

import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from store_samples import HEADER, ITEM

from typetrainer.core.log import End, Header, Key
from typetrainer.errors import StorageProblem
from typetrainer.store.attempts import AttemptStore
from typetrainer.store.history import TinyHistory

Say = Callable[[str], None]


def header(attempt_id: str) -> Header:
    return Header(attempt_id, "t", HEADER.started, "copy", "p/i", "0" * 64, "abc", None, "free")


def record(attempt_id: str) -> dict:
    return {"id": attempt_id, "started": HEADER.started, "kind": "copy", "pack": "p", "metrics": {"wpm": 50.0}}


def killed(child: Callable[[Say], None], after: float) -> list[str]:
    """Run `child` in a fork, kill -9 it some time after its first word, and return what it had said."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        child(lambda text: os.write(writing, text.encode() + b"\n") and None)
        os._exit(0)
    os.close(writing)
    select.select([reading], [], [], 10)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as stream:
        return stream.read().decode().splitlines()


def type_attempts(attempts: AttemptStore, run: int) -> Callable[[Say], None]:
    def child(say: Say) -> None:
        for number in range(1000):
            attempt_id = f"r{run:03}-{number:04}"
            journal = attempts.start(header(attempt_id), ITEM)
            for n in range(30):
                journal.write(Key(n, n, 0, "a"))
                if n % 3 == 2:
                    journal.flush()
                    say(f"{attempt_id} {n + 1}")
                    time.sleep(0.0005)  # else nearly all the time would be that of starting and closing
            journal.close(End(30, "done"))
            say(f"{attempt_id} end")

    return child


def kill_typing(folder: Path, times: int, seed: int) -> dict:
    """What was flushed must be there, what was closed must be whole, everything must read."""
    attempts, chance = AttemptStore(folder / "attempts"), random.Random(seed)
    faults, interrupted, between = [], 0, 0
    for run in range(times):
        promised: dict[str, str] = {}
        for line in killed(type_attempts(attempts, run), chance.random() * 0.02):
            attempt_id, what = line.split()
            promised[attempt_id] = what
        present = [i for i in attempts.ids() if i.startswith(f"r{run:03}")]
        faults += [f"{i} is lost" for i in promised if i not in present]
        for attempt_id in present:
            log = attempts.read(attempt_id).log
            what = promised.get(attempt_id, "0")
            if what == "end" and (log.end is None or len(log.events) != 30):
                faults.append(f"{attempt_id} was closed and is not whole")
            elif what != "end" and len(log.events) < int(what):
                faults.append(f"{attempt_id} had {what} events flushed and has {len(log.events)}")
            if log.end is None:
                interrupted += 1
                if attempt_id not in attempts.interrupted():
                    faults.append(f"{attempt_id} is not offered")
                attempts.resume(attempt_id).close(End(99, "quit"))
                attempts.read(attempt_id)
            elif (attempts.root / attempt_id / "log.jsonl").exists():
                between += 1
    attempts.sweep()
    rests = [p.name for p in attempts.root.iterdir() if p.name.startswith(".") and any(p.iterdir())]
    return {"faults": faults, "interrupted": interrupted, "between": between, "rests": rests}


def kill_inserting(folder: Path, times: int, seed: int) -> dict:
    """Every insert that returned must be there after the kill, and the file must open as it is."""
    history, chance = TinyHistory(folder / "history.json"), random.Random(seed)
    promised: set[str] = set()
    faults: list[str] = []
    history.insert(record("first"))  # imports what the children would each import again

    def child(run: int) -> Callable[[Say], None]:
        def insert(say: Say) -> None:
            say("ready")
            for number in range(1000):
                history.insert(record(f"r{run:03}-{number:04}"))
                say(f"r{run:03}-{number:04}")

        return insert

    for run in range(times):
        promised |= set(killed(child(run), chance.random() * 0.03)) - {"ready"}
        present = {r["id"] for r in history.all()}
        faults += [f"{attempt_id} is lost" for attempt_id in promised - present]
        if len(present) > len(promised) + run + 2:
            faults.append("there is more than was inserted")
    history.insert(record("last"))
    rests = [p.name for p in folder.iterdir() if "corrupt" in p.name or p.name.endswith(".tmp")]
    return {"faults": faults, "inserted": len(promised), "rests": rests}


def insert_many(folder: Path, worker: int, count: int) -> dict:
    history = TinyHistory(folder / "history.json")
    for number in range(count):
        history.insert(record(f"w{worker}-{number:04}"))
    return {}


def full_disk(folder: Path, limit: int, rescue: Path, lift: int) -> dict:
    """Let files grow to `limit` bytes only; with `lift`, the disk has room again before the attempt is closed."""
    attempts, history = AttemptStore(folder / "attempts"), TinyHistory(folder / "history.json")
    history.insert(record("before"))
    tempfile.tempdir = str(rescue)
    result: dict = {"problem": None, "error": None, "insert": None}
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    journal = attempts.start(header("a1"), ITEM)
    chance = random.Random(1)
    for n in range(300):
        journal.write(Key(n * 1000 + chance.randrange(1000), n, 0, chr(0x4E00 + chance.randrange(20000))))
        journal.flush()
        result["problem"] = journal.problem or result["problem"]
    try:
        history.insert(record("a1") | {"item": "x" * limit})
    except StorageProblem as error:
        result["insert"] = str(error)
    if lift:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        journal.close(End(300_000, "done"))
    except StorageProblem as error:
        result["error"] = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    result["records"] = [r["id"] for r in history.all()]
    return result


def main() -> None:
    scenario, folder, *rest = sys.argv[1:]
    place = Path(folder)
    if scenario == "typing":
        result = kill_typing(place, int(rest[0]), int(rest[1]))
    elif scenario == "inserting":
        result = kill_inserting(place, int(rest[0]), int(rest[1]))
    elif scenario == "insert":
        result = insert_many(place, int(rest[0]), int(rest[1]))
    else:
        result = full_disk(place, int(rest[0]), Path(rest[1]), int(rest[2]))
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
