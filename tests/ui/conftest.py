import os

import pytest

for _module in ("ui_world", "frame_rules"):
    pytest.register_assert_rewrite(_module)

from ui_world import World  # noqa: E402


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    """Nothing is written beside the sources; and tests/store holds what a crash leaves, so that nothing waits here."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path / "home")
