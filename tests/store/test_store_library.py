"""The front of the store: export and import, forgetting, and the start path."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import HEADER, ITEM

from typetrainer.core.log import End, Key
from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.store.exchange import COLUMNS, exported, imported, safe_cell
from typetrainer.store.library import Forgotten, Imported, Store, chosen_profile


@pytest.fixture
def store(paths):
    return Store(paths, notice=pytest.fail)


def everything(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*")) if folder.exists() else []


def test_making_and_reading_touch_nothing(paths, store):
    assert (store.history.all(), store.attempts.ids(), store.catch_up(), store.rescore()) == ([], [], 0, [])
    assert (store.export(), store.dictionary.entries(), store.settings.load()["bell"]) == ("", [], False)
    assert store.forget_all() == Forgotten(0, 0, 0)
    assert everything(paths.data.parent) == []


def test_profiles_are_apart(paths, typed):
    anna, ben = Store(paths, "Anna"), Store(paths, "ben")
    typed(anna.attempts)
    anna.add(HEADER.id)
    assert (anna.history.count(), ben.history.count(), ben.attempts.ids()) == (1, 0, [])
    assert chosen_profile(paths) == "default"
    anna.settings.set("profile", "anna")
    assert chosen_profile(paths) == "anna"
    assert chosen_profile(paths, "ben") == "ben"


def test_finished_attempts_without_a_record_are_caught_up(store, typed):
    typed(store.attempts, "a1")
    typed(store.attempts, "a2", end=False)
    store.add("a1")
    with pytest.raises(UsageProblem, match="not finished"):
        store.add("a2")
    typed(store.attempts, "a3")
    assert store.catch_up() == 1
    assert store.catch_up() == 0
    assert store.finish("a2", End(9, "quit"))["reason"] == "quit"
    assert [r["id"] for r in store.history.all()] == ["a1", "a2", "a3"]


def test_a_lost_history_is_rebuilt_from_the_folders(paths, typed):
    said: list[str] = []
    store = Store(paths, notice=said.append)
    typed(store.attempts, "a1")
    before = store.add("a1")
    store.places.history.write_bytes(store.places.history.read_bytes()[:-9])
    assert store.history.all() == [before]
    assert "rebuilt with 1 attempt." in said[0]


def test_json_comes_back_without_loss(paths, store, typed):
    typed(store.attempts, "a1")
    typed(store.attempts, "a2", session="s")
    store.add("a1")
    store.add("a2")
    text = store.export("json")
    assert [json.loads(line)["id"] for line in text.splitlines()] == ["a1", "a2"]
    other = Store(paths, "other", pytest.fail)
    assert other.import_json(text) == Imported(2, 0, 0)
    assert other.history.all() == store.history.all()
    assert other.export("json") == text
    changed = text.replace('"reason":"done"', '"reason":"quit"', 1)
    assert other.import_json(changed) == Imported(0, 1, 1)
    assert other.export("json") == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.text(), JSON, max_size=4), max_size=4))
def test_any_record_survives_export_and_import(extras):
    records = [
        {**extra, "id": f"a{n}", "started": "x", "kind": "copy", "metrics": {}, "version": 1}
        for n, extra in enumerate(extras)
    ]
    assert imported(exported(records)) == records
    rows = list(csv.reader(io.StringIO(exported(records, "csv"), newline="")))
    assert [row[0] for row in rows[1:]] == [r["id"] for r in records]
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("line", "match"),
    [("{", "Line 2 is not valid"), ("[]", "Line 2 is not a record"), ('{"id": "a"}', "Line 2 is not a record"),
     ('{"id": "../a", "started": "", "kind": ""}', "Line 2: "), ("NaN", "Line 2"),
     ('{"id": "a", "started": "", "kind": "", "version": 7}', "Line 2 is of version 7")],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_taken(store, record, line, match):
    with pytest.raises(InvalidFile, match=match):
        store.import_json(json.dumps(record("fine")) + "\n" + line + "\n")
    assert store.history.count() == 0


def test_a_record_of_before_versions_is_brought_up(record):
    old = record()
    del old["version"]
    assert imported(json.dumps(old)) == [record()]


def test_the_fixture_of_version_0_still_reads():
    lines = (Path(__file__).parent / "fixtures" / "records-v0.jsonl").read_text(encoding="utf-8")
    assert [(r["version"], r["id"], r["metrics"]["net_wpm"]) for r in imported(lines)] == [(1, "w1", 40.0)]


def test_csv_is_flat_and_its_columns_stand(record):
    rows = list(csv.DictReader(io.StringIO(exported([record(), record("a2", engine={"name": "LT"})], "csv"))))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert (rows[0]["metrics.net_wpm"], rows[0]["engine.name"], rows[1]["engine.name"]) == ("50.0", "", "LT")
    assert (rows[0]["exam"], rows[0]["limit_s"]) == ("false", "60")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-x", "'-x"), ("@SUM", "'@SUM"), ("\t=1", "'\t=1"), ("-1.5", "-1.5"),
     ("+3", "+3"), ("-1e-9", "-1e-9"), ("-1+1", "'-1+1"), ("a=1", "a=1"), ("", ""), ("-", "'-")],
)  # fmt: skip
def test_no_cell_is_a_formula(cell, safe):
    assert safe_cell(cell) == safe


def test_forget_takes_folder_record_and_copies(store, typed, record, rescue):
    typed(store.attempts, "a1")
    typed(store.attempts, "a1-2")
    store.add("a1")
    store.add("a1-2")
    store.history.insert(record("only-record"))
    for attempt_id in ("a1", "a1-2"):
        journal = store.attempts.start(HEADER._replace(id=attempt_id), ITEM)
        with pytest.raises(StorageProblem):
            journal.close(End(1, "quit"))
    assert len(list(rescue.iterdir())) == 2
    gone = store.forget("a1")
    assert (gone.attempts, gone.records) == (1, 1)
    assert gone.bytes > 200
    assert [p.name.split("~")[2] for p in rescue.iterdir()] == ["a1-2"]
    assert store.forget("only-record").sentence() == "Deleted 0 attempts and 1 record, 0.0 kB freed."
    assert [r["id"] for r in store.history.all()] == ["a1-2"]
    for unknown in ("a1", "../a1", "only-record"):
        with pytest.raises(UsageProblem):
            store.forget(unknown)


def test_forget_all_leaves_nothing_behind(paths, typed, rescue):
    store = Store(paths)
    typed(store.attempts, "a1")
    typed(store.attempts, "a2", end=False)
    store.add("a1")
    with pytest.raises(StorageProblem):
        store.attempts.start(HEADER._replace(id="a1"), ITEM).close(End(1, "quit"))
    store.places.history.write_bytes(b"{")
    store.history.all()
    store.places.history.write_bytes(b"{")
    (store.places.data / ".history.json.0011aabb.tmp").write_bytes(b"x")
    gone = store.forget_all()
    assert gone.attempts == 2
    assert everything(paths.data.parent) == ["data", "data/profiles"]
    assert list(rescue.iterdir()) == []


def test_forget_all_leaves_what_is_being_typed_and_says_so(paths, store, typed):
    typed(store.attempts, "a1")
    journal = store.attempts.start(HEADER, ITEM)
    journal.write(Key(1, 0, 0, "a"))
    gone = store.forget_all()
    assert gone.live == (HEADER.id,)
    assert "being typed now" in gone.sentence()
    journal.close(End(2, "done"))
    assert store.add(HEADER.id)["id"] == HEADER.id
    assert store.history.count() == 1


def test_forget_all_takes_a_newer_history_too(store, typed):
    typed(store.attempts)
    store.add(HEADER.id)
    store.places.history.write_bytes(store.places.history.read_bytes().replace(b'{"version":1}', b'{"version":9}', 1))
    store.forget_all()
    assert store.history.all() == []


def test_the_start_path_imports_neither_tinydb_nor_filelock():
    code = (
        "import sys, typetrainer.store.library, typetrainer.store.history\n"
        "print([m for m in ('tinydb', 'filelock', 'click', 'prompt_toolkit', 'platformdirs') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
