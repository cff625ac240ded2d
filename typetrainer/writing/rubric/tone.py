"""The tone checklist: which lines a reply meets, which warnings it earns, and at which words."""

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from typetrainer.writing.dictionary import is_word
from typetrainer.writing.facts.lexicon import stem
from typetrainer.writing.facts.match import Claim, Index, Match, find
from typetrainer.writing.facts.pattern import parse_way

CREDITED = ("acknowledge", "apology", "thanks", "ownership", "polite-request", "name")
WARNED = ("blame", "cold", "register", "robotic", "capitals", "exclamation", "over-apology", "negative-framing")
CRITICAL = ("abuse", "asks-secret")
UPSET = ("angry", "distressed")
_MANY_APOLOGIES = 3
_MANY_EXCLAMATIONS = 3
# Words that are rightly written in capitals, and are longer than an abbreviation.
_CAPITALS = frozenset(
    """
        OK PIN SIM FAQ USB URL PDF SMS IMEI IBAN BIC VAT GPS HDMI WIFI WPS SSID UK USA EU ATM ID ASAP AM PM TV
        DVD CEO IT HR PO NHS HTTP HTTPS HTML JPEG PNG QR CVV DNS VPN LAN LED API CSV
    """.split()
)
_SHOUT = re.compile(r"(?<![\w-])[A-Z]{2,30}(?:'[A-Z]{1,3})?(?![\w-])")
_MARKS = re.compile(r"!{2,}|!\?!|\?!+")
_ONE_MARK = re.compile(r"!(?=\s|$|[)\"'])")
_APOLOGIES = frozenset(("sorry", "apology", "apologize", "forgive", "apologies", "apologis", "apolog"))
_EMOTICON = re.compile(
    "[\U0001f389-\U0001f38a\U0001f44d\U0001f600-\U0001f60f\U0001f617-\U0001f61d\U0001f643\U0001f923\U0001f929\U0001f973]|[:;]-?[)D]"
)

_QUOTED = re.compile('"[^"\n]{1,300}"|“[^”\n]{1,300}”')

Span = tuple[int, int]


@lru_cache(maxsize=1)
def lines() -> Mapping[str, Claim]:
    """Return the lines that words tell, by name."""
    text = (resources.files(__package__) / "tone.toml").read_text("utf-8")
    return {
        name: Claim(
            tuple(parse_way(way) for way in line["match"]),
            line.get("form", "any"),
            frozenset(line.get("allow", ())),
            line.get("within", 1),
        )
        for name, line in tomllib.loads(text).items()
    }


def look(index: Index, line: str, *, name: str = "", mood: str = "calm") -> tuple[Span, ...]:
    """Return the spans (offset, length) that meet a line, or earn its warning; empty when there are none."""
    text = index.reading.text
    match line:
        case "name":
            return named(text, name)
        case "capitals":
            return shouted(text)
        case "exclamation":
            return exclaimed(text)
        case "over-apology":
            return apologised(index)
        case "ownership":
            return owned(index)
        case "abuse":
            return _words(index, line) or _words(index, "abuse-strong")
        case "register":
            if mood not in UPSET:
                return ()
            faces = [(m.start(), len(m.group())) for m in _EMOTICON.finditer(text)]
            return tuple(faces) or _words(index, line)
    return _words(index, line)


def _words(index: Index, line: str) -> tuple[Span, ...]:
    found: Match = find(index, lines()[line])
    quoted = [m.span() for m in _QUOTED.finditer(index.reading.text)]
    outside = all(not (a < offset < b) for offset, _length in found.spans for a, b in quoted)
    asked_again = line == "apology" and any(index.reading.text[a + n : a + n + 1] == "?" for a, n in found.spans)
    return found.spans if found.found and outside and not asked_again else ()


_ACTORS = frozenset(("i", "we"))
_BETWEEN = frozenset(
    """
        will have am are is be going to just already now personally can shall also gladly happily then quickly
        us me had
    """.split()
)
_ACTIONS = frozenset(
    map(
        stem,
        """
            check look book send refund credit fix sort arrange ask call ring phone email write raise open
            escalate pass forward follow find make put add change update cancel order replace reset set move
            transfer reserve note report contact chase take handle get give stay keep waive remove correct
            flag log issue process track request speak talk schedule hold extend switch apply deliver
            investigate resolve walk help do start confirm reopen release print post deal return come see own
            upgrade show share bring test run restart swap ship restore lock block unlock pull prepare offer double
            recheck attach message text let reimburse activate stop ensure work pay top refresh guide explain
            escort
        """.split(),
    )
)
_NO_ACTION = frozenset(("be", "know", "honest"))


def owned(index: Index) -> tuple[Span, ...]:
    """Return where the writer says in the first person what is or will be done ("I'll check", "we have sent")."""
    tokens, found = index.reading.tokens, []
    for i, token in enumerate(tokens):
        lets = token.low in ("let", "allow") and i + 1 < len(tokens) and tokens[i + 1].low == "me"
        if not (token.low in _ACTORS or lets):
            continue
        at = i + (2 if lets else 1)
        while at < len(tokens) and tokens[at].low in _BETWEEN:
            at += 1
        if at >= len(tokens) or tokens[at].stem not in _ACTIONS or tokens[at].kind != "word":
            continue
        clause = index.reading.clause_of[at]
        if not (clause.cues or clause.denied or clause.asked or clause.conditional or clause.reported):
            found.append((token.start, tokens[at].end - token.start))
    if not found:
        found = list(_words(index, "ownership"))
    return tuple(found[:1])


