"""Results of other programs: kept beside the history, never in it, so that no best or trend is made of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from typetrainer.errors import InvalidFile, StorageProblem
from typetrainer.store.atomic import decode_json, encode_json, leftovers, locked, read_optional, write_atomic

MAX_BYTES = 256 * 1024 * 1024
_VERSION = 1
_TEXTS = ("id", "source", "started")


class Added(NamedTuple):
    """How many results were new, and how many were there already."""

    added: int
    same: int


class Elsewhere:
    """The results of a profile from other programs: JSON Lines, oldest first. The form is contracts/store.md."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self, source: str | None = None) -> list[dict[str, Any]]:
        """Return all, or those of one program. Raises InvalidFile, naming the line, when the file is broken."""
        data = read_optional(self._path, MAX_BYTES) or b""
        found = []
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                found.append(self._entry(line, number))
        return [entry for entry in found if source is None or entry["source"] == source]

    def _entry(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            value = decode_json(line.decode("utf-8"))
        except ValueError:
            value = None
        if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in _TEXTS):
            raise InvalidFile(f"{self._path}, line {number}: not a result; mend the line or delete it.")
        version = value.get("version")
        if version != _VERSION:
            raise InvalidFile(
                f"{self._path}, line {number}: of version {str(version)[:20]}; "
                f"this program reads {_VERSION}, so use a newer typetrainer."
            )
        return value

    def add(self, records: Iterable[Mapping[str, Any]]) -> Added:
        """Keep results, all or none; those that are there stay. Raises StorageProblem, or InvalidFile as `entries`."""
        incoming = {record["id"]: record for record in records}
        with locked(self._path):
            ours: dict[str, Mapping[str, Any]] = {entry["id"]: entry for entry in self.entries()}
            new = [record for name, record in incoming.items() if name not in ours]
            if new:
                merged = sorted([*ours.values(), *new], key=lambda entry: (entry["started"], entry["id"]))
                data = b"".join(encode_json(entry) + b"\n" for entry in merged)
                if len(data) > MAX_BYTES:
                    raise InvalidFile(f"{self._path} would be larger than {MAX_BYTES // 2**20} MiB; import fewer.")
                write_atomic(self._path, data)
        return Added(len(new), len(incoming) - len(new))

    def count(self) -> int:
        """Return how many lines there are, whatever stands in them; none where the file cannot be read."""
        try:
            data = read_optional(self._path, MAX_BYTES) or b""
        except StorageProblem:  # what cannot be read is deleted all the same
            return 0
        return sum(1 for line in data.split(b"\n") if line.strip())

    def clear(self) -> int:
        """Delete all and return the bytes freed. Raises StorageProblem."""
        if not self._path.parent.is_dir():
            return 0
        with locked(self._path) as forget_lock:
            freed = 0
            for path in [self._path, *leftovers(self._path)]:
                if path.exists():
                    freed += path.lstat().st_size
                    path.unlink()
            forget_lock()
        return freed
