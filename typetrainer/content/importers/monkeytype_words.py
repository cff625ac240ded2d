"""monkeytype word lists: `{"name", "words": ["…"]}`."""

from typetrainer.content.importers.common import Gathering, Parsed, add_words, decoded
from typetrainer.content.importers.jsonlist import read_list, text_of


def parse(data: bytes, name: str) -> Parsed:
    """Read the words as rows to type, in their order. Raises InvalidFile."""
    found = Gathering(name)
    listed = read_list(decoded(data, name), name, "words")
    words: list[tuple[int, str]] = []
    for line, word in listed.entries:
        if isinstance(word, str):
            words.append((line, word))
        else:
            found.leave(line, "word", "it is not a text")
    add_words(found, words)
    title = text_of(listed.others, "name")
    return found.done(language=title, title=title)
