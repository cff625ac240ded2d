"""The search over a company's articles, made ready in a thread so that no key waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typetrainer.content.model import Article
from typetrainer.core.text import clip, visible
from typetrainer.writing.search import Hit, SearchIndex, build, search

if TYPE_CHECKING:
    from typetrainer.content.loader import Library

MAX_QUERY = 200  # graphemes
_MARKDOWN = frozenset("*`#|_>")


@dataclass(frozen=True, slots=True)
class Finder:
    """An index and its articles by id."""

    index: SearchIndex
    articles: Mapping[str, Article]

    def find(self, query: str) -> tuple[Hit, ...]:
        """Return what is found for a query, the best first; all articles where nothing is asked."""
        return search(self.index, query, limit=max(len(self.articles), 1))


def load_finder(library: "Library", pack: str) -> Finder:
    """Read a pack's articles and make them searchable. Raises the errors of the library."""
    articles = {name: library.article(pack, name) for name in library.article_ids(pack)}
    finder = Finder(build(articles.values()), articles)
    finder.find("wodrs taht aer mispselt ")  # what is read on the first slip is read now
    return finder


def snippet(finder: Finder, hit: Hit, room: int) -> list[tuple[bool, str]]:
    """Return the best piece of a found article in one line as (found word, text), cut to `room` cells.

    Marks of Markdown are left out; the line begins so that the first word that was found is seen.
    """
    text = finder.articles[hit.id].text
    found = {at for start, length in hit.spans for at in range(start, start + length)}
    shown: list[tuple[bool, str]] = []
    for at in range(hit.offset, hit.offset + hit.length):
        character = " " if text[at].isspace() else visible(text[at])
        doubled = character == " " and (not shown or shown[-1][1] == " ")
        if text[at] not in _MARKDOWN and not doubled:
            shown.append((at in found, character))
    first = next((number for number, (marked, _) in enumerate(shown) if marked), 0)
    start = 0
    if first > room * 2 // 3:
        start = next((k + 1 for k in range(first - room // 2, first) if shown[k][1] == " "), first)
    line = clip(("…" if start else "") + "".join(character for _, character in shown[start:]), room)
    marks = ([False] if start else []) + [marked for marked, _ in shown[start:]]
    return _runs(line, marks)


def marked_title(hit: Hit, room: int) -> list[tuple[bool, str]]:
    """Return a found article's title as (found word, text), cut to `room` cells."""
    found = {at for start, length in hit.title_spans for at in range(start, start + length)}
    return _runs(clip(visible(hit.title), room), [at in found for at in range(len(hit.title))])


def _runs(line: str, marks: list[bool]) -> list[tuple[bool, str]]:
    """Return a line in pieces that are marked or not; what was cut off or added at its end is not."""
    pieces: list[tuple[bool, str]] = []
    for number, character in enumerate(line):
        marked = number < len(marks) and marks[number] and character != "…"
        if pieces and pieces[-1][0] == marked:
            pieces[-1] = (marked, pieces[-1][1] + character)
        else:
            pieces.append((marked, character))
    return pieces
