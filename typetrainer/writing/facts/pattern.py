"""The grammar of ways to say a fact: text to a small tree. contracts/facts.md is its page."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from typetrainer.errors import InvalidFile
from typetrainer.writing.facts.lexicon import stem
from typetrainer.writing.facts.tokens import Token, scan, tokenize
from typetrainer.writing.facts.values import Value

MAX_WAYS, MAX_GROUPS, MAX_PHRASES, MAX_TERMS, MAX_TERM = 24, 8, 120, 8, 60
NEAR, FAR = 2, 8  # tokens that may stand between two terms, without and with "..."
KINDS = ("number", "money", "percent", "duration", "date", "weekday", "time", "range", "code")
PREFIXES = "-~!?"
_SENSE = re.compile(r"@[a-z][a-z0-9-]{0,40}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class Term(NamedTuple):
    """One term. `how` is stem, exact, prefix, value, kind or code; `gap` the tokens allowed before it."""

    how: str
    text: str
    value: Value | None = None
    gap: int = NEAR
    word: str = ""  # as the author wrote it


Phrase = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives with a prefix; `text` as the author wrote it; `after` when the group before must come first."""

    prefix: str
    phrases: tuple[Phrase, ...]
    text: str
    after: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say it: all of its groups."""

    groups: tuple[Group, ...]
    text: str

    @property
    def negative(self) -> bool:
        """Whether it is said by denying something."""
        return any(group.prefix == "-" for group in self.groups)


class PatternError(InvalidFile):
    """A pattern that the grammar does not allow; the sentence says what and where."""


class _BadPhrase(ValueError):
    """What is wrong, and why; the way it stands in is told by whoever knows it."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what, why)
        self.what = what
        self.why = why


@lru_cache(maxsize=1)
def senses() -> Mapping[str, tuple[str, ...]]:
    """Return the bundled senses: name to phrases."""
    text = (resources.files(__package__) / "senses.toml").read_text("utf-8")
    return {name: tuple(phrases) for name, phrases in tomllib.loads(text).items()}


@lru_cache(maxsize=4096)
def parse_way(text: str, own: tuple[tuple[str, tuple[str, ...]], ...] = (), *, month_first: bool = True) -> Way:
    """Parse one way; `own` are a company's senses. Raises PatternError."""
    names = {**senses(), **dict(own)}
    groups = []
    for number, piece in enumerate(re.split(r"\s+([&>])\s+", text.strip())):
        if number % 2:
            continue
        groups.append(piece)
    joints = re.findall(r"\s+([&>])\s+", text.strip())
    if len(groups) > MAX_GROUPS:
        raise PatternError(f'"{text}" has {len(groups)} groups; {MAX_GROUPS} are allowed.')
    try:
        made = tuple(
            _group(piece, text, names, after=number > 0 and joints[number - 1] == ">", month_first=month_first)
            for number, piece in enumerate(groups)
        )
    except _BadPhrase as error:
        raise PatternError(f'"{error.what}" in "{text}" {error.why}') from None
    if all(group.prefix in ("~", "!", "?") for group in made):
        raise PatternError(f'"{text}" names nothing that must be said: give it a group without ~, ! or ?.')
    return Way(made, text)


def _group(piece: str, way: str, names: Mapping[str, tuple[str, ...]], *, after: bool, month_first: bool) -> Group:
    piece = piece.strip()
    prefix = piece[:1] if piece[:1] in PREFIXES and len(piece) > 1 else ""
    phrases: list[Phrase] = []
    for alternative in piece[len(prefix) :].split("|"):
        phrases += _expanded(alternative.strip(), way, names, month_first=month_first)
    if len(phrases) > MAX_PHRASES:
        raise PatternError(f'A group of "{way}" has {len(phrases)} phrases; {MAX_PHRASES} are allowed.')
    return Group(prefix, tuple(phrases), piece, after)


def _expanded(text: str, way: str, names: Mapping[str, tuple[str, ...]], *, month_first: bool) -> list[Phrase]:
    if not text:
        raise PatternError(f'"{way}" has an empty alternative.')
    if text.startswith("@") and _SENSE.fullmatch(text):
        if text[1:] not in names:
            from difflib import get_close_matches

            near = get_close_matches(text[1:], names, 1)
            raise PatternError(
                f'"{way}" names the sense {text}, which there is not.' + (f" Did you mean @{near[0]}?" if near else "")
            )
        return [_phrase(phrase, month_first=month_first) for phrase in names[text[1:]]]
    if "@" in text and any(_SENSE.fullmatch(part) for part in text.split()):
        raise PatternError(f'"{way}": a sense such as @free stands alone in its alternative, not inside a phrase.')
    return [_phrase(text, month_first=month_first)]


@lru_cache(maxsize=32_768)
def _phrase(text: str, *, month_first: bool) -> Phrase:
    """Read a phrase; the same ones stand in many ways and senses."""
    if text.startswith("="):
        return _exact(text)
    terms: list[Term] = []
    gap = NEAR
    for part in re.split(r"(\s*\.\.\.\s*)", text):
        if part.strip() == "...":
            gap = FAR
            continue
        made = _terms(part, month_first=month_first)
        if made and terms:
            made[0] = made[0]._replace(gap=gap)
        terms += made
        gap = NEAR
    if not terms or len(terms) > MAX_TERMS:
        raise _BadPhrase(text, f"should have 1 to {MAX_TERMS} terms, not {len(terms)}.")
    return tuple(terms)


def _exact(text: str) -> Phrase:
    """Read `=these very words`: each in this form, one right after the other."""
    tokens = tokenize(scan(text[1:]), month_first=True)
    if not 1 <= len(tokens) <= MAX_TERMS or any(token.kind == "mark" for token in tokens):
        raise _BadPhrase(text, f'should be "=" and 1 to {MAX_TERMS} words.')
    return tuple(
        Term("exact", token.low, gap=0) if token.kind == "word" else _term(token)._replace(gap=0) for token in tokens
    )


def _terms(text: str, *, month_first: bool) -> list[Term]:
    """Read terms, values by the same reader as replies."""
    terms: list[Term] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            tokens = tokenize(scan(" ".join(plain)), month_first=month_first)
            terms.extend(_term(token) for token in tokens if token.kind != "mark")
            plain.clear()

    for part in text.split():
        if len(part) > MAX_TERM:
            raise _BadPhrase(f"{part[:40]}…", f"is longer than {MAX_TERM} characters.")
        if part.startswith("#"):
            flush()
            if part[1:] not in KINDS:
                raise _BadPhrase(part, f"should be one of #{', #'.join(KINDS)}.")
            terms.append(Term("kind", part[1:]))
        elif part.endswith("*") and _WORD.fullmatch(part[:-1]) and len(part) > 3:
            flush()
            terms.append(Term("prefix", part[:-1].lower()))
        elif any(c in part for c in "()[]{}=*#@&|>") and "@" not in part[1:]:
            raise _BadPhrase(part, "is not a term.")
        else:
            plain.append(part)
    flush()
    return terms


def _term(token: Token) -> Term:
    if token.kind == "value":
        return Term("value", token.low, token.value)
    if token.kind == "code":
        return Term("code", token.low)
    return Term("stem", token.stem, word=token.low)


def stem_of(text: str) -> str:
    """Return a word's stem, for what compares with terms."""
    return stem(text.lower())
