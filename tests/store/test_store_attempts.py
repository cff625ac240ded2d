"""Attempt folders and their journal, on whole disks."""

import gzip
import hashlib
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import HEADER, ITEM

from typetrainer.core.log import AttemptLog, Block, End, Key, LogError, Mark, Paste, encode_log
from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.store import journal as journal_module
from typetrainer.store.attempts import AttemptStore, new_attempt_id


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_ids_sort_by_time_whatever_the_zone():
    moment = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
    ids = [new_attempt_id(moment + timedelta(milliseconds=n), Random(9 - n)) for n in range(9)]
    assert ids == sorted(ids)
    assert ids[0].startswith("20261123-120000-123456-")
    assert new_attempt_id(moment.astimezone(timezone(timedelta(hours=9))), Random(9)) == ids[0]


def test_a_closed_attempt_reads_as_it_was_typed(attempts, header):
    journal = attempts.start(header(), ITEM)
    events = (Key(5, 0, 0, "é"), Block(6, "x"), Paste(7, 12), Mark(8, "pause"), Mark(9, "resume"), Key(10, 0, 1, ""))
    for event in events:
        journal.write(event)
    journal.close(End(11, "quit"))
    attempt = attempts.read(HEADER.id)
    expected = AttemptLog(header(), events, End(11, "quit"))
    assert attempt.log == expected
    assert (attempt.item, attempt.assessment, attempt.faults) == (ITEM, None, ())
    assert attempt.log_sha256 == hashlib.sha256(encode_log(expected).encode()).hexdigest()
    assert files(attempts.root / HEADER.id) == {"log.jsonl.gz", "item.json"}
    assert (attempts.ids(), attempts.interrupted()) == ([HEADER.id], [])


def test_an_equal_log_is_compressed_to_equal_bytes(tmp_path, typed):
    one, two = AttemptStore(tmp_path / "1"), AttemptStore(tmp_path / "2")
    packed = [(s.root / typed(s) / "log.jsonl.gz").read_bytes() for s in (one, two)]
    assert packed[0] == packed[1]


def test_reading_an_empty_machine_makes_nothing(attempts):
    assert (attempts.ids(), attempts.interrupted()) == ([], [])
    with pytest.raises(UsageProblem):
        attempts.read("nothing")
    assert not attempts.root.parent.exists()


def test_a_journal_that_is_not_opened_makes_nothing(attempts, header):
    journal = attempts.journal(header(), ITEM)
    journal.write(Key(5, 0, 0, "a"))
    assert not attempts.root.exists()
    journal.flush()
    assert attempts.read(HEADER.id).log.final_text() == "a"
    journal.close(None)


def test_what_is_written_is_on_disk_after_flush(attempts, header):
    journal = attempts.start(header(), ITEM)
    journal.write(Key(5, 0, 0, "a"))
    assert attempts.read(HEADER.id).log.events == ()
    journal.flush()
    assert attempts.read(HEADER.id).log.events == (Key(5, 0, 0, "a"),)
    journal.close(None)
    assert attempts.read(HEADER.id).log.interrupted


def test_a_live_attempt_is_neither_offered_nor_taken_nor_deleted(attempts, header):
    journal = attempts.start(header(), ITEM)
    other = AttemptStore(attempts.root)
    assert other.interrupted() == []
    assert other.is_live(HEADER.id)
    for action in (other.resume, other.delete, other.discard, lambda i: other.finish(i, End(1, "quit"))):
        with pytest.raises(StorageProblem, match="being written"):
            action(HEADER.id)
    journal.close(None)
    assert other.interrupted() == [HEADER.id]
    assert not other.is_live(HEADER.id)


