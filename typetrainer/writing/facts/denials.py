"""Sentences that begin by denying the rest of themselves: "It is not true that since June 1 the old price applies"."""

from typetrainer.writing.facts.clauses import Clause, word_places
from typetrainer.writing.facts.phrases import by_first, listed, phrase_at
from typetrainer.writing.facts.tokens import Token

_BEFORE = frozenset("and but so no sorry well actually however though in fact please note".split())
_MOST_BEFORE = 4  # words such as "but no, sorry," before it
_OPENINGS = by_first(
    listed(
        """it be not true that; it be not so that; it be not the case that; it be not correct that;
        it be not right that; that be not true that; it be untrue that; it be false that; it be wrong that;
        it be incorrect that;
        it be a myth that; it be a mistake that; it be a misunderstanding that; it can not be true that;
        it be no longer true that; it be no longer the case that; nobody said that; we never said that;
        i never said that; i did not say that; we did not say that"""
    )
)


def deny_the_rest(tokens: list[Token], clauses: tuple[Clause, ...]) -> None:
    """Deny every clause of a sentence that begins so, also one behind a comma, and one with a negation of its own.

    Who denies a sentence does not say plainly what holds instead: neither the fact nor its opposite is found there.
    """
    words = word_places(tokens, clauses[0])[: _MOST_BEFORE + 1]
    for k in words:
        phrase = phrase_at(tokens, k, clauses[-1].last, _OPENINGS)
        if phrase is not None:
            for clause in clauses:  # denied twice, as the matcher sees it, and told by somebody else
                clause.denied, clause.cues, clause.reported = True, [*clause.cues, k], True
            return
        if tokens[k].low not in _BEFORE:
            return
