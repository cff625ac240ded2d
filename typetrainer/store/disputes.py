"""Judgements that the writer finds wrong: kept, respected from then on, exported as cases for the pack's author."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from typetrainer.errors import InvalidFile
from typetrainer.store.atomic import decode_json, encode_json, locked, read_optional, write_atomic

MAX_BYTES = 16 * 1024 * 1024


class Dispute(NamedTuple):
    """One judgement: the attempt, the item and its hash, the rule, the words it was about, the whole text."""

    attempt: str
    item: str
    item_sha256: str
    rule: str
    words: str
    text: str


class Disputes:
    """The disputes of a profile, in the order of their making: JSON Lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[Mapping[str, Any]]:
        """Return all. Raises InvalidFile, naming the line, when the file is broken."""
        data = read_optional(self._path, MAX_BYTES) or b""
        found: list[Mapping[str, Any]] = []
        for number, line in enumerate(data.split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                value = decode_json(line.decode("utf-8"))
            except ValueError as error:
                raise InvalidFile(
                    f"{self._path}, line {number}: not valid JSON; mend the line or delete it."
                ) from error
            if not isinstance(value, dict) or not all(isinstance(value.get(k), str) for k in Dispute._fields):
                raise InvalidFile(f"{self._path}, line {number}: not a dispute; mend the line or delete it.")
            found.append(value)
        return found

    def add(self, dispute: Dispute, now: datetime) -> None:
        """Keep one. Raises StorageProblem when it cannot be kept, InvalidFile when the file is broken."""
        entry = {"at": now.astimezone(UTC).isoformat(timespec="seconds"), **dispute._asdict()}
        with locked(self._path):
            self.entries()  # a broken file is told of, not overwritten
            before = read_optional(self._path, MAX_BYTES) or b""
            joint = b"" if not before or before.endswith(b"\n") else b"\n"
            write_atomic(self._path, before + joint + encode_json(entry) + b"\n")

    def respected(self) -> frozenset[tuple[str, str]]:
        """Return (rule, words in small letters) of what is not to be held against the writer again."""
        return frozenset((entry["rule"], entry["words"].casefold()) for entry in self.entries() if entry["words"])

    def exported(self) -> str:
        """Return all as JSON Lines: cases for the author of a pack."""
        return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in self.entries())
