"""The history: its protocol, its faults, and what is made from its records."""

import json
import os
import stat
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typetrainer.core.log import End, Key
from typetrainer.core.metrics import SCORING_VERSION
from typetrainer.errors import InvalidFile, StorageProblem
from typetrainer.store.history import Only, TinyHistory, newest_last, rescore
from typetrainer.store.migrations import migrate
from typetrainer.store.records import (
    Move,
    best_key,
    finding_counts,
    is_new_best,
    pace_wpm,
    personal_best,
    rebuild,
    summary,
)


@pytest.fixture
def said():
    return []


@pytest.fixture
def history(tmp_path, said):
    return TinyHistory(tmp_path / "home" / "history.json", notice=said.append)


def test_reading_an_empty_machine_makes_nothing(history, tmp_path):
    assert (history.all(), history.count(), history.last(3), history.get("a1")) == ([], 0, [], None)
    assert not history.contains("a1")
    assert not history.delete("a1")
    assert history.clear() == 0
    assert not (tmp_path / "home").exists()


def test_insert_replaces_by_id_and_all_comes_newest_last(history, record):
    history.insert(record("a2", started="2026-11-23T12:00:00.5Z"), record("a3", started="2026-11-23T12:00:00+01:00"))
    history.insert(record("a1", extra=1))
    history.insert(record("a1", reason="time"))
    assert [r["id"] for r in history.all()] == ["a3", "a1", "a2"]
    assert history.get("a1") == record("a1", reason="time")
    assert history.count() == 3
    assert history.delete("a1")
    assert not history.delete("a1")
    assert not history.contains("a1")


def test_last_takes_the_newest_of_a_kind(history, record):
    rows = [record(f"a{n}", started=f"2026-11-23T12:00:{n:02}Z", limit_s=60 if n % 2 else None) for n in range(9)]
    history.insert(*rows)
    assert [r["id"] for r in history.last(2)] == ["a7", "a8"]
    assert [r["id"] for r in history.last(2, Only(limit_s=60))] == ["a5", "a7"]
    assert [r["id"] for r in history.last(2, Only(limit_s=None, kind="copy"))] == ["a6", "a8"]
    assert history.last(2, Only(pack="other")) == history.last(0) == []


def test_a_record_must_say_what_it_is_of(history):
    with pytest.raises(ValueError, match="id"):
        history.insert({"id": "a1"})


def test_the_order_survives_a_date_that_is_none(record):
    assert min([record("b"), record("a", started="yesterday")], key=newest_last)["id"] == "a"


def test_files_are_private_and_only_what_is_needed(history, record):
    before = os.umask(0)
    try:
        history.insert(record())
    finally:
        os.umask(before)
    folder = history._path.parent
    assert {p.name for p in folder.iterdir()} == {"history.json", ".history.json.lock"}
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert history.clear() > 100
    assert list(folder.iterdir()) == []


def test_a_damaged_file_is_set_aside_and_rebuilt_with_one_line_said(tmp_path, record, said):
    path = tmp_path / "history.json"
    history = TinyHistory(path, lambda: ([record("r1"), record("r2")], ["bad1"]), said.append)
    path.write_bytes(b'{"attempts": {"1": {"id"')
    assert [r["id"] for r in history.all()] == ["r1", "r2"]
    (line,) = said
    (aside,) = history.set_aside()
    assert aside.read_bytes() == b'{"attempts": {"1": {"id"'
    assert aside.name in line
    assert "rebuilt with 2 attempts" in line
    assert "bad1" in line
    assert len(line.splitlines()) == 1
    assert history.count() == 2
    assert len(said) == 1


def test_an_insert_into_a_damaged_file_rebuilds_first(tmp_path, record, said):
    path = tmp_path / "history.json"
    path.write_bytes(b"")
    history = TinyHistory(path, lambda: ([record("r1")], []), said.append)
    history.insert(record("a1"))
    assert {r["id"] for r in history.all()} == {"r1", "a1"}
    assert len(said) == 1


