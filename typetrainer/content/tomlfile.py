"""TOML files of packs: bounded reading, errors with lines, and files of items that are parsed item by item.

tomllib needs 20 ms for 20 reply items and a drill needs one of them, so a file of items is cut at its `[[item]]` lines
and a piece is parsed when it is asked for. Where a cut might not be one (inside a text of several lines), or a piece
does not parse, the file is read as a whole instead.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

from typetrainer.content.schema import ID_PATTERN, SchemaError, Table, Tables, check_entries
from typetrainer.errors import InvalidFile, StorageProblem

MAX_FILE = 4 * 1024 * 1024
# Its ^ is looked for afterwards: a pattern that begins with it is tried at every letter, 30 times as slow.
_HEAD = re.compile(r"\[\[item\]\][ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_ANY_HEAD = re.compile(r"^\[+[\w.]+\]+[ \t]*$", re.MULTILINE)
_FIRST_ID = re.compile(r'\A\[\[item\]\][^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*id[ \t]*=[ \t]*"([^"\\\n]*)"')
_FENCES = re.compile(r"\\.|\"\"\"|'''", re.DOTALL)
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_QUOTES = 'a text stands in straight quotes, "like this", and a quote inside it is written \\"'
_HINTS = {  # by the parser's words: what an author who does not know TOML has most likely done
    "Invalid value": _QUOTES,
    "Unclosed array": "the texts of a list are parted by commas, and ] ends it; " + _QUOTES,
    "Unclosed inline table": "in { } there are commas between the keys, and no line breaks",
    "Expected newline": _QUOTES,
    "Expected '='": "every line is key = value",
    "Cannot overwrite": "a key stands once in its table, and what may come again has double brackets, [[item.fact]]",
    "Cannot declare": "what may come again has double brackets, [[item.fact]]",
    "Unterminated string": 'a text of several lines begins and ends with """',
    "Illegal character": 'a text of several lines begins and ends with """',
    "Unescaped": "a backslash is written \\\\",
}


