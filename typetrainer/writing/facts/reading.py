"""A text as the matcher reads it: tokens with spans and values, sentences, and clauses with how they are said."""

from dataclasses import dataclass
from functools import lru_cache

from typetrainer.writing.facts.clauses import Clause, Sentence, sentence_spans
from typetrainer.writing.facts.denials import deny_the_rest
from typetrainer.writing.facts.pondering import leave_open
from typetrainer.writing.facts.saying import read_on, read_sentence
from typetrainer.writing.facts.tokens import Token, scan, tokenize

__all__ = ["Clause", "Reading", "Sentence", "Token", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read. `clause_of[i]` is the clause of token `i`, `sentence_of[i]` the number of its sentence."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    clause_of: tuple[Clause, ...]
    sentence_of: tuple[int, ...]


@lru_cache(maxsize=32)
def read(text: str, *, month_first: bool = True) -> Reading:
    """Read a text of any length in linear time; `month_first` says how 5/6 is meant."""
    tokens = tokenize(scan(text), month_first=month_first)
    sentences: list[Sentence] = []
    clause_of: list[Clause] = []
    sentence_of: list[int] = []
    for number, (first, last) in enumerate(sentence_spans(text, tokens)):
        sentence = read_sentence(tokens, first, last)
        deny_the_rest(tokens, sentence.clauses)
        if sentences:
            read_on(tokens, sentences[-1], sentence)
            leave_open(tokens, sentences[-1], sentence)
        sentences.append(sentence)
        for clause in sentence.clauses:
            clause_of += [clause] * (clause.last - clause.first)
        sentence_of += [number] * (last - first)
    return Reading(text, tuple(tokens), tuple(sentences), tuple(clause_of), tuple(sentence_of))