def test_a_live_attempt_of_another_process_is_seen(attempts):
    code = (
        "import sys; from pathlib import Path; from typetrainer.store.attempts import AttemptStore\n"
        "from typetrainer.core.log import Header\n"
        "h = Header('a1', 't', '2026-11-23T12:00:00Z', 'copy', 'p/i', '0' * 64, 'abc', None, 'free')\n"
        "j = AttemptStore(Path(sys.argv[1])).start(h, {}); print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(attempts.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        assert (attempts.ids(), attempts.interrupted()) == (["a1"], [])
        process.kill()
        process.wait()
    assert attempts.interrupted() == ["a1"]


def test_resume_goes_on_at_the_last_t_after_a_gap(attempts, typed):
    typed(attempts, end=False)
    written = (attempts.root / HEADER.id / "log.jsonl").stat().st_mtime
    journal = attempts.resume(HEADER.id, datetime.fromtimestamp(written + 42.5, UTC))
    assert (journal.last_t, journal.item, journal.header.id) == (1_400_000, ITEM, HEADER.id)
    journal.write(Key(1_500_000, 3, 0, "d"))
    journal.close(End(1_600_000, "done"))
    log = attempts.read(HEADER.id).log
    assert log.events[3:] == (Mark(1_400_000, "gap", 42.5), Key(1_500_000, 3, 0, "d"))
    assert (log.end, log.final_text()) == (End(1_600_000, "done"), "abcd")


def test_resume_drops_a_cut_off_line_and_keeps_a_whole_one_without_newline(attempts, typed):
    typed(attempts, end=False)
    path = attempts.root / HEADER.id / "log.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'["key",15000')
    attempts.resume(HEADER.id).close(None)
    assert len(path.read_bytes().splitlines()) == len(whole.splitlines()) + 1
    assert b"15000\n" not in path.read_bytes()
    path.write_bytes(whole[:-1])
    attempts.resume(HEADER.id).close(End(2_000_000, "quit"))
    assert attempts.read(HEADER.id).log.final_text() == "abc"


def test_a_finished_attempt_is_not_resumed_finished_or_discarded(attempts, typed):
    typed(attempts)
    for action in (attempts.resume, attempts.discard, lambda i: attempts.finish(i, End(1, "quit"))):
        with pytest.raises(UsageProblem, match="finished"):
            action(HEADER.id)


def test_finish_closes_and_discard_deletes(attempts, typed):
    typed(attempts, "a1", end=False)
    typed(attempts, "a2", end=False)
    assert attempts.interrupted() == ["a1", "a2"]
    attempts.finish("a1", End(5, "quit"))
    assert attempts.read("a1").log.end == End(1_400_000, "quit")
    assert attempts.discard("a2") > 100
    assert attempts.ids() == ["a1"]


def test_both_files_present_the_whole_one_wins(attempts, typed):
    folder = attempts.root / typed(attempts)
    packed = (folder / "log.jsonl.gz").read_bytes()
    lines = gzip.decompress(packed).splitlines(keepends=True)
    (folder / "log.jsonl").write_bytes(b"".join(lines[:-1]))
    assert attempts.read(HEADER.id).log.end is not None
    assert attempts.interrupted() == []
    (folder / "log.jsonl").write_bytes(b"".join(lines))
    (folder / "log.jsonl.gz").write_bytes(packed[:40])
    assert attempts.read(HEADER.id).log.end is not None


def test_a_journal_with_its_end_is_finished_though_not_compressed(attempts, typed):
    folder = attempts.root / typed(attempts)
    (folder / "log.jsonl").write_bytes(gzip.decompress((folder / "log.jsonl.gz").read_bytes()))
    (folder / "log.jsonl.gz").unlink()
    assert attempts.interrupted() == []
    assert attempts.read(HEADER.id).log.end is not None


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b", b"no gzip at all", None])
def test_a_damaged_compressed_log_is_named(attempts, typed, damage):
    path = attempts.root / typed(attempts) / "log.jsonl.gz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data) if damage is None else damage)
    with pytest.raises(InvalidFile, match=r"log\.jsonl\.gz|line 1"):
        attempts.read(HEADER.id)


def test_every_truncation_of_a_compressed_log_is_an_error(attempts, typed):
    path = attempts.root / typed(attempts) / "log.jsonl.gz"
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])
        with pytest.raises(InvalidFile):
            attempts.read(HEADER.id)


def test_a_gzip_bomb_does_not_eat_memory(attempts, typed, monkeypatch):
    monkeypatch.setattr("typetrainer.store.attempts.MAX_BYTES", 2**20)
    path = attempts.root / typed(attempts) / "log.jsonl.gz"
    path.write_bytes(gzip.compress(bytes(2**24)))
    with pytest.raises(InvalidFile, match="larger than 1 MiB"):
        attempts.read(HEADER.id)


