import os

import pytest

for _module in ("ui_world", "frame_rules"):
    pytest.register_assert_rewrite(_module)

from ui_world import World  # noqa: E402


@pytest.fixture(autouse=True)
def _no_fsync(monkeypatch):
    """What is tested here is what is shown; tests/store holds what a crash leaves."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def world(tmp_path, monkeypatch) -> World:
    monkeypatch.chdir(tmp_path)
    return World(tmp_path / "home")