def test_every_truncation_opens_or_is_set_aside_and_rebuilt(tmp_path, said):
    rows = [{"id": f"a{n}", "started": "2026-11-23T12:00:00Z", "kind": "é"} for n in range(2)]
    path = tmp_path / "history.json"
    history = TinyHistory(path, lambda: ([*rows], []), said.append)
    history.insert(*rows)
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])
        assert [r["id"] for r in history.all()] == ["a0", "a1"]
        for aside in history.set_aside():
            assert aside.read_bytes() == data[:length]
            aside.unlink()
    assert len(said) == len(data)


@pytest.mark.parametrize(
    "content",
    [b"[]", b"1", b"null", b'{"attempts": []}', b'{"attempts": {"x": {}}}', b'{"attempts": {"1": 3}}', b"[" * 99_999,
     b'{"attempts": {"1": {"id": 3}}}', b'{"meta": {"1": {"version": "x"}}}', b"\xff\xfe", b'{"attempts": {"1": NaN}}',
     b'{"attempts": {"\xd9\xa1": {}}}', b'{"attempts": {"' + b"1" * 5000 + b'": {}}}'],
)  # fmt: skip
def test_other_content_is_set_aside_as_well(tmp_path, content, said):
    path = tmp_path / "history.json"
    path.write_bytes(content)
    assert TinyHistory(path, notice=said.append).all() == []
    assert len(said) == 1


@given(st.binary(max_size=200))
def test_any_bytes_open_or_are_set_aside(content):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.json"
        path.write_bytes(content)
        assert TinyHistory(path).all() == []


def test_a_newer_history_is_refused_and_left_alone(history, record):
    history.insert(record())
    data = history._path.read_bytes().replace(b'"meta":{"1":{"version":1}', b'"meta":{"1":{"version":9}')
    history._path.write_bytes(data)
    for action in (history.all, lambda: history.insert(record("a2")), lambda: history.delete("a1")):
        with pytest.raises(InvalidFile, match=r"version 9.*newer"):
            action()
    assert history._path.read_bytes() == data


def test_an_older_history_keeps_what_has_no_folder(tmp_path, record, said):
    path = tmp_path / "history.json"
    TinyHistory(path, steps=(dict,)).insert(record("kept"), record("redone", reason="old"))
    newer = (dict, lambda r: {**r, "new": True})
    history = TinyHistory(path, lambda: ([record("redone", version=2)], []), said.append, steps=newer)
    assert {r["id"]: (r["version"], r.get("new"), r["reason"]) for r in history.all()} == {
        "kept": (2, True, "done"),
        "redone": (2, None, "done"),
    }
    assert "older version 1" in said[0]
    assert len(history.set_aside()) == 1


def test_a_folder_or_link_in_the_files_place_is_said(tmp_path, record):
    path = tmp_path / "history.json"
    path.mkdir()
    with pytest.raises(StorageProblem, match=r"history\.json"):
        TinyHistory(path).all()
    path.rmdir()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageProblem, match=r"history\.json"):
        TinyHistory(path).insert(record())
    (tmp_path / "file").touch()
    with pytest.raises(StorageProblem, match="Cannot lock"):
        TinyHistory(tmp_path / "file" / "history.json").insert(record())
    assert TinyHistory(tmp_path / "file" / "history.json").all() == []


