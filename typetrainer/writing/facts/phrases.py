"""Phrases of fixed words in tokens: "am" to "were" are one word in them, and a number's word is its digit's kind.

Where they begin with "I" or "we", a word such as "honestly" may stand behind that.
"""

from collections.abc import Iterable
from typing import NamedTuple

from typetrainer.writing.facts.tokens import Token

Phrase = tuple[str, ...]
Phrases = dict[str, list[Phrase]]
_ASIDES = frozenset("honestly really actually just still quite simply rather truly also personally sadly".split())
FORMS_OF_BE = frozenset(("am", "is", "are", "was", "were", "be"))


class Stretch(NamedTuple):
    """Tokens `first` to `last` (exclusive)."""

    first: int
    last: int


def listed(text: str) -> tuple[Phrase, ...]:
    """Return the phrases of a text that parts them with semicolons."""
    return tuple(tuple(phrase.split()) for phrase in text.replace("\n", " ").split(";"))


def by_first(phrases: Iterable[Phrase]) -> Phrases:
    """Return phrases by their first word, for `phrase_at`."""
    found: Phrases = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


def _stands(tokens: list[Token], i: int, last: int, phrase: Phrase) -> bool:
    if phrase[0] in ("i", "we") and len(phrase) > 2:  # "I honestly don't know if"
        while i + 1 < last and tokens[i + 1].low in _ASIDES:
            i += 1
        phrase = phrase[1:]
        i += 1
    if i + len(phrase) > last:
        return False
    return all(
        (low := tokens[i + k].low) == word or (word == "be" and low in FORMS_OF_BE) for k, word in enumerate(phrase)
    )


def phrase_at(tokens: list[Token], i: int, last: int, phrases: Phrases) -> Phrase | None:
    """Return the first of the phrases that stands at token `i` and ends before `last`."""
    low = "be" if tokens[i].low in FORMS_OF_BE else tokens[i].low
    return next((phrase for phrase in phrases.get(low, ()) if _stands(tokens, i, last, phrase)), None)


def phrase_in(tokens: list[Token], first: int, last: int, phrases: Phrases) -> Stretch | None:
    """Return where the first of the phrases stands between two tokens."""
    for k in range(first, last):
        phrase = phrase_at(tokens, k, last, phrases)
        if phrase is not None:
            return Stretch(k, k + len(phrase))
    return None
