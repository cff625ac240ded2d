"""What the tests of the store share: a machine in a temporary folder, and attempts to put on it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import HEADER, ITEM

from typetrainer.core.log import End, Header, Key
from typetrainer.paths import Paths
from typetrainer.store.attempts import AttemptStore


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    home = tmp_path / "home"
    return Paths(home / "data", home / "config", home / "cache", home / "state")


@pytest.fixture
def attempts(tmp_path: Path) -> AttemptStore:
    return AttemptStore(tmp_path / "home" / "attempts")


@pytest.fixture
def header() -> Callable[..., Header]:
    return lambda attempt_id=HEADER.id, **changes: HEADER._replace(id=attempt_id, **changes)


@pytest.fixture
def typed(header) -> Callable[..., str]:
    """Type `abc` into a store and close it; returns the id."""

    def make(attempts: AttemptStore, attempt_id: str = HEADER.id, *, end: bool = True, wpm_t: int = 200_000, **changes):
        journal = attempts.start(header(attempt_id, **changes), ITEM)
        for n, letter in enumerate("abc"):
            journal.write(Key(1_000_000 + n * wpm_t, n, 0, letter))
        journal.close(End(1_000_000 + 2 * wpm_t, "done") if end else None)
        return attempt_id

    return make


@pytest.fixture
def rescue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own, as `tempfile.gettempdir()` gives it."""
    folder = tmp_path / "rescue"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def record() -> Callable[..., dict]:
    def make(attempt_id: str = "a1", **changes) -> dict:
        return {
            "version": 1, "id": attempt_id, "started": "2026-11-23T12:00:00Z", "kind": "copy", "pack": "support",
            "item": "support/greeting", "policy": "free", "limit_s": 60, "reason": "done", "seconds": 60.0,
            "metrics": {"net_wpm": 50.0, "uncorrected_error_rate": 0.01}, "log_sha256": "0" * 64, "scoring": 1,
            "engine": None, "exam": False, "finding_counts": None,
        } | changes  # fmt: skip

    return make
