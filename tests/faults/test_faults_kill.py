"""Kill -9 at random moments: what was typed over a second before is there, and the terminal can be used.

The program's log is written out every second, so this is what a killed program may lose; on a machine with other work
on all cores the writing itself may come later, which GRACE allows for.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from harness import HEAVY, Terminal, attempts_of, copy_drill, typed_keys

from typetrainer.core.log import Key
from typetrainer.core.text import counted

pytestmark = [pytest.mark.pty, pytest.mark.faults]

SEED = 20261123
KILLS = 120
LANES = 6
GRACE = 0.25
TEXT = " ".join(
    ["Thanks for waiting, Priya. I have checked your March bill, and the extra charge is for the visit on the 4th."] * 9
)


@dataclass
class Tally:
    """What the kills came to."""

    kills: int = 0
    typed: int = 0
    lost: int = 0  # keys typed over a second before the kill and not there: must stay 0
    young: int = 0  # keys of the last second that were not there: may be lost
    saving: int = 0  # kills after the last key, while it was saved
    finished: int = 0  # attempts that were whole already
    problems: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def lanes(work: Callable[[int], None], count: int = LANES) -> None:
    """Run `work(lane)` side by side; the first failure is raised here."""
    failures: list[BaseException] = []

    def guarded(lane: int) -> None:
        try:
            work(lane)
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(lane,)) for lane in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def kill_while_typing(home: Path, chance: random.Random, tally: Tally) -> None:
    """Type for up to 2.6 s at up to 40 keys a second, and kill."""
    with copy_drill(home, TEXT) as terminal:
        moment = time.monotonic() + chance.uniform(0.02, 2.6)
        gaps = [chance.choice((0.025, 0.05, 0.1)) for _ in TEXT]
        times: list[int] = []
        for key, gap in zip(TEXT, gaps, strict=True):
            if time.monotonic() + gap > moment:
                break
            times.append(terminal.send(key))
            time.sleep(gap)
        time.sleep(max(moment - time.monotonic(), 0))
        terminal.kill()
        killed = time.monotonic_ns()
        terminal.assert_clean()
        check(terminal, TEXT[: len(times)], times, killed, tally)


def kill_while_saving(home: Path, chance: random.Random, tally: Tally) -> None:
    """Type a short text to its end, and kill at a random moment of saving."""
    text = TEXT[: chance.randrange(30, 80)].strip() + "."
    with copy_drill(home, text) as terminal:
        times = terminal.type_text(text, gaps=[0.012] * (len(text) - 1))
        time.sleep(chance.uniform(0, 0.06))
        terminal.kill()
        terminal.assert_clean()
        with tally.lock:
            tally.saving += 1
        # Nothing here need be older than a second; so only: what there is can be read.
        check(terminal, text, times, times[0], tally)


def check(terminal: Terminal, text: str, times: list[int], killed: int, tally: Tally) -> None:
    """Compare what is on the disk with what was typed, and when."""
    store = attempts_of(terminal.home)
    old = sum(at < killed - (1 + GRACE) * 1e9 for at in times)
    found = ""
    ids = store.ids()
    if ids:
        attempt = store.read(ids[-1])  # raises for an attempt that cannot be read
        found = "".join(typed_keys(attempt.log))
        stamps = [event.t for event in attempt.log.events if isinstance(event, Key)]
        assert all(a <= b for a, b in pairwise(stamps))
        if attempt.log.interrupted:
            assert store.interrupted()[-1] == ids[-1]
    with tally.lock:
        tally.kills += 1
        tally.typed += len(text)
        tally.lost += max(old - len(found), 0)
        tally.young += len(text) - max(len(found), old)
        tally.finished += bool(ids) and not attempt.log.interrupted
        if not text.startswith(found):
            tally.problems.append(f"typed {text!r}, found {found!r}")


def offered(home: Path, action: str) -> None:
    """Start the program and see to what a kill left: it is offered, and done as asked."""
    store = attempts_of(home)
    before = [i for i in store.interrupted() if store.read(i).log.final_text()]
    with Terminal(home) as terminal:
        if before:
            terminal.wait_for("The last attempt was interrupted")
            newest = store.read(before[-1]).log
            assert counted(len(newest.final_text()), "character") in terminal.text()
            terminal.send(action)
            if action == "d":
                terminal.wait_for("once more to throw it away")
                terminal.send(action)
            if action == "\r":
                terminal.wait_for("Go on where you stopped")
                terminal.send(TEXT[len(newest.final_text())])
                terminal.settle(0.05)
                terminal.send("\x03")
                assert terminal.wait() == 130
            else:
                terminal.wait_for("One-minute copy")
                terminal.send("\x03")
                assert terminal.wait() == 130
        else:
            terminal.wait_for("One-minute copy")
            terminal.send("q")
            assert terminal.wait() == 0
        terminal.assert_clean()
    left = [i for i in store.interrupted() if store.read(i).log.final_text()]
    assert len(left) == max(len(before) - 1, 0)


@HEAVY
def test_kill_9_of_the_program_at_random_moments(tmp_path: Path) -> None:
    """120 kills, one in four while saving; after every fifth the next start is looked at."""
    tally = Tally()

    def work(lane: int) -> None:
        chance = random.Random(SEED + lane)
        for turn in range(KILLS // LANES):
            home = tmp_path / f"{lane}-{turn}"
            (kill_while_saving if turn % 4 == 3 else kill_while_typing)(home, chance, tally)
            if turn % 5 == 0:
                offered(home, chance.choice(["\r", "k", "d"]))

    lanes(work)
    print(tally)
    assert not tally.problems
    assert tally.kills == KILLS
    assert tally.lost == 0


def test_kill_9_again_and_again_in_one_folder(tmp_path: Path) -> None:
    """The same home: half folders are swept, finished attempts come into the history, all that is left is offered."""
    home, chance, tally = tmp_path / "home", random.Random(SEED), Tally()
    text = TEXT[:40].strip()
    for _ in range(8):
        with Terminal(home, "drill", "copy", "--text", str(write(home, text))) as terminal:
            terminal.wait_for(lambda rows: "starts with your first key" in rows[-3] or "interrupted" in rows[0])
            if "interrupted" in terminal.screen()[0]:
                terminal.send("l")
                terminal.wait_for("the clock starts with your first key")
            times = terminal.type_text(text[: chance.randrange(10, 41)], gaps=[0.02] * 40)
            time.sleep(chance.uniform(0, 0.1))
            terminal.kill()
            terminal.assert_clean()
            check(terminal, text[: len(times)], times, times[0], tally)
    assert not tally.problems
    store = attempts_of(home)
    done = [i for i in store.ids() if not store.read(i).log.interrupted]
    with Terminal(home) as terminal:
        terminal.wait_for(lambda rows: "interrupted" in rows[0] or "One-minute copy" in "\n".join(rows))
        terminal.send("\x03")
        terminal.wait()
        records = terminal.history()
    assert {record["id"] for record in records} == set(done)
    assert not list(store.root.glob(".new-*"))


def write(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    path = home / "text.txt"
    path.write_text(text, encoding="utf-8")
    return path
