"""What a clause denies: negations in it, and what the words around it deny of it."""

from itertools import pairwise

from typetrainer.writing.facts import cues
from typetrainer.writing.facts.clauses import Clause, has_comma, is_fragment, stems, word_places
from typetrainer.writing.facts.phrases import by_first, phrase_at, phrase_in
from typetrainer.writing.facts.tokens import Token

_NEUTRAL, _LOCAL, _FALSE = by_first(cues.NEUTRAL), by_first(cues.LOCAL_NEGATIONS), by_first(cues.FALSE)
_DENIALS = by_first(cues.DENIALS)
_GOES_ON = ("and", "or", "that", "nor", "which", "until", "before", "after", "when", "once")
_TURNS = frozenset(("but", "so", "because", "instead", "although", "though", "actually", "i", "we"))
_CORRECTS = frozenset("it they he she this that the your our there their you".split())
_SHORT_ANSWER = frozenset("and but no nope not sorry sadly unfortunately i am afraid simply the answer is".split())
_ASIDE = 3  # words that "That isn't true" may have beside it: "I'm afraid", "sorry"
_DOUBT = stems(frozenset(("doubt", "doubts", "doubtful", "unlikely")))
_LOCAL_REACH = 5  # tokens that "instead of", "without" … deny at most


def negations(tokens: list[Token], clause: Clause) -> None:
    """Note the negations of a clause, those that deny a few words only apart from the others."""
    k = clause.first
    while k < clause.last:
        neutral = phrase_at(tokens, k, len(tokens), _NEUTRAL)
        local = phrase_at(tokens, k, clause.last, _LOCAL) if neutral is None else None
        if local is not None and any(phrase_at(tokens, j, len(tokens), _NEUTRAL) for j in range(k + 1, k + len(local))):
            local = None  # "in no more than 15 minutes": what begins there denies nothing
        if neutral is None and local is None:
            _cue(tokens, clause, k)
        elif local is not None and not _is_number_sign(tokens, k + len(local) - 1):
            end = min(k + len(local) + _LOCAL_REACH, clause.last)
            verb = next((j for j in range(k + len(local), end) if tokens[j].low in cues.AUXILIARIES), end)
            clause.local.append((k, k + len(local), verb))
        k += len(neutral or local or (k,))


def _cue(tokens: list[Token], clause: Clause, k: int) -> None:
    """Note the negation at token `k`, if it is one."""
    if tokens[k].kind != "word" or tokens[k].low not in cues.NEGATIONS or _is_number_sign(tokens, k):
        return
    following = tokens[k + 1] if k + 1 < clause.last else None
    joined = k > clause.first and tokens[k - 1].low == "and"  # "on 1 October and not today"
    if tokens[k].low == "not" and following is not None and k > clause.first and (following.kind == "value" or joined):
        clause.local.append((k, k + 1, min(k + (7 if joined else 3), clause.last)))
    else:
        clause.cues.append(k)


def _is_number_sign(tokens: list[Token], k: int) -> bool:
    """Whether "no" is short for number: "at no. 16"."""
    mark, number = (tokens[j] if j < len(tokens) else None for j in (k + 1, k + 2))
    return (
        tokens[k].low == "no" and mark is not None and mark.low == "." and number is not None and number.kind == "value"
    )


def denied_from_before(tokens: list[Token], clause: Clause, before: Clause) -> None:
    """Deny a clause that hangs on one which says that it is not so: "I don't think that …", "it isn't that …"."""
    start = tokens[clause.first].low
    head = next((tokens[k] for k in range(before.last - 1, before.first - 1, -1) if tokens[k].kind == "word"), None)
    if head is not None and start in ("that", "if", "whether", "because"):
        because = start == "because" and tokens[clause.first - 1].low in ("not", "just", "only")
        heads = because if start == "because" else head.stem in stems(cues.DENIED_HEADS) or head.low == "not"
        doubts = start in ("that", "if", "whether") and head.low in cues.DOUBTING
        clause.denied |= ((bool(before.cues) or before.denied) and heads) or doubts
        clause.hedged |= doubts and head.stem in _DOUBT  # "I doubt that it can" is no "it can't" either
    if before.denied and start in _GOES_ON:
        clause.denied = True  # "it is not true that … and that …"
    corrects = _not_that(tokens, before) and start in _CORRECTS
    if is_fragment(tokens, clause) or (
        before.denied and has_comma(tokens, clause) and start not in _TURNS and not corrects
    ):
        clause.cues = [*before.cues, *clause.cues]
        clause.denied |= before.denied


def _not_that(tokens: list[Token], clause: Clause) -> bool:
    """Whether a clause is what "it isn't that …" denies: the next says how it is."""
    k = clause.first
    return tokens[k].low == "that" and k > 0 and tokens[k - 1].low == "not"


def parted_by_but(tokens: list[Token], clauses: list[Clause]) -> None:
    """Let "not" deny its object only where "but" and another follow: "you get not a voucher but a refund"."""
    for clause, after in pairwise(clauses):
        words = [tokens[k].low for k in word_places(tokens, after)]
        bare = words[:1] == ["but"] and not any(word in cues.AUXILIARIES or word in cues.SUBJECTS for word in words)
        if bare and len(clause.cues) == 1 and tokens[clause.cues[0]].low == "not":
            cue = clause.cues.pop()
            clause.local.append((cue, cue + 1, clause.last))


def denied_from_behind(tokens: list[Token], clauses: list[Clause]) -> None:
    """Deny what the end of its sentence takes back: "whether …, and no, it can't", "the story that … is false"."""
    for number, clause in enumerate(clauses[1:], 1):
        words = [tokens[k].low for k in word_places(tokens, clause)]
        answer = bool(words) and set(words) <= _SHORT_ANSWER and bool({"no", "nope", "not"} & set(words))
        false = phrase_in(tokens, clause.first, clause.last, _FALSE)
        if not (answer and tokens[clause.first - 1].low in (",", ":", "-")) and false is None:
            continue
        for earlier in clauses[:number]:
            earlier.denied |= not earlier.cues
    for clause in clauses:  # "that the fine is waived is a myth"
        false = phrase_in(tokens, clause.first, clause.last, _FALSE)
        if false is not None and false.first > clause.first + 2:
            clause.denied |= not clause.cues


def denies_sentence_before(tokens: list[Token], clauses: list[Clause]) -> bool:
    """Whether a sentence says that the one before it is not so: "That isn't true.", "Sadly not.", "Far from it."."""
    first = clauses[0]
    start = next(iter(word_places(tokens, first)), first.first)
    phrase = phrase_at(tokens, start, first.last, _DENIALS)
    return phrase is not None and sum(len(word_places(tokens, c)) for c in clauses) <= len(phrase) + _ASIDE


def deny(clauses: tuple[Clause, ...]) -> None:
    """Deny all clauses of a sentence that are not negated already."""
    for clause in clauses:
        clause.denied |= not clause.cues
