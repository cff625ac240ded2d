"""Lint's reading of packs: as much as can be read, and a problem for each file or item that cannot."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.content.loader import Library
from typetrainer.content.model import KINDS, Article, Company, Pack
from typetrainer.content.written import Item
from typetrainer.errors import InvalidFile, StorageProblem, TypetrainerError
from typetrainer.paths import Paths

T = TypeVar("T")
_HEAD = re.compile(r"^\[\[item\]\]", re.MULTILINE)
_ID = re.compile(r'^\s*id\s*=\s*"([^"\n]*)"', re.MULTILINE)


def load(library: Library, pack: Pack, problems: list[Problem]) -> Subject:
    """Read a pack; what is wrong is added to `problems`. Raises StorageProblem where the disk is."""
    items = tuple(_items(library, pack, problems))
    has_company = (pack.folder / "company.toml").exists() or any(item.kind != "copy" for item in items)
    company: Company | None = None
    if has_company:
        company = _try(partial(library.company, pack.id), pack, pack.folder / "company.toml", problems)
    articles: list[Article] = []
    for article_id in library.article_ids(pack.id):
        file = pack.folder / "articles" / f"{article_id}.md"
        article = _try(partial(library.article, pack.id, article_id), pack, file, problems)
        articles += [] if article is None else [article]
    return Subject(pack, company, items, tuple(articles), _lines(pack))


def _items(library: Library, pack: Pack, problems: list[Problem]) -> Iterator[Item]:
    for kind in KINDS:
        file = pack.folder / f"{kind}.toml"
        made = _try(partial(library.items, kind, pack.id), pack, file, problems)
        if made is None:
            continue
        for index in range(len(made)):
            item = _try(partial(made.__getitem__, index), pack, file, problems)
            if item is not None:
                yield item


def _try(read: Callable[[], T], pack: Pack, file: Path, problems: list[Problem]) -> T | None:
    try:
        return read()
    except StorageProblem:
        raise
    except TypetrainerError as error:
        problem = of_error(error, pack.id, file)
        if problem not in problems:
            problems.append(problem)
        return None


def of_error(error: TypetrainerError, pack: str, file: Path) -> Problem:
    """Return a file's error as a problem: its file and line are taken out of the sentence."""
    message = str(error).removeprefix(str(file)).lstrip(",: ")
    at = re.match(r"line (\d+)(?:, column \d+)?[,:]\s*", message)
    item = re.search(r'\bitem "([^"]+)"', message)
    line = int(at[1]) if at else None
    return Problem("schema", message[at.end() :] if at else message, pack, file, line, item[1] if item else "")


def _lines(pack: Pack) -> dict[str, int]:
    """Return the line at which each item begins; of items with other keys before the id, nothing."""
    found: dict[str, int] = {}
    for kind in KINDS:
        try:
            text = (pack.folder / f"{kind}.toml").read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        for head in _HEAD.finditer(text):
            name = _ID.search(text, head.end())
            if name is not None:
                found.setdefault(name[1], text.count("\n", 0, head.start()) + 1)
    return found


def library_of(folder: Path) -> Library:
    """Return the library of a folder of packs, without the user's own."""
    nowhere = folder / ".no-own-packs"
    return Library(Paths(nowhere, nowhere, nowhere, nowhere), bundled=folder)


def packs_at(folder: Path, problems: list[Problem]) -> tuple[Library, list[Pack]]:
    """Return the packs of a folder that is one or holds some; those that cannot be read are added to `problems`.

    Raises InvalidFile when there is none.
    """
    folder = folder.resolve()
    single = any((folder / f"{name}.toml").exists() for name in ("pack", "company", *KINDS))
    library = library_of(folder.parent if single else folder)
    names = [folder.name] if single else sorted(path.parent.name for path in folder.glob("*/pack.toml"))
    if not names:
        raise InvalidFile(f"{folder} is no pack and holds none: a pack has a pack.toml.")
    packs: list[Pack] = []
    for name in names:
        try:
            packs.append(library.pack(name))
        except InvalidFile as error:
            problems.append(of_error(error, name, (folder if single else folder / name) / "pack.toml"))
    return library, packs
