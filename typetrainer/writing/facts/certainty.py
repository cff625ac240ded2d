"""How sure a clause is: hedged, vouched for by nobody, or only told of the customer."""

from itertools import pairwise

from typetrainer.writing.facts import cues
from typetrainer.writing.facts.clauses import Clause, is_fragment, segments, stems, word_places
from typetrainer.writing.facts.phrases import Stretch, by_first, phrase_at, phrase_in
from typetrainer.writing.facts.tokens import Token

_HEDGES, _UNSURE, _WISHES = by_first(cues.HEDGE_PHRASES), by_first(cues.UNSURE_PHRASES), by_first(cues.WISHES)
_WAVERING = by_first(cues.WAVERING)
_OPEN, _BACK, _ASKED_ON = by_first(cues.OPEN_QUESTIONS), by_first(cues.LOOKING_BACK), by_first(cues.ASKED_ON)
_INSTEAD = frozenset(("or", word, it) for word in ("perhaps", "maybe") for it in ("it", "that", "they", "this", "not"))
_NEAR = 3  # words before what takes the sentence before back: "But please don't hold me to that."
_POINTING = ("this", "that", "which", "but")  # "…; this has yet to be confirmed"
_MOST = 8  # doubts kept of a sentence
_AFTERTHOUGHT = 4  # words of "…, I would imagine"
_SHORT = 6  # words of a sentence that can only be about the one before: "I'd have to ask."
_MAY_TELL = frozenset(
    """
    tell share say give disclose discuss confirm accept change answer take use count go verify hand pass let look
    release provide reveal speak talk
    """.split()
)
_LEAVE = frozenset(
    """
    ask write contact choose cancel book use keep send return pay view move call email request speak discuss read open
    look enter pick collect swap exchange join add remove report decide order apply bring leave stay
    """.split()
)
_LEAVE_OF_PERSONS = _LEAVE | frozenset("take accept sign receive have go come".split())
_NOT_REPORTING = frozenset(
    """
    whatever everything anything all as if whether when that what how which who where would could can do did
    the will may should
    """.split()
)


def hedges(tokens: list[Token], clause: Clause, before: Clause | None) -> None:
    """Mark a clause whose writer only guesses."""
    first, last = clause.first, clause.last
    clause.hedged |= any(_hedges_at(tokens, k, clause) for k in range(first, last))
    if before is None:
        return
    start = tokens[first].low
    head = next((tokens[k] for k in range(before.last - 1, before.first - 1, -1) if tokens[k].kind == "word"), None)
    if start in ("that", "if", "whether") and head is not None:
        checking = start != "that" and head.stem in stems(cues.CHECKING) and not head.low.endswith("ion")
        if start == "if" and checking:
            clause.conditional = False  # "see if it drops" is "see whether"
        clause.hedged |= before.hedged or checking
        clause.reported |= before.reported
    if is_fragment(tokens, clause):
        clause.hedged |= before.hedged
        clause.conditional |= before.conditional
        clause.reported |= before.reported


def hedged_from_behind(tokens: list[Token], clauses: list[Clause]) -> None:
    """Hedge what "…, I think", "…, probably", "…, at least I hope so", "…, or perhaps it is" follows."""
    for before, clause in pairwise(clauses):
        words = [tokens[k].low for k in word_places(tokens, clause)]
        alone = bool(words) and all(word in cues.HEDGES for word in words)
        hope = words[:2] == ["at", "least"] and words[2:3] in (["i"], ["we"])
        if alone or tuple(words[:3]) in _INSTEAD or (hope and clause.hedged):
            before.hedged = True
        bare = 0 < len(words) <= _AFTERTHOUGHT and words[0] in ("i", "we", "or", "at", "it")
        if bare and phrase_in(tokens, clause.first, clause.last, _HEDGES) is not None:
            before.hedged = True


def _hedges_at(tokens: list[Token], k: int, clause: Clause) -> bool:
    low = tokens[k].low
    if low in cues.HEDGES or low == "whether" or phrase_at(tokens, k, len(tokens), _HEDGES):
        return True
    if low == "may" and tokens[k].kind == "word":
        return _chance(tokens, k, clause.first, clause.last)
    ahead = [t.low for t in tokens[k + 1 : min(k + 3, clause.last)]]
    return low == "could" and ahead[:1] == ["be"] and ahead[1:2] != [] and ahead[1].startswith("#")


