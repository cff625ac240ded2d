"""Records out of the history as text, and back: JSON Lines without loss, CSV for spreadsheets."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from typetrainer.errors import InvalidFile, UsageProblem
from typetrainer.store.atomic import decode_json, encode_json
from typetrainer.store.attempts import valid_id
from typetrainer.store.migrations import RECORDS, Migration, Record, migrate
from typetrainer.store.records import is_record

Format = Literal["json", "csv"]
FORMATS: tuple[Format, ...] = ("json", "csv")
# The plain columns come first and are always there; after them what the records have, in order of appearance.
COLUMNS = (
    "id", "started", "kind", "pack", "item", "policy", "limit_s", "reason", "seconds", "scoring", "exam", "log_sha256",
)  # fmt: skip
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def exported(records: Iterable[Record], form: Format = "json") -> str:
    """Return records as text: `json` is JSON Lines and can be read again without loss, `csv` has a header line."""
    if form == "json":
        return "".join(encode_json(record).decode("utf-8") + "\n" for record in records)
    return _csv(list(records))


def imported(text: str, steps: Sequence[Migration] = RECORDS) -> list[Record]:
    """Read exported JSON Lines. Raises InvalidFile naming the line; older records are brought to this version."""
    records: list[Record] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = decode_json(line)
        except ValueError as error:
            raise InvalidFile(f"Line {number} is not valid JSON ({error}).") from error
        if not is_record(value):
            raise InvalidFile(f"Line {number} is not a record: an object with id, started and kind was expected.")
        try:
            valid_id(value["id"])
        except UsageProblem as error:
            raise InvalidFile(f"Line {number}: {error}") from error
        records.append(migrate(value, steps, f"Line {number}"))
    return records


def _csv(records: list[Record]) -> str:
    rows = [dict(_flat(record)) for record in records]
    names = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row if name != "version")]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # as RFC 4180 says
    writer.writerow([safe_cell(name) for name in names])
    for row in rows:
        writer.writerow([safe_cell(_cell(row.get(name))) for name in names])
    return out.getvalue()


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif value is not None:
            yield prefix + name, value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: those get a quote in front, numbers do not."""
    return "'" + text if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
