"""Kill -9 of the checker's worker and of the JVM, again and again, while replies are typed and checked.

40 of each. A start of the server takes seconds of a core, so most kills hit it while it starts, and few replies are
waited for until they are checked.
"""

import contextlib
import os
import random
import re
import signal
import time
from pathlib import Path

import pytest
from harness import HEAVY, LINUX, Terminal, attempts_of, command_of, only_log, until
from test_faults_kill import SEED, lanes

pytestmark = [
    pytest.mark.pty,
    pytest.mark.faults,
    pytest.mark.languagetool,
    HEAVY,
    pytest.mark.skipif(not LINUX, reason="finds worker and JVM in /proc"),
]
KILLS = 40
REPLY = "We are sorry that you has waited for visit number {}."
_FINAL = re.compile(r"language +(\d+ errors?|nothing found|not checked: .*)")
_IS = {"worker": "typetrainer.writing.worker", "java": "languagetool"}


def victims(terminal: Terminal, kind: str) -> list[int]:
    """Return the processes of that kind; the Java process is no Python one."""
    found = []
    for pid in terminal.processes():
        command = command_of(pid)
        if _IS[kind] in command and (kind == "worker" or "org.languagetool" in command or "java " in command):
            found.append(pid)
    return found


def kill_one(terminal: Terminal, kind: str, patience: float) -> bool:
    """Kill -9 one of them, waiting for it to be there; return whether there was one."""
    deadline = time.monotonic() + patience
    while not (found := victims(terminal, kind)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.kill(found[0], signal.SIGKILL)
    return True


def verdict(terminal: Terminal) -> str:
    """Wait for the check's end and return what the screen says of it."""
    rows = terminal.wait_for(lambda rows: _FINAL.search("\n".join(rows)), 120)
    found = _FINAL.search("\n".join(rows))
    assert found
    return found.group(1)


def opened(home: Path, languagetool: Path) -> Terminal:
    arguments = ("drill", "reply", "--item", "brightpath/second-technician")
    terminal = Terminal(home, *arguments, TYPETRAINER_LT_DIR=str(languagetool))
    terminal.wait_for("Enter sends it")
    return terminal


def write(terminal: Terminal, text: str) -> None:
    terminal.wait_for("Enter sends it")
    terminal.type_text(text, gaps=[0.015] * len(text))


def left(terminal: Terminal, sent: list[str]) -> None:
    """Leave, and find every reply kept, finished and whole."""
    terminal.send("q")
    assert terminal.wait() == 0
    terminal.assert_clean()
    store = attempts_of(terminal.home)
    assert [store.read(attempt_id).log.final_text() for attempt_id in store.ids()] == sent
    assert not store.interrupted()


def test_kill_9_of_the_worker(tmp_path: Path, languagetool_cache: Path) -> None:
    """While it starts, checks, or waits. It is started again once; the text then is checked or said not to be."""

    def work(lane: int) -> None:
        chance, sent, kills = random.Random(SEED + lane), [], 0
        with opened(tmp_path / str(lane), languagetool_cache) as terminal:
            while kills < KILLS // 2:
                text = REPLY.format(len(sent))
                at = chance.randrange(len(text)) if chance.random() < 0.4 else len(text)
                write(terminal, text[:at])
                kills += kill_one(terminal, "worker", 0.5)
                terminal.type_text(text[at:], gaps=[0.015] * len(text))
                terminal.send("\r")
                sent.append(text)
                terminal.wait_for("sent after", 5)
                time.sleep(chance.uniform(0, 0.6))
                kills += kill_one(terminal, "worker", 30)
                if len(sent) % 10 == 0:
                    said = verdict(terminal)
                    assert said == "1 error" or said.startswith("not checked: "), said
                terminal.send("r")
            for _ in range(2):  # the kills just before may still count once; then a reply is checked as ever
                write(terminal, REPLY.format("last"))
                terminal.send("\r")
                sent.append(REPLY.format("last"))
                terminal.wait_for("sent after", 5)
                said = verdict(terminal)
                if said == "1 error":
                    break
                terminal.send("r")
            assert said == "1 error"
            left(terminal, sent)

    lanes(work, 2)


def test_kill_9_of_the_jvm_while_it_starts(tmp_path: Path, languagetool_cache: Path) -> None:
    """A start that failed is not tried again for half a minute: so a program for each kill."""
    kills = [0] * 3

    def work(lane: int) -> None:
        chance = random.Random(SEED + lane)
        for turn in range(KILLS * 8 // 10 // 3 + 1):
            with opened(tmp_path / f"{lane}-{turn}", languagetool_cache) as terminal:
                text = REPLY.format(turn)
                write(terminal, text)
                until(lambda: victims(terminal, "java"))
                time.sleep(chance.uniform(0, 1.0))
                if early := chance.random() < 0.5:
                    terminal.send("\r")
                kills[lane] += kill_one(terminal, "java", 5)
                if not early:
                    terminal.send("\r")
                terminal.wait_for("sent after", 5)
                assert verdict(terminal).startswith("not checked: LanguageTool")
                left(terminal, [text])

    lanes(work, 3)
    print(kills)
    assert sum(kills) >= KILLS * 8 // 10


def test_kill_9_of_the_jvm_while_replies_are_checked(tmp_path: Path, languagetool_cache: Path) -> None:
    """It is started again, and the text that was asked meanwhile is checked all the same."""

    def work(lane: int) -> None:
        chance, sent, kills = random.Random(SEED + lane), [], 0
        with opened(tmp_path / str(lane), languagetool_cache) as terminal:
            while kills < KILLS * 2 // 10 // 2:
                text = REPLY.format(len(sent))
                write(terminal, text)
                first = not sent
                if not first and chance.random() < 0.5:
                    # Not there when the last kill came a moment after its check: the next check starts it.
                    kills += kill_one(terminal, "java", 0.1)
                    terminal.send("\r")
                else:
                    terminal.send("\r")
                    time.sleep(chance.uniform(0, 0.08))
                    kills += not first and kill_one(terminal, "java", 0.1)
                sent.append(text)
                terminal.wait_for("sent after", 5)
                assert verdict(terminal) == "1 error"
                terminal.send("r")
            write(terminal, REPLY.format("last"))
            terminal.send("\r")
            sent.append(REPLY.format("last"))
            terminal.wait_for("sent after", 5)
            assert verdict(terminal) == "1 error"
            left(terminal, sent)

    lanes(work, 2)


@pytest.mark.parametrize("moment", ["typing", "checking", "ready"])
def test_kill_9_of_the_program_leaves_no_worker_and_no_jvm(home: Path, languagetool_cache: Path, moment: str) -> None:
    with opened(home, languagetool_cache) as terminal:
        text = REPLY.format(1)
        write(terminal, text)
        until(lambda: victims(terminal, "java"))
        if moment == "typing":
            time.sleep(1.3)  # what is older than a second is on the disk
        else:
            terminal.send("\r")
            terminal.wait_for("sent after")
            until(lambda: only_log(home).end)
            if moment == "ready":
                assert verdict(terminal) == "1 error"
        terminal.kill()
        terminal.assert_clean()
    (attempt_id,) = attempts_of(home).ids()
    assert attempts_of(home).read(attempt_id).log.final_text() == text
