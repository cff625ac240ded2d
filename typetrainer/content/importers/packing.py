"""Parsed texts as the files of a pack: TOML that the loader accepts, with ids that follow from the texts."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from typetrainer.content.importers.common import Draft
from typetrainer.content.schema import ITEMS, PACK
from typetrainer.content.tomlfile import MAX_FILE, ItemFile, read_table
from typetrainer.errors import InvalidFile

UNKNOWN_LICENCE = "LicenseRef-unknown"
_ID_DIGITS = 12
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


class PackHead(NamedTuple):
    """What `pack.toml` says of imported texts."""

    id: str
    title: str
    language: str
    licence: str
    authors: str


class PackedItem(NamedTuple):
    """An item as it is written, with the line of the foreign file."""

    id: str
    draft: Draft


def identified(drafts: Iterable[Draft]) -> tuple[PackedItem, ...]:
    """Give each of different texts an id of its own: the same text has the same one in every import."""
    items: dict[str, PackedItem] = {}
    for draft in drafts:
        digest = hashlib.sha256(draft.text.encode("utf-8")).hexdigest()
        size = _ID_DIGITS
        while digest[:size] in items:  # the texts differ, so that the whole digests do
            size += 1
        items[digest[:size]] = PackedItem(digest[:size], draft)
    return tuple(items.values())


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def pack_files(head: PackHead, items: Iterable[PackedItem], form: str, name: str) -> dict[str, bytes]:
    """Return the files of the pack by name. Raises InvalidFile, naming the foreign file, when they are too large."""
    pack = (
        f"id = {_quoted(head.id)}\ntitle = {_quoted(head.title)}\nlanguage = {_quoted(head.language)}\n"
        f'version = "1.0.0"\nlicence = {_quoted(head.licence)}\nauthors = [{_quoted(head.authors)}]\n'
    )
    copies = "\n".join(
        f"[[item]]\nid = {_quoted(item.id)}\ntitle = {_quoted(item.draft.title)}\n"
        f'tags = ["imported", {_quoted(form)}]\ntext = {_quoted(item.draft.text)}\n'
        for item in items
    )
    files = {"pack.toml": pack.encode("utf-8"), "copy.toml": copies.encode("utf-8")}
    if len(files["copy.toml"]) > MAX_FILE:
        raise InvalidFile(f"{name} holds too much for one pack; cut it into smaller files. Nothing was imported.")
    return files


def verify(folder: Path) -> None:
    """Read a pack as the library will. Raises InvalidFile when it could not be practised with."""
    read_table(folder / "pack.toml", PACK)
    items = ItemFile(folder / "copy.toml", ITEMS["copy"])
    for item_id in items.ids:
        items[item_id]