def read_text(path: Path) -> str:
    """Read a UTF-8 file of at most 4 MiB, without a byte order mark.

    Raises InvalidFile for what is not text or too large, StorageProblem when it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise InvalidFile(f"{path} is missing; a pack needs it (contracts/packs.md).") from None
    except OSError as error:
        raise StorageProblem(f"Cannot read {path}: {error.strerror or error}. Permit it, or move it away.") from error
    if len(data) > MAX_FILE:
        raise InvalidFile(f"{path} is larger than {MAX_FILE // 2**20} MiB; split the pack.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidFile(f"{path}, line {line}: not UTF-8; save the file as UTF-8.") from None


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """Parse TOML. Raises InvalidFile naming the file and, where there is one, the line."""
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise InvalidFile(f"{path} is nested too deeply to be read as TOML.") from None
    except ValueError as error:
        raise InvalidFile(_syntax(path, str(error))) from None


def _syntax(path: Path, message: str) -> str:
    at = _AT.search(message)
    what = "".join(c if c.isprintable() else "\ufffd" for c in _AT.sub("", message)).strip().rstrip(".")
    where = f"{path}, line {at.group(1)}, column {at.group(2)}" if at else f"{path}"
    hint = next((f" ({hint})" for words, hint in _HINTS.items() if words in what), "")
    return f"{where}: not valid TOML: {what[:200]}{hint}."


def read_table(path: Path, table: Table) -> dict[str, Any]:
    """Read a file that is one table. Raises InvalidFile naming file, place and what was expected."""
    text = read_text(path)
    record = parse_toml(path, text)
    try:
        table.check_keys(record)
    except SchemaError as error:
        raise problem(path, text, error) from None
    return record


def problem(path: Path, text: str, error: SchemaError, *, first_line: int = 1) -> InvalidFile:
    """Return the error as one sentence with file, line where it can be told, and place."""
    at = _line_of(text, error)
    line = f", line {at + first_line - 1}" if at else ""
    place = f", {error.place()}" if error.place() else ""
    end = "" if error.sentence.endswith("?") else "."
    return InvalidFile(f"{path}{line}{place}: {error.sentence}{end}")


def _line_of(text: str, error: SchemaError) -> int | None:
    """Find the line of the key at fault, or of the `id = "…"` of its place; None when neither can be told."""
    start = 0
    for label, name in error.trail:
        if name is None:
            match = re.search(rf"^\[+[\w.]*{re.escape(label)}\]+", text[start:], re.MULTILINE)
        elif number := re.fullmatch(r"number (\d+)", name):
            heads = list(re.finditer(rf"^\[\[(?:[\w]+\.)*{re.escape(label)}\]\]", text[start:], re.MULTILINE))
            match = heads[int(number[1]) - 1] if int(number[1]) <= len(heads) else None
        else:
            uses = list(re.finditer(rf'^\s*id\s*=\s*"{re.escape(name)}"', text[start:], re.MULTILINE))
            repeated = error.key == "id" and label == error.trail[-1][0] and len(uses) > 1
            match = uses[1 if repeated else 0] if uses else None
        if match is None:
            return None
        start += match.start() + len(match.group()) - len(match.group().lstrip())
    if error.key is not None and error.key != "id":
        head = _ANY_HEAD.search(text, start + 1)
        part = text[start : head.start() if head else None]
        match = re.search(rf'^\s*"?{re.escape(error.key)}"?\s*=', part, re.MULTILINE)
        if match is not None:
            start += match.start() + len(match.group()) - len(match.group().lstrip())
    if not error.trail and start == 0 and error.key is None:
        return None
    return text.count("\n", 0, start) + 1


class _Piece(NamedTuple):
    """The text of one item, its id as it can be seen without parsing, and its first line in the file."""

    id: str
    text: str
    line: int


class ItemFile:
    """The items of one file, checked against `table` as they are asked for. `ids` are in the file's order."""

    def __init__(self, path: Path, table: Table) -> None:
        """Read the file. Raises InvalidFile when it is not text, has a duplicate id, or cannot be read as a whole."""
        self.path = path
        self._table = table
        self._text = read_text(path)
        self._whole: dict[str, dict[str, Any]] | None = None
        self._pieces: dict[str, _Piece] = {}
        pieces = _cut(self._text)
        if pieces is None or len({piece.id for piece in pieces}) < len(pieces):
            self._whole = self._read_whole()
        else:
            self._pieces = {piece.id: piece for piece in pieces}
        self.ids: tuple[str, ...] = tuple(self._pieces if self._whole is None else self._whole)

    def __getitem__(self, item_id: str) -> dict[str, Any]:
        """Return the table of one item. Raises InvalidFile where it breaks the schema, KeyError for an unknown id."""
        if self._whole is not None:
            return self._whole[item_id]
        piece = self._pieces[item_id]
        items = _parsed_piece(piece)
        if items is None:
            self._whole = self._read_whole()
            return self._whole[item_id]
        try:
            check_entries("item", items, self._table)
        except SchemaError as error:
            raise problem(self.path, piece.text, error, first_line=piece.line) from None
        return items[0]

    def _read_whole(self) -> dict[str, dict[str, Any]]:
        record = parse_toml(self.path, self._text)
        try:
            Table({"item": Tables(self._table)}, frozenset({"item"})).check_keys(record)
        except SchemaError as error:
            raise problem(self.path, self._text, error) from None
        return {item["id"]: item for item in record.get("item", [])}


def _cut(text: str) -> list[_Piece] | None:
    """Cut a file at its `[[item]]` lines; None when it is not plain enough for that."""
    heads = [at for match in _HEAD.finditer(text) if (at := match.start()) == 0 or text[at - 1] == "\n"]
    if not heads or not all(_is_comment(line) for line in text[: heads[0]].split("\n")):
        return None
    pieces = []
    line = text.count("\n", 0, heads[0]) + 1
    for start, end in zip(heads, [*heads[1:], len(text)], strict=True):
        piece = text[start:end]
        first = _FIRST_ID.match(piece)
        if first is None or not ID_PATTERN.fullmatch(first[1]) or _open_fence(piece):
            return None
        pieces.append(_Piece(first[1], piece, line))
        line += piece.count("\n")
    return pieces


def _is_comment(line: str) -> bool:
    return not line.strip(" ") or (line.startswith("#") and line.isprintable())


def _open_fence(piece: str) -> bool:
    """Whether a text of several lines may still be open at the piece's end."""
    if "\\" not in piece:  # as nearly always; the pattern takes twenty times as long
        return piece.count('"""') % 2 != 0 or piece.count("'''") % 2 != 0
    fences = [match.group() for match in _FENCES.finditer(piece) if match.group()[0] != "\\"]
    return fences.count('"""') % 2 != 0 or fences.count("'''") % 2 != 0


def _parsed_piece(piece: _Piece) -> list[dict[str, Any]] | None:
    """Parse one piece; None when it is not exactly the one item that its first lines promise."""
    import tomllib

    try:
        record = tomllib.loads(piece.text)
    except (ValueError, RecursionError):
        return None
    items = record.get("item")
    if len(record) != 1 or not isinstance(items, list) or len(items) != 1 or items[0].get("id") != piece.id:
        return None
    return items
