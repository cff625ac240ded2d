"""A storage for TinyDB that loses nothing; imported on use, since it imports tinydb."""

import copy
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from typetrainer.errors import InvalidFile, StorageProblem
from typetrainer.store.atomic import decode_json, encode_json, read_optional, reason_of, replace_file

MAX_BYTES = 512 * 1024 * 1024
Tables = dict[str, dict[str, Any]]


class AtomicJSONStorage(Storage):
    """TinyDB's own storage overwrites in place, so a full disk or a kill leaves half a file. This one replaces.

    It lives for one operation under a lock, so it reads the file once and keeps what it read. It refuses to write over
    a file that it could not read. `initial` stands for a file that is not there yet.
    """

    def __init__(self, path: Path, initial: Tables | None = None) -> None:
        self._path = path
        self._initial = initial
        self._tables: Tables | None = None
        self._read = False

    def read(self) -> Tables | None:
        """Return the tables. Raises InvalidFile when they are damaged, StorageProblem when they cannot be read."""
        if not self._read:
            data = read_optional(self._path, MAX_BYTES)
            self._tables = copy.deepcopy(self._initial) if data is None else parse_tables(self._path, data)
            self._read = True
        return self._tables

    def write(self, data: Tables) -> None:
        """Replace the file; raises as `read` where that failed, and StorageProblem when the disk refuses."""
        self.read()
        try:
            replace_file(self._path, encode_json(data))
        except OSError as error:
            raise StorageProblem(
                f"Cannot write {self._path}: {reason_of(error)}. It is as it was; free space or permit its folder."
            ) from error
        self._tables = data


def parse_tables(path: Path, data: bytes) -> Tables:
    """Read tables as TinyDB writes them: an object of objects of objects, numbered. Raises InvalidFile."""
    try:
        tables = decode_json(data)
    except ValueError as error:
        raise InvalidFile(f"{path} is not valid JSON ({error}).") from error
    if not isinstance(tables, dict) or not all(_is_table(table) for table in tables.values()):
        raise InvalidFile(f"{path} does not hold tables of records.")
    return tables


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        key.isascii() and key.isdigit() and len(key) < 19 and isinstance(record, dict) for key, record in table.items()
    )
