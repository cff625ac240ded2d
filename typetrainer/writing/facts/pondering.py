"""Questions that the writer cannot answer either: "Is a repair possible? I'll have to ask." tells nothing."""

from typetrainer.writing.facts.clauses import Clause, Sentence, stems, word_places
from typetrainer.writing.facts.phrases import by_first, listed, phrase_in
from typetrainer.writing.facts.tokens import Token

_FRONT = 9  # words of a sentence in which it says so
_REACH = 4  # tokens from "I" to the verb: "I will have to ask"
_FINDING_OUT = frozenset("ask check find see look inquire enquire clarify investigate".split())
_ABOUT = frozenset("if whether about how what when of".split())
_IT = frozenset("that it this these those they i we so".split())
_ME = frozenset(("i", "we", "me"))
_READER = frozenset(("you", "your", "yours"))
_OPEN = by_first(
    listed(
        """i do not know; we do not know; i be not sure; not sure; no idea; i can not tell; i can not say;
        i have no idea; hard to say; who knows; that remains to be seen; that be not clear;
        i be not certain; i could not tell you"""
    )
)


def leave_open(tokens: list[Token], before: Sentence, here: Sentence) -> None:
    """Let a question tell nothing, not even as an offer, where the next sentence says that it is still open."""
    if tokens[before.last - 1].low != "?" or not _is_open(tokens, here.clauses):
        return
    for clause in before.clauses:
        if clause.asked:
            clause.state, clause.told = True, False


def _is_open(tokens: list[Token], clauses: tuple[Clause, ...]) -> bool:
    words = [k for clause in clauses for k in word_places(tokens, clause)][:_FRONT]
    if not words:
        return False
    said = phrase_in(tokens, words[0], words[-1] + 1, _OPEN)
    if said is not None:  # not "I'm not sure if there is a small charge": that is another matter
        about = [tokens[k].low for k in range(said.last, min(said.last + 2, len(tokens)))]
        return len(about) < 2 or about[0] not in _ABOUT or about[1] in _IT
    verbs = stems(_FINDING_OUT)
    return any(
        tokens[k].low in _ME and any(_finds_out(tokens, j, verbs) for j in words[at + 1 : at + 1 + _REACH])
        for at, k in enumerate(words)
    )


def _finds_out(tokens: list[Token], k: int, verbs: frozenset[str]) -> bool:
    """Whether a verb at token `k` is about finding out, and not from the reader ("I ask you")."""
    following = tokens[k + 1].low if k + 1 < len(tokens) else ""
    return tokens[k].kind == "word" and tokens[k].stem in verbs and following not in _READER
