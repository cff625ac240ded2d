"""What was practised lately, as the newest attempts say."""

from pathlib import Path

import pytest
from store_samples import ITEM

from typetrainer.core.log import End, ItemSpan, Key
from typetrainer.paths import Paths
from typetrainer.store.attempts import AttemptStore
from typetrainer.store.library import Store
from typetrainer.store.recent import practised

SPANS = tuple(ItemSpan(f"shop/{name}", "0" * 64, start) for name, start in (("one", 0), ("two", 10), ("three", 20)))


@pytest.fixture
def copied(attempts, header):
    """Type so many characters of a joined text, or of one item; returns the id."""

    def make(number: int, size: int, item: str = "shop/*", *, end: bool = True) -> str:
        spans = SPANS if item == "shop/*" else ()
        made = header(f"20261123-1200{number:02}-x", item=item, target="abcdefghi " * 3, items=spans)
        journal = attempts.start(made, ITEM)
        for at in range(size):
            journal.write(Key(at, at, 0, made.target[at]))
        journal.write(Key(size, size, 0, "é"))
        journal.write(Key(size + 1, size, 1, ""))
        journal.close(End(size + 1, "quit") if end else None)
        return made.id

    return make


def test_without_attempts_there_is_nothing(attempts):
    assert practised(attempts) == []
    assert not attempts.root.exists()


def test_of_a_joined_text_those_that_were_reached(attempts, copied):
    copied(1, 8)
    assert practised(attempts) == ["shop/one"]
    copied(2, 12)
    assert practised(attempts) == ["shop/one", "shop/two"]


def test_the_newest_stands_last_and_each_once(attempts, copied):
    for number, item in enumerate(["shop/a", "shop/b", "shop/a", "shop/c", "shop/b"]):
        copied(number, 3, item, end=number != 3)
    assert practised(attempts) == ["shop/a", "shop/c", "shop/b"]
    assert practised(attempts, newest=1) == ["shop/b"]


def test_what_cannot_be_read_is_passed_over(attempts, copied):
    copied(1, 3, "shop/a")
    for number, damage in enumerate(
        (b"", b"\n", b"[]\n", b"{}\n", b'{"item": 3, "items": [7]}\n["key",\n', b"\xff\n"), 2
    ):
        folder = attempts.root / copied(number, 3, "shop/b")
        (folder / "log.jsonl.gz").unlink()
        (folder / "log.jsonl").write_bytes(damage)
    (attempts.root / copied(9, 3, "shop/b") / "log.jsonl.gz").write_bytes(b"\x1f\x8bno")
    assert practised(attempts) == ["shop/a"]


def test_a_place_that_is_no_folder_does_not_stop_a_drill(tmp_path):
    (tmp_path / "attempts").write_text("?")
    assert practised(AttemptStore(tmp_path / "attempts")) == []


def test_the_store_knows(paths: Paths, typed, tmp_path: Path):
    store = Store(paths)
    typed(store.attempts)
    assert store.practised() == ["support/greeting"]
    store.forget_all()
    assert store.practised() == []
