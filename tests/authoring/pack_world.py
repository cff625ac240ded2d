"""The starter pack in a folder, with changes, and what lint finds in it."""

from pathlib import Path

from typetrainer.authoring.lint import lint
from typetrainer.authoring.lint_found import Problem, Subject
from typetrainer.authoring.lint_language import Language
from typetrainer.authoring.lint_load import load, packs_at
from typetrainer.authoring.starter import starter_files
from typetrainer.content.model import KINDS

PACK = "kiln"


def write(root: Path, *edits: tuple[str, str, str], pack: str = PACK, language: str = "en-GB") -> Path:
    """Write a starter pack; an edit is a file, what stands in it, and what shall."""
    files = {name: data.decode() for name, data in starter_files(pack, "Kiln", language, KINDS).items()}
    for name, old, new in edits:
        assert old in files[name], old
        files[name] = files[name].replace(old, new, 1)
    for name, text in files.items():
        path = root / pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root / pack


def subjects(folder: Path, problems: list[Problem]) -> list[Subject]:
    library, packs = packs_at(folder, problems)
    return [load(library, pack, problems) for pack in packs]


def linted(folder: Path, language: Language | None = None) -> list[Problem]:
    problems: list[Problem] = []
    found = subjects(folder, problems)
    return [*problems, *lint(found, language)]
