from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder a program and all it keeps lives below."""
    return tmp_path / "home"
