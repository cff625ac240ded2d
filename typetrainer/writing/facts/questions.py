"""What a sentence asks, what its question takes for granted, and what it asks the reader to do."""

from typetrainer.writing.facts import cues
from typetrainer.writing.facts.clauses import Clause, opening, word_places
from typetrainer.writing.facts.phrases import by_first, phrase_at, phrase_in
from typetrainer.writing.facts.tokens import Token

_REQUESTS = by_first(cues.REQUESTS)
_VOUCHING, _TELLING, _CONSENT = by_first(cues.VOUCHING), by_first(cues.TELLING), by_first(cues.CONSENT)
_ASIDE = ("and", "but", "so", "or", "then", "also", "please", "okay", "ok")
_STATE = frozenset("am is are was were do does did have has had".split())
_OFFER_WORDS = frozenset(
    """
    okay ok fine right alright good better best enough soon suit suits work works convenient prefer like want agree
    mind happy comfortable interested possible help acceptable easier rather
    """.split()
)
_INFORMING = frozenset("tell say confirm check explain describe remember show see find know".split())
_INSTRUCTING = frozenset(
    """
    change switch turn remove move update install set add log sign fill use forward print swap reset plug wear stop stay
    wait cancel charge delete pack attach unlock clean
    """.split()
)
_DEFINITE = frozenset("the your our this these those".split())
_RELATIVES = frozenset("that which who whom".split())
_NOUN_PHRASE = 6  # tokens that "the $51.50 …" before its relative clause has at most
_HINGES = frozenset("that if in case and which because since so when until".split())


