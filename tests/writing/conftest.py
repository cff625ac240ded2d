import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lt_fixture import checker, languagetool_cache  # noqa: F401
