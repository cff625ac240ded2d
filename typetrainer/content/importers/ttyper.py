"""ttyper: a file of contents or of a language, one word (or for some languages a short phrase) a line."""

from typetrainer.content.importers.common import Gathering, Parsed, add_words, decoded


def parse(data: bytes, name: str) -> Parsed:
    """Read lines: single words become rows of words in their order, a line of several words an item of its own.

    Raises InvalidFile.
    """
    found = Gathering(name)
    words: list[tuple[int, str]] = []
    for number, line in enumerate(decoded(data, name).split("\n"), 1):
        parts = line.split()
        if len(parts) > 1:
            found.add(number, "line", "", line)
        elif parts:
            words.append((number, parts[0]))
    add_words(found, words)
    return found.done()
