"""Disks that fill, folders that refuse, files that are broken: the result is shown, the user told, nothing is lost."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import Terminal, attempts_of, copy_drill, folded, newest_log, run, text_file, typed_keys, until

from typetrainer.core.log_reader import parse_log

pytestmark = [pytest.mark.pty, pytest.mark.faults]
TEXT = "Thanks for waiting, Priya. I have checked your March bill."
AS_ROOT = os.geteuid() == 0


def data(home: Path) -> Path:
    return home / "tt" / "data" / "profiles" / "default"


def rescued(home: Path) -> str:
    """Return the text of the one log that was kept in the temporary folder."""
    (path,) = (home / "tmp").glob("typetrainer-log~*.jsonl")
    return parse_log(path.read_bytes()).final_text()


def type_all(terminal: Terminal, text: str = TEXT, wpm: float = 900) -> None:
    terminal.type_text(text, wpm=wpm)
    terminal.wait_for("this run")


def leave(terminal: Terminal) -> None:
    terminal.send("q")
    assert terminal.wait() == 0
    terminal.assert_clean()


# --- full ---


@pytest.mark.parametrize("limit", [0, 300, 1024, 3000])
def test_no_file_may_grow_while_typing(home: Path, limit: int) -> None:
    """RLIMIT_FSIZE makes every write beyond it fail, as a full disk does; the temporary folder's too."""
    text = (TEXT + " ") * 3 + TEXT
    with copy_drill(home, text, file_size=limit) as terminal:
        terminal.type_text(text[:150], wpm=900)
        terminal.wait_for("the disk refuses")
        type_all(terminal, text[150:])
        assert "100.0 %" in terminal.text()
        terminal.settle(0.3)
        leave(terminal)
        said = folded(terminal.said())
    if limit < 1000:
        assert "Cannot store the log" in said
    if "Cannot store the log" in said:  # the temporary folder has the same limit
        assert "it is lost, free space" in said
    else:  # compressed it fits
        assert newest_log(home).final_text() == text


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """The data folder on a disk of 256 KiB of its own, where a test may mount one."""
    place = home / "tt"
    place.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "typetrainer-test", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no tmpfs can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(folder: Path) -> Path:
    """Write until nothing more fits."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            pass
    return path


@pytest.mark.parametrize("moment", ["before", "typing", "saving"])
def test_a_disk_that_fills(home: Path, small_disk: Path, moment: str) -> None:
    if moment == "before":
        fill(small_disk)
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:20], wpm=600)
        if moment == "typing":
            until(lambda: attempts_of(home).ids())
            fill(small_disk)
        terminal.type_text(TEXT[20:-1], wpm=600)
        if moment == "saving":
            fill(small_disk)
        type_all(terminal, TEXT[-1])
        terminal.wait_for(lambda rows: any("Cannot" in row for row in rows))
        shown = folded(terminal.text())
        leave(terminal)
    if "It is kept as" in shown:
        assert rescued(home) == TEXT
    else:  # the log had its place already; only the history did not
        assert newest_log(home).final_text() == TEXT


def test_what_a_full_disk_kept_out_comes_into_the_history_later(home: Path, small_disk: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        type_all(terminal)
        until((data(home) / "history.json").exists)
        terminal.send("r")
        terminal.wait_for("the clock starts with your first key")
        until(lambda: len(attempts_of(home).ids()) == 2)
        filler = fill(small_disk)
        type_all(terminal)
        terminal.wait_for(lambda rows: any("Cannot" in row for row in rows))
        filler.unlink()
        leave(terminal)
    with Terminal(home) as terminal:
        terminal.wait_for(lambda rows: "interrupted" in rows[0] or "One-minute copy" in "\n".join(rows))
        terminal.send("\x03")
        terminal.wait()
    kept = len(run(home, "history", "--json").stdout.splitlines())
    on_the_side = list((home / "tmp").glob("typetrainer-log~*.jsonl"))
    assert kept + len(on_the_side) + len(attempts_of(home).interrupted()) >= 2


# --- refused ---


def test_the_home_is_a_file(home: Path) -> None:
    home.mkdir()
    (home / "tt").write_text("a file", encoding="utf-8")
    with copy_drill(home, TEXT) as terminal:
        type_all(terminal)
        terminal.wait_for("It is kept as")
        leave(terminal)
    assert rescued(home) == TEXT
    assert (home / "tt").read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize("name", ["data", "data/profiles", "data/profiles/default/attempts"])
def test_a_folder_is_a_file(home: Path, name: str) -> None:
    path = home / "tt" / name
    path.parent.mkdir(parents=True)
    path.write_text("", encoding="utf-8")
    with copy_drill(home, TEXT) as terminal:
        type_all(terminal)
        terminal.wait_for("It is kept as")
        leave(terminal)
    assert rescued(home) == TEXT


@pytest.fixture
def read_only(home: Path) -> Iterator[Path]:
    """The data folder, where nothing may be written: root is not stopped by a mode, so it gets a read-only disk."""
    place = home / "tt"
    place.mkdir(parents=True)
    if not AS_ROOT:
        place.chmod(0o500)
        yield place
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "typetrainer-test", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.usefixtures("read_only")
def test_a_folder_that_is_read_only(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        type_all(terminal)
        terminal.wait_for("It is kept as")
        leave(terminal)
    assert rescued(home) == TEXT


# --- broken ---

BROKEN = {
    "empty": b"",
    "cut": b'{"meta": {"1": {"version": 1}}, "attempts": {"1": {"version": 1, "id": "x',
    "noise": bytes(range(256)) * 8,
    "list": b"[]",
    "null": b"null",
    "deep": b"[" * 100_000,
}


@pytest.fixture
def with_history(home: Path) -> Path:
    """A home with one attempt in its history."""
    with copy_drill(home, TEXT) as terminal:
        type_all(terminal)
        until((data(home) / "history.json").exists)
        leave(terminal)
    return home


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_history_is_set_aside_and_made_anew(with_history: Path, kind: str) -> None:
    home = with_history
    (data(home) / "history.json").write_bytes(BROKEN[kind])
    with Terminal(home) as terminal:
        terminal.wait_for("One-minute copy")
        terminal.send("h")
        terminal.wait_for("1 attempt")
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        leave(terminal)
        said = folded(terminal.said())
    assert said.count("corrupt-") <= 1
    assert len(list(data(home).glob("history.json.corrupt-*"))) == 1
    again = run(home, "history", "--json")
    assert len(again.stdout.splitlines()) == 1
    assert "corrupt" not in again.stderr


def test_a_newer_history_is_left_alone(with_history: Path) -> None:
    home = with_history
    path = data(home) / "history.json"
    newer = (
        path.read_text(encoding="utf-8").replace('"version":1', '"version":2').replace('"version": 1', '"version": 2')
    )
    path.write_text(newer, encoding="utf-8")
    with copy_drill(home, TEXT) as terminal:
        type_all(terminal)
        terminal.wait_for("newer")
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        terminal.send("h")
        terminal.wait_for("newer")
        terminal.send("h")
        terminal.wait_for("One-minute copy")
        leave(terminal)
    assert path.read_text(encoding="utf-8") == newer
    assert len(attempts_of(home).ids()) == 2
    assert newest_log(home).final_text() == TEXT


@pytest.mark.parametrize("kind", ["noise", "newer", "cut", "empty"])
def test_a_broken_attempt_does_not_keep_the_program_from_starting(home: Path, kind: str) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:30], wpm=900)
        until(lambda: attempts_of(home).ids())
        terminal.settle(0.1)
        terminal.signal_and_leave()
    store = attempts_of(home)
    (attempt_id,) = store.ids()
    journal = store.root / attempt_id / "log.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes({
        "noise": bytes(range(256)), "newer": whole.replace(b'"typetrainer_log":1', b'"typetrainer_log":2', 1),
        "cut": whole[:-4], "empty": b"",
    }[kind])  # fmt: skip
    with Terminal(home) as terminal:
        if kind == "cut":
            terminal.wait_for("The last attempt was interrupted")
            assert "29 characters" in terminal.text()
            terminal.send("l")
        terminal.wait_for("One-minute copy")
        if kind != "cut":
            assert attempt_id in folded(terminal.text()), "the broken one is named"
        terminal.send("c")
        terminal.wait_for("the clock starts with your first key")
        terminal.send("\x03")
        assert terminal.wait() == 130
        terminal.assert_clean()
    assert attempt_id in store.ids(), "nothing was thrown away"


def test_broken_settings_are_said_and_left_alone(home: Path) -> None:
    config = home / "tt" / "config"
    config.mkdir(parents=True)
    (config / "settings.toml").write_bytes(b"policy = [\xff\n")
    with copy_drill(home, TEXT) as terminal:
        assert "settings.toml" in terminal.raw.decode()
        type_all(terminal)
        leave(terminal)
    assert (config / "settings.toml").read_bytes() == b"policy = [\xff\n"


def test_two_programs_in_one_home(home: Path) -> None:
    path = text_file(home, TEXT)
    arguments = ("drill", "copy", "--text", path)
    with Terminal(home, *arguments) as one, Terminal(home, *arguments) as two:
        for terminal in (one, two):
            terminal.wait_for("the clock starts with your first key")
        for key in TEXT:
            one.send(key)
            two.send(key)
            one.settle(0.005)
        for terminal in (one, two):
            terminal.wait_for("this run")
        with Terminal(home) as third:  # what is typed elsewhere is no interrupted attempt
            third.wait_for("One-minute copy")
            third.send("q")
            assert third.wait() == 0
        for terminal in (one, two):
            terminal.send("q")
            assert terminal.wait() == 0
            terminal.assert_restored()
        one.assert_none_left()
        records = one.history()
    assert len(records) == 2
    store = attempts_of(home)
    assert [typed_keys(store.read(i).log) for i in store.ids()] == [list(TEXT)] * 2
    assert json.dumps(records)


def test_a_folder_that_vanishes_while_typing(home: Path) -> None:
    with copy_drill(home, TEXT) as terminal:
        terminal.type_text(TEXT[:20], wpm=900)
        until(lambda: attempts_of(home).ids())
        subprocess.run(["rm", "-rf", str(home / "tt")], check=True)
        type_all(terminal, TEXT[20:])
        leave(terminal)
        said = folded(terminal.text() + terminal.said())
    logs = list((home / "tmp").glob("typetrainer-log~*.jsonl"))
    if logs:
        assert rescued(home) == TEXT
    else:
        assert newest_log(home).final_text() == TEXT, said
