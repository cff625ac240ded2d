"""What LanguageTool found, as we use it: spans in code points, a severity, and the false alarms filtered out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from typetrainer.errors import InvalidFile
from typetrainer.writing.addresses import is_address
from typetrainer.writing.languagetool.profile import (
    PACK,
    in_case,
    is_name,
    kind_of_thing,
    layout_explains,
    other_variety,
)

Severity = Literal["error", "style", "typography"]
SEVERITIES: tuple[Severity, ...] = ("error", "style", "typography")
MAX_REPLACEMENTS = 5

# Off for everybody. The same text must give the same findings on any day, so rules that ask today's date are out.
RULES_OFF = frozenset(
    {
        "EN_DATE_WEEKDAY_CURRENTYEAR",
        "DATE_FUTURE_VERB_PAST",
        "DATE_NEW_YEAR",
        # Typographic quotes and apostrophes: nobody types them in a chat.
        "EN_QUOTES",
        "TYPOGRAPHICAL_APOSTROPHE",
        "TYPEWRITER_APOSTROPHE",
        "APOSTROPHE_VS_QUOTE",
        # Whitespace style: two spaces after a sentence are a habit, not a mistake.
        "CONSECUTIVE_SPACES",
        "CONSECUTIVE_SPACES_SINGLE_CHAR",
        "WHITESPACE_RULE",
        "WHITESPACE_PARAGRAPH",
        "WHITESPACE_PARAGRAPH_BEGIN",
        # They take right phrases for wrong: "the invoices of people who leave", "bring him at 11:40", "bring it in a
        # bag", "on the evening before the van comes".
        "INVOICE_OF_FOR",
        "BRING_AT_TO",
        "BROUGHT_THEM_IN_THE_AIRPORT",
        "ON_IN_THE_AFTERNOON",
        # In British English most writers, and all their customers, use both spellings.
        "OXFORD_SPELLING_Z_NOT_S",
    }
)
_SPELLING = ("MORFOLOGIK_RULE", "HUNSPELL", "SYMSPELL", "MULTITOKEN_SPELLER")
# "Beyonce" for "Beyoncé": everybody writes their name as they like. "Matinee" and "creme brulee" are English by now.
_ACCENTS = "EN_DIACRITICS_REPLACE"
_POSSESSIVE = "POSSESSIVE_APOSTROPHE"
_SENTENCE_START = "UPPERCASE_SENTENCE_START"
_STYLE_CATEGORIES = {
    "STYLE",
    "REDUNDANCY",
    "PLAIN_ENGLISH",
    "REPETITIONS_STYLE",
    "CREATIVE_WRITING",
    "WIKIPEDIA",
    "GENDER_NEUTRALITY",
    "TEXT_ANALYSIS",
    "ACADEMIC_WRITING",
    "COLLOQUIALISMS",
}
# A comma between two short clauses is a matter of taste in a chat, and so is one in "Thanks Omar!" (the pack's
# TT_VOCATIVE_COMMA has the clear cases).
_STYLE_RULES = {
    "COMMA_COMPOUND_SENTENCE",
    "COMMA_COMPOUND_SENTENCE_2",
    "COMMA_COMPOUND_SENTENCE_3",
    "COMMA_COMPOUND_SENTENCE_4",
    "MISSING_COMMA_WITH_NNP",
    # So is one after "Oh", "In the meantime" or "By default", and one before "so".
    "INTERJECTIONS_PUNCTUATION",
    "UH_UH_COMMA",
    "HUH_COMMA",
    "OK_OK_COMMA",
    "MISSING_COMMA_AFTER_INTRODUCTORY_PHRASE",
    "BY_DEFAULT_COMMA",
    "NOWADAYS_COMMA",
    "NO_COMMA_BEFORE_SO",
    "FINAL_ADVERB_COMMA",
    "OXFORD_NEW_CLAUSE",
    "SUPERFLUOUS_OXFORD_ADJACENT",
    "WOULD_BE_NICE_IF_NO_COMMA",
    # "Monday 5 May", as the British write it.
    "MISSING_COMMA_AFTER_WEEKDAY",
    "COMMA_AFTER_A_MONTH",
    # A dash or a hyphen between numbers: nobody has the dash on the keyboard.
    "HYPHEN_TO_EN",
    "DASH_RULE",
    "ENUMERATION_AND_DASHES",
    # Compounds in one word, in two or with a hyphen ("is up to date" is even right).
    "MISSING_HYPHEN",
    # Turkey on the menu, polish for the shoes, french fries, a dutch oven, velcro: things, not countries or makers.
    "TURKEY",
    "JAPAN",
    "THE_POLISH",
    "THE_FRENCH",
    "THE_DUTCH",
    "A_GOOGLE",
    "PILATES",
    "PARMESAN",
    "FRISBEE",
    "FILE_EXTENSIONS_CASE",
}
# LanguageTool would have a hyphen where many a dictionary has none: "up to date", "sign up".
_HYPHEN = "_HYPHEN"
# LanguageTool files them under typography, but "both refund's" and "dont" are spelling.
_ERROR_RULES = {"SPURIOUS_APOSTROPHE", "MISSING_APOSTROPHE"}
# "Locale violation": an American word in British English, or the other way round.
_STYLE_TYPES = {"style", "register", "locale-specific-content", "locale-violation"}
_TYPOGRAPHY_TYPES = {"whitespace"}
_EDGES = '.,;:!?…()[]{}<>"“”„«»*_|'
_WORD = re.compile(r"\S+")


class Match(Protocol):
    """What a server's match must have; see client.RawMatch."""

    @property
    def rule(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def issue_type(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def replacements(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """What made the findings. Results of different engines are never mixed in one trend.

    `rules_sha256` is the hash of our rule files beside the server, "unknown" for a server that is not ours.
    """

    name: str
    version: str
    rules_sha256: str

    def to_json(self) -> dict[str, Any]:
        """Return {"name", "version", "rules_sha256"}."""
        return {"name": self.name, "version": self.version, "rules_sha256": self.rules_sha256}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Engine":
        """Read what `to_json` wrote; raises InvalidFile."""
        try:
            return cls(str(data["name"]), str(data["version"]), str(data["rules_sha256"]))
        except (KeyError, TypeError) as error:
            raise InvalidFile(f"This is not an engine ({error!r}): make the assessment anew.") from error


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `offset` and `length` count code points of the text as given; `text` is what they cover."""

    rule: str
    category: str
    message: str
    offset: int
    length: int
    text: str
    replacements: tuple[str, ...]
    severity: Severity

    def to_json(self) -> dict[str, Any]:
        """Return the fields as they are named, replacements as a list."""
        return {
            "rule": self.rule,
            "category": self.category,
            "message": self.message,
            "offset": self.offset,
            "length": self.length,
            "text": self.text,
            "replacements": list(self.replacements),
            "severity": self.severity,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Finding":
        """Read what `to_json` wrote; raises InvalidFile."""
        try:
            severity = next(known for known in SEVERITIES if known == data["severity"])
            return cls(
                rule=str(data["rule"]),
                category=str(data["category"]),
                message=str(data["message"]),
                offset=int(data["offset"]),
                length=int(data["length"]),
                text=str(data["text"]),
                replacements=tuple(str(replacement) for replacement in data["replacements"]),
                severity=severity,
            )
        except (KeyError, TypeError, ValueError, StopIteration) as error:
            raise InvalidFile(f"This is not a finding ({error!r}): make the assessment anew.") from error


class Vocabulary:
    """Words that are never spelling errors: names, codes and products of a scenario, a personal dictionary."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words or phrases; each word of a phrase counts by itself."""
        self._words = {part for word in words for part in _parts(word)}
        self._folded = {word.casefold() for word in self._words}
        # A word written in small letters may begin a sentence; a name or code must keep its capitals.
        self._small = {word for word in self._words if word == word.lower()}

    def __contains__(self, token: str) -> bool:
        """Tell whether the token is one of the words, its possessive or its plural."""
        return any(self._known(form) for form in _forms(_plain(token)))

    def covers(self, text: str) -> bool:
        """Tell whether every word of a text is known; parts of a hyphenated word count by themselves."""
        tokens = _WORD.findall(text)
        return bool(tokens) and all(token in self or self._compound(token) for token in tokens)

    def _known(self, form: str) -> bool:
        if form in self._words or form.lower() in self._small:
            return True
        return form.isupper() and form.casefold() in self._folded

    def _compound(self, token: str) -> bool:
        parts = [part for part in re.split(r"[-/]", _plain(token)) if part]
        known = [part in self for part in parts]
        return any(known) and all(
            good or len(part) == 1 or part.isdigit() for good, part in zip(known, parts, strict=True)
        )


def make_finding(match: Match, text: str, offset: int, length: int) -> Finding:
    """Make a finding of a server's match at a span of the text as given."""
    covered, replacements = text[offset : offset + length], match.replacements[:MAX_REPLACEMENTS]
    if match.rule.startswith(PACK):
        replacements = tuple(in_case(one, covered) for one in replacements)
    return Finding(
        rule=match.rule,
        category=match.category,
        message=match.message,
        offset=offset,
        length=length,
        text=covered,
        replacements=replacements,
        severity=severity_of(match.category, match.issue_type, match.rule),
    )


def severity_of(category: str, issue_type: str, rule: str = "") -> Severity:
    """Return how much a match of this category, type and rule weighs: style and typography cost nothing."""
    if rule in _ERROR_RULES:
        return "error"
    if category == "TYPOGRAPHY" or issue_type in _TYPOGRAPHY_TYPES:
        return "typography"
    if category in _STYLE_CATEGORIES or category.endswith("_STYLE") or issue_type in _STYLE_TYPES:
        return "style"
    if rule in _STYLE_RULES or rule.startswith(_ACCENTS) or rule.endswith(_HYPHEN):
        return "style"
    return "error"


def keep(
    findings: Iterable[Finding],
    text: str,
    *,
    words: frozenset[str] = frozenset(),
    rules_off: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """Filter and order findings: without rules that are off and without false alarms that a chat is known for.

    Those are spelling findings of known words, of names and products and of another variety's spelling, and findings
    of our pack that the layout explains.
    `text` is the text as given; the order is by offset, length, rule and message, doubles removed.
    """
    vocabulary, off = Vocabulary(words), RULES_OFF | rules_off
    kept = {
        finding
        for finding in findings
        if finding.rule not in off
        and not (words and _known_word(finding, text, vocabulary))
        and not _usual_in_a_chat(finding, text)
    }
    return tuple(sorted(kept, key=lambda found: (found.offset, found.length, found.rule, found.message)))


def is_spelling(rule: str) -> bool:
    """Tell whether a rule is a spelling dictionary's, whatever the variety of English."""
    return rule.startswith(_SPELLING)


def _usual_in_a_chat(finding: Finding, text: str) -> bool:
    token = _whole_token(finding, text).strip(".,;:!?()\"'“”‘’")
    if "." in token and is_address(token):
        return True
    if is_spelling(finding.rule):
        return other_variety(finding.text, finding.message) or _named(finding, text)
    if finding.rule.startswith(_ACCENTS):
        return finding.text[:1].isupper() and _named(finding, text)
    if finding.rule == _POSSESSIVE:
        return kind_of_thing(finding.text)
    return layout_explains(finding.rule, text, finding.offset, finding.length)


def _named(finding: Finding, text: str) -> bool:
    return is_name(text, finding.offset, finding.length, finding.replacements)


def _known_word(finding: Finding, text: str, vocabulary: Vocabulary) -> bool:
    if is_spelling(finding.rule):
        return vocabulary.covers(finding.text) or _whole_token(finding, text) in vocabulary
    # "eSIM works abroad." begins with a small letter because its name does.
    return finding.rule == _SENTENCE_START and _plain(_whole_token(finding, text)) in vocabulary


def _whole_token(finding: Finding, text: str) -> str:
    """Return what stands between the spaces around a finding: LanguageTool may flag one part of a code."""
    begin, end = finding.offset, finding.offset + finding.length
    while begin > 0 and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[begin:end]


def _parts(phrase: str) -> list[str]:
    return [plain for part in phrase.split() if (plain := _plain(part))]


def _plain(token: str) -> str:
    return unicodedata.normalize("NFC", token).replace("’", "'").strip(_EDGES).strip("'#")


def _forms(token: str) -> Iterable[str]:
    """Yield the token, then what it is the possessive or the plural of; a short stem is not guessed."""
    yield token
    stem = token
    for ending in ("'s", "'S"):
        stem = stem.removesuffix(ending)
    if stem != token:
        yield stem
    for ending in ("es", "s", "ES", "S"):
        if stem.endswith(ending) and len(stem) - len(ending) > 2:  # two letters say little
            yield stem.removesuffix(ending)
