"""Judgements that the writer finds wrong: kept, respected from then on, exported as cases for the pack's author."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from typetrainer.errors import InvalidFile
from typetrainer.store.atomic import decode_json, encode_json, locked, read_optional, write_atomic

MAX_BYTES = 16 * 1024 * 1024
# Families of rules that say something of one item only; so does every rule about what is missing.
OF_ITEM = frozenset({"fact", "step", "claim", "flaw", "critical", "action", "tier", "source", "order", "findable"})


class Dispute(NamedTuple):
    """One judgement: the attempt, the item and its hash, the rule, the words it was about, the whole text.

    `verdict` is `good` where praise is wrong: it was not said.
    """

    attempt: str
    item: str
    item_sha256: str
    rule: str
    words: str
    text: str
    verdict: str = "poor"


_NEEDED = tuple(name for name in Dispute._fields if name not in Dispute._field_defaults)


class Respected:
    """What the writer found wrong before, and is not held against them again.

    Words that a rule for every text was about are respected in every text. What belongs to an item (a fact, a step, a
    flaw, a choice, what caps the score), or was missing and so has no words, is respected in that item, as long as the
    item stays as it is: its author may have mended it since.
    """

    def __init__(self, entries: Iterable[Mapping[str, Any]] = ()) -> None:
        self._anywhere: set[_What] = set()
        self._here: set[tuple[_What, str, str]] = set()
        for entry in entries:
            what = _what(entry["rule"], entry["words"], good=entry.get("verdict") == "good")
            self._here.add((what, entry["item"], entry["item_sha256"]))
            if what[1] and entry["rule"].partition(".")[0] not in OF_ITEM:
                self._anywhere.add(what)

    def __bool__(self) -> bool:
        return bool(self._here)

    def covers(self, rule: str, words: str, item: str = "", item_sha256: str = "", *, good: bool = False) -> bool:
        """Whether a judgement is set aside: its rule, the words it is about, the item and its hash, if it is praise."""
        what = _what(rule, words, good=good)
        return what in self._anywhere or (what, item, item_sha256) in self._here


_What = tuple[str, str, bool]


def _what(rule: str, words: str, *, good: bool) -> _What:
    return rule, " ".join(words.casefold().split()), good


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
            if not isinstance(value, dict) or not all(isinstance(value.get(k), str) for k in _NEEDED):
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

    def withdraw(self, rule: str, words: str, item: str, item_sha256: str, *, good: bool = False) -> int:
        """Take back what sets a judgement aside; return how many disputes that were. Raises as `add`."""
        with locked(self._path):
            entries = self.entries()
            left = [e for e in entries if not Respected([e]).covers(rule, words, item, item_sha256, good=good)]
            if len(left) < len(entries):
                write_atomic(self._path, b"".join(encode_json(entry) + b"\n" for entry in left))
            return len(entries) - len(left)

    def respected(self) -> Respected:
        """Return what is not to be held against the writer again. Raises InvalidFile when the file is broken."""
        return Respected(self.entries())

    def exported(self) -> str:
        """Return all as JSON Lines: cases for the author of a pack."""
        return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in self.entries())
