from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import alone_in


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder a program and all it keeps lives below."""
    return tmp_path / "home"


@pytest.fixture
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hold what HEAVY tests hold."""
    with alone_in(tmp_path_factory.getbasetemp().parent):
        yield
