"""Kill, fill and break: what was promised must be there afterwards."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from store_samples import HEADER, ITEM

from typetrainer.core.log import End, Key
from typetrainer.core.log_reader import parse_log
from typetrainer.errors import StorageProblem
from typetrainer.store.attempts import AttemptStore
from typetrainer.store.history import TinyHistory

pytestmark = pytest.mark.faults
DRIVER = Path(__file__).with_name("fault_driver.py")


def drive(scenario: str, folder: Path, *arguments: object) -> dict:
    folder.mkdir(exist_ok=True)
    command = [sys.executable, str(DRIVER), scenario, str(folder), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", [1, 2])
def test_kill_9_while_typing_and_closing(tmp_path, seed):
    result = drive("typing", tmp_path, 30, seed)
    assert result["faults"] == []
    assert result["rests"] == []
    assert result["interrupted"] > 3  # else the moments were not random at all


@pytest.mark.parametrize("seed", [3, 4])
def test_kill_9_while_inserting(tmp_path, seed):
    result = drive("inserting", tmp_path, 30, seed)
    assert result["faults"] == []
    assert result["rests"] == []
    assert result["inserted"] > 5


def test_three_writers_of_a_hundred_lose_none(tmp_path):
    command = [sys.executable, str(DRIVER), "insert", str(tmp_path)]
    writers = [subprocess.Popen([*command, str(n), "100"], stdout=subprocess.DEVNULL) for n in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    history = TinyHistory(tmp_path / "history.json", notice=pytest.fail)
    assert {r["id"] for r in history.all()} == {f"w{n}-{i:04}" for n in range(3) for i in range(100)}


def whole(log: bytes) -> None:
    parsed = parse_log(log)
    assert (len(parsed.events), parsed.end) == (300, End(300_000, "done"))


def test_a_full_disk_that_has_room_again_loses_nothing_and_says_nothing(tmp_path):
    (tmp_path / "rescue").mkdir()
    result = drive("full", tmp_path / "data", 3000, tmp_path / "rescue", 1)
    assert result["problem"]
    assert result["error"] is None
    assert AttemptStore(tmp_path / "data" / "attempts").read("a1").log.end == End(300_000, "done")
    assert result["records"] == ["before"]
    assert "It is as it was" in result["insert"]
    assert list((tmp_path / "rescue").iterdir()) == []


def test_a_disk_that_stays_full_is_said_and_the_written_part_stays(tmp_path):
    (tmp_path / "rescue").mkdir()
    result = drive("full", tmp_path / "data", 2000, tmp_path / "rescue", 0)
    assert "it is lost" in result["error"]
    log = AttemptStore(tmp_path / "data" / "attempts").read("a1").log
    assert log.interrupted
    assert len(log.events) > 20
    assert list((tmp_path / "rescue").iterdir()) == []


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 64 KiB, where this process may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(place)]
    if (
        mount is None
        or os.getuid() != 0
        or subprocess.run([mount, *options], capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting is not possible here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_real_full_disk_leaves_a_copy_in_the_temporary_folder(small_disk, rescue, record):
    attempts, history = AttemptStore(small_disk / "attempts"), TinyHistory(small_disk / "history.json")
    history.insert(record("before"))
    journal = attempts.start(HEADER, ITEM)
    journal.write(Key(1, 0, 0, "a"))
    journal.flush()
    assert journal.problem is None
    with (small_disk / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while filler.write(bytes(4096)):
            pass
    for n in range(1, 300):
        journal.write(Key(n * 1000, n, 0, "ü" * 20))
        journal.flush()
    assert "space" in journal.problem
    with pytest.raises(StorageProblem, match="space"):
        history.insert(record("after", item="x" * 9000))
    with pytest.raises(StorageProblem, match=r"kept as .*/typetrainer-log~.*\.jsonl") as caught:
        journal.close(End(300_000, "done"))
    (copy,) = rescue.iterdir()
    assert str(copy) in str(caught.value)
    whole(copy.read_bytes())
    assert copy.stat().st_mode & 0o777 == 0o600
    journal.close(End(300_000, "done"))  # said once
    assert attempts.interrupted() == [HEADER.id]
    assert [r["id"] for r in history.all()] == ["before"]


def test_a_file_in_the_folders_place_leaves_a_copy_too(tmp_path, rescue):
    (tmp_path / "home").touch()
    attempts = AttemptStore(tmp_path / "home" / "attempts")
    journal = attempts.start(HEADER, ITEM)
    assert journal.problem
    for n in range(300):
        journal.write(Key(n * 1000, n, 0, "a"))
    journal.flush()
    with pytest.raises(StorageProblem) as caught:
        journal.close(End(300_000, "done"))
    (path,) = re.findall(r"\S+\.jsonl", str(caught.value))
    whole(Path(path).read_bytes())
    assert attempts.ids() == []


def test_a_folder_that_comes_back_is_used(tmp_path, rescue):
    (tmp_path / "home").touch()
    attempts = AttemptStore(tmp_path / "home" / "attempts")
    journal = attempts.start(HEADER, ITEM)
    journal.write(Key(1000, 0, 0, "a"))
    (tmp_path / "home").unlink()
    journal.flush()
    assert journal.problem is None
    journal.close(End(2000, "done"))
    assert attempts.read(HEADER.id).log.final_text() == "a"


def test_a_folder_deleted_while_typing_leaves_a_copy(attempts, rescue):
    journal = attempts.start(HEADER, ITEM)
    shutil.rmtree(attempts.root)
    journal.write(Key(1000, 0, 0, "a"))
    with pytest.raises(StorageProblem, match="kept as"):
        journal.close(End(2000, "done"))
    assert parse_log(next(rescue.iterdir()).read_bytes()).final_text() == "a"


def test_without_any_place_the_loss_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "home").touch()
    journal = AttemptStore(tmp_path / "home" / "attempts").start(HEADER, ITEM)
    with pytest.raises(StorageProblem, match="it is lost"):
        journal.close(End(2000, "done"))


def test_an_attempt_is_never_started_over_another(attempts, typed, rescue):
    typed(attempts)
    journal = attempts.start(HEADER, ITEM)
    assert "exists" in journal.problem
    with pytest.raises(StorageProblem, match="kept as"):
        journal.close(End(1, "quit"))
    assert attempts.read(HEADER.id).log.final_text() == "abc"
