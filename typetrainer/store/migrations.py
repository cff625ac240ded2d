"""How stored objects of older versions become those of this one: an ordered list of pure functions for each kind.

Entry n of a list makes version n + 1 out of version n, without its number. A fixture of every older version stays in
tests/store/fixtures/. A newer version than this program knows is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from typetrainer.errors import InvalidFile

Record = dict[str, Any]
Migration = Callable[[Record], Record]


def _first(record: Record) -> Record:
    """Version 0 is an object of before there were versions; version 1 only adds the number."""
    return record


RECORDS: tuple[Migration, ...] = (_first,)
ASSESSMENTS: tuple[Migration, ...] = (_first,)
RECORD_VERSION = len(RECORDS)
ASSESSMENT_VERSION = len(ASSESSMENTS)


def migrate(record: Mapping[str, Any], steps: Sequence[Migration], what: str) -> Record:
    """Return `record` in the newest version, as a new object with its `version`; `what` names it in the error.

    Raises InvalidFile for a newer version or one that is no number.
    """
    version = record.get("version", 0)
    if type(version) is not int or version < 0:
        raise InvalidFile(f"{what} should have a version number, not {version!r}.")
    if version > len(steps):
        raise InvalidFile(
            f"{what} is of version {version}; this program reads up to {len(steps)}, so use a newer typetrainer."
        )
    result = dict(record)
    for number, step in enumerate(steps[version:], version + 1):
        result = {**step(result), "version": number}
    return result
