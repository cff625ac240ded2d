"""Fixtures for all tests. pytest puts this folder on the path, so every test may import what lies beside it."""

import pytest
from lt_fixture import checker, languagetool_cache

__all__ = ["checker", "languagetool_cache"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what must not share the computer with other tests: `make test` runs it last, one by one."""
    for item in items:
        if "alone" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.alone)
