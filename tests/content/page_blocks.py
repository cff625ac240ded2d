"""What the pages about packs hold: their tables, their files, and the commands with what they print."""

import re
from pathlib import Path
from typing import NamedTuple

import typetrainer

CONTRACTS = Path(typetrainer.__file__).parent / "contracts"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+\.(?:toml|md))\n")


class Row(NamedTuple):
    """A row of a table of keys; `cells` are those between the type and the meaning."""

    keys: tuple[str, ...]
    type: str
    cells: tuple[str, ...]
    meaning: str


class Block(NamedTuple):
    """A fenced block; `file` where its first line names one, which is then not part of `text`."""

    language: str
    file: str | None
    text: str


def page(name: str) -> str:
    return (CONTRACTS / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    return re.search(rf"^## {re.escape(title)}$\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[1]


def rows(text: str) -> list[Row]:
    """Return the rows of the first table of keys in a text."""
    found = []
    for line in text[text.index("| key | type |") :].split("\n")[2:]:
        if not line.startswith("|"):
            break
        keys, kind, *cells, meaning = (cell.strip() for cell in line.strip("|").split(" |"))
        found.append(Row(tuple(re.findall(r"`([^`]+)`", keys)), kind, tuple(cells), meaning))
    return found


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks that have a language, in their order."""
    found = []
    for language, body in _BLOCK.findall(text):
        head = _FILE.match(body)
        found.append(Block(language, head[1] if head else None, body[head.end() :] if head else body))
    return found


def put(block: Block, folder: Path) -> None:
    """Write a block's file into a folder of a pack."""
    path = folder / (block.file or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")
