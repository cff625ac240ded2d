"""A real LanguageTool for tests: the one in the user's cache folder, installed there once if it is missing.

Import the fixtures into a conftest.py. Tests run with a TYPETRAINER_HOME of their own; TYPETRAINER_LT_DIR points
them to the shared install.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from typetrainer.paths import Paths
from typetrainer.writing.checker import Checker
from typetrainer.writing.languagetool.install import FOLDER_VARIABLE, find, install, renew_rules


def clean_environ(home: Path, **more: str) -> dict[str, str]:
    """Return this environment without our own variables and proxies, living below `home`."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TYPETRAINER_") and not name.lower().endswith("_proxy")
    }
    return {**environ, "TYPETRAINER_HOME": str(home), **more}


@pytest.fixture(scope="session")
def languagetool_cache() -> Path:
    """The folder of a whole install; `install` holds a file lock, so xdist's processes wait for one another."""
    cache = Paths.of(os.environ).cache
    found = find(cache)
    if found is None or not found.current:
        found = install(cache)
    renew_rules(found)
    return found.folder


@pytest.fixture(scope="session")
def checker(languagetool_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """One running checker for all tests that only ask."""
    environ = clean_environ(tmp_path_factory.mktemp("home"), **{FOLDER_VARIABLE: str(languagetool_cache)})
    shared = Checker(Paths.of(environ), environ)
    shared.start()
    yield shared
    shared.close()
