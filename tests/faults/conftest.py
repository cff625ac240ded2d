import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from lt_fixture import languagetool_cache  # noqa: F401


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder a program and all it keeps lives below."""
    return tmp_path / "home"