def test_every_truncation_of_a_journal_reads_or_names_the_line(attempts, header):
    journal = attempts.start(header(target="été €"), ITEM)
    for n, letter in enumerate("été €"):
        journal.write(Key(n * 1000, n, 0, letter))
    journal.close(None)
    path = attempts.root / HEADER.id / "log.jsonl"
    data = path.read_bytes()
    first = data.index(b"\n")
    for length in range(len(data)):
        path.write_bytes(data[:length])
        if length < first:
            with pytest.raises(InvalidFile, match="line 1") as caught:
                attempts.read(HEADER.id)
            assert isinstance(caught.value.__cause__, LogError)
            with pytest.raises(InvalidFile, match="line 1"):
                attempts.resume(HEADER.id)
            continue
        log = attempts.read(HEADER.id).log
        assert log.interrupted
        assert "été €".startswith(log.final_text())
        if length % 7 == 0:
            attempts.resume(HEADER.id).close(None)
            assert attempts.read(HEADER.id).log.events == (*log.events, attempts.read(HEADER.id).log.events[-1])


@pytest.mark.parametrize("bad", ["", ".", "..", "../a", "a/b", "/etc", ".new-a", "-rf", "a\x00", "a\n", "é", "a" * 101])
def test_hostile_ids_are_refused(attempts, bad, typed, header):
    typed(attempts)
    for action in (attempts.read, attempts.resume, attempts.delete, attempts.discard, attempts.is_live):
        with pytest.raises(UsageProblem):
            action(bad)
    with pytest.raises(UsageProblem):
        attempts.start(header(bad), ITEM)
    with pytest.raises(UsageProblem):
        attempts.write_assessment(bad, {"version": 1})


def test_links_are_not_followed_outwards(attempts, typed, tmp_path):
    elsewhere = AttemptStore(tmp_path / "elsewhere")
    typed(elsewhere, "a1")
    typed(attempts, "b1")
    (attempts.root / "a1").symlink_to(elsewhere.root / "a1")
    assert attempts.ids() == ["b1"]
    with pytest.raises(UsageProblem):
        attempts.read("a1")
    with pytest.raises(UsageProblem):
        attempts.delete("a1")
    (attempts.root / "b1" / "log.jsonl.gz").unlink()
    (attempts.root / "b1" / "log.jsonl.gz").symlink_to(elsewhere.root / "a1" / "log.jsonl.gz")
    with pytest.raises(InvalidFile):
        attempts.read("b1")
    (attempts.root / "b1" / "deep").symlink_to(elsewhere.root)
    attempts.delete("b1")
    assert elsewhere.ids() == ["a1"]


def test_a_pipe_in_a_files_place_is_not_waited_for(attempts, typed):
    folder = attempts.root / typed(attempts)
    (folder / "item.json").unlink()
    os.mkfifo(folder / "item.json")
    attempt = attempts.read(HEADER.id)
    assert attempt.item is None
    assert "item.json" in attempt.faults[0]


def test_a_broken_item_or_assessment_does_not_cost_the_log(attempts, typed):
    folder = attempts.root / typed(attempts)
    (folder / "item.json").write_text("{")
    (folder / "assessment.json").write_text("[" * 100_000)
    attempt = attempts.read(HEADER.id)
    assert (attempt.item, attempt.assessment, len(attempt.faults)) == (None, None, 2)
    assert attempt.log.final_text() == "abc"


def test_assessments_are_replaced_and_newer_ones_refused(attempts, typed):
    typed(attempts)
    attempts.write_assessment(HEADER.id, {"version": 1, "points": 3})
    attempts.write_assessment(HEADER.id, {"version": 1, "text": "\ud800 é"})
    assert attempts.read(HEADER.id).assessment == {"version": 1, "text": "\ud800 é"}
    with pytest.raises(ValueError, match="version"):
        attempts.write_assessment(HEADER.id, {"points": 3})
    attempts.write_assessment(HEADER.id, {"version": 99})
    with pytest.raises(InvalidFile, match=r"version 99.*newer"):
        attempts.read(HEADER.id)


def test_the_assessment_of_version_0_still_reads(attempts, typed):
    fixture = Path(__file__).parent / "fixtures" / "assessment-v0.json"
    (attempts.root / typed(attempts) / "assessment.json").write_bytes(fixture.read_bytes())
    assert attempts.read(HEADER.id).assessment == {"version": 1, "engine": None, "findings": None}