def ends_with_question(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a sentence ends with a question mark."""
    return any(tokens[k].low == "?" for k in range(max(first, last - 3), last))


def questions(tokens: list[Token], clauses: list[Clause], *, asks: bool) -> list[Clause]:
    """Mark the clauses that are asked; return the clauses, those that a question grants parted from the others."""
    start = next((n for n, c in enumerate(clauses) if _opens_question(tokens, c, asks=asks, clauses=clauses)), None)
    if asks and start == len(clauses) - 1 and start > 0 and _is_tag(tokens, clauses):
        start = 0  # "it came, didn't it?"
    if not asks:
        if start is not None:
            clauses[start].asked, clauses[start].told = True, _requests_politely(tokens, clauses[start])
        return clauses
    clauses = _parted(tokens, clauses, start or 0)
    asking = clauses[start or 0]
    told = _told_all_the_same(tokens, clauses, asking, inverted=start is not None)
    state = _asks_state(tokens, asking, clauses[-1].last)
    granted = False
    for clause in clauses[start or 0 :]:
        granted = clause is not asking and (
            _granted(tokens, asking, clause) or (granted and opening(tokens, clause, 1)[:1] != []
            and opening(tokens, clause, 1)[0] in _HINGES)
        )  # fmt: skip
        clause.asked, clause.told, clause.state = not granted, told, state and not granted
    return clauses


def _is_tag(tokens: list[Token], clauses: list[Clause]) -> bool:
    """Whether the last clause only asks whether the rest is so; not after a request ("send it, will you?")."""
    words = [tokens[k].low for k in word_places(tokens, clauses[-1])]
    tag = [word for word in words if word != "not"]
    first = next(iter(opening(tokens, clauses[0], 1)), "")
    asks_for = first == "please" or first in cues.ASKING_VERBS
    return len(tag) == 2 and tag[0] in cues.AUXILIARIES and tag[1] in cues.SUBJECTS and not asks_for


_SURELY = frozenset("does did is are was were has can could will would should".split())  # "does Pickle get air?"
_ASKED_OF = cues.SUBJECTS | frozenset("anyone anybody everybody".split())
_OBJECTS = frozenset("it this that them these those the your".split())


def _opens_question(tokens: list[Token], clause: Clause, *, asks: bool, clauses: list[Clause]) -> bool:
    """Whether a clause begins like a question: inverted, or with a question word in a sentence that ends with one."""
    words = word_places(tokens, clause)
    k = 0
    while k < len(words) and tokens[words[k]].low in _ASIDE:
        k += 1
    if k + 1 >= len(words) or clause.conditional:
        return False
    one, two = tokens[words[k]].low, tokens[words[k + 1]].low
    if one in cues.AUXILIARIES and one not in ("been", "be", "am"):
        if one in ("do", "have") and not asks and two in _OBJECTS:  # "please do it by Friday", "have it ready"
            return False
        if two == "not" and k + 2 < len(words):
            two = tokens[words[k + 2]].low
        return (
            two in _ASKED_OF
            or (two in cues.DETERMINERS and (asks or one in ("do", "does", "did")))
            or (asks and tokens[words[k + 1]].kind == "value")
            or (asks and k == 0 and one in _SURELY)
        )
    if not asks or one not in cues.QUESTION_WORDS:
        return False
    # "When our team rings you, should they …?": that clause is told.
    subordinate = one in ("when", "where") and two not in cues.AUXILIARIES
    return not (subordinate and clause is not clauses[-1] and len(clauses) > 1)


def _parted(tokens: list[Token], clauses: list[Clause], start: int) -> list[Clause]:
    """Part "the $51.50" in "will the $51.50 that you get back be …?" from what is asked of it."""
    parted: list[Clause] = []
    for number, clause in enumerate(clauses):
        before = parted[-1] if parted else None
        relative = opening(tokens, clause, 2)
        if number <= start or before is None or len(relative) < 2 or not (
            relative[0] in _RELATIVES and relative[1] in ("you", "we", "i", "our")
        ):  # fmt: skip
            parted.append(clause)
            continue
        lowest = max(before.first + 1, before.last - _NOUN_PHRASE)
        at = next((k for k in range(before.last - 1, lowest - 1, -1) if tokens[k].low in _DEFINITE), None)
        if at is None or before.last - at < 2 or clause.first != before.last:
            parted.append(clause)
            continue
        phrase = Clause(at, clause.last, [k for k in (*before.cues, *clause.cues) if k >= at], clause.local)
        phrase.hedged, phrase.reported = clause.hedged, clause.reported
        before.last = at
        before.cues = [k for k in before.cues if k < at]
        parted.append(phrase)
    return parted


def _granted(tokens: list[Token], asking: Clause, clause: Clause) -> bool:
    """Whether a clause in a question is told, not asked: "shall I book it, since it is free?", "is it good that …"."""
    words = opening(tokens, clause)
    if not words:
        return False
    if words[0] in cues.GRANTING or tuple(words[:2]) in cues.GRANTING_PAIRS:
        return True
    if (tokens[clause.first - 1].low, words[0]) in cues.GRANTING_PAIRS:
        return True
    if words[0] == "who" and tokens[clause.first - 1].low == ",":  # "…, who needs no ID?"
        return True
    if words[0] in _DEFINITE and any(tokens[k].low in _RELATIVES for k in range(clause.first + 1, clause.last)):
        return clause.first == asking.last or tokens[clause.first - 1].kind != "mark"
    head = {tokens[k].low for k in range(asking.first, asking.last)}
    return words[0] == "that" and bool(head & cues.FACTIVE) and not head & cues.NOT_FACTIVE


def _told_all_the_same(tokens: list[Token], clauses: list[Clause], asking: Clause, *, inverted: bool) -> bool:
    """Whether a question tells what it asks: "may I tell you that …?", "is £5 all right with you?", "could you …?"."""
    first, last = asking.first, clauses[-1].last
    if any(phrase_in(tokens, c.first, c.last, _VOUCHING) for c in clauses if c.first > first):
        for clause in clauses:
            clause.conditional &= clause.first <= first  # "would it help if we built it, as promised?"
        return True
    if not inverted:
        return False
    if phrase_in(tokens, first, min(asking.last + 1, last), _TELLING) is not None or _requests_politely(tokens, asking):
        return True
    aux = next((w for w in opening(tokens, asking, 4) if w in cues.AUXILIARIES), "")
    return aux in ("is", "are", "will") and phrase_in(tokens, first, last, _CONSENT) is not None


def _requests_politely(tokens: list[Token], clause: Clause) -> bool:
    """Whether a question is a request: "could you please send …?", not "could you tell me whether …?"."""
    words = [w for w in opening(tokens, clause, 8) if w not in _ASIDE or w == "please"]
    if words[:1] == ["please"]:
        words = words[1:]
    if words[:2] == ["why", "not"] or (words[:2] == ["how", "about"] and words[2:] and words[2].endswith("ing")):
        return True
    if words[2:4] == ["ask", "you"] and words[1] in ("i", "we"):  # "could I ask you to send it?"
        return words[4:5] == ["to"] and not _INFORMING & set(words[5:])
    if len(words) < 3 or words[0] not in ("could", "can", "would", "will") or words[1] != "you":
        return False
    verb = next((w for w in words[2:] if w not in ("please", "just", "also", "kindly", "then")), "")
    favor = verb in ("make", "do") and bool({"sure", "favor", "favour"} & set(words))
    bidden = words[0] == "could" and verb in cues.ASKING_VERBS | _INSTRUCTING  # "could you switch it off?"
    return favor or (("please" in words or bidden) and verb not in _INFORMING)


def _asks_state(tokens: list[Token], asking: Clause, last: int) -> bool:
    """Whether a question asks how things stand ("are you in …?", "did you …?"), and so offers nothing."""
    words = [w for w in opening(tokens, asking, 4) if w not in _ASIDE]
    if not words or words[0] not in _STATE:
        return False
    return not any(tokens[k].low in _OFFER_WORDS for k in range(asking.first, last))


def requests(tokens: list[Token], clauses: list[Clause]) -> None:
    """Mark the clauses that ask something of the reader, and those after them in the sentence."""
    open_request = False
    for clause in clauses:
        open_request |= any(phrase_at(tokens, k, clause.last, _REQUESTS) for k in range(clause.first, clause.last))
        first = next(
            (t for t in tokens[clause.first : clause.last] if t.kind == "word" and t.low not in cues.SOFTENERS), None
        )
        open_request |= first is not None and first.low in cues.ASKING_VERBS
        clause.request = open_request
