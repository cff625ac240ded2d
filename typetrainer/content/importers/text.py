"""Plain text: an item for each paragraph, or for each line."""

from collections.abc import Iterator

from typetrainer.content.importers.common import Gathering, Parsed, decoded


def parse(data: bytes, name: str, *, by_line: bool = False) -> Parsed:
    """Read a plain text. Lines of a paragraph are joined, blanks become single. Raises InvalidFile."""
    found = Gathering(name)
    lines = decoded(data, name).split("\n")
    what = "line" if by_line else "paragraph"
    for number, text in _lines(lines) if by_line else _paragraphs(lines):
        found.add(number, what, "", text)
    return found.done()


def _lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield paragraphs, parted by empty lines, each with its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), " ".join(block)
            block = []