def test_a_newer_log_is_refused(attempts, typed):
    path = attempts.root / typed(attempts) / "log.jsonl.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b'_log":1', b'_log":2')))
    with pytest.raises(InvalidFile, match="version 2"):
        attempts.read(HEADER.id)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_everything_is_private_under_any_umask(attempts, typed, umask):
    before = os.umask(umask)
    try:
        typed(attempts, "a1")
        typed(attempts, "a2", end=False)
        attempts.write_assessment("a1", {"version": 1})
    finally:
        os.umask(before)
    for path in [attempts.root.parent, *attempts.root.parent.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_an_event_that_would_spoil_the_log_is_refused_at_once(attempts, header):
    journal = attempts.start(header(), ITEM)
    journal.write(Key(5, 0, 0, "a"))
    with pytest.raises(ValueError, match="falls"):
        journal.write(Key(4, 1, 0, "b"))
    with pytest.raises(ValueError, match="close"):
        journal.write(End(5, "done"))
    journal.close(End(3, "done"))
    journal.close(End(9, "done"))
    with pytest.raises(ValueError, match="closed"):
        journal.write(Key(9, 1, 0, "b"))
    journal.flush()
    assert attempts.read(HEADER.id).log.end == End(5, "done")


def test_a_lone_surrogate_becomes_a_question_mark(attempts, header):
    journal = attempts.start(header(), ITEM)
    journal.write(Key(5, 0, 0, "\udc80"))
    journal.close(End(6, "done"))
    assert attempts.read(HEADER.id).log.final_text() == "?"


def test_a_log_never_grows_beyond_what_can_be_read(attempts, header, monkeypatch):
    monkeypatch.setattr(journal_module, "MAX_EVENTS", 50)
    journal = attempts.start(header(), ITEM)
    for n in range(200):
        journal.write(Key(n, n, 0, "a"))
    journal.close(End(200, "done"))
    log = attempts.read(HEADER.id).log
    assert (len(log.events), log.events[-1].name, log.end) == (48, "log_full", End(200, "done"))
    assert 1 + len(log.events) + 1 == 50


def test_threads_may_write_and_flush_at_once(attempts, header):
    journal = attempts.start(header(), ITEM)
    stop = threading.Event()

    def flush() -> None:
        while not stop.is_set():
            journal.flush()

    workers = [threading.Thread(target=flush) for _ in range(3)]
    for worker in workers:
        worker.start()
    for n in range(3000):
        journal.write(Key(n, n, 0, "a"))
    stop.set()
    for worker in workers:
        worker.join()
    journal.close(None)
    assert attempts.read(HEADER.id).log.final_text() == "a" * 3000


def test_what_killed_programs_left_is_swept_but_not_what_lives(attempts, header, typed):
    journal = attempts.start(header("live"), ITEM)
    for name in (".new-x-1", ".del-y-2"):
        (attempts.root / name).mkdir()
        (attempts.root / name / "log.jsonl").write_text("{}")
    (attempts.root / ".new-young").mkdir()
    typed(attempts)
    assert attempts.sweep() == 4
    assert files(attempts.root) == {"live", HEADER.id, ".new-young"}
    deleted, live, freed = attempts.delete_all()
    assert (deleted, live) == ([HEADER.id], ["live"])
    assert freed > 100
    journal.close(None)
    attempts.delete_all()
    assert files(attempts.root) == {".new-young"}


@given(st.lists(st.text(max_size=5), min_size=1, max_size=20), st.booleans())
def test_any_text_comes_back_through_the_journal(texts, resumed):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        attempts = AttemptStore(Path(folder) / "attempts")
        journal = attempts.start(HEADER, ITEM)
        length, expected = 0, []
        for t, text in enumerate(texts):
            event = Key(t, length, 0, text.encode("utf-8", "replace").decode()) if text else Mark(t, "m", t / 3)
            length += len(text)
            expected.append(event)
            journal.write(Key(t, event.pos, 0, text) if text else event)
            if resumed and t == 3:
                journal.close(None)
                journal = attempts.resume(HEADER.id)
        journal.close(End(len(texts), "done"))
        log = attempts.read(HEADER.id).log
        assert tuple(e for e in log.events if not (isinstance(e, Mark) and e.name == "gap")) == tuple(expected)
