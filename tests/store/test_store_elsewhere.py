"""Results of other programs, kept beside the history."""

import threading

import pytest

from typetrainer.errors import InvalidFile, StorageProblem
from typetrainer.store.elsewhere import Added, Elsewhere


@pytest.fixture
def elsewhere(tmp_path) -> Elsewhere:
    return Elsewhere(tmp_path / "p" / "elsewhere.jsonl")


def result(number, source="keybr"):
    return {"version": 1, "id": f"{source}-{number}", "source": source, "started": f"2025-03-0{number}T08:00:00.000Z"}


def test_results_are_kept_once_and_in_order(elsewhere):
    assert elsewhere.entries() == []
    assert elsewhere.count() == 0
    assert elsewhere.add([result(3), result(1)]) == Added(2, 0)
    assert elsewhere.add([result(2, "monkeytype"), result(1)]) == Added(1, 1)
    assert [entry["started"][9] for entry in elsewhere.entries()] == ["1", "2", "3"]
    assert [entry["id"] for entry in elsewhere.entries("keybr")] == ["keybr-1", "keybr-3"]
    assert elsewhere.count() == 3
    assert elsewhere._path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("line", ["{", "5", "{}", '{"id":"a","source":"keybr","started":"x"}', "\x80"])
def test_a_broken_file_is_named_and_not_overwritten(elsewhere, line):
    elsewhere.add([result(1)])
    with elsewhere._path.open("a", encoding="latin-1") as stream:
        stream.write(line + "\n")
    before = elsewhere._path.read_bytes()
    for action in (elsewhere.entries, lambda: elsewhere.add([result(2)])):
        with pytest.raises(InvalidFile, match="line 2"):
            action()
    assert elsewhere._path.read_bytes() == before


def test_a_newer_version_is_refused(elsewhere):
    elsewhere.add([{**result(1), "version": 2}])
    with pytest.raises(InvalidFile, match="use a newer typetrainer"):
        elsewhere.entries()


def test_deleting_all(elsewhere):
    assert elsewhere.clear() == 0
    elsewhere.add([result(1)])
    assert elsewhere.clear() > 50
    assert list(elsewhere._path.parent.iterdir()) == []


def test_many_writers_lose_nothing(elsewhere):
    threads = [threading.Thread(target=lambda n=n: elsewhere.add([result(n)])) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert elsewhere.count() == 8


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "p").write_text("in the way")
    with pytest.raises(StorageProblem):
        Elsewhere(tmp_path / "p" / "elsewhere.jsonl").add([result(1)])
