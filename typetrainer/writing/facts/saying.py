"""How the clauses of a text are said: one sentence at a time, then what a sentence says of the one before it."""

from typetrainer.writing.facts import certainty, conditions, elsewhere, negation, questions
from typetrainer.writing.facts.clauses import Clause, Sentence, clauses_of
from typetrainer.writing.facts.tokens import Token


def read_sentence(tokens: list[Token], first: int, last: int) -> Sentence:
    """Return a sentence with its clauses, and how each is said as far as the sentence itself tells."""
    clauses = clauses_of(tokens, first, last)
    asks = questions.ends_with_question(tokens, first, last)
    before: Clause | None = None
    for clause in clauses:
        negation.negations(tokens, clause)
        clause.conditional = conditions.starts_condition(tokens, clause, asks=asks)
        certainty.reported(tokens, clause)
        certainty.hedges(tokens, clause, before)
        if before is not None:
            negation.denied_from_before(tokens, clause, before)
        before = clause
    negation.parted_by_but(tokens, clauses)
    negation.denied_from_behind(tokens, clauses)
    certainty.hedged_from_behind(tokens, clauses)
    clauses = questions.questions(tokens, clauses, asks=asks)
    questions.requests(tokens, clauses)
    conditions.conditions(tokens, clauses)
    certainty.doubts(tokens, clauses, asks=asks)
    elsewhere.elsewhere(tokens, clauses)
    return Sentence(first, last, tuple(clauses))


def read_on(tokens: list[Token], before: Sentence, here: Sentence) -> None:
    """Note what a sentence takes over from the one before it, and what it takes back of it."""
    conditions.conditions_before(tokens, here.clauses, conditions.conditions_of(before.clauses))
    elsewhere.goes_on_elsewhere(tokens, here.clauses, before.clauses)
    if negation.denies_sentence_before(tokens, list(here.clauses)):
        negation.deny(before.clauses)
    doubt = certainty.doubt_before(
        tokens, list(here.clauses), after_question=any(clause.asked for clause in before.clauses)
    )
    if doubt is not None:
        for clause in before.clauses:
            clause.doubts = [*clause.doubts, doubt]
