"""Plain measures of how easily a text is read: sentences, words, long words, and two formulas for longer texts.

Sentences are split here, because textstat drops those of two words and splits at "$49.99". Importing this module is
cheap; textstat is imported only where `measure` is asked to grade a text of 100 words or more.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from typetrainer.errors import InvalidFile

# One message is too short for the formulas: good replies ran from grade -0.7 to 10.9.
GRADE_WORDS = 100
# Letters. At ten the list holds words with a shorter twin (assistance, immediately), not delivery or tomorrow.
LONG_LETTERS = 10

_NEVER_END = {
    *("mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "gen", "sr", "jr", "e.g", "eg", "i.e", "ie", "cf", "vs"),
    *("approx", "tel", "fig", "dept", "incl", "excl", "acct", "attn"),
}
# These end a sentence only before a capital letter.
_SELDOM_END = {"etc", "a.m", "p.m", "am", "pm", "inc", "ltd", "co", "corp", "ext", "est", "ref", "min", "max"}
_END = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s|$)")
_TOKEN = re.compile(r"[^\s–—]+")
_ALNUM = re.compile(r"[^\W_]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LIST_MARK = re.compile(r"\s*(\d{1,2}|[A-Za-z])$")
_NUMBERED = {"no", "nr", "nos"}
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of a text; means are 0.0 for a text without words, the formulas None below 100 words."""

    words: int
    sentences: int
    words_per_sentence_mean: float
    words_per_sentence_max: int
    long_words: tuple[str, ...]
    flesch_reading_ease: float | None = None
    flesch_kincaid_grade: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the fields as they are named, long words as a list."""
        return {
            "words": self.words,
            "sentences": self.sentences,
            "words_per_sentence_mean": self.words_per_sentence_mean,
            "words_per_sentence_max": self.words_per_sentence_max,
            "long_words": list(self.long_words),
            "flesch_reading_ease": self.flesch_reading_ease,
            "flesch_kincaid_grade": self.flesch_kincaid_grade,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Readability":
        """Read what `to_json` wrote; raises InvalidFile."""
        try:
            return cls(
                words=int(data["words"]),
                sentences=int(data["sentences"]),
                words_per_sentence_mean=float(data["words_per_sentence_mean"]),
                words_per_sentence_max=int(data["words_per_sentence_max"]),
                long_words=tuple(str(word) for word in data["long_words"]),
                flesch_reading_ease=_number(data["flesch_reading_ease"]),
                flesch_kincaid_grade=_number(data["flesch_kincaid_grade"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidFile(f"This is not a readability ({error!r}): make the assessment anew.") from error


def measure(text: str, *, grade: bool = False) -> Readability:
    """Count a text. With `grade`, texts of 100 words or more get both formulas (English; textstat, 0.8 s once)."""
    sentences = split_sentences(text)
    counts = [len(split_words(sentence)) for sentence in sentences]
    words = sum(counts)
    result = Readability(
        words=words,
        sentences=len(counts),
        words_per_sentence_mean=round(words / len(counts), 2) if counts else 0.0,
        words_per_sentence_max=max(counts, default=0),
        long_words=_long_words(text),
    )
    return _graded(result, text) if grade and words >= GRADE_WORDS else result


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with a word at least, stripped; line ends end sentences too.

    A single line end does not when the next line goes on in small letters, as in a text wrapped by hand.
    """
    sentences = [sentence for block in _blocks(text) for sentence in _split_block(block)]
    return [sentence for sentence in sentences if _ALNUM.search(sentence)]


def split_words(text: str) -> list[str]:
    """Return the words as they are typed between spaces and dashes: "$49.99", "e.g." and "24/7" are one each."""
    return [token for token in _TOKEN.findall(text) if _ALNUM.search(token)]


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    plain = "\n".join(text.splitlines())
    for paragraph in _BLANK_LINE.split(plain):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        for number, line in enumerate(lines):
            if number and line[0].islower() and blocks[-1][-1] not in ".!?…:":
                blocks[-1] += f" {line}"
            else:
                blocks.append(line)
    return blocks


def _split_block(block: str) -> list[str]:
    sentences, begin = [], 0
    for found in _END.finditer(block):
        if _is_end(block, begin, found):
            sentences.append(block[begin : found.end()].strip())
            begin = found.end()
    return [*sentences, block[begin:].strip()] if block[begin:].strip() else sentences


def _is_end(block: str, begin: int, found: re.Match[str]) -> bool:
    before = block[begin : found.start()]
    following = block[found.end() :].lstrip()
    if not following:
        return True
    if found[0] != "." and found[0][-1] not in "!?":  # "wait... what", "is it?" she said
        return not following[0].islower()
    if found[0] != ".":
        return True
    if _LIST_MARK.fullmatch(before):  # "1. Restart the router"
        return False
    word = before.split()[-1].lower().strip("\"'“‘([*") if before.split() else ""
    if word in _NEVER_END:
        return False
    if word in _NUMBERED:
        return not following[0].isdigit()
    if word in _SELDOM_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return following[0].isupper()
    return True


def _long_words(text: str) -> tuple[str, ...]:
    """Return words with LONG_LETTERS letters in a row, in small letters, each once, as they come; no codes."""
    found: dict[str, None] = {}
    for token in split_words(text):
        if any(char.isdigit() or char in "@/_" for char in token) or "://" in token:
            continue
        for part in re.split(r"[-'’.,]", token):
            if len("".join(_LETTERS.findall(part))) >= LONG_LETTERS:
                found.setdefault("".join(_LETTERS.findall(part)).lower())
    return tuple(found)


def _graded(result: Readability, text: str) -> Readability:
    """Add Flesch Reading Ease and Flesch-Kincaid Grade: textstat's syllables over our words and sentences."""
    from textstat import textstat

    syllables = textstat.avg_syllables_per_word(" ".join(split_words(text)))
    length = result.words / result.sentences
    return replace(
        result,
        flesch_reading_ease=round(206.835 - 1.015 * length - 84.6 * syllables, 1),
        flesch_kincaid_grade=round(0.39 * length + 11.8 * syllables - 15.59, 1),
    )


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    raise TypeError("not a number")
