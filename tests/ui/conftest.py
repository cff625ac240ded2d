import pytest

pytest.register_assert_rewrite("ui_world")

from ui_world import World  # noqa: E402


@pytest.fixture
def world(tmp_path, monkeypatch) -> World:
    monkeypatch.chdir(tmp_path)
    return World(tmp_path / "home")