def named(text: str, name: str) -> tuple[Span, ...]:
    """Return where the customer's first or last name stands, with or without its accents.

    In small letters a name that is also a word ("please mark the box") counts only where somebody is spoken to.
    """
    plain = _bare(text)
    for part in [*name.replace("-", " ").split(), name]:
        if len(part) < 2:
            continue
        bare = re.escape(_bare(part))
        for match in re.finditer(rf"(?<!\w){bare}(?!\w)", plain, re.IGNORECASE):
            spoken_to = _SPOKEN_TO.search(plain[: match.start()][-20:])
            if not match.group().islower() or spoken_to or not is_word(part.casefold()):
                return ((match.start(), len(match.group())),)
    return ()


_SPOKEN_TO = re.compile(r"(?:\b(?:hello|hi|hey|dear|morning|afternoon|evening|thanks|you|sorry)|,)\s*\Z", re.IGNORECASE)


def _bare(text: str) -> str:
    """Return a text without its accents, as long as it was."""
    return text if text.isascii() else "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def shouted(text: str) -> tuple[Span, ...]:
    """Return words in capitals that are no names: NOT and the like alone, or two or more together."""
    words = [m for m in _SHOUT.finditer(text) if m.group() not in _CAPITALS]
    plain = [m for m in words if _is_plain(m.group())]
    loud = [m for m in plain if m.group() in _LOUD or (len(m.group()) > 6 and len(plain) > 0)]
    for a, b in itertools.pairwise(plain):
        if text[a.end() : b.start()].isspace():
            return ((a.start(), b.end() - a.start()),)
    return ((loud[0].start(), len(loud[0].group())),) if loud else ()


_LOUD = frozenset(
    """
        NOT NEVER ALWAYS PLEASE MUST NOW VERY ALL ANY EVERY STOP READ WAIT NO ONLY DO DON'T CAN'T WON'T CANNOT
        AGAIN
    """.split()
)


def _is_plain(word: str) -> bool:
    """Whether a word in capitals is an everyday word, not an abbreviation or a name."""
    low = word.lower()
    return word in _LOUD or (len(low) > 2 and is_word(low.partition("'")[0]) and low in _common())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(
        """
            about account after again absolutely impossible definitely completely certainly totally extremely
            seriously all before friday monday tuesday wednesday thursday saturday sunday april june july
            august already always and any anything are ask back bad be because been before bill but call can
            cannot cancel card careful change charge check click correct customer day delete did different do
            does done down enter every everything exactly fault first for free from get give go good have help
            here how immediately important information is it item just keep last late leave like listen look
            make money more must need never new next no not nothing now number off on once one only open order
            original other our out parcel password pay payment please policy possible problem read really
            refund remember reply reset return right same see send should some sorry stop sure take tell that
            the then there they thing this time today tomorrow too try twice understand until urgent use very
            wait want warning was we well what when where which who why will with without work wrong you your
            every again yourself repeat told final attention deadline
        """.split()
    )


def exclaimed(text: str) -> tuple[Span, ...]:
    """Return marks of exclamation in a row, or the marks of a text that has three sentences with one."""
    run = _MARKS.search(text)
    if run and not (
        run.start() and text[run.start() - 1].isalnum() and run.end() < len(text) and text[run.end()].isalnum()
    ):
        return ((run.start(), len(run.group())),)
    marks = [(m.start(), 1) for m in _ONE_MARK.finditer(text)]
    sentences = max(len(re.findall(r"[.!?]+(?=\s|$)", text)), 1)
    return tuple(marks) if len(marks) >= _MANY_EXCLAMATIONS and len(marks) * 2 > sentences else ()


def apologised(index: Index) -> tuple[Span, ...]:
    """Return the apologies when there are three or more, or when one grovels."""
    tokens = index.reading.tokens
    found: list[Span] = []
    grovels = False
    for i, token in enumerate(tokens):
        if token.kind != "word" or not (token.stem in _APOLOGIES or token.low in _APOLOGIES):
            continue
        clause = index.reading.clause_of[i]
        denied = any(t.low in ("not", "no", "never") for t in tokens[max(clause.first, i - 4) : i])
        if denied or clause.asked or clause.reported:
            continue
        before = [t.low for t in tokens[max(0, i - 2) : i]]
        grovels |= before in (["so", "so"], ["very", "very"]) or before[-1:] in (
            ["terribly"],
            ["awfully"],
            ["unbelievably"],
        )
        found.append((token.start, token.end - token.start))
    begging = len(
        [
            1
            for a, b in itertools.pairwise(tokens)
            if (a.low, b.low) in (("beg", "you"), ("beg", "your"), ("please", "forgive"))
        ]
    )
    return tuple(found) if len(found) >= _MANY_APOLOGIES or (found and (grovels or begging)) or begging > 1 else ()