def _chance(tokens: list[Token], k: int, first: int, last: int) -> bool:
    """Whether "may" at token `k` is a verb of chance, not of leave ("you may choose", "may I", "we may not tell")."""
    at = k + 1 + (k + 2 < last and tokens[k + 1].low in ("well", "also", "still", "just"))
    if tokens[at - 1].low == "well":
        return True
    following = tokens[at].low if at < last else ""
    after = tokens[at + 1] if at + 1 < last else None
    if (
        k == first
        or following in ("i", "we", "only", "neither")
        or (following == "not" and after is not None and after.low in _MAY_TELL)
    ):
        return False
    if following == "be" and after is not None and after.low.endswith(("ed", "sent", "given", "kept", "put")):
        return False  # "may be returned"
    before = tokens[k - 1].low
    if following in _MAY_TELL and any(t.low in cues.NEGATIONS for t in tokens[first:k]):
        return False  # "nothing that we may tell"
    if before == "you":
        return following in ("be", "have", "get", "receive", "see", "need", "not")
    if before in ("i", "we", "it", "they", "there", "this", "that", "which"):
        return True
    return following not in (_LEAVE_OF_PERSONS if before in cues.PERSONS else _LEAVE)


def reported(tokens: list[Token], clause: Clause) -> None:
    """Mark a clause that tells what the customer said: "you say that …", not "what you told me"."""
    reporting = stems(cues.REPORTING)
    for k in range(clause.first, min(clause.last - 2, clause.first + 3)):
        wish = phrase_at(tokens, k, clause.last, _WISHES)
        if wish is not None and not (k > clause.first and tokens[k - 1].low in _NOT_REPORTING):
            clause.reported = True
            return
    for k in range(clause.first, min(clause.last - 1, clause.first + 5)):
        if tokens[k].low != "you" or (k > clause.first and tokens[k - 1].low in _NOT_REPORTING):
            continue
        for j in range(k + 1, min(k + 3, clause.last)):
            if tokens[j].kind == "word" and tokens[j].stem in reporting:
                clause.reported = True
                return
            if tokens[j].low not in ("have", "also", "already", "just", "had", "are", "were"):
                break


# --- who vouches for nothing ---


def doubts(tokens: list[Token], clauses: list[Clause], *, asks: bool) -> None:
    """Note in every clause what says, anywhere in its sentence or its line of a list, that nothing is vouched for."""
    pointing: list[Stretch] = []
    for piece in segments(tokens, clauses):
        first, last = piece[0].first, piece[-1].last
        found = [
            Stretch(k, k + len(phrase))
            for k in range(first, last)
            if (phrase := phrase_at(tokens, k, last, _UNSURE)) is not None
        ]
        if any(tokens[k].low in cues.HEDGES for k in range(first, last)):  # "they might ring, but I can't be sure"
            wavers = phrase_in(tokens, first, last, _WAVERING)
            found += [wavers] if wavers is not None else []
        opens = next((tokens[k].low for k in word_places(tokens, piece[0])), "")
        if opens in cues.QUESTION_WORDS | {"whether", "if"} and not asks:
            left_open = phrase_in(tokens, first, last, _OPEN)
            found += [left_open] if left_open is not None else []
        for clause in piece:
            clause.doubts = found
        pointing += found if opens in _POINTING else []
    for clause in clauses if pointing else ():
        clause.doubts = [*clause.doubts[:_MOST], *pointing[:_MOST]]


def doubt_before(tokens: list[Token], clauses: list[Clause], *, after_question: bool) -> Stretch | None:
    """Return what says that the sentence before is not vouched for: "Don't hold me to that.", "I'd have to ask."."""
    first, last = clauses[0].first, clauses[-1].last
    words = sum(len(word_places(tokens, clause)) for clause in clauses)
    back = phrase_in(tokens, first, last, _BACK)
    if back is None and after_question:
        back = phrase_in(tokens, first, last, _ASKED_ON)
    if back is not None and (words <= _SHORT + _NEAR or back.first <= first + _NEAR):
        return back
    return phrase_in(tokens, first, last, _UNSURE) if words <= _SHORT else None
