"""Suspending and resizing: the clock stands while nobody can type, and nothing typed is lost."""

import signal
import time
from pathlib import Path

import pytest
from harness import Terminal, copy_drill, only_log, state_of, typed_keys, until

from typetrainer.core.log import AttemptLog, Block, Key, Mark

pytestmark = pytest.mark.pty
TEXT = "Thanks for waiting, Priya. I have checked your March bill, and the extra charge is for the technician's visit."


def pauses(log: AttemptLog) -> list[float]:
    """Return the length of each pause in seconds."""
    marks = [event for event in log.events if isinstance(event, Mark) and event.name in ("pause", "resume")]
    assert [mark.name for mark in marks] == ["pause", "resume"] * (len(marks) // 2)
    return [(marks[n + 1].t - marks[n].t) / 1e6 for n in range(0, len(marks), 2)]


def active_seconds(log: AttemptLog) -> float:
    keyed = [event.t for event in log.events if isinstance(event, Key | Block)]
    return (keyed[-1] - keyed[0]) / 1e6 - sum(pauses(log))


def job_of(terminal: Terminal) -> int:
    """Return the process id of the program below the small shell that started it."""
    shell = terminal.process.pid
    return next(pid for pid in terminal.processes() if pid != shell and parent_of(pid) == shell)


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the stopped process in /proc")
def test_ctrl_z_and_back(home: Path) -> None:
    with copy_drill(home, TEXT, job=True) as terminal:
        terminal.type_text(TEXT[:40], wpm=600)
        program = job_of(terminal)
        stopped = terminal.send("\x1a")
        until(lambda: state_of(program) == "T")
        assert not terminal.modes().alternate
        assert terminal.modes().cursor
        terminal.assert_restored()
        time.sleep(1)
        back = time.monotonic_ns()
        terminal.process.send_signal(signal.SIGUSR1)  # `fg`
        terminal.wait_for(lambda rows: "your own text" in rows[0])
        until(lambda: terminal.modes().alternate)
        terminal.type_text(TEXT[40:], wpm=600)
        terminal.wait_for("this run")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_restored()
        (record,) = terminal.history()
    log = only_log(home)
    assert typed_keys(log) == list(TEXT)
    (away,) = pauses(log)
    assert away == pytest.approx((back - stopped) / 1e9, abs=0.15)
    assert record["metrics"]["seconds"] == pytest.approx(active_seconds(log), abs=1e-5)


def test_a_window_too_small_asks_for_room_and_stops_the_clock(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:30], wpm=600)
        terminal.resize(20, 5)
        terminal.wait_for("20×5 is too small")
        terminal.send("lost?")  # goes nowhere: nobody can see what they type
        time.sleep(0.5)
        terminal.resize(80, 24)
        terminal.wait_for(lambda rows: "your own text" in rows[0] and "technician" in "\n".join(rows))
        terminal.type_text(TEXT[30:], wpm=600)
        terminal.wait_for("this run")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
        (record,) = terminal.history()
    log = only_log(home)
    assert log.final_text() == TEXT
    assert len(pauses(log)) == 1
    assert pauses(log)[0] > 0.5
    assert record["metrics"]["seconds"] == pytest.approx(active_seconds(log), abs=1e-5)


def test_ctrl_c_leaves_a_window_that_is_too_small(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:30], wpm=600)
        terminal.resize(20, 5)
        terminal.wait_for("too small")
        terminal.send("\x03")
        assert terminal.wait() == 130
        terminal.assert_clean()
    assert only_log(home).final_text() == TEXT[:30]


def test_resizing_while_typing_loses_no_key(home: Path) -> None:
    sizes = [(100, 30), (80, 24), (132, 50), (81, 24), (200, 60), (80, 25)]
    with copy_drill(home, TEXT) as terminal:
        for n, key in enumerate(TEXT):
            if n % 8 == 4:
                terminal.resize(*sizes[(n // 8) % len(sizes)])
            terminal.send(key)
            time.sleep(0.02)
        terminal.wait_for("this run")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
    log = only_log(home)
    assert typed_keys(log) == list(TEXT)
    assert pauses(log) == []


@pytest.mark.parametrize("size", [(1, 1), (79, 24), (80, 23), (500, 200)])
def test_it_starts_in_any_window(home: Path, size: tuple[int, int]) -> None:
    with Terminal(home, size=size) as terminal:
        if size[0] >= 80 and size[1] >= 24:
            terminal.wait_for("One-minute copy")
        else:
            until(lambda: terminal.modes().alternate)
            terminal.settle()
            terminal.resize(80, 24)
            terminal.wait_for("One-minute copy")
        terminal.send("q")
        assert terminal.wait() == 0
        terminal.assert_clean()
