"""JSON read entry by entry, so that everything said of an entry can name its line."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from typetrainer.errors import InvalidFile

MAX_MEMBERS = 200_000
_BLANK = re.compile(r"[ \t\n\r]*")


class Entry(NamedTuple):
    """A member of a list, and the line on which it begins."""

    line: int
    value: Any


class Listed(NamedTuple):
    """The members of a file's list, and the other keys of the object around it."""

    entries: tuple[Entry, ...]
    others: dict[str, Any]


def _refused(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at = text, name, 0
        self._decode: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder(parse_constant=_refused).raw_decode
        self._counted = 0
        self._line = 1

    def line(self) -> int:
        """Return the line of the place reached; places only grow, so each line end is counted once."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def wrong(self, why: str) -> InvalidFile:
        return InvalidFile(f"{self.name}, line {self.line()}: {why} Nothing was imported.")

    def skip(self) -> str:
        """Pass blanks; return the next character, empty at the end."""
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.text[self.at : self.at + 1]

    def expect(self, *signs: str) -> str:
        found = self.skip()
        if found not in signs or not found:
            raise self.wrong(f"not valid JSON: {' or '.join(signs)} was expected.")
        self.at += 1
        return found

    def value(self) -> Any:
        self.skip()
        try:
            value, self.at = self._decode(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = max(self.at, error.pos)
            raise self.wrong(f"not valid JSON: {error.msg}.") from None
        except RecursionError:
            raise self.wrong("nested too deeply.") from None
        except ValueError as error:
            raise self.wrong(f"not valid JSON: {str(error)[:100]}.") from None
        return value

    def members(self) -> tuple[Entry, ...]:
        self.expect("[")
        entries: list[Entry] = []
        if self.skip() == "]":
            self.at += 1
            return ()
        while True:
            self.skip()
            entries.append(Entry(self.line(), self.value()))
            if len(entries) > MAX_MEMBERS:
                raise self.wrong(f"a list of more than {MAX_MEMBERS:,}; cut it into smaller files.")
            if self.expect(",", "]") == "]":
                return tuple(entries)

    def table(self, key: str) -> Listed:
        self.expect("{")
        others: dict[str, Any] = {}
        entries: tuple[Entry, ...] | None = None
        more = self.skip() != "}"
        while more:
            name = self.value() if self.skip() == '"' else None
            if not isinstance(name, str):
                raise self.wrong("not valid JSON: a key in double quotes was expected.")
            if name in others or (name == key and entries is not None):
                raise self.wrong(f"the key {json.dumps(name[:40])} comes twice.")
            self.expect(":")
            if name == key and self.skip() == "[":
                entries = self.members()
            else:
                others[name] = self.value()
            more = self.expect(",", "}") == ","
        if entries is None:
            raise self.wrong(f'an object with a list "{key}" was expected.')
        return Listed(entries, others)


def read_list(text: str, name: str, key: str | None = None) -> Listed:
    """Read a JSON list, or with `key` the list of that key in an object. Raises InvalidFile, naming the line."""
    reader = _Reader(text, name)
    if reader.skip() != ("{" if key else "["):
        raise reader.wrong(f'a JSON object with a list "{key}" was expected.' if key else "a JSON list was expected.")
    listed = reader.table(key) if key else Listed(reader.members(), {})
    if reader.skip():
        raise reader.wrong("something follows after the end of the JSON.")
    return listed


def text_of(entry: Any, key: str) -> str | None:
    """Return a text of an object; None where there is none."""
    value = entry.get(key) if isinstance(entry, dict) else None
    return value if isinstance(value, str) else None