def test_a_held_lock_names_its_holder(history, record):
    history.insert(record())
    code = (
        "import sys; from pathlib import Path; from typetrainer.store.atomic import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(history._path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        waiting = TinyHistory(history._path, timeout=0.05)
        with pytest.raises(StorageProblem, match=rf"process {process.pid} for 0.05 seconds"):
            waiting.insert(record("a2"))
        assert waiting.count() == 1  # reading needs no lock
        process.kill()
    history.insert(record("a2"))


def test_threads_insert_without_loss(history, record):
    def work(worker: int) -> None:
        for n in range(10):
            history.insert(record(f"a{worker}-{n}"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert history.count() == 40


# --- made from attempts ----------------------------------------------------------------------------------------------


def test_a_summary_says_what_the_list_needs(attempts, typed):
    typed(attempts, "a1", settings={"exam": True}, session="s1", limit_s=60)
    attempts.write_assessment(
        "a1", {"version": 1, "engine": {"name": "LT"}, "findings": [{"severity": "style"}, {"severity": "error"}]}
    )
    attempt = attempts.read("a1")
    made = summary(attempt)
    assert made["log_sha256"] == attempt.log_sha256
    assert made["metrics"]["wpm"] == 60.0
    assert {k: made[k] for k in made if k not in ("metrics", "log_sha256")} == {
        "version": 1, "id": "a1", "started": "2026-11-23T12:00:00Z", "kind": "copy", "pack": "support",
        "item": "support/greeting", "policy": "free", "limit_s": 60, "reason": "done", "seconds": 1.4,
        "scoring": SCORING_VERSION, "engine": {"name": "LT"}, "exam": True,
        "finding_counts": {"style": 1, "error": 1}, "session": "s1",
    }  # fmt: skip
    assert summary(attempt) == made == json.loads(json.dumps(made))
    assert len(json.dumps(made, separators=(",", ":"))) < 900


def test_finding_counts_tell_not_checked_from_none_found():
    assert finding_counts(None) is finding_counts({"findings": None}) is None
    assert finding_counts({"findings": []}) == {}
    assert finding_counts({"finding_counts": {"error": 2, "x": "y"}}) == {"error": 2}


def test_rebuild_names_what_it_cannot_read_and_leaves_it(attempts, typed):
    for name in ("a1", "a2", "a3"):
        typed(attempts, name)
    typed(attempts, "a4", end=False)
    (attempts.root / "a2" / "log.jsonl.gz").write_bytes(b"")
    records, unreadable = rebuild(attempts)
    assert ([r["id"] for r in records], unreadable) == (["a1", "a3"], ["a2"])
    assert attempts.ids() == ["a1", "a2", "a3", "a4"]


def test_rescore_says_which_numbers_moved(attempts, typed, history, said):
    for name in ("a1", "a2", "a3"):
        typed(attempts, name)
    history.insert(*(summary(attempts.read(n), lambda _: {"wpm": 1.0, "old": None}, scoring=0) for n in ("a1", "a2")))
    history.insert({**history.get("a2"), "log_sha256": "f" * 64})
    scorer = lambda _: {"wpm": 2.0, "new": True}  # noqa: E731
    expected = [Move("a1", "wpm", 1.0, 2.0), Move("a1", "new", None, True)]
    assert rescore(attempts, history, scorer=scorer, apply=False) == expected
    assert history.get("a1")["scoring"] == 0
    assert rescore(attempts, history, scorer=scorer, notice=said.append) == expected
    assert "a2" in said[0]
    assert (history.get("a1")["metrics"], history.get("a1")["scoring"]) == ({"wpm": 2.0, "new": True}, SCORING_VERSION)
    assert rescore(attempts, history, scorer=scorer) == []
    assert not history.contains("a3")


def test_seconds_leave_pauses_out(attempts, header):
    from typetrainer.core.log import Mark

    journal = attempts.start(header("a1"), {})
    for event in (Key(1_000_000, 0, 0, "a"), Mark(2_000_000, "pause"), Mark(9_000_000, "resume")):
        journal.write(event)
    journal.close(End(10_000_000, "quit"))
    assert summary(attempts.read("a1"))["seconds"] == 3.0


# --- the best and the pace -------------------------------------------------------------------------------------------


def speeds(record, *pairs, **changes):
    return [
        record(f"a{n}", metrics={"net_wpm": wpm, "uncorrected_error_rate": errors}, **changes)
        for n, (wpm, errors) in enumerate(pairs)
    ]


def test_only_strictly_better_and_right_enough_is_a_best(record):
    rows = speeds(record, (50, 0.05), (90, 0.0501), (50, 0), (49, 0), (None, 0), (60, None))
    assert personal_best(rows, best_key(rows[0]))["id"] == "a0"
    assert [is_new_best(row, rows[:n]) for n, row in enumerate(rows)] == [True, False, False, False, False, False]
    assert is_new_best(speeds(record, (50.001, 0.05))[0] | {"id": "x"}, rows)
    assert is_new_best(rows[0], [rows[0]])


def test_bests_are_per_kind_pack_limit_and_policy(record):
    (row,) = speeds(record, (50, 0))
    for change in ({"kind": "reply"}, {"pack": "p"}, {"limit_s": None}, {"policy": "stop"}):
        assert personal_best([row], best_key(row | change)) is None
        assert is_new_best(speeds(record, (1, 0))[0] | change, [row | {"id": "z"}])


def test_pace_is_the_mean_of_the_last_ten(record):
    rows = speeds(record, *((n, 0.5) for n in range(20)), (None, 0))
    key = best_key(rows[0])
    assert pace_wpm(rows, key) == 14.5
    assert pace_wpm(rows, key, 1) == 19
    assert pace_wpm([], key) is None


# --- migrations ------------------------------------------------------------------------------------------------------

STEPS = (
    lambda r: {k: v for k, v in r.items() if k != "dropped"},
    lambda r: {**r, "name": r["title"]},
    lambda r: {k: v for k, v in r.items() if k != "title"},
)


def test_migrations_run_in_order_from_where_a_record_stands():
    expected = {"name": "t", "version": 3}
    assert migrate({"title": "t", "dropped": 1}, STEPS, "x") == expected
    assert migrate({"title": "t", "version": 1}, STEPS, "x") == expected
    assert migrate({"title": "t", "name": "t", "version": 2}, STEPS, "x") == expected
    assert migrate(expected, STEPS, "x") == expected


@given(st.dictionaries(st.text(max_size=3), st.integers()), st.integers(0, 3))
def test_migrating_is_pure_and_done_once(record, version):
    before = {**record, "title": "t", "version": version}
    kept = dict(before)
    once = migrate(before, STEPS, "x")
    assert before == kept
    assert once["version"] == 3
    assert migrate(once, STEPS, "x") == once


@pytest.mark.parametrize("version", [4, 10**30])
def test_a_newer_version_is_refused_by_name(version):
    with pytest.raises(InvalidFile, match=r"The thing is of version .*use a newer typetrainer"):
        migrate({"version": version}, STEPS, "The thing")


@pytest.mark.parametrize("version", ["1", None, -1, True, 1.0])
def test_a_version_that_is_no_number_is_refused(version):
    with pytest.raises(InvalidFile, match="version number"):
        migrate({"version": version}, STEPS, "The thing")


def test_the_pages_example_is_true():
    import hashlib
    import re
    from pathlib import Path

    import typetrainer
    from typetrainer.core.log_reader import parse_log
    from typetrainer.store.attempts import Attempt

    pages = Path(typetrainer.__file__).parent / "contracts"
    log = re.search(r"```jsonl log=stop-abc\n(.*?)```", (pages / "attempt-log.md").read_text("utf-8"), re.DOTALL)[1]
    page = (pages / "store.md").read_text("utf-8")
    digest = hashlib.sha256(log.encode()).hexdigest()
    made = summary(Attempt("w1", parse_log(log), None, None, digest))
    metrics = made.pop("metrics")
    assert made == json.loads(re.search(r"```json record=stop-abc\n(.*?)```", page, re.DOTALL)[1])
    said = json.loads("{" + re.search(r"with among others `(.*?)`", page)[1] + "}")
    assert {name: metrics[name] for name in said} == said
