"""A list of words in a text file, one a line: the dictionary of one's own, and the rules that are off."""

from contextlib import suppress
from pathlib import Path

from typetrainer.core.text import nfc, visible
from typetrainer.errors import InvalidFile, UsageProblem
from typetrainer.store.atomic import locked, read_optional, write_atomic

MAX_BYTES = 4 * 1024 * 1024
MAX_ENTRY = 200


class WordList:
    """Entries in the order of their adding. A person may edit the file; empty lines do not count."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[str]:
        """Return the entries, each once. Raises InvalidFile when the file is not UTF-8."""
        data = read_optional(self._path, MAX_BYTES) or b""
        try:
            lines = data.decode("utf-8-sig").split("\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise InvalidFile(f"{self._path}, line {line}: not UTF-8; mend the line or delete it.") from error
        return list(dict.fromkeys(entry for line in lines if (entry := nfc(line.strip()))))

    def add(self, entry: str) -> bool:
        """Add an entry; False when it is there already. Raises UsageProblem for one that cannot be kept on a line."""
        clean = nfc(entry.strip())
        if not clean or len(clean) > MAX_ENTRY or visible(clean) != clean:
            raise UsageProblem(f"{visible(entry)[:60]!r} cannot be kept: one line of 1 to {MAX_ENTRY} characters can.")
        with locked(self._path):
            entries = self.entries()
            if clean in entries:
                return False
            self._write([*entries, clean])
        return True

    def remove(self, entry: str) -> bool:
        """Take an entry out; False when it is not there."""
        clean = nfc(entry.strip())
        if clean not in self.entries():
            return False
        with locked(self._path):
            entries = self.entries()
            with suppress(ValueError):
                entries.remove(clean)
            self._write(entries)
        return True

    def _write(self, entries: list[str]) -> None:
        write_atomic(self._path, "".join(f"{entry}\n" for entry in entries).encode("utf-8"))
